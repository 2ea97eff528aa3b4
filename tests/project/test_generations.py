"""Pictures from words tell other programs how they were made, and what those tell becomes settings here."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from studio.cli import saving
from studio.core.emphasis import spans
from studio.core.jobs import Input, JobState, ModelRef, Outcome, Output, Request
from studio.core.provenance import Recipe
from studio.media.generation import Generation, parse
from studio.media.generation_files import find
from studio.media.picture import encode_png
from studio.panels.image.params import ImageParams
from studio.project.exchange import read_recipe
from studio.project.exporters import EXPORTERS, Exporter, export_assets
from studio.project.generation_read import borrow, read_file
from studio.project.generation_write import text_of
from tests.project import making

FACTS = {"width": 512, "height": 768, "steps": 20, "guidance": 7.5, "scheduler": "dpm++-2m-karras",
         "prompt": "a (red:1.2) cat"}
PICTURES = [item for item in EXPORTERS if item.kind == "image"]


def recipe(*inputs: Input, seed: int = 5, **params: Any) -> Recipe:
    known = {"prompt": "a {red|blue} cat", "model": "dream", **params}
    models = (ModelRef("dream", {"dream.safetensors": "93b79e09ed" + "0" * 54}),)
    return Recipe(Request("image", 1, known, inputs, seed), 0, seed, "0" * 64, models)


def test_what_others_read() -> None:
    made = text_of(recipe(negative="blurry {bad}", add_ons="ink:0.8, /home/ana/fog.safetensors:-0.5"), FACTS)
    assert made.partition(", Version: Atelier ")[0] == (
        "a (red:1.2) cat <lora:ink:0.8> <lora:fog:-0.5>\n"
        "Negative prompt: blurry {bad}\n"
        "Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 5, Size: 512x768, "
        "Model hash: 93b79e09ed, Model: dream")


def test_more_of_it_where_there_is_more() -> None:
    picture = Input("picture", "1" * 64, "a.png")
    found = parse(text_of(recipe(picture, strength=0.45, variation=0.25, variation_seed=9, seamless=True,
                                 sheet_x="steps=5,10", model="image-small"), FACTS))
    assert found is not None
    wanted = {"Denoising strength": "0.45", "Variation seed": "9", "Variation seed strength": "0.25",
              "Tiling": "True", "Script": "X/Y/Z plot", "X Type": "steps", "X Values": "5,10",
              "Model": "image-small"}
    assert found.settings.items() >= wanted.items()
    assert not {"Model hash", "Y Type"} & {*found.settings}


def test_a_way_of_the_models_own_has_its_name() -> None:
    found = parse(text_of(recipe(), {**FACTS, "scheduler": "heun"}))
    assert found is not None
    assert found.value("Sampler") == "Heun"


def test_facts_may_be_missing() -> None:
    found = parse(text_of(recipe(), {}))
    assert found is not None
    assert found.prompt == "a {red|blue} cat"
    assert found.value("Steps") == "1"
    assert "Size" not in found.settings


@pytest.mark.parametrize("request_", [
    Request("style", 1, {"prompt": "a"}), Request("image", 1, {"do": "count"})])
def test_other_results_tell_nothing(request_: Request) -> None:
    assert text_of(Recipe(request_, 0, 1, "0" * 64), FACTS) == ""


def painted(path: Path, **params: Any) -> Any:
    project = making.new(path)
    output = Output("image", "image/png", "Cat", encode_png(np.full((8, 9, 4), 99, np.uint8)), 5, FACTS)
    request = Request("image", 1, {"prompt": "a cat", **params}, (), 5)
    return project, project.add_outcome(request, Outcome(JobState.DONE, (output,)))[0]


@pytest.mark.parametrize("exporter", PICTURES, ids=lambda item: item.id)
def test_every_export_tells_it_beside_our_recipe(tmp_path: Path, exporter: Exporter) -> None:
    project, asset = painted(tmp_path / "a.atelier", negative="猫")
    with project:
        [path] = export_assets(project, [asset], tmp_path, format=exporter.id)
        assert read_recipe(path) == project.recipe(asset.id)
        found = find(path)
        assert found is not None
        assert (found.prompt, found.negative, found.value("Seed")) == ("a (red:1.2) cat", "猫", "5")


def test_a_deep_png_and_other_results(tmp_path: Path) -> None:
    project, asset = painted(tmp_path / "a.atelier")
    with project:
        [deep] = export_assets(project, [asset], tmp_path, options={"bits": 16})
        other = project.add_outcome(making.request(), making.outcome(3))[0]
        [plain] = export_assets(project, [other], tmp_path)
    assert (find(deep) or Generation("")).value("Size") == "512x768"
    assert find(plain) is None


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif"])
def test_so_does_the_command_line(suffix: str) -> None:
    output = Output("image", "image/png", "Cat", encode_png(np.full((8, 9, 3), 99, np.uint8)), 5, FACTS)
    made = io.BytesIO()
    saving.write(output, recipe(), suffix, made)
    assert (find(made.getvalue()) or Generation("")).value("Sampler") == "DPM++ 2M"


USUAL = """((castle)), night, <lora:ink:0.8:0.5>, <lyco:fog>, <hypernet:x:1>
Negative prompt: [blurry]
Steps: 30, Sampler: Euler a, Schedule type: Automatic, CFG scale: 7, Seed: 4294967299, Size: 768x512, \
Model hash: 93B79E09ED, Model: dream, Denoising strength: 0.4, Clip skip: 2, Hires upscale: 2, \
Lora hashes: "ink: ab", Version: v1.9.3"""


def test_a_stranger_becomes_settings() -> None:
    told = parse(USUAL)
    assert told is not None
    found = borrow(told)
    assert found.request.params == {
        "prompt": "((castle:1.1):1.1), night", "negative": "(blurry:0.909)", "steps": 30, "guidance": 7.0,
        "strength": 0.4, "size": "768x512", "scheduler": "euler-ancestral", "add_ons": "ink:0.8, fog:1",
        "model": "dream"}
    assert (found.request.task, found.request.seed, found.has_seed) == ("image", 3, True)
    assert found.model_hash == "93b79e09ed"
    assert found.left_out == ("Clip skip", "Hires upscale")
    ImageParams.from_json(found.request.params)


@pytest.mark.parametrize(("prompt", "bare"), [
    ("a, <lora:x:1>, b", "a, b"), ("a <lora:x:1> b", "a b"), ("a, <lora:x:1>, <lora:y>, b", "a, b"),
    ("a,,b <lora:x:1>", "a,,b"), ("<lora:x:1>, a", "a"), ("a,\n<lora:x:1>, <lyco:y:1>\nb", "a,\n\nb"),
    ("a <b> <lora:> c", "a <b> <lora:> c"), ("a, <lora:x:1>", "a")])
def test_tags_leave_no_gap(prompt: str, bare: str) -> None:
    assert borrow(Generation(prompt)).request.params["prompt"] == bare


@pytest.mark.parametrize(("sampler", "schedule", "ours"), [
    ("DPM++ 2M Karras", "", "dpm++-2m-karras"), ("DPM++ 2M", "Karras", "dpm++-2m-karras"),
    ("DPM++ 2M", "Automatic", "dpm++-2m-karras"), ("DPM++ 2M", "", "dpm++-2m"), ("dpmpp_2m", "karras",
     "dpm++-2m-karras"), ("euler_ancestral", "normal", "euler-ancestral"), ("Euler", "Karras", "euler"),
    ("uni_pc", "", "unipc"), ("UniPC", "", "unipc"), ("DDIM", "", "ddim"), ("LCM", "", "lcm"),
    ("Default", "", "default")])
def test_samplers_by_their_names(sampler: str, schedule: str, ours: str) -> None:
    found = borrow(Generation("", "", {"Sampler": sampler, "Schedule type": schedule}))
    assert found.request.params["scheduler"] == ours
    assert found.left_out == ()


def test_our_names_are_the_engines() -> None:
    from studio.engines.image.schedulers import _KINDS
    from studio.project.generation_read import _NAMES
    from studio.project.generation_write import _SAMPLERS

    assert {*_NAMES.values()} == {*_SAMPLERS} - {"default"} == {*_KINDS}


def test_an_unknown_sampler_is_left_out_and_said() -> None:
    found = borrow(Generation("", "", {"Sampler": "Restart", "Steps": "5"}))
    assert "scheduler" not in found.request.params
    assert found.left_out == ("Restart",)


@pytest.mark.parametrize(("name", "value"), [
    ("Steps", "many"), ("Steps", "nan"), ("Seed", "-1"), ("Seed", "1e9"), ("CFG scale", ""), ("Size", "5x5"),
    ("Size", "0x512"), ("Size", "99999x8"), ("Size", "big"), ("Denoising strength", "½"),
    ("Steps", "9" * 5000)])
def test_unsound_values_are_passed_over(name: str, value: str) -> None:
    found = borrow(Generation("a", "", {name: value}))
    assert found.request.params == {"prompt": "a", "negative": ""}
    assert not found.has_seed


def test_values_out_of_range_are_brought_in() -> None:
    found = borrow(Generation("a", "", {"Steps": "5000", "CFG scale": "99", "Denoising strength": "-1"}))
    assert ImageParams.from_json(found.request.params).steps == 1000
    assert (found.request.params["guidance"], found.request.params["strength"]) == (50.0, 0.0)


def test_flux_has_a_guidance_of_its_own() -> None:
    told = Generation("a", "", {"CFG scale": "1", "Distilled CFG Scale": "3.5"})
    assert borrow(told).request.params["guidance"] == 3.5


def test_from_a_file(tmp_path: Path) -> None:
    info = PngInfo()
    info.add_text("parameters", USUAL)
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png", pnginfo=info)
    Image.new("RGB", (4, 4)).save(tmp_path / "b.png")
    assert (found := read_file(tmp_path / "a.png")) is not None
    assert found.request.seed == 3
    assert read_file((tmp_path / "a.png").read_bytes()) == found
    assert read_file(tmp_path / "b.png") is None


def letters(prompt: str) -> list[tuple[str, float]]:
    return [(letter, round(span.weight, 3)) for span in spans(prompt) for letter in span.text]


LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\\<{|")
WORDS = st.lists(st.text(LETTERS, max_size=30).map(str.strip), max_size=3).map("\n".join).map(str.strip)


@given(
    prompt=WORDS, negative=WORDS, seed=st.integers(0, 2**32 - 1), steps=st.integers(1, 1000),
    guidance=st.floats(0, 50), size=st.tuples(st.integers(8, 4096), st.integers(8, 4096)),
    scheduler=st.sampled_from(["default", "ddim", "euler", "euler-ancestral", "dpm++-2m", "dpm++-2m-karras",
                               "unipc", "lcm"]),
    add_ons=st.dictionaries(st.text("abz09_- é画", min_size=1).map(str.strip).filter(bool),
                            st.integers(-20, 20).map(lambda n: n / 10), max_size=3),
    variation=st.floats(0, 1), seamless=st.booleans())
def test_there_and_back(prompt: str, negative: str, seed: int, steps: int, guidance: float,
                        size: tuple[int, int], scheduler: str, add_ons: dict[str, float], variation: float,
                        seamless: bool) -> None:
    pairs = ", ".join(f"{name}:{weight:g}" for name, weight in add_ons.items())
    params = ImageParams(prompt=prompt, negative=negative, steps=steps, guidance=guidance, add_ons=pairs,
                         scheduler=scheduler, variation=variation, seamless=seamless, model="dream")
    made = Recipe(Request("image", 1, params.to_json(), (), seed), 0, seed, "0" * 64)
    told = parse(text_of(made, {"width": size[0], "height": size[1]}))
    assert told is not None
    found = borrow(told)
    back = ImageParams.from_json(found.request.params)
    assert letters(back.prompt) == letters(prompt.removesuffix(",").rstrip() if add_ons else prompt)
    assert letters(back.negative) == letters(negative)
    assert (back.steps, back.size, back.scheduler, back.seamless, back.add_ons, found.request.seed) == (
        steps, f"{size[0]}x{size[1]}", scheduler, seamless, pairs, seed)
    assert abs(back.guidance - guidance) < 1e-6
    assert abs(back.variation - variation) < 1e-6
    assert found.left_out == ()


@given(st.text(max_size=60), st.dictionaries(
    st.sampled_from(["Steps", "Seed", "Size", "CFG scale", "Sampler", "Model", "Variation seed", "Tiling"]),
    st.text(max_size=12) | st.integers().map(str) | st.floats().map(str)))
def test_anything_told_is_settings_that_can_be(prompt: str, settings: dict[str, str]) -> None:
    ImageParams.from_json(borrow(Generation(prompt, prompt, settings)).request.params)
