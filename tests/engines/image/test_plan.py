"""Where a model runs: whole, in turns, or on the processor; and what saves a picture when memory runs out."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from studio.core.diffusion import FAMILIES
from studio.core.engine import ModelSource
from studio.core.errors import OutOfMemory
from studio.core.jobs import CancelToken
from studio.core.painting import Painting
from studio.engines import devices
from studio.engines.image import decoding, folder, plan, preview
from tests.engines.image import tiny_diffusion
from tests.engines.image.tiny_diffusion import SIDE

GIGA = 1 << 30


def source(count: int, largest: int) -> ModelSource:
    return ModelSource("m", "image.diffusers", Path("nowhere"), {}, {"parameters": count, "largest": largest})


@pytest.mark.parametrize(("card", "main", "family", "expected"), [
    (12, 32, "sd1", ("cuda", torch.float16, False, False)),
    (12, 32, "flux", ("cuda", torch.bfloat16, False, False)),
    (4, 32, "sd1", ("cuda", torch.float16, True, False)),
    (4, 3, "sd1", ("cuda", torch.float16, True, False)),
    (2, 4, "sd1", ("cpu", torch.bfloat16, False, True)),
    (1, 32, "sd1", ("cpu", torch.float32, False, True)),
    (0, 7, "sd1", ("cpu", torch.float32, False, False)),
    (0, 4, "sd1", ("cpu", torch.bfloat16, False, False)),
    (0, 1, "sd1", None), (4, 1, "sd1", None)])
def test_the_best_that_fits(monkeypatch: pytest.MonkeyPatch, card: int, main: int, family: str,
                            expected: tuple[Any, ...] | None) -> None:
    """A model of a billion and a half parameters, two thirds of them in its largest part."""
    monkeypatch.setattr(devices, "torch_device", lambda device: "cuda" if card else "cpu")
    monkeypatch.setattr(devices, "free_memory", lambda: main * GIGA)
    monkeypatch.setattr(plan, "card_memory", lambda place, device: card * GIGA)
    asked = (source(1_500_000_000, 1_000_000_000), FAMILIES[family], devices.cpu())
    if expected is None:
        with pytest.raises(OutOfMemory, match=r"m needs about 4\.1 GB of memory; 1\.1 GB are free"):
            plan.choose(*asked)
        return
    made = plan.choose(*asked)
    assert (made.device, made.dtype, made.takes_turns, made.is_elsewhere) == expected
    assert made.memory == 1_500_000_000 * made.dtype.itemsize


def test_parts_that_take_turns_paint_the_same(tmp_path: Path) -> None:
    """On the processor, where the turns change nothing but are taken."""
    model = folder.load(tiny_diffusion.source(tiny_diffusion.model(tmp_path / "m")), devices.cpu())
    image, mask = np.full((SIDE, SIDE, 3), 90, np.uint8), np.full((SIDE, SIDE), 255, np.uint8)
    asked = [Painting("a (red:1.2) apple", SIDE, SIDE, 3, steps=2, **more) for more in (
        {}, {"image": image}, {"image": image, "mask": mask})]
    usual = [model.paint(one, CancelToken()) for one in asked]
    model._plan.takes_turns = True
    model._move()
    hooked = model._pipe.unet._hf_hook
    for one, expected in zip(asked, usual, strict=True):
        assert np.array_equal(model.paint(one, CancelToken()), expected)
    assert hooked is not None
    model.close()


class Vae(torch.nn.Module):
    """Encodes colours into four latents, eight pixels each; decoding can be made to fail."""

    def __init__(self, fails: int = 0) -> None:
        super().__init__()
        self.config = SimpleNamespace(scaling_factor=0.5, shift_factor=0.25, force_upcast=True)
        self.device, self.dtype = torch.device("cpu"), torch.float32
        self.fails, self.done = fails, list[str]()

    def encode(self, picture: torch.Tensor) -> Any:
        pooled = torch.nn.functional.avg_pool2d(picture, 8)
        mixed = torch.cat([pooled, pooled.sum(1, keepdim=True)], dim=1) * 3 + 1
        return SimpleNamespace(latents=mixed)

    def decode(self, latents: torch.Tensor, return_dict: bool = True) -> Any:
        self.done.append("decode")
        if len([one for one in self.done if one == "decode"]) <= self.fails:
            raise torch.OutOfMemoryError
        return (latents + 1,)

    def enable_tiling(self) -> None:
        self.done.append("tiles")

    def disable_tiling(self) -> None:
        self.done.append("whole")

    def to(self, *where: Any, **more: Any) -> Any:
        self.done.append(f"to {where[0]}")
        return self


def test_a_preview_has_the_colours_of_the_picture() -> None:
    """With a VAE that keeps them: the fit finds the way back."""
    clock = [0.0]
    shown = preview.Previews(Vae(), lambda: clock[0])
    colours = np.random.default_rng(1).uniform(-1, 1, (4, 5, 3)).astype(np.float32)
    picture = torch.from_numpy(np.kron(colours, np.ones((8, 8, 1), np.float32))).permute(2, 0, 1)[None]
    latents = (Vae().encode(picture).latents - 0.25) * 0.5
    small = shown.picture(lambda: latents)
    assert small is not None
    assert np.abs(small - (colours * 127.5 + 127.5)).max() < 3
    assert shown.picture(lambda: latents) is None
    clock[0] = 0.26
    assert shown.picture(lambda: latents) is not None
    shown.begin()
    assert shown.picture(lambda: latents * torch.nan) is not None


def test_a_vae_without_numbers_has_no_previews() -> None:
    vae = Vae()
    vae.encode = lambda picture: SimpleNamespace(latents=torch.full((1, 4, 16, 16), torch.nan))  # type: ignore[method-assign]
    shown = preview.Previews(vae)
    assert shown.picture(lambda: torch.zeros(1, 4, 2, 2)) is None


def test_decoding_tries_tiles_and_then_the_processor() -> None:
    for fails, words in ((0, ""), (1, decoding.IN_TILES)):
        vae, told = Vae(fails), list[str]()
        with decoding.rescued(vae, told.append):
            made = vae.decode(torch.zeros(1), return_dict=False)
        assert (made[0].tolist(), told) == ([1.0], [words])
        assert vae.done == ["decode", "tiles", "decode", "whole"][:1 + 3 * fails]
        assert "decode" not in vars(vae)
    vae = Vae(3)
    with decoding.rescued(vae, print), pytest.raises(OutOfMemory):  # on the processor already
        vae.decode(torch.zeros(1))
    vae = Vae(2)
    decode = decoding._on_processor(vae, lambda latents: (latents + 2,))
    far = torch.zeros(1, device="meta")
    with pytest.raises(NotImplementedError):  # meta holds no numbers: it is asked to come to the processor
        decode(far)
    assert vae.done == ["to cpu", "to cpu"]
