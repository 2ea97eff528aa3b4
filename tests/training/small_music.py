"""A small collection of made-up scores, in the form of data/music."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from studio.core.score import TICKS, Key, Metre, Note, Score, Tempo, Track
from studio.media.midi_write import write_midi
from tests.scores import groove

_COLUMNS = ("collection", "file", "title", "composer", "genre_or_style", "key", "meter", "bars", "tempo",
            "emotion_if_any", "n_notes")
_SCALE = (0, 2, 4, 5, 7, 9, 11)
MANY = {"ceol_rince": "folk; irish reel", "open_hymnal": "hymn (SATB); praise", "freedoom": "game soundtrack",
        "mutopia_ccby": "classical; guitar", "groove_midi": "drums; beat; rock"}


def wander(seed: int, bars: int = 12, tracks: int = 1) -> Score:
    """A walk over a scale, the same in no two pieces."""
    rng = np.random.default_rng(seed)
    made = []
    for track in range(tracks):
        places = np.cumsum(rng.integers(-3, 4, 8 * bars)).clip(-12, 12)
        pitches = [64 - 12 * track + 12 * int(place // 7) + _SCALE[int(place % 7)] for place in places]
        half = TICKS // 2
        made.append(Track(tuple(Note(n * half, p, half) for n, p in enumerate(pitches)), 40 + track))
    return Score(tuple(made), (Tempo.of(90 + seed),), (Metre(0, 4, 4),), (Key(0, 0),), title=f"Piece {seed}",
                 length=4 * TICKS * bars)


def write_collection(folder: Path, count: int = 12) -> Path:
    """``count`` pieces of each collection in MANY; the folder. The last piece of the first is the first one
    again, in another key."""
    folder.mkdir(parents=True)
    rows: list[dict[str, object]] = []
    for number, (collection, genre) in enumerate(MANY.items()):
        with zipfile.ZipFile(folder / f"{collection}.zip", "w") as box:
            for n in range(count):
                score = _piece(collection, 100 * number + n, number)
                if collection == "ceol_rince" and n == count - 1:
                    score = replace(wander(0), title="Again").transposed(5)
                letter = "abcdefghijklmnopqrst"[n]
                file = f"s{n}/take.mid" if collection == "groove_midi" else f"piece{letter}.mid"
                box.writestr(file, write_midi(score))
                rows.append({"collection": collection, "file": file, "title": score.title or file,
                             "genre_or_style": genre, "n_notes": score.notes})
    _write(folder / "index.csv", _COLUMNS, rows)
    thanked = [row for row in rows if row["collection"] == "mutopia_ccby"]
    _write(folder / "credits.csv", ("collection", "file", "licence", "credit"), [
        {"collection": row["collection"], "file": row["file"], "credit": "Jane Doe; Mutopia-1",
         "licence": "Creative Commons Attribution 3.0"} for row in thanked])
    return folder


def _piece(collection: str, seed: int, tracks: int) -> Score:
    return groove(2 + seed % 5) if collection == "groove_midi" else wander(seed, 12, max(1, tracks))


def _write(path: Path, columns: tuple[str, ...], rows: list[dict[str, object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
