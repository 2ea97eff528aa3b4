"""Photographs and paintings for training: which rows may be used, which are held out, and crops of them."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Row:
    """One picture file. `source` is the same for every crop of one source picture."""

    file: Path
    source: str
    licence: str
    author: str
    title: str = ""


@dataclass(frozen=True)
class Split:
    """Rows to train on and rows held out; no source is on both sides."""

    train: tuple[Row, ...]
    held_out: tuple[Row, ...]


def photo_rows(folder: Path, *, share_alike: bool = False) -> list[Row]:
    """Rows of photos/index.csv: share-alike ones left out, or only those (for measuring, never to learn)."""
    rows = []
    for line in _index(folder):
        if ("BY-SA" in line["licence"]) == share_alike:
            source = f"{line['source_repo']}/{line['path']}"
            rows.append(Row(folder / line["file"], source, line["licence"], line["author"]))
    return rows


def painting_rows(folder: Path) -> list[Row]:
    """Rows of paintings/index.csv; the source is the painting, so that one used twice counts once."""
    return [
        Row(
            folder / line["file"],
            f"{line['artist']}/{line['title']}",
            "Public domain",
            line["artist"],
            line["title"],
        )
        for line in _index(folder)
    ]


def split_rows(rows: Sequence[Row], count: int = 20, never: Iterable[str] = ()) -> Split:
    """Hold out the `count` sources whose SHA-256 comes first; files starting with `never` are not chosen.

    Only the first file (by name) of a held-out source is measured; its other crops are used nowhere.
    """
    barred = tuple(never)
    open_to = {row.source for row in rows if not (barred and row.file.name.startswith(barred))}
    chosen = set(sorted(open_to, key=_digest)[:count])
    first: dict[str, Row] = {}
    for row in sorted(rows, key=lambda r: r.file.name):
        if row.source in chosen:
            first.setdefault(row.source, row)
    held_out = tuple(sorted(first.values(), key=lambda r: r.file.name))
    return Split(tuple(row for row in rows if row.source not in chosen), held_out)


def load_splits(data: Path) -> tuple[Split, Split]:
    """The splits of data/photos and data/paintings. Kodak pictures stay training data."""
    photos = split_rows(photo_rows(data / "photos"), never=("kodak-",))
    return photos, split_rows(painting_rows(data / "paintings"))


def sources_table(rows: Iterable[Row], kind: str) -> list[dict[str, object]]:
    """For the card: how many rows of each licence."""
    counts = Counter(row.licence for row in rows)
    return [{"source": kind, "licence": name, "count": n} for name, n in sorted(counts.items())]


def decode(rows: Sequence[Row]) -> list[Picture]:
    """Every picture as uint8 (H, W, 3), in order, held in memory."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda row: np.asarray(Image.open(row.file).convert("RGB")), rows))


def random_crop(picture: Picture, size: int, rng: np.random.Generator, *, colour: float = 0.0) -> Picture:
    """A random square scaled to size x size, perhaps mirrored, perhaps with its channels permuted.

    `colour` is the chance of permuted channels; the side is uniform in its logarithm from `size` up.
    """
    height, width = picture.shape[:2]
    longest = min(height, width)
    side = int(np.exp(rng.uniform(np.log(min(size, longest)), np.log(longest))))
    top, left = rng.integers(0, height - side + 1), rng.integers(0, width - side + 1)
    part = Image.fromarray(picture[top : top + side, left : left + side])
    crop = np.asarray(part.resize((size, size), Image.Resampling.BICUBIC, reducing_gap=2.0))
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    return crop[..., rng.permutation(3)] if rng.random() < colour else crop


def centre_square(picture: Picture, size: int) -> Picture:
    """The middle square scaled to size x size, as every evaluation uses it."""
    height, width = picture.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    part = Image.fromarray(picture[top : top + side, left : left + side])
    return np.asarray(part.resize((size, size), Image.Resampling.LANCZOS))


def to_tensor(pictures: Sequence[Picture]) -> torch.Tensor:
    """uint8 (H, W, 3) pictures of one size -> float32 (N, 3, H, W), 0..1."""
    stack = np.ascontiguousarray(np.stack(pictures).transpose(0, 3, 1, 2))
    return torch.from_numpy(stack).float() / 255.0


def _index(folder: Path) -> list[dict[str, str]]:
    with (folder / "index.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
