"""Pictures for the Upscale models: sharp ones, drawings, and how their small versions come about."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageFilter
from torch import Tensor

from studio.training.data import Picture, Row, Split, decode, load_splits, split_rows, to_tensor

DRAWN = ("fluent_flat", "noto", "fluent_3d", "game_art")
"""Drawing styles of 128 pixels under licences that models may ship with."""
Shrink = Callable[[Picture, int, np.random.Generator], Picture]
"""(H, W, 3), scale, chance -> (H / scale, W / scale, 3)."""


@dataclass(frozen=True)
class Pair:
    """A batch: small pictures (N, 3, h, w) and the big ones they came from (N, 3, scale h, scale w)."""

    small: Tensor
    big: Tensor


class Crops:
    """Random pairs out of whole pictures. Each depends on its step alone, so a resumed run sees the same.

    ``side`` is that of the small crops. The next batch is cut while the network learns from this one.
    """

    def __init__(self, pictures: Sequence[Picture], scale: int, side: int, batch: int, shrink: Shrink,
                 seed: int = 1) -> None:
        self.pictures, self.scale, self.side, self.batch = pictures, scale, side, batch
        self.shrink, self.seed = shrink, seed
        self._pool = ThreadPoolExecutor(1)
        self._next: tuple[int, Future[Pair]] | None = None

    def at(self, step: int) -> Pair:
        """The batch of a step."""
        ready = self._next if self._next and self._next[0] == step else None
        pair = ready[1].result() if ready else self.draw(step)
        self._next = (step + 1, self._pool.submit(self.draw, step + 1))
        return pair

    def draw(self, step: int) -> Pair:
        """Crops with a rim, shrunk, the rim cut off: what lies beyond the crop's edge has had its say."""
        rng = np.random.default_rng((self.seed, step))
        pairs = [self._one(rng) for _ in range(self.batch)]
        return Pair(to_tensor([small for small, _ in pairs]), to_tensor([big for _, big in pairs]))

    def _one(self, rng: np.random.Generator) -> tuple[Picture, Picture]:
        picture = self.pictures[int(rng.integers(len(self.pictures)))]
        rim = 4 if min(picture.shape[:2]) >= (self.side + 8) * self.scale else 0
        side = (self.side + 2 * rim) * self.scale
        top, left = (int(rng.integers((size - side) // self.scale + 1)) * self.scale
                     for size in picture.shape[:2])
        big = _turned(picture[top:top + side, left:left + side], rng)
        small = self.shrink(big, self.scale, rng)
        inner = slice(rim, rim + self.side)
        outer = slice(rim * self.scale, (rim + self.side) * self.scale)
        return small[inner, inner], big[outer, outer]


def faithful(picture: Picture, scale: int, rng: np.random.Generator) -> Picture:
    """Plainly smaller, with the bicubic filter every paper uses."""
    return _resized(picture, scale, Image.Resampling.BICUBIC)


def worn(picture: Picture, scale: int, rng: np.random.Generator) -> Picture:
    """Blurred, smaller, noisy and a JPEG, each by chance (a single pass of Wang et al. 2021, Real-ESRGAN)."""
    image = Image.fromarray(picture)
    if rng.random() < 0.7:
        across, down = (float(value) * scale for value in rng.uniform(0.1, 0.9, 2))
        image = image.filter(ImageFilter.GaussianBlur((across, down) if rng.random() < 0.5 else across))
    kinds = (Image.Resampling.BICUBIC, Image.Resampling.BILINEAR, Image.Resampling.BOX)
    small = _resized(np.asarray(image), scale, kinds[int(rng.choice(3, p=(0.6, 0.25, 0.15)))])
    if rng.random() < 0.7:
        small = _noisy(small, rng)
    return _as_jpeg(small, int(rng.integers(35, 96))) if rng.random() < 0.75 else small


def touched(picture: Picture, scale: int, rng: np.random.Generator) -> Picture:
    """For drawings: half of them plain, half a little soft, noisy or a good JPEG."""
    if rng.random() < 0.5:
        return faithful(picture, scale, rng)
    image = Image.fromarray(picture)
    if rng.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.1, 0.5)) * scale))
    small = faithful(np.asarray(image), scale, rng)
    if rng.random() < 0.4:
        small = _noisy(small, rng, 8.0)
    return _as_jpeg(small, int(rng.integers(60, 96))) if rng.random() < 0.5 else small


def sharp_pictures(data: Path) -> tuple[list[Picture], Split, Split]:
    """What photo models learn from: the photographs, and the paintings at half size, where JPEG has gone."""
    photos, paintings = load_splits(data)
    halved = [_resized(picture, 2, Image.Resampling.LANCZOS) for picture in decode(paintings.train)]
    return decode(photos.train) + halved, photos, paintings


def drawing_rows(folder: Path) -> list[Row]:
    """Rows of pairs/index.csv in the styles of `DRAWN`; all drawings of one thing have one source."""
    with (folder / "index.csv").open(newline="", encoding="utf-8") as lines:
        rows = [line for line in csv.DictReader(lines) if line["style"] in DRAWN]
    return [Row(folder / line["file"], line["name"], line["licence"], line["source"], line["name"])
            for line in rows]


def load_drawings(data: Path, held_out: int = 40) -> tuple[Split, list[Picture], list[Picture]]:
    """The split of the drawings, the pictures to learn from and those held out, on plain colours."""
    split = split_rows(drawing_rows(data / "pairs"), held_out)
    rng = np.random.default_rng(5)
    train, held = ([_on_colour(row, rng) for row in rows] for rows in (split.train, split.held_out))
    return split, train, held


def to_small(pictures: Sequence[Picture], scale: int) -> list[Picture]:
    """Each cut to a multiple of ``scale`` and shrunk as the papers do."""
    cut = [picture[:picture.shape[0] // scale * scale, :picture.shape[1] // scale * scale]
           for picture in pictures]
    return [_resized(picture, scale, Image.Resampling.BICUBIC) for picture in cut]


def as_picture(tensor: Tensor) -> Picture:
    """(1, 3, H, W), 0..1 -> uint8 (H, W, 3)."""
    whole = tensor[0].permute(1, 2, 0).clamp(0, 1) * 255
    return np.asarray(whole.round().to(torch.uint8).numpy())


def _turned(picture: Picture, rng: np.random.Generator) -> Picture:
    """One of the eight ways to lay a square."""
    turned = np.rot90(picture, int(rng.integers(4)))
    return np.ascontiguousarray(turned[:, ::-1] if rng.random() < 0.5 else turned)


def _resized(picture: Picture, scale: int, kind: Image.Resampling) -> Picture:
    size = (picture.shape[1] // scale, picture.shape[0] // scale)
    return np.asarray(Image.fromarray(picture).resize(size, kind))


def _noisy(picture: Picture, rng: np.random.Generator, most: float = 20.0) -> Picture:
    """Normal noise of up to ``most`` grey levels, grey or coloured, or that of few photons."""
    shape = picture.shape if rng.random() < 0.6 else (*picture.shape[:2], 1)
    strength = rng.uniform(0.5, most)
    level = np.sqrt(picture / 255.0) * 1.4 if rng.random() < 0.4 else 1.0
    noise = rng.normal(0.0, strength, shape) * level
    return np.asarray((picture + noise + 0.5).clip(0, 255), np.uint8)


def _as_jpeg(picture: Picture, quality: int) -> Picture:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))


_archives: dict[Path, zipfile.ZipFile] = {}


def _on_colour(row: Row, rng: np.random.Generator) -> Picture:
    """A drawing flattened on one colour, white most often."""
    archive = _archives.setdefault(row.file.parent, zipfile.ZipFile(row.file.parent))
    image = Image.open(io.BytesIO(archive.read(row.file.name))).convert("RGBA")
    colour = (255, 255, 255) if rng.random() < 0.4 else tuple(int(v) for v in rng.integers(0, 256, 3))
    paper = Image.new("RGBA", image.size, (*colour, 255))
    return np.asarray(Image.alpha_composite(paper, image).convert("RGB"))
