"""Which pictures may be trained on, and which are held out."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.training.data import centre_square, load_splits, random_crop, sources_table

PHOTO_COLUMNS = ("file", "source_repo", "path", "licence", "author")
PAINTING_COLUMNS = ("file", "title", "artist", "year", "source_repo")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """60 sources with two crops each, every fourth share-alike, and 30 Kodak pictures; 40 paintings."""
    photos: list[tuple[str, ...]] = []
    for n in range(60):
        licence = "CC BY-SA 4.0" if n % 4 == 0 else "CC0 1.0"
        photos += [(f"p{n}-{crop}.webp", "repo", f"{n}.png", licence, "Someone") for crop in "ab"]
    photos += [(f"kodak-{n}.webp", "codec", f"k{n}.png", "Kodak: released", "Kodak") for n in range(30)]
    paintings = [(f"{n}.jpg", f"Title {n // 2}", "Painter", "1900", f"repo{n}") for n in range(60)]
    write_index(tmp_path / "photos", PHOTO_COLUMNS, photos)
    write_index(tmp_path / "paintings", PAINTING_COLUMNS, paintings)
    return tmp_path


def write_index(folder: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    folder.mkdir()
    with (folder / "index.csv").open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows([columns, *rows])


def test_no_share_alike_rows_are_used(data: Path) -> None:
    photos, _ = load_splits(data)
    assert not [row for row in photos.train + photos.held_out if "BY-SA" in row.licence]


def test_crops_of_one_source_stay_on_one_side(data: Path) -> None:
    for split in load_splits(data):
        assert not {row.source for row in split.train} & {row.source for row in split.held_out}


def test_twenty_sources_are_held_out_by_a_fixed_rule(data: Path) -> None:
    photos, paintings = load_splits(data)
    assert (photos, paintings) == load_splits(data)
    for split in (photos, paintings):
        assert len({row.source for row in split.held_out}) == len(split.held_out) == 20
    assert all(row.file.name.endswith("-a.webp") for row in photos.held_out)


def test_kodak_pictures_are_never_held_out(data: Path) -> None:
    photos, _ = load_splits(data)
    assert sum(row.file.name.startswith("kodak") for row in photos.train) == 30


def test_counts_by_licence(data: Path) -> None:
    photos, _ = load_splits(data)
    counts = {row["licence"]: row["count"] for row in sources_table(photos.train, "photographs")}
    assert counts == {"CC0 1.0": 50, "Kodak: released": 30}


def test_crops_are_square_and_repeatable() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (90, 70, 3), dtype=np.uint8)
    crops = [random_crop(picture, 32, np.random.default_rng(5), colour=0.5) for _ in range(2)]
    assert crops[0].shape == (32, 32, 3)
    assert np.array_equal(*crops)


def test_small_pictures_are_enlarged() -> None:
    picture = np.full((20, 30, 3), 7, np.uint8)
    assert random_crop(picture, 32, np.random.default_rng(0)).shape == (32, 32, 3)
    assert centre_square(picture, 32).shape == (32, 32, 3)


def test_centre_square_takes_the_middle() -> None:
    picture = np.asarray(Image.linear_gradient("L").resize((64, 32)).convert("RGB"))
    assert np.array_equal(centre_square(picture, 32), picture[:, 16:48])
