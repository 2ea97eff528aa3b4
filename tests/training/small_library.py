"""A library of small made-up books on disk, in the form of data/text."""

from __future__ import annotations

import csv
import lzma
from pathlib import Path

import numpy as np

_WHO, _DID = ("The fox", "A child", "Old Anna", "The king"), ("saw", "loved", "forgot", "followed")
_WHAT = ("the moon", "a red boat", "the road home", "his own shadow")
_CHINESE = ("明月", "青山", "流水", "故人", "春风", "落花", "白云", "秋雨")
_ENGLISH_COLUMNS = ("file", "title", "author", "translator", "words", "bytes", "source_repo")
_CHINESE_COLUMNS = ("file", "title", "author", "kind", "pieces", "bytes", "source_repo")
_KINDS = ("poetry", "poetry", "poetry", "poetry", "classical prose", "primers", "memoir, literary Chinese",
          "classical prose", "vernacular novel", "vernacular novel", "vernacular novel")


def english(seed: int, sentences: int = 60) -> str:
    """Sentences of three parts, five to a paragraph; every sentence has a number of the book in it."""
    rng = np.random.default_rng(seed)
    made = [f"{rng.choice(_WHO)} {rng.choice(_DID)} {rng.choice(_WHAT)}, “{seed}”." for _ in range(sentences)]
    return "\n\n".join(" ".join(made[at : at + 5]) for at in range(0, sentences, 5)) + "\n"


def chinese(seed: int, lines: int = 60) -> str:
    """Lines of two clauses, four to a poem."""
    rng = np.random.default_rng(1000 + seed)
    clauses = ["".join(rng.choice(_CHINESE, 3)) for _ in range(2 * lines)]
    made = [f"{first}，{second}。" for first, second in zip(clauses[::2], clauses[1::2], strict=True)]
    return "\n\n".join("\n".join(made[at : at + 4]) for at in range(0, lines, 4)) + "\n"


def write_library(folder: Path) -> Path:
    """Ten English and eleven Chinese books; the folder."""
    rows = [_written(folder / "en", f"book-{n}.txt.xz", english(n)) for n in range(10)]
    _index(folder / "en", _ENGLISH_COLUMNS, [
        {"file": name, "title": f"Book {n}", "author": "A. Writer", "bytes": size,
         "source_repo": f"standardebooks/book-{n}"} for n, (name, size) in enumerate(rows)])
    rows = [_written(folder / "zh", f"shu-{n}.txt.xz", chinese(n)) for n in range(len(_KINDS))]
    _index(folder / "zh", _CHINESE_COLUMNS, [
        {"file": name, "title": f"书 {n}", "author": "", "kind": _KINDS[n], "bytes": size,
         "source_repo": "chinese-poetry/chinese-poetry"} for n, (name, size) in enumerate(rows)])
    return folder


def _written(folder: Path, name: str, text: str) -> tuple[str, int]:
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(folder / name, "wt", encoding="utf-8") as file:
        file.write(text)
    return name, len(text.encode())


def _index(folder: Path, columns: tuple[str, ...], rows: list[dict[str, object]]) -> None:
    with (folder / "index.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
