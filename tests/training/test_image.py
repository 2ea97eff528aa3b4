"""The recipe of the Image model on a handful of made-up drawings."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from studio.training import image_cards
from studio.training.image import SMALL, fitted, make, parser
from studio.training.image_flow import Size, painted
from studio.training.image_judge import Judge, matched
from studio.training.image_latents import Drawings, clean, drawn, seen, shortened
from studio.training.image_network import Painter, Shape
from studio.training.image_pictures import DRAWN_OFTEN, STYLES, gallery, mark, small

TINY = Shape(0, width=32, layers=2, reading=1, heads=2, inner=64)
COLOURS = {"red": "#d22", "blue": "#22d", "green": "#2a2"}


def drawing(colour: str, side: int = 72) -> bytes:
    image = Image.new("RGBA", (side, side))
    ImageDraw.Draw(image).ellipse((8, 8, side - 8, side - 8), colour)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "pairs"
    folder.mkdir()
    rows = []
    for style in [*STYLES, "openmoji"]:
        with zipfile.ZipFile(folder / f"{style}.zip", "w") as box:
            for name, colour in COLOURS.items():
                box.writestr(f"{name}.png", drawing(colour))
                rows.append({"file": f"{style}.zip/{name}.png", "style": style, "name": f"{name} ball",
                             "keywords": "ball|round thing", "group": "objects", "source": style,
                             "licence": "CC BY-SA 4.0" if style == "openmoji" else "CC BY 4.0 Jane"})
    with (folder / "index.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder.parent


def test_share_alike_is_left_out_and_one_style_of_each_thing_held_out(data: Path, tmp_path: Path) -> None:
    shown = gallery(data / "pairs", tmp_path)
    assert {d.style for d in shown.drawings} == set(STYLES)
    assert {shown.drawings[n].name for n in shown.held_out} == {"red ball", "blue ball", "green ball"}
    assert all(shown.drawings[n].style in DRAWN_OFTEN for n in shown.held_out)
    assert not set(shown.train) & set(shown.held_out)


def test_captions_are_words_of_the_drawing(data: Path, tmp_path: Path) -> None:
    shown = gallery(data / "pairs", tmp_path)
    chance = np.random.default_rng(1)
    for number in range(5):
        one = shown.drawings[number]
        own = {mark(one.style), *one.words, *one.tags}
        said = {shown.words.words[n] for n in shown.caption(number, chance) if n}
        assert said <= own


def test_a_drawing_keeps_its_look_when_it_is_learned_from_and_shown_again() -> None:
    found = small(drawing("#d22"))
    again = seen(torch.from_numpy(clean(found[None])))[0]
    assert again[32, 32].tolist() == pytest.approx([0xDD, 0x22, 0x22, 255], abs=1)
    assert again[0, 0, 3] == 0


def test_pictures_come_out_of_patches_as_they_went_in() -> None:
    network = Painter(replace(TINY, words=5))
    picture = torch.randn(2, 16, 8, 8)
    assert torch.equal(network._whole(network._patches(picture)), picture)


def test_words_that_are_not_there_change_nothing() -> None:
    torch.manual_seed(1)
    network = Painter(replace(TINY, words=9))
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.2)
    picture, time = torch.randn(1, 16, 8, 8), torch.tensor([0.5])
    first = network(picture, time, torch.tensor([[3, 4, 0, 0]]))
    assert torch.allclose(first, network(picture, time, torch.tensor([[3, 4, 0, 0, 0, 0, 0]])), atol=1e-5)
    assert not torch.allclose(first, network(picture, time, torch.tensor([[3, 5, 0, 0]])), atol=1e-3)


def test_a_seed_paints_the_same_alone_and_beside_others() -> None:
    network = Painter(replace(TINY, words=9)).eval()
    alone = painted(network, [[3, 0]], [7], steps=3)
    beside = painted(network, [[2, 0], [3, 0]], [1, 7], steps=3)
    assert torch.allclose(alone[0], beside[1], atol=1e-5)


def test_a_short_form_leads_back_to_a_drawing() -> None:
    drawings = Drawings().eval()
    short = shortened(drawings, small(drawing("#d22"))[None])
    assert short.shape == (1, 16, 8, 8)
    again = drawn(drawings, torch.from_numpy(short.astype(np.float32)))
    assert again.shape == (1, 4, 64, 64)
    assert float(again.abs().max()) <= 1


def test_the_judge_counts_what_is_nearest() -> None:
    torch.manual_seed(2)
    judge = Judge(5).eval()
    prompts = torch.tensor([[1, 2], [3, 4]])
    pictures = torch.randn(4, 4, 64, 64)
    found = matched(judge, pictures, prompts)
    assert found.five == 1.0
    assert 0.0 <= found.first <= 1.0


def test_the_recipe_learns_and_writes_a_model(data: Path, tmp_path: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_cards, "STEPS", 2)
    monkeypatch.setattr("studio.training.image_latents._STEPS", 3)
    monkeypatch.setattr("studio.training.image_latents._BATCH", 4)
    monkeypatch.setattr("studio.training.image_judge._STEPS", 2)
    monkeypatch.setattr("studio.training.image_judge._BATCH", 8)
    (tmp_path / "docs").mkdir()
    size = Size("small", TINY, minutes=5.0, batch=8, passes=20.0)
    options = parser().parse_args(["--data", str(data), "--out", str(tmp_path / "model"), "--runs",
                                   str(tmp_path / "runs"), "--docs", str(tmp_path / "docs"), "--resume"])
    make(size, options)
    log = (tmp_path / "runs/image-small/log.csv").read_text().splitlines()
    losses = [float(line.split(",")[2]) for line in log[1:]]
    assert losses[-1] < losses[0]
    facts = json.loads((tmp_path / "model/model.json").read_text())
    assert facts["engine"] == "image.sticker"
    assert {file["name"] for file in facts["files"]} == {"image-small.onnx", "encode.onnx", "decode.onnx",
                                                           "words.json"}
    assert (tmp_path / "docs/image-sheet.webp").stat().st_size > 100


def test_the_real_size_fits_the_words(data: Path, tmp_path: Path) -> None:
    shown = gallery(data / "pairs", tmp_path)
    assert fitted(SMALL, shown).shape.words == len(shown.words.words)
