"""``atelier image``, with a tiny model of random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.core.provenance import Recipe
from studio.media import picture
from studio.media.encode import read_recipe
from studio.media.picture import encode_png
from tests import model_sheets
from tests.cli.conftest import Run

QUICK = ("--steps", 1, "--size", "64x64", "--quiet")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return model_sheets.sticker_painter(tmp_path_factory.mktemp("made") / "tiny")


def recipe(path: Path) -> Recipe:
    return Recipe.from_json(read_recipe(path) or {})


def test_a_picture_has_its_recipe(run: Run, model: Path, tmp_path: Path) -> None:
    out = tmp_path / "apple.png"
    ran = run("image", "a red apple", "--negative", "ball", "--model", model, *QUICK, "--seed", 5, "-o", out,
              "--json")
    assert ran.code == 0, ran.err
    assert ran.data["outputs"] == [str(out)]
    assert ran.data["seed"] == 5
    made = recipe(out)
    assert (made.request.task, made.seed, made.request.params["negative"]) == ("image", 5, "ball")
    assert picture.read(out).pixels.shape == (64, 64, 4)


def test_several_are_numbered_and_each_can_be_made_alone(run: Run, model: Path, tmp_path: Path) -> None:
    asked = ("image", "a {red|soft} apple", "--model", model, *QUICK)
    ran = run(*asked, "--count", 3, "--seed", 7, "-o", tmp_path / "a.png", "--json")
    paths = [tmp_path / f"a-{number}.png" for number in (1, 2, 3)]
    assert ran.data["outputs"] == [str(path) for path in paths]
    made = [recipe(path) for path in paths]
    assert [one.seed for one in made] == [7, 8, 9]
    assert [one.request.params["count"] for one in made] == [1, 1, 1]
    run(*asked, "--seed", 8, "-o", tmp_path / "alone.png")
    assert (picture.read(tmp_path / "alone.png").pixels == picture.read(paths[1]).pixels).all()


def test_in_a_folder_each_has_a_name(run: Run, model: Path, tmp_path: Path) -> None:
    run("image", "a red apple", "--model", model, *QUICK, "--count", 2, "-o", tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"a red apple.png", "a red apple-2.png"}


def test_lists_of_a_persons_own_are_drawn(run: Run, model: Path, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "wildcards").mkdir(parents=True)
    (tmp_path / "home" / "wildcards" / "thing.txt").write_text("apple\nball\n", encoding="utf-8")
    run("image", "a red __thing__", "--model", model, *QUICK, "--count", 6, "--seed", 1, "-o",
        tmp_path / "a.png")
    told = {recipe(tmp_path / f"a-{number}.png").request.params["prompt"] for number in range(1, 7)}
    assert told == {"a red apple", "a red ball"}


def test_a_style_is_taken_by_its_name(run: Run, model: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    run("image", "apple", "--style", "flat", "--model", model, *QUICK, "-o", out)
    assert recipe(out).request.params["style"] == "{prompt}, flat style"


def test_a_picture_is_painted_into(run: Run, model: Path, tmp_path: Path) -> None:
    own, mask = np.full((40, 60, 3), 90, np.uint8), np.zeros((40, 60, 3), np.uint8)
    mask[:, 30:] = 255
    for name, pixels in (("own", own), ("mask", mask)):
        (tmp_path / f"{name}.png").write_bytes(encode_png(pixels))
    ran = run("image", "apple", "--picture", tmp_path / "own.png", "--mask", tmp_path / "mask.png",
              "--model", model, "--steps", 1, "-o", tmp_path / "out.png")
    assert ran.code == 0, ran.err
    made = picture.read(tmp_path / "out.png").pixels
    assert (made[:, :30] == 90).all()
    assert (made[:, 30:] != 90).any()


@pytest.mark.parametrize(("words", "code", "said"), [
    (("",), 1, "There are no words"), (("apple", "--size", "7"), 1, "7 pixels"), ((), 2, "PROMPT"),
    (("apple", "--steps", "-1"), 2, "0 to 1000"), (("apple", "--count", "0"), 2, "1 to 64"),
    (("apple", "--model", "nothing"), 1, "no model nothing")])
def test_what_cannot_be_is_said(run: Run, model: Path, tmp_path: Path, words: tuple[str, ...], code: int,
                                said: str) -> None:
    chosen = () if "--model" in words else ("--model", model)
    ran = run("image", *words, *chosen, "-o", tmp_path / "a.png")
    assert (ran.code, said in ran.err) == (code, True), ran.err
    assert not (tmp_path / "a.png").exists()
