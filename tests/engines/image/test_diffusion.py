"""Diffusion models in folders: they paint what diffusers itself paints, the same for a seed, and stop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from studio.core.engine import DiffusionModel
from studio.core.errors import Cancelled, OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.core.painting import Painting
from studio.engines import devices, offline
from studio.engines.image.folder import load
from studio.engines.torch_run import steady_threads
from studio.library.inspect import inspect
from studio.library.model import parts_of
from tests.engines.image import tiny_diffusion
from tests.engines.image.tiny_diffusion import SIDE

slow = pytest.mark.slow
KINDS = ("sd1", "sdxl", "flux", "inpaint", "sd2", "sd3", "lumina", "lumina2")
"""All that lies behind the first three paints as they do, and takes its time."""
ANY = [pytest.param(kind, marks=slow if at > 2 else ()) for at, kind in enumerate(KINDS)]
FROM_PICTURES = ANY[:6]
FROM_WORDS = [one for one in ANY if one.values != ("inpaint",)]
WORDS = "a red apple on a table"
PIPELINES = {"sd1": "StableDiffusion", "inpaint": "StableDiffusion", "sd2": "StableDiffusion",
             "sdxl": "StableDiffusionXL", "sd3": "StableDiffusion3", "flux": "Flux",
             "lumina": "Lumina", "lumina2": "Lumina2"}


def painting(**more: Any) -> Painting:
    return Painting(**{"prompt": WORDS, "width": SIDE, "height": SIDE, "seed": 3, "steps": 2, **more})


def paint(model: DiffusionModel, **more: Any) -> Any:
    return model.paint(painting(**more), CancelToken())


def picture(width: int = SIDE, height: int = SIDE) -> Any:
    across = np.linspace(0, 255, width)[None, :, None] * np.ones((height, 1, 3))
    across[:, :, 1] = np.linspace(255, 0, height)[:, None]
    return across.round().astype(np.uint8)


def mask(width: int = SIDE, height: int = SIDE) -> Any:
    found = np.zeros((height, width), np.uint8)
    found[height // 4:3 * height // 4, width // 2:] = 255
    return found


def plain(kind: str, what: str, asked: Painting, scheduler: str = "", **more: Any) -> Any:
    """What diffusers gives for a plain call, with nothing of ours."""
    import diffusers

    with offline.quiet(), steady_threads():
        pipe = getattr(diffusers, f"{PIPELINES[kind]}{what}Pipeline").from_pretrained(
            tiny_diffusion.made(kind), local_files_only=True)
        pipe.set_progress_bar_config(disable=True)
        if scheduler:
            pipe.scheduler = getattr(diffusers, scheduler).from_config(pipe.scheduler.config)
        made = pipe(prompt=asked.prompt, num_inference_steps=asked.steps, guidance_scale=asked.guidance,
                    generator=torch.Generator("cpu").manual_seed(asked.seed), **more)
    return np.asarray(made.images[0])


@pytest.mark.parametrize("kind", FROM_WORDS)
def test_words_give_what_the_library_gives(models: dict[str, DiffusionModel], kind: str) -> None:
    asked = painting(width=2 * SIDE, height=2 * SIDE) if kind.startswith("lumina") else painting(
        width=SIDE + 8)
    expected = plain(kind, "", asked, width=asked.width, height=asked.height)
    made = models[kind].paint(asked, CancelToken())
    assert (made.shape, made.dtype) == ((asked.height, asked.width, 3), np.uint8)
    assert np.array_equal(made, expected)
    assert made.std() > 10


@pytest.mark.parametrize("kind", [one for one in FROM_PICTURES if one.values != ("inpaint",)])
def test_a_picture_gives_what_the_library_gives(models: dict[str, DiffusionModel], kind: str) -> None:
    asked = painting(image=picture(), strength=0.7, steps=3)
    more = {} if PIPELINES[kind].startswith("StableDiffusion") else {"width": SIDE, "height": SIDE}
    expected = plain(kind, "Img2Img", asked, image=Image.fromarray(picture()), strength=0.7, **more)
    assert np.array_equal(models[kind].paint(asked, CancelToken()), expected)


@pytest.mark.parametrize("kind", FROM_PICTURES)
def test_a_mask_gives_what_the_library_gives(models: dict[str, DiffusionModel], kind: str) -> None:
    """Inside it; outside not one bit of the picture changes."""
    asked = painting(image=picture(), mask=mask(), strength=0.7, steps=3)
    expected = plain(kind, "Inpaint", asked, image=Image.fromarray(picture()), strength=0.7,
                     mask_image=Image.fromarray(mask()), width=SIDE, height=SIDE)
    made, inside = models[kind].paint(asked, CancelToken()), mask() >= 128
    assert np.array_equal(made[inside], expected[inside])
    assert np.array_equal(made[~inside], picture()[~inside])
    assert not np.array_equal(made[inside], picture()[inside])


@pytest.mark.parametrize(("name", "kind"), [
    ("dpm++-2m", "DPMSolverMultistepScheduler"),
    pytest.param("euler-ancestral", "EulerAncestralDiscreteScheduler", marks=slow),
    pytest.param("ddim", "DDIMScheduler", marks=slow), pytest.param("lcm", "LCMScheduler", marks=slow),
    pytest.param("euler", "EulerDiscreteScheduler", marks=slow),
    pytest.param("unipc", "UniPCMultistepScheduler", marks=slow)])
def test_schedulers_are_the_library_s(models: dict[str, DiffusionModel], name: str, kind: str) -> None:
    asked = painting(scheduler=name)
    expected = plain("sd1", "", asked, kind, width=SIDE, height=SIDE)
    assert np.array_equal(models["sd1"].paint(asked, CancelToken()), expected)


@slow
def test_negative_words_count(models: dict[str, DiffusionModel]) -> None:
    for kind in ("sdxl", "sd3"):
        asked = painting(negative="blue cat")
        expected = plain(kind, "", asked, negative_prompt="blue cat", width=SIDE, height=SIDE)
        assert models[kind].has_negative
        assert np.array_equal(models[kind].paint(asked, CancelToken()), expected)
    assert not models["flux"].has_negative
    assert np.array_equal(paint(models["flux"], negative="blue cat"), paint(models["flux"]))


@pytest.mark.parametrize("kind", ["sd1", *(pytest.param(kind, marks=slow) for kind in KINDS[1:6])])
def test_the_same_seed_gives_the_same_pixels(models: dict[str, DiffusionModel], kind: str) -> None:
    model = models[kind]
    first = paint(model)
    paint(model, seed=9, image=picture(), mask=mask(), prompt="a (blue:1.5) cat", is_seamless=kind == "sd1")
    assert np.array_equal(paint(model), first)
    assert not np.array_equal(paint(model, seed=4), first)


@slow
def test_what_it_says_of_itself(models: dict[str, DiffusionModel]) -> None:
    for kind, model in ((kind, models[kind]) for kind in KINDS[:6]):
        assert model.family == {"inpaint": "sd1", "sd2": "sd1"}.get(kind, kind)
        assert (model.device, model.precision, model.remark) == ("cpu", "float32", "")
        assert 0 < model.memory < 10_000_000
        assert model.size.multiple == (8 if kind in ("sd3", "flux") else 4)
        assert model.size.fit(1, 100_000) == (model.size.multiple, 4096)
        assert model.schedulers[0] == "default"
        assert model.has_weights == model.can_be_seamless == (kind not in ("sd3", "flux"))
    assert models["sd1"].size.width == SIDE


@slow
def test_a_family_can_be_set_by_hand(models: dict[str, DiffusionModel]) -> None:
    source = tiny_diffusion.source(tiny_diffusion.made("sd2"), family="sd2", prediction="epsilon")
    model = load(source, devices.cpu())
    assert model.family == "sd2"
    assert not np.array_equal(paint(model), paint(models["sd2"]))
    assert np.array_equal(paint(model), paint(models["sd1"]))
    model.close()


@slow
def test_words_can_weigh_more(models: dict[str, DiffusionModel]) -> None:
    same = paint(models["sd1"], prompt="a (red:1) apple on a (table:1.0)")
    assert np.array_equal(same, paint(models["sd1"]))
    for kind in ("sd1", "sdxl"):
        model, usual = models[kind], paint(models[kind])
        weighed = paint(model, prompt="a (red:1.5) apple on a table")
        assert not np.array_equal(weighed, usual)
        other = paint(model, seed=8)
        assert np.abs(weighed.astype(int) - usual).mean() < np.abs(other.astype(int) - usual).mean()
        less = paint(model, negative="(blue:0.5) cat")
        assert not np.array_equal(less, paint(model, negative="blue cat"))
    assert not np.array_equal(paint(model, prompt=f"({WORDS}:0)", guidance=1.0), paint(model, guidance=1.0))
    for kind in ("sd3", "flux"):
        assert np.array_equal(paint(models[kind], prompt="a (red:1.5) apple on a table"), paint(models[kind]))


def test_a_weight_counts(models: dict[str, DiffusionModel]) -> None:
    usual = paint(models["sd1"])
    assert np.array_equal(paint(models["sd1"], prompt=WORDS.replace("red", "(red:1)")), usual)
    assert not np.array_equal(paint(models["sd1"], prompt=WORDS.replace("red", "(red:1.5)")), usual)


def test_a_weight_of_nothing_is_no_words(models: dict[str, DiffusionModel]) -> None:
    """One word, weight 0: its place says what it says for the empty prompt."""
    from studio.engines.image import words

    pipe = models["sd1"]._pipe  # type: ignore[attr-defined]
    with torch.no_grad():
        empty = words._encoded(pipe, "", None, False)[0]
        told = words.prompts(pipe, painting(prompt="a (red apple:0) on"), _family("sd1"))["prompt_embeds"]
        usual = words._encoded(pipe, "a red apple on", None, False)[0]
    assert words.token_weights(pipe.tokenizer, "a (red apple:0) on")[:6] == [1, 1, 0, 0, 1, 1]
    assert torch.allclose(told[0, 2:4], empty[0, 2:4])
    assert torch.equal(told[0, :2], usual[0, :2])
    assert torch.equal(told[0, 4:], usual[0, 4:])


@pytest.mark.parametrize("kind", ANY)
def test_the_library_reads_what_diffusers_wrote(kind: str) -> None:
    folder = tiny_diffusion.made(kind)
    found = inspect(folder)
    assert (found.kind, found.facts["family"]) == (
        "image.diffusers", {"inpaint": "sd1", "sd2": "sd1"}.get(kind, kind))
    assert found.facts["inpaints"] == (kind == "inpaint")
    assert found.facts["prediction"] == {"sd2": "v_prediction"}.get(
        kind, "epsilon" if kind in ("sd1", "sdxl", "inpaint") else "")
    for name, path in parts_of(folder).items():
        assert path == folder / name
        assert path.is_file()


def _family(name: str) -> Any:
    from studio.core.diffusion import FAMILIES

    return FAMILIES[name]


@slow
def test_what_is_cut_off_is_told(models: dict[str, DiffusionModel]) -> None:
    model = models["sd1"]
    few = model.tokens("a (red:1.2) apple")
    assert (few.count, few.limit, few.cut) == (3, 75, "")
    many = model.tokens("red " * 75 + "apple blue cat")
    assert (many.count, many.limit, many.cut) == (78, 75, "apple blue cat")
    assert models["flux"].tokens("red").limit == 511
    assert models["sd3"].tokens("red").limit == 255
    assert model.tokens("").count == 0
    for text in ("", "\ud800", "夜" * 300, "((a:2", "red " * 10_000):
        assert paint(model, prompt=text, steps=1).shape == (SIDE, SIDE, 3)


def test_seamless_edges_meet(models: dict[str, DiffusionModel]) -> None:
    """Moved round the edge, latents give the same picture, moved."""
    from studio.engines.image.seamless import circular

    model = models["sd1"]
    assert not np.array_equal(paint(model, is_seamless=True), paint(model))
    vae = model._pipe.vae  # type: ignore[attr-defined]
    latents = torch.randn((1, 4, 8, 8), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        with circular([vae]):
            first = vae.decode(latents).sample
            moved = vae.decode(latents.roll((3, 2), (2, 3))).sample
        assert torch.allclose(moved, first.roll((12, 8), (2, 3)), atol=1e-4)
        outside = vae.decode(latents.roll((3, 2), (2, 3))).sample
    assert not torch.allclose(outside, moved, atol=1e-2)
    with pytest.raises(StudioError, match="cannot paint seamless"):
        paint(models["flux"], is_seamless=True)


@slow
def test_steps_and_previews_are_told(models: dict[str, DiffusionModel],
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.engines.image import preview

    for kind, model in ((kind, models[kind]) for kind in KINDS[:6]):
        told: list[tuple[int, int]] = []
        shown: list[Any] = []
        for gap in (0.0, 1e9):
            monkeypatch.setattr(preview, "INTERVAL", gap)
            told.clear()
            shown.clear()

            def listen(step: int, total: int, small: Any, told: Any = told, shown: Any = shown) -> None:
                told.append((step, total))
                shown.append(small)

            model.paint(painting(scheduler=model.schedulers[-1]), CancelToken(), listen)
            assert told == [(step, 2) for step in (1, 2)], kind
            fresh = [small for small in shown if small is not None]
            assert len(fresh) == (2 if gap == 0 else 1), kind
            assert all(small.dtype == np.uint8 and small.shape == (4, 4, 3) for small in fresh), kind


def test_it_stops_wherever_it_is(models: dict[str, DiffusionModel]) -> None:
    """Before it begins, at a step, inside the network, and while latents become pixels."""
    model, cancel = models["sd1"], CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        model.paint(painting(), cancel)
    cancel, told = CancelToken(), list[int]()

    def listen(step: int, total: int, small: Any) -> None:
        told.append(step)
        cancel.cancel()

    with pytest.raises(Cancelled):
        model.paint(painting(), cancel, listen)
    assert told == [1]
    pipe = model._pipe  # type: ignore[attr-defined]
    for part in (pipe.unet.mid_block, pipe.vae.decoder.mid_block, pipe.text_encoder):
        cancel, after = CancelToken(), list[int]()
        hooks = [part.register_forward_pre_hook(lambda part, told, cancel=cancel: cancel.cancel()),
                 part.register_forward_hook(lambda part, told, made, after=after: after.append(1))]
        with pytest.raises(Cancelled):
            model.paint(painting(), cancel)
        assert not after
        for hook in hooks:
            hook.remove()
    assert not any(part._forward_pre_hooks for part in pipe.unet.modules())
    assert paint(model).shape == (SIDE, SIDE, 3)


@slow
def test_lumina_paints_from_words_alone(models: dict[str, DiffusionModel]) -> None:
    more = {"width": 2 * SIDE, "height": 2 * SIDE, "image": picture(2 * SIDE, 2 * SIDE)}
    for kind in ("lumina", "lumina2"):
        model = models[kind]
        assert (model.takes_pictures, model.has_negative, model.size.multiple) == (False, True, 16)
        assert model.tokens("red").limit <= 256
        with pytest.raises(StudioError, match="paints from words alone"):
            paint(model, **more)
        more.pop("image", None)
        whole, kept = paint(model, **more), model.paint(
            painting(**more), CancelToken(), lambda step, total, small: False)
        assert kept.shape == whole.shape
        assert not np.array_equal(kept, whole)
        more["image"] = picture(2 * SIDE, 2 * SIDE)


@pytest.mark.parametrize(("more", "said"), [
    ({"width": 1}, "1 pixels cannot"), ({"height": 7}, "multiples of 4; 7 is none. Choose 4 or 8"),
    ({"width": 100_000}, "100000 pixels cannot"), ({"steps": 0}, "0 steps"),
    ({"guidance": float("nan")}, "guidance"),
    ({"guidance": -1.0}, "guidance"), ({"scheduler": "best"}, "no scheduler called best"),
    ({"image": picture(), "strength": 2.0}, "strength"), ({"image": picture(8, 8)}, "another size"),
    ({"image": picture(), "mask": mask(8, 8)}, "mask has another size"),
    ({"mask": mask()}, "no picture to paint in")])
def test_what_cannot_be_painted_is_said(models: dict[str, DiffusionModel], more: dict[str, Any],
                                        said: str) -> None:
    with pytest.raises(StudioError, match=said):
        paint(models["sd1"], **more)


@slow
def test_one_step_and_next_to_no_strength(models: dict[str, DiffusionModel]) -> None:
    for kind in ("sd1", "flux"):
        assert paint(models[kind], steps=1).shape == (SIDE, SIDE, 3)
        made = paint(models[kind], image=picture(), strength=0.0, steps=7)
        assert made.shape == (SIDE, SIDE, 3)


@slow
def test_a_model_for_inpainting_paints_from_words_too(models: dict[str, DiffusionModel]) -> None:
    model = models["inpaint"]
    assert not np.array_equal(paint(model), paint(model, prompt="blue cat"))
    made = paint(model, image=picture(), strength=0.3)
    assert np.abs(made.astype(int) - picture()).mean() > 0


def test_out_of_memory_at_the_end_loses_nothing(models: dict[str, DiffusionModel],
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    """The decoder: once more in tiles; where they do not help on the processor either, it is said."""
    model = models["sdxl"]
    expected = paint(model)
    vae = model._pipe.vae  # type: ignore[attr-defined]
    steps: list[int] = []

    def full(part: Any, told: Any) -> None:
        if not vae.use_tiling:
            raise torch.OutOfMemoryError

    hook = vae.decoder.register_forward_pre_hook(full)
    made = model.paint(painting(), CancelToken(), lambda step, total, small: steps.append(step))
    assert steps == [1, 2]
    assert np.array_equal(made, expected)  # one tile is enough at this size
    assert "in tiles" in model.remark
    hook.remove()
    assert not vae.use_tiling
    assert np.array_equal(paint(model), expected)
    assert model.remark == ""
    hook = vae.decoder.register_forward_pre_hook(_always_full)
    with pytest.raises(OutOfMemory):
        paint(model)
    hook.remove()
    assert np.array_equal(paint(model), expected)


def _always_full(part: Any, told: Any) -> None:
    raise torch.OutOfMemoryError


@slow
def test_out_of_memory_on_the_way_is_tried_in_slices(models: dict[str, DiffusionModel]) -> None:
    model, calls = models["sd1"], list[int]()
    expected = paint(model)

    def once(part: Any, told: Any) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise torch.OutOfMemoryError

    hook = model._pipe.unet.register_forward_pre_hook(once)  # type: ignore[attr-defined]
    made = paint(model)
    hook.remove()
    assert "smaller pieces" in model.remark
    assert np.abs(made.astype(int) - expected).max() <= 1
    assert np.array_equal(paint(model), expected)
    hook = models["flux"]._pipe.transformer.register_forward_pre_hook(_always_full)  # type: ignore[attr-defined]
    with pytest.raises(OutOfMemory):
        paint(models["flux"])
    hook.remove()


@slow
@pytest.mark.parametrize("kind", ["sdxl", "flux"])
def test_half_precision_paints_nearly_the_same(kind: str) -> None:
    """XL's decoder goes over to float32 by itself and back."""
    model = load(tiny_diffusion.source(tiny_diffusion.made(kind)), devices.cpu())
    more = {"image": picture(), "mask": mask(), "strength": 0.8, "prompt": "a (red:1.3) apple"}
    expected = paint(model, **more)
    assert model._go("cpu", torch.float16)
    assert (model.precision, model.memory * 2) == ("float16", 4 * _numbers(model))
    assert np.abs(paint(model, **more).astype(int) - expected).mean() < 3
    assert (model.precision, model.remark) == ("float16", "")
    assert model.to_cpu()
    assert model.precision == "float32"
    model.close()


def _numbers(model: Any) -> int:
    """As the plan counts them where the library did not: by the bytes of the files."""
    return int(model._plan.memory // model._plan.dtype.itemsize)


@slow
def test_half_precision_that_fails_is_done_in_full() -> None:
    model = load(tiny_diffusion.source(tiny_diffusion.made("sd1")), devices.cpu())
    expected = paint(model)
    assert not model.widen()
    assert not model.to_cpu()
    model._go("cpu", torch.bfloat16)
    assert model.precision == "bfloat16"
    hook = model._pipe.unet.register_forward_hook(
        lambda part, told, made: (made[0] * torch.nan,) if made[0].dtype != torch.float32 else made)
    made = paint(model)
    hook.remove()
    assert (model.precision, "float32" in model.remark) == ("float32", True)
    assert np.abs(made.astype(int) - expected).mean() < 20  # the weights were rounded once
    hook = model._pipe.unet.register_forward_hook(lambda part, told, made: (made[0] * torch.nan,))
    with pytest.raises(StudioError, match="gave no picture but numbers that are not numbers"):
        paint(model)
    hook.remove()
    model.close()


def test_a_filter_that_came_with_the_model_is_heard(models: dict[str, DiffusionModel]) -> None:
    pipe = models["sd1"]._pipeline("text")  # type: ignore[attr-defined]
    usual = pipe.run_safety_checker
    pipe.run_safety_checker = lambda image, device, dtype: (image, [True])
    try:
        with pytest.raises(StudioError, match="filter that came with sd1"):
            paint(models["sd1"])
    finally:
        pipe.run_safety_checker = usual


def test_damage_is_said(tmp_path: Path) -> None:
    folder = tiny_diffusion.model(tmp_path / "bad")
    for name, data in (("unet/diffusion_pytorch_model.safetensors", b"\x80\x04"), ("vae/config.json", b"{"),
                       ("tokenizer/tokenizer.json", b"{"), ("model_index.json", b"{")):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(data)
        with pytest.raises(StudioError, match="bad could not be loaded: it is damaged") as error:
            load(tiny_diffusion.source(folder), devices.cpu())
        assert error.value.details
        (folder / name).write_bytes(whole)


def test_no_pickle_and_no_stranger_is_opened(tmp_path: Path) -> None:
    folder, mark = tiny_diffusion.model(tmp_path / "bad"), tmp_path / "ran"

    class Evil:
        def __reduce__(self) -> Any:
            return (open, (str(mark), "w"))

    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights.unlink()
    torch.save({"a": Evil()}, weights.with_suffix(".bin"))
    with pytest.raises(StudioError):
        load(tiny_diffusion.source(folder), devices.cpu())
    for named in (["os", "system"], ["diffusers", "StableDiffusionPipeline"], ["transformers", "pipeline"]):
        tiny_diffusion.change(folder / "model_index.json", unet=named)
        with pytest.raises(StudioError, match="part of a kind that is not known here"):
            load(tiny_diffusion.source(folder), devices.cpu())
    tiny_diffusion.change(folder / "model_index.json", _class_name="../evil.py")
    with pytest.raises(StudioError, match="kind that is not known here"):
        load(tiny_diffusion.source(folder), devices.cpu())
    assert not mark.exists()


def test_too_little_memory_is_said_before_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny_diffusion.model(tmp_path / "m")
    monkeypatch.setattr(devices, "free_memory", lambda: 1_000_000)
    with pytest.raises(OutOfMemory, match="needs about"):
        load(tiny_diffusion.source(folder), devices.cpu())
