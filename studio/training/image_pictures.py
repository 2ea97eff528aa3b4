"""The drawings to learn from: small, with their words; which are kept from training."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.core.word_list import WordList, padded, split_words

SIDE = 64
"""Pixels of a side."""
STYLES = {"fluent_3d": "glossy", "fluent_flat": "flat", "noto": "soft", "twemoji": "plain",
          "emojitwo": "bold", "pixel_dungeon": "pixel", "game_art": "cartoon"}  # fmt: skip
"""The folder of a style, and the word that stands for it, marked so that it is no word of a prompt."""
DRAWN_OFTEN = ("fluent_3d", "fluent_flat", "noto", "twemoji", "emojitwo")
"""Styles in which the same things are drawn."""
HELD_OUT = 100
_RARE = {"flags": 0.15, "symbols": 0.5, "people & body": 0.6}
"""How often pictures of a group are read; 1 for others. There are many flags, and few ask for one."""
_EMPTY_TAGS = frozenset(split_words("pixel art fantasy dungeon crawl game art sprite"))
_ROOM = 12
Small = NDArray[np.uint8]
"""(64, 64, 4), colours times alpha."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of the index."""

    file: str
    style: str
    name: str
    tags: tuple[str, ...]
    group: str
    source: str
    licence: str

    @property
    def words(self) -> list[str]:
        """Of its name."""
        return split_words(self.name)


@dataclass(frozen=True)
class Gallery:
    """Drawings, their pictures (N, 64, 64, 4), and the words that are known; ``held_out`` are numbers of
    drawings, each a thing in a style, that are drawn in other styles as well."""

    drawings: Sequence[Drawing]
    pictures: NDArray[np.uint8]
    words: WordList
    held_out: tuple[int, ...]

    @property
    def train(self) -> list[int]:
        """Numbers of those that are learned from: all that are not held out."""
        kept = frozenset(self.held_out)
        return [number for number in range(len(self.drawings)) if number not in kept]

    def caption(self, number: int, chance: np.random.Generator) -> list[int]:
        """Words for a drawing: its style most often, its name, some of its tags; padded."""
        drawing = self.drawings[number]
        words = [mark(drawing.style)] if chance.random() < 0.9 else []
        words += drawing.words if chance.random() < 0.9 or not drawing.tags else []
        some = int(chance.integers(0, 6)) if chance.random() < 0.5 else 0
        words += chance.permutation(list(drawing.tags))[:some].tolist() if some else []
        known = [n for word in dict.fromkeys(words) if (n := self.words.number(word))]
        return padded(known, self.words.room)

    def prompt(self, number: int) -> list[int]:
        """The style and the name of a drawing, as a person would ask for it; padded."""
        drawing = self.drawings[number]
        words = dict.fromkeys([mark(drawing.style), *drawing.words])
        return padded([n for word in words if (n := self.words.number(word))], self.words.room)

    def odds(self) -> NDArray[np.float64]:
        """How often each of `train` is read; they add up to 1."""
        found = np.array([_RARE.get(self.drawings[number].group, 1.0) for number in self.train])
        return np.asarray(found / found.sum(), np.float64)


def gallery(folder: Path, runs: Path) -> Gallery:
    """All drawings of ``folder`` that a model may ship with; the pictures are kept in ``runs``."""
    drawings = all_drawings(folder)
    kept = runs / f"image-pictures-{_fingerprint(drawings)}.npy"
    if not kept.exists():
        runs.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part.npy")
        np.save(part, _pictures(folder, drawings))
        part.replace(kept)
    held_out = _held_out(drawings)
    apart = frozenset(held_out)
    known = [drawing for number, drawing in enumerate(drawings) if number not in apart]
    return Gallery(drawings, np.load(kept, mmap_mode="r"), word_list(known), held_out)


def all_drawings(folder: Path) -> list[Drawing]:
    """Rows of the index but for share-alike ones, in its order."""
    with (folder / "index.csv").open(newline="", encoding="utf-8") as lines:
        return [_drawing(row) for row in csv.DictReader(lines) if row["style"] in STYLES]


def mark(style: str) -> str:
    """The word of a style."""
    return f"<{STYLES[style]}>"


def word_list(drawings: Iterable[Drawing]) -> WordList:
    """The styles, then every word that two drawings share, in the order of the alphabet."""
    counts = Counter(word for drawing in drawings for word in {*drawing.words, *drawing.tags})
    known = sorted(word for word, count in counts.items() if count > 1)
    return WordList(("", *(f"<{word}>" for word in STYLES.values()), *known), _ROOM)


def small(data: bytes) -> Small:
    """A picture file made small, its colours times its alpha: so edges mix with nothing."""
    with Image.open(io.BytesIO(data)) as file:
        image = file.convert("RGBA").convert("RGBa")
    if image.size != (SIDE, SIDE):
        square = Image.new("RGBa", (max(image.size),) * 2)
        square.paste(image, ((square.width - image.width) // 2, (square.height - image.height) // 2))
        image = square.resize((SIDE, SIDE), Image.Resampling.BOX if square.width == 2 * SIDE
                              else Image.Resampling.HAMMING)
    return np.frombuffer(image.tobytes(), np.uint8).reshape(SIDE, SIDE, 4)


def _drawing(row: dict[str, str]) -> Drawing:
    words = (word for tag in row["keywords"].split("|") for word in split_words(tag))
    own = frozenset(split_words(row["name"])) | (_EMPTY_TAGS if "_" in row["style"] else frozenset())
    tags = tuple(word for word in dict.fromkeys(words) if word not in own)
    return Drawing(row["file"], row["style"], row["name"], tags, row["group"], row["source"], row["licence"])


def _pictures(folder: Path, drawings: Sequence[Drawing]) -> NDArray[np.uint8]:
    boxes = {style: zipfile.ZipFile(folder / f"{style}.zip") for style in {d.style for d in drawings}}
    try:
        return np.stack([small(boxes[d.style].read(d.file.partition("/")[2])) for d in drawings])
    finally:
        for box in boxes.values():
            box.close()


def _held_out(drawings: Sequence[Drawing]) -> tuple[int, ...]:
    """Things drawn in four styles or more, by SHA-256 of their name, one style each; no flags, signs or
    people, whose names hardly say what one sees."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, drawing in enumerate(drawings):
        if drawing.style in DRAWN_OFTEN and drawing.group not in ("flags", "symbols", "people & body"):
            by_name[drawing.name].append(number)
    often = {name: own for name, own in by_name.items() if len({drawings[n].style for n in own}) > 3}
    digests = {name: hashlib.sha256(name.encode()).digest() for name in often}
    chosen = sorted(often, key=digests.__getitem__)[:HELD_OUT]
    return tuple(sorted(often[name][digests[name][-1] % len(often[name])] for name in chosen))


def _fingerprint(drawings: Sequence[Drawing]) -> str:
    return hashlib.sha256(repr([drawing.file for drawing in drawings]).encode()).hexdigest()[:12]
