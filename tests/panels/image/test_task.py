"""The Image task with a tiny starter: what comes out, and that it is what was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.core.engine import ModelSource
from studio.core.jobs import Outcome
from studio.core.sheets import cell_at
from studio.engines import devices
from studio.engines.context import WorkContext
from studio.engines.messages import Message, Preview, Progress
from studio.media.picture import read
from tests.panels.image.bench import Bench, models, pictures, pixels

SMALL = {"size": "64x64"}


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures this small are slower on two."""
    monkeypatch.setattr(devices, "threads", lambda: 1)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ModelSource]:
    """Made once."""
    return models(tmp_path_factory.mktemp("models"))


@pytest.fixture
def bench(tmp_path: Path, sources: dict[str, ModelSource]) -> Iterator[Bench]:
    """Paints with tiny models."""
    made = Bench(tmp_path, sources)
    yield made
    made.close()


class Enough(WorkContext):
    """A person who says "enough" once the first preview came."""

    seen = False

    @property
    def wants_finish(self) -> bool:
        return self.seen

    def preview(self, picture: Any) -> None:
        self.seen = True


def facts(outcome: Outcome) -> dict[str, Any]:
    return dict(outcome.outputs[0].facts)


def test_a_sticker_is_painted_and_enlarged(bench: Bench) -> None:
    outcome = bench.run(seed=7)
    found = pixels(outcome)
    assert found.shape == (512, 512, 4)
    output = outcome.outputs[0]
    assert (output.kind, output.media_type) == ("image", "image/png")
    assert (output.name, output.seed) == ("a red apple", 7)
    assert facts(outcome) == {"width": 512, "height": 512, "prompt": "a red apple", "steps": 2,
                              "guidance": 3.0, "scheduler": "heun", "read": []}
    assert [model.id for model in outcome.models] == ["image-small", "upscale-drawing"]
    assert not outcome.notes


@pytest.mark.parametrize(("size", "shape"), [
    ("64x64", (64, 64, 4)), ("32", (32, 32, 4)), ("200 x 96", (96, 200, 4)), ("", (512, 512, 4))])
def test_it_has_the_size_asked_for(bench: Bench, size: str, shape: tuple[int, ...]) -> None:
    assert bench.pixels(size=size).shape == shape


def test_the_same_request_gives_the_same_bytes(bench: Bench, tmp_path: Path,
                                               sources: dict[str, ModelSource]) -> None:
    first = bench.run(size="128", seed=5).outputs[0].data
    bench.run(prompt="ball", seed=6)
    assert bench.run(size="128", seed=5).outputs[0].data == first
    assert bench.run(size="128", seed=6).outputs[0].data != first
    (tmp_path / "other").mkdir()
    other = Bench(tmp_path / "other", sources)
    assert other.run(size="128", seed=5).outputs[0].data == first, "loaded anew"
    other.close()


def test_without_transparency_it_lies_on_white(bench: Bench) -> None:
    clear, white = bench.pixels(**SMALL), bench.pixels(**SMALL, transparent=False)
    assert white.shape == (64, 64, 3)
    share = clear[..., 3:] / 255
    assert (share < 1).any()
    assert np.abs(white - (clear[..., :3] * share + 255 * (1 - share))).max() <= 1


@pytest.mark.parametrize("other", [
    {"prompt": "a ball"}, {"prompt": "(red:1.8) apple"}, {"style": "{prompt}, flat"}, {"negative": "red"},
    {"guidance": 5.0}, {"steps": 3}, {"variation": 0.4, "variation_seed": 9}, {"aside": 0.3}, {"along": 0.3},
    {"other_prompt": "ball", "toward": 0.5}])
def test_every_setting_counts(bench: Bench, other: dict[str, Any]) -> None:
    assert (bench.pixels(**SMALL) != bench.pixels(**{**SMALL, **other})).any()


@pytest.mark.parametrize("other", [
    {"prompt": "A RED, apple!"}, {"prompt": "(red:1) apple"}, {"style": ""},
    {"variation": 0.0, "variation_seed": 9}, {"other_prompt": "ball", "toward": 0.0}, {"toward": 0.7}])
def test_what_says_the_same_paints_the_same(bench: Bench, other: dict[str, Any]) -> None:
    assert (bench.pixels(**SMALL) == bench.pixels(**{**SMALL, **other})).all()


def test_the_ends_of_a_way_are_the_pictures_there(bench: Bench) -> None:
    there = bench.pixels(**SMALL, other_prompt="ball", toward=1.0)
    assert (there == bench.pixels(**SMALL, prompt="ball")).all()
    far = bench.pixels(**SMALL, seed=3, variation=1.0, variation_seed=8)
    assert np.abs(far.astype(int) - bench.pixels(**SMALL, seed=8)).max() <= 1


def test_a_style_is_named_in_words(bench: Bench) -> None:
    by_style = bench.pixels(**SMALL, style="{prompt}, soft style")
    assert (by_style == bench.pixels(**SMALL, prompt="a red apple, soft style")).all()
    assert (by_style != bench.pixels(**SMALL, prompt="a red apple, flat style")).any()


def test_wildcards_are_drawn_with_the_seed_and_told(bench: Bench) -> None:
    told = [facts(bench.run(**SMALL, prompt="a {red|soft} {apple|ball}", seed=seed))["prompt"]
            for seed in range(6)]
    assert len(set(told)) > 1
    assert set(told) <= {"a red apple", "a soft apple", "a red ball", "a soft ball"}
    notes = bench.run(**SMALL, prompt="red __nothing__").notes
    assert "There is no list of words called nothing." in notes


def test_words_it_does_not_know_are_told(bench: Bench) -> None:
    outcome = bench.run(**SMALL, prompt="aple, reds zzz")
    assert facts(outcome)["read"] == [["aple", "apple"], ["reds", "red"]]
    assert facts(outcome)["cut"] == "zzz"
    assert outcome.notes == ("It knows other words for: aple → apple, reds → red.", "It does not know: zzz.")


def test_words_are_counted(bench: Bench) -> None:
    output = bench.run(prompt="aple, zzz in red, flat style", do="count").outputs[0]
    assert (output.kind, output.media_type) == ("text", "application/json")
    assert json.loads(output.data) == {"count": 2, "limit": 8, "cut": "", "read": [["aple", "apple"]],
                                       "unknown": ["zzz"]}


def test_progress_and_previews_come(bench: Bench) -> None:
    heard: list[Message] = []
    bench.run(steps=3, emit=heard.append)
    steps = [one.values["step"] for one in heard if isinstance(one, Progress) and "step" in one.values]
    assert steps
    shown = [one.pixels for one in heard if isinstance(one, Preview)]
    assert shown
    assert shown[0].shape == (64, 64, 4)


def test_enough_keeps_what_is_there(bench: Bench) -> None:
    outcome = bench.run(size="128", steps=50, context=Enough)
    assert facts(outcome)["unfinished"] is True
    assert pixels(outcome).shape == (128, 128, 4)
    assert "unfinished" not in facts(bench.run(**SMALL))


class TestFromAPicture:
    def test_strength_says_how_much_stays(self, bench: Bench) -> None:
        photo = bench.input("picture", pictures(64, 64))
        weak, strong = (bench.pixels(photo, **SMALL, strength=strength, transparent=False)
                        for strength in (0.1, 1.0))
        assert (weak != strong).any()
        other = bench.input("picture", pictures(64, 64, seed=9))
        nothing_left = bench.pixels(other, **SMALL, strength=1.0, transparent=False)
        assert (nothing_left == strong).all(), "all is painted anew"

    def test_it_need_not_have_words(self, bench: Bench) -> None:
        assert bench.pixels(bench.input("picture", pictures(40, 64)), prompt="", **SMALL).shape == (64, 64, 4)

    @pytest.mark.parametrize(("channels", "dtype"), [(3, np.uint8), (4, np.uint8), (3, np.uint16)])
    def test_beside_the_mask_every_bit_stays(self, bench: Bench, channels: int, dtype: type) -> None:
        own = pictures(90, 140, channels, dtype=dtype)
        mask = np.zeros((90, 140, 3), np.uint8)
        mask[30:60, 50:100] = 255
        made = bench.pixels(bench.input("picture", own), bench.input("mask", mask), strength=1.0)
        assert made.shape == own.shape
        assert made.dtype == dtype
        stays = mask[..., 0] == 0
        assert (made[stays] == own[stays]).all()
        assert (made[~stays] != own[~stays]).any()

    def test_masks_grow_feather_and_turn_round(self, bench: Bench) -> None:
        own, mask = pictures(64, 64), np.zeros((64, 64, 3), np.uint8)
        mask[:, :20] = 255
        inputs = bench.input("picture", own), bench.input("mask", mask)
        changed = {name: (bench.pixels(*inputs, strength=1.0, **more) != own).any((0, 2)) for name, more in {
            "plain": {}, "grown": {"grow": 10}, "soft": {"feather": 15}, "round": {"invert": True}}.items()}
        assert not changed["plain"][20:].any()
        assert changed["grown"][20:30].any()
        assert not changed["grown"][31:].any()
        assert changed["soft"][20:].any()
        assert not changed["soft"][36:].any()
        assert not changed["round"][:20].any()
        assert changed["round"][20:].any()

    def test_beyond_the_edges_it_is_painted_on(self, bench: Bench) -> None:
        own = pictures(50, 60)
        made = bench.pixels(bench.input("picture", own), extend="10,0,20,5")
        assert made.shape == (55, 90, 3)
        assert (made[:50, 10:70] == own).all()
        assert facts(bench.run(bench.input("picture", own), extend="10,0,20,5"))["width"] == 90

    def test_a_mask_of_the_same_proportions_is_scaled(self, bench: Bench) -> None:
        mask = np.zeros((45, 70, 3), np.uint8)
        mask[:, :30] = 255
        outcome = bench.run(bench.input("picture", pictures(90, 140)), bench.input("mask", mask))
        assert pixels(outcome).shape == (90, 140, 3)
        assert "The mask was scaled to the picture." in outcome.notes


class TestSheets:
    def test_cells_are_the_pictures_of_their_settings(self, bench: Bench) -> None:
        outcome = bench.run(**SMALL, sheet_x="seed=1,2", sheet_y="prompt=a red apple|ball", transparent=False)
        page, told = pixels(outcome), facts(outcome)
        sheet = told["sheet"]
        assert (sheet["x"], sheet["xs"]) == ("seed", [1, 2])
        assert (sheet["y"], sheet["ys"]) == ("prompt", ["a red apple", "ball"])
        for row, prompt in enumerate(sheet["ys"]):
            for column, seed in enumerate(sheet["xs"]):
                left = sheet["left"] + column * sheet["cell_width"]
                top = sheet["top"] + row * sheet["cell_height"]
                alone = bench.pixels(**SMALL, prompt=prompt, seed=seed, transparent=False)
                assert (page[top:top + 64, left:left + 64] == alone).all()
                assert cell_at(told, left + 32, top + 32) == {"seed": seed, "prompt": prompt}
        assert (page[:sheet["top"], sheet["left"]:] != 255).any(), "captions"

    def test_it_goes_on_after_the_cells_that_are_done(self, bench: Bench, tmp_path: Path) -> None:
        asked: dict[str, Any] = {**SMALL, "sheet_x": "seed=1,2,3", "parts": tmp_path / "parts"}
        whole = bench.run(**asked).outputs[0].data
        assert len(list((tmp_path / "parts").iterdir())) == 3
        heard: list[Message] = []
        again = bench.run(**asked, emit=heard.append)
        assert again.outputs[0].data == whole
        steps = [one for one in heard if isinstance(one, Progress) and "step" in one.values]
        assert not steps, "nothing is painted twice"

    def test_enough_keeps_the_cells_there_are(self, bench: Bench) -> None:
        outcome = bench.run(**SMALL, sheet_x="seed=1,2,3", context=Enough)
        sheet = facts(outcome)["sheet"]
        assert facts(outcome)["unfinished"] is True
        assert (pixels(outcome)[:, sheet["left"] + sheet["cell_width"]:][sheet["top"]:] == 255).all()

    def test_the_playground_is_a_sheet(self, bench: Bench) -> None:
        made = bench.run(**SMALL, steps=1, sheet_x="aside=-1,0,1", sheet_y="along=-1,1")
        assert facts(made)["sheet"]["ys"] == [-1.0, 1.0]

    def test_sizes_may_differ(self, bench: Bench) -> None:
        assert pixels(bench.run(sheet_x="size=32x32,64x48")).shape[2] == 3


SENTENCES: list[tuple[dict[str, Any], str]] = [
    ({"prompt": " "}, "There are no words to paint from."),
    ({"prompt": "苹果"}, "knows none of these words"), ({"prompt": "!!! ???"}, "knows none of these words"),
    ({"size": "1"}, "1 pixels cannot be painted."), ({"size": "7x64"}, "7 pixels cannot be painted."),
    ({"size": "100000"}, "100000 pixels cannot be painted."), ({"size": "4096"}, "Choose 16 to 2048"),
    ({"size": "large"}, "'large' is no size."), ({"steps": -1}, "steps goes from 0 to 1000"),
    ({"steps": 1.5, "guidance": "much"}, "guidance needs a number"), ({"seamless": True}, "seamless"),
    ({"add_ons": "ink:0.8"}, "takes none"), ({"add_ons": "ink:much"}, "is a number"),
    ({"add_ons": "ink:9"}, "counts -4 to 4"), ({"decoder": "mine"}, "takes none"),
    ({"extend": "1,2"}, "four whole numbers"), ({"extend": "1,2,3,-4"}, "Up to 2048 pixels"),
    ({"extend": "1,2,3,4"}, "no picture to paint on from"), ({"model": "none"}, "There is no model none."),
    ({"model": "upscale-drawing"}, "cannot be used for this"), ({"sheet_x": "steps=a"}, "cannot be 'a'")]


@pytest.mark.parametrize(("params", "sentence"), SENTENCES)
def test_what_cannot_be_is_said(bench: Bench, params: dict[str, Any], sentence: str) -> None:
    assert sentence in bench.problem(**params)


def test_pictures_and_masks_that_do_not_fit_are_said(bench: Bench) -> None:
    own, mask = bench.input("picture", pictures(40, 60)), bench.input("mask", pictures(40, 41))
    assert "The mask has 41 x 40 pixels, the picture 60 x 40." in bench.problem(own, mask)
    assert "There is a mask but no picture to paint in." in bench.problem(mask)
    black = bench.input("mask", np.zeros((40, 60, 3), np.uint8))
    assert "Nothing is masked" in bench.problem(own, black)
    assert "one mask" in bench.problem(own, black, black)
    bench.inputs[own.sha256].write_bytes(b"no picture")
    assert "picture" in bench.problem(own)


def test_very_long_prompts_are_cut(bench: Bench) -> None:
    outcome = bench.run(**SMALL, prompt="red apple " + " ".join(f"w{n}x" for n in range(10_000)))
    assert pixels(outcome).shape == (64, 64, 4)
    assert facts(outcome)["cut"].startswith("w58x")
    assert all(len(note) < 400 for note in outcome.notes)


@pytest.mark.parametrize("prompt", ["red apple \U0001f34e\0\ud800", "Яблоко apple", "سيب apple",
                                    "(" * 3000 + "apple"])
def test_any_script_goes(bench: Bench, prompt: str) -> None:
    assert read(bench.run(**SMALL, prompt=prompt).outputs[0].data).width == 64


def test_another_sticker_painter_is_found_by_its_name(bench: Bench) -> None:
    assert (bench.pixels(**SMALL, model="image-tiny") == bench.pixels(**SMALL)).all()
