"""What one can do besides words: variations of a seed, stop and keep, decoders of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.core.painting import Painting
from studio.engines import offline
from studio.engines.image import decoders, preview
from studio.engines.image.foresight import Foresight
from studio.engines.image.noise import between
from studio.library.inspect import inspect
from tests.engines.image import tiny_checkpoint, tiny_diffusion
from tests.engines.image.tiny_diffusion import SIDE

PICTURE = np.tile(np.linspace(0, 255, SIDE)[None, :, None], (SIDE, 1, 3)).astype(np.uint8)


def asked(**more: Any) -> Painting:
    return Painting(**{"prompt": "a red apple", "width": SIDE, "height": SIDE, "seed": 3, "steps": 2, **more})


def paint(model: Any, on_step: Any = lambda step, total, small: None, **more: Any) -> Any:
    return model.paint(asked(**more), CancelToken(), on_step)


@pytest.mark.parametrize("kind", ["sd1", pytest.param("flux", marks=pytest.mark.slow)])
def test_a_variation_lies_between_two_seeds(models: dict[str, Any], kind: str) -> None:
    model = models[kind]
    own, other = paint(model), paint(model, seed=8)
    assert np.array_equal(paint(model, variation=0.0, variation_seed=8), own)
    assert np.array_equal(paint(model, variation=1.0, variation_seed=8), other)
    near, far = (paint(model, variation=share, variation_seed=8).astype(int) for share in (0.1, 0.6))
    assert 0 < np.abs(near - own).mean() < np.abs(far - own).mean()
    assert np.array_equal(paint(model, variation=0.1, variation_seed=8), near)
    assert np.array_equal(paint(model), own)
    from_picture = paint(model, image=PICTURE, strength=0.9)
    assert not np.array_equal(
        paint(model, image=PICTURE, strength=0.9, variation=0.5, variation_seed=8), from_picture)
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(StudioError, match="variation"):
            paint(model, variation=wrong)


def test_noise_between_is_as_strong() -> None:
    chance = torch.Generator().manual_seed(0)
    one, other = torch.randn((2, 1, 4, 64, 64), generator=chance)
    for share in (0.0, 0.3, 0.5, 1.0):
        assert between(one, other, share).std().item() == pytest.approx(1, abs=0.02)
    assert torch.equal(between(one, other, 0.0), one)
    assert torch.equal(between(one, other, 1.0), other)
    assert torch.allclose(between(one, one, 0.4), one)


@pytest.mark.parametrize(("kind", "scheduler"), [
    ("sd1", "euler"), ("flux", "default"), pytest.param("sd1", "default", marks=pytest.mark.slow)])
def test_who_has_enough_keeps_what_is_there(models: dict[str, Any], kind: str, scheduler: str) -> None:
    model, told = models[kind], list[int]()
    whole = paint(model, steps=4, scheduler=scheduler)

    def enough(at: int) -> Any:
        told.clear()

        def listen(step: int, total: int, small: Any) -> bool:
            told.append(step)
            return step < min(at, total)
        return listen

    kept = paint(model, enough(2), steps=4, scheduler=scheduler)
    assert told == [1, 2]
    assert kept.shape == whole.shape
    assert not np.array_equal(kept, whole)
    assert np.array_equal(paint(model, enough(99), steps=4, scheduler=scheduler), whole)
    assert np.array_equal(paint(model, steps=4, scheduler=scheduler), whole)
    masked = paint(model, enough(1), steps=4, image=PICTURE, mask=np.full((SIDE, SIDE), 255, np.uint8))
    assert masked.shape == whole.shape


@pytest.mark.parametrize("name", ["DDIMScheduler", "EulerDiscreteScheduler", "LCMScheduler"])
@pytest.mark.parametrize("kind", ["epsilon", "v_prediction"])
def test_what_a_step_foretells_is_what_the_library_says(name: str, kind: str) -> None:
    import diffusers

    offline.prepare()
    with offline.quiet():
        more = {"clip_sample": False} if name == "DDIMScheduler" else {}
        scheduler = getattr(diffusers, name)(prediction_type=kind, **more)
        scheduler.set_timesteps(4)
    seen, chance = Foresight(scheduler), torch.Generator().manual_seed(0)
    latents = torch.randn((1, 4, 8, 8), generator=chance) * scheduler.init_noise_sigma
    for time in scheduler.timesteps:
        scheduler.scale_model_input(latents, time)
        told = torch.randn(latents.shape, generator=chance)
        made = scheduler.step(told, time, latents)
        wanted = made.denoised if hasattr(made, "denoised") and name.startswith("LCM") \
            else made.pred_original_sample
        if not name.startswith("LCM"):  # which adds a boundary of its own
            assert torch.allclose(seen.clean(latents), wanted, rtol=1e-3, atol=1e-3)
        assert torch.isfinite(seen.clean(latents)).all()
        latents = made.prev_sample


def test_flow_foretells_the_end(models: dict[str, Any]) -> None:
    """With a network that is always right, every step foretells the picture."""
    import diffusers

    scheduler = diffusers.FlowMatchEulerDiscreteScheduler()
    scheduler.set_timesteps(4)
    seen, chance = Foresight(scheduler), torch.Generator().manual_seed(0)
    noise, picture = torch.randn((2, 1, 4, 8, 8), generator=chance)
    latents = noise
    for time in scheduler.timesteps:
        latents = scheduler.step(noise - picture, time, latents, return_dict=False)[0]
        assert torch.allclose(seen.clean(latents), picture, atol=1e-4)
    assert torch.allclose(latents, picture, atol=1e-4)


def tiny(path: Path, halvings: int = 2) -> Path:
    """A tiny decoder (AutoencoderTiny) in one file."""
    import diffusers

    with torch.random.fork_rng():
        torch.manual_seed(1)
        vae = diffusers.AutoencoderTiny(
            encoder_block_out_channels=(8,) * (halvings + 1),
            decoder_block_out_channels=(8,) * (halvings + 1),
            num_encoder_blocks=(1, *(2,) * halvings), num_decoder_blocks=(*(2,) * halvings, 1))
    save_file(vae.state_dict(), path)
    return path


def test_another_decoder_paints_what_the_library_paints(models: dict[str, Any], tmp_path: Path) -> None:
    """As CompVis names its tensors, as diffusers does, and as a folder: all the same."""
    import diffusers

    model, home = models["sd1"], tiny_diffusion.made("sd1")
    parts = load_file(home / "vae" / "diffusion_pytorch_model.safetensors")
    parts = {name: part * 1.05 for name, part in parts.items()}
    theirs, ours, prefixed = (tmp_path / f"{name}.safetensors" for name in ("theirs", "ours", "prefixed"))
    save_file(parts, theirs)
    save_file({name: part.contiguous() for name, part in tiny_checkpoint._vae(parts).items()}, ours)
    save_file({f"first_stage_model.{name}": part for name, part in load_file(ours).items()}, prefixed)
    with offline.quiet():
        pipe = diffusers.StableDiffusionPipeline.from_pretrained(home, local_files_only=True)
    pipe.vae.load_state_dict(parts)
    pipe.vae.save_pretrained(tmp_path / "folder")
    pipe.set_progress_bar_config(disable=True)
    expected = pipe("a red apple", width=SIDE, height=SIDE, num_inference_steps=2, guidance_scale=7.0,
                    generator=torch.Generator("cpu").manual_seed(3)).images[0]
    usual = paint(model)
    for path in (theirs, ours, prefixed, tmp_path / "folder"):
        found = inspect(path)
        assert (found.kind, found.facts["tiny"], found.facts["latents"]) == ("image.vae", False, 4)
        made = paint(model, decoder=decoders.VaeFile(path, "cpu", is_tiny=False))
        assert np.array_equal(made, np.asarray(expected)), path.name
    assert not np.array_equal(made, usual)
    assert np.array_equal(paint(model), usual)


def test_a_tiny_decoder_paints_previews_too(models: dict[str, Any], tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "INTERVAL", 0.0)
    model, shown = models["sd1"], list[Any]()
    own = decoders.VaeFile(tiny(tmp_path / "tiny.safetensors"), "cpu", is_tiny=True)
    assert inspect(own.path).facts["tiny"]
    made = paint(model, lambda step, total, small: shown.append(small), decoder=own, scheduler="euler")
    assert [small.shape for small in shown] == [(SIDE, SIDE, 3)] * 2
    assert np.abs(shown[-1].astype(int) - made).max() <= 1  # Euler's last step goes all the way
    assert not np.array_equal(made, paint(model, scheduler="euler"))
    assert paint(model, decoder=own, image=PICTURE).shape == (SIDE, SIDE, 3)


def test_decoders_that_do_not_fit_are_refused(models: dict[str, Any], tmp_path: Path) -> None:
    usual = paint(models["sd1"])
    large = tiny(tmp_path / "large.safetensors", halvings=3)
    bad, strange = tmp_path / "bad.safetensors", tmp_path / "strange"
    bad.write_bytes(large.read_bytes()[:300])
    strange.mkdir()
    (strange / "config.json").write_text('{"_class_name": "os.system"}')
    for path, said in ((large, "large.safetensors was made for another kind"), (bad, "bad.safetensors could"),
                       (strange, "of a kind that is not known")):
        with pytest.raises(StudioError, match=said):
            paint(models["sd1"], decoder=decoders.VaeFile(path, "cpu", is_tiny=False))
    assert np.array_equal(paint(models["sd1"]), usual)
