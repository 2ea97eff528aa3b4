"""The scores to learn from: which may be used, what style each is in, which are kept from training."""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_NIFC = "The Fryderyk Chopin Institute (https://nifc.pl)"
_GENERAL: Mapping[str, tuple[str, str]] = {
    "openscore_lieder": ("CC0 1.0", "OpenScore Lieder"),
    "openscore_quartets": ("CC0 1.0", "OpenScore String Quartets"),
    "openscore_orchestra": ("CC0 1.0", "OpenScore Orchestra"),
    "chopin_first_editions": ("CC BY 4.0", f"First Editions of Fryderyk Chopin, (c) 2017-2021 {_NIFC}"),
    "polish_scores": ("CC BY 4.0", f"Polish Music Heritage in Open Access, (c) 2019-2022 {_NIFC}"),
    "open_hymnal": ("Public Domain", "Open Hymnal Project"),
    "chord_progressions": ("MIT", "free-midi-chords, Copyright (c) 2019-2026 Ludovic Drolez"),
    "groove_midi": ("CC BY 4.0", "Groove MIDI Dataset: Gillick, Roberts, Engel, Eck, Bamman, ICML 2019"),
    "ceol_rince": ("CC BY 4.0", "Ceol Rince, ABC by Bill Black: Diamond, Shahid, McDermott, FONN 2022"),
    "freedoom": ("BSD 3-Clause", "Freedoom, Copyright (c) 2001-2024 Contributors to the Freedoom project"),
    "helland_game_music": ("CC BY 4.0", "music by Tanner Helland, https://github.com/tannerhelland/free-music"),
}
"""Licence and whom to thank; of Mutopia each piece has its own, in credits.csv."""
ALLOWED = ("CC0", "Public Domain", "MIT", "Apache", "CC BY")
"""Licences of what a model that ships may learn from, by how they begin. Share-alike is not among them, nor,
as the rule names neither, is BSD."""
_PARTS = r"-.*$|_?\d+$"
_MOVEMENTS = {"openscore_quartets": r"_mv\d.*$", "openscore_orchestra": r"[_-]\d+$",
              "polish_scores": r"--\d{3}-\d{3}.*$", "chopin_first_editions": r"-\d+[a-z]?-"}
"""Where the part of a name begins that tells movements, scenes or editions apart."""
_HELD_OUT = 0.04
_WATCHED = 0.01


@dataclass(frozen=True, slots=True)
class Piece:
    """One MIDI file. ``work`` is what it is a part or a version of; ``mood`` is from the index: words, or a
    marking, or ""."""

    collection: str
    file: str
    title: str
    composer: str
    style: str
    work: str
    licence: str
    credit: str
    mood: str
    notes: int


@dataclass(frozen=True, slots=True)
class Split:
    """Pieces by what they are for; no work is on two sides."""

    train: tuple[Piece, ...]
    watched: tuple[Piece, ...]
    held_out: tuple[Piece, ...]


def all_pieces(folder: Path) -> list[Piece]:
    """Every piece in ``folder`` that may be learned from, in the order of the index."""
    credits_ = {(row["collection"], row["file"]): row for row in _rows(folder / "credits.csv")}
    found = []
    for row in _rows(folder / "index.csv"):
        own = credits_.get((row["collection"], row["file"]))
        licence, credit = (own["licence"], own["credit"]) if own else _GENERAL[row["collection"]]
        licence = licence.replace("Creative Commons Attribution", "CC BY")
        if may_ship(licence):
            found.append(_piece(row, licence, credit))
    return found


def may_ship(licence: str) -> bool:
    """Whether a model that ships may learn from it."""
    return licence.startswith(ALLOWED) and "SA" not in licence and "NC" not in licence


def style_of(collection: str, genre: str) -> str:
    """One of STYLES."""
    by_collection = {"ceol_rince": "irish", "open_hymnal": "hymn", "openscore_lieder": "song",
                     "openscore_quartets": "quartet", "groove_midi": "drums", "freedoom": "rock",
                     "helland_game_music": "rock"}  # fmt: skip
    if collection in by_collection:
        return by_collection[collection]
    for style, words in _GENRES:
        if re.search(words, genre):
            return style
    return "other"


_GENRES = (
    ("march", r"ragtime|march|jazz; piano"),
    ("hymn", r"^hymn|chorale"),
    ("quartet", r"string quartet"),
    ("song", r"song|voice (and|&) (piano|clavier)|lied"),
    ("guitar", r"guitar"),
    ("other", r"trio|concert|orchestra|ensemble|organ|technique|progression|opera|voice|choir|violin|cello"),
    ("piano", r"piano|keyboard|harpsichord|clavichord"),
)
"""The first that is found in the genre of a piece decides."""


def split(pieces: Sequence[Piece]) -> Split:
    """Whole works by SHA-256 of their name: of each style some are held out, fewer watched, the rest are
    trained on."""
    sides: dict[str, str] = {}
    by_style: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_style[piece.style].append(piece)
    for own in by_style.values():
        sides |= {work: side for work, side in _sides(own).items() if work not in sides}
    train, watched, held_out = (
        tuple(p for p in pieces if sides[p.work] == side) for side in ("train", "watched", "held_out"))
    return Split(train, watched, held_out)


def bytes_of(folder: Path, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, bytes]]:
    """The files of some pieces."""
    by_collection: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_collection[piece.collection].append(piece)
    for collection, own in by_collection.items():
        with zipfile.ZipFile(folder / f"{collection}.zip") as box:
            for piece in own:
                yield piece, box.read(piece.file)


def sources_table(pieces: Iterable[Piece]) -> list[dict[str, object]]:
    """Collection, licence and number of pieces, as model.json and the card list them."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for piece in pieces:
        counts[piece.collection, piece.licence] += 1
    return [{"source": name, "licence": licence, "count": n} for (name, licence), n in sorted(counts.items())]


def thanks(pieces: Iterable[Piece]) -> list[str]:
    """Whom the licences ask to name: all of CC BY and MIT."""
    named = (piece for piece in pieces if piece.licence.startswith(("CC BY", "MIT")))
    return sorted({f"{piece.credit} ({piece.licence})" for piece in named})


def _piece(row: Mapping[str, str], licence: str, credit: str) -> Piece:
    collection, file = row["collection"], row["file"]
    style = style_of(collection, row["genre_or_style"].lower())
    return Piece(collection, file, row["title"], row["composer"], style, work_of(collection, file), licence,
                 credit, row["emotion_if_any"], int(row["n_notes"]))


def work_of(collection: str, file: str) -> str:
    """What a file is a part or a version of: a session of a drummer, a progression in all its rhythms, a hymn
    tune under all its texts, a work with all its movements."""
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".mid")
    if collection == "groove_midi":
        return f"{collection}/{folder}"
    if collection == "chord_progressions":
        return f"{collection}/{stem}"
    if collection == "open_hymnal":
        return f"{collection}/{stem.rpartition('-')[2]}"
    return f"{collection}/{folder}/{re.split(_MOVEMENTS.get(collection, _PARTS), stem)[0]}"


def _sides(pieces: Sequence[Piece]) -> dict[str, str]:
    works = sorted({piece.work for piece in pieces}, key=lambda work: hashlib.sha256(work.encode()).digest())
    held_out = max(1, round(_HELD_OUT * len(works)))
    watched = held_out + max(1, round(_WATCHED * len(works)))
    return {work: "held_out" if n < held_out else "watched" if n < watched else "train"
            for n, work in enumerate(works)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
