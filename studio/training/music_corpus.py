"""The scores as tokens by bar and track, kept in a folder so that they are read once.

Every bar can be taken by itself: windows for training are put together from bars, see `music_windows`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import StudioError
from studio.core.score import Score
from studio.media import mood
from studio.media.midi_read import read_midi
from studio.media.tokens.encode import Wishes, sheet_of
from studio.media.tokens.sheet import BarTokens, Heading, Sheet
from studio.media.tokens.snap import snapped
from studio.media.tokens.vocabulary import NO_KEY, STYLES, tempo_of
from studio.training.music_pieces import Piece, Split, all_pieces, bytes_of, split

SIDES = ("train", "watched", "held_out")
_FORM = 1
"""Raised when pieces are cut in another way, so that what was kept is made anew."""
_LONGEST = {"other": 2000}
"""Notes of a piece at most, where there is more of a kind than is needed."""
_SAME, _RUN, _VARIED = 3, 16, 5
"""A training piece is left out that has this many runs of 16 notes, with 5 different steps among them, in
common with the pieces that are watched or held out: another edition, or the same tune."""
_CHUNK = 24


@dataclass(frozen=True)
class Shelf:
    """Pieces one after the other, as flat arrays.

    ``cells``: tokens; ``cell_at``: where each cell begins in them, ``cell_track`` its track; ``bar_at``:
    where each bar's cells begin; of each bar ``metre``, ``key``, ``chords`` (bars, 2; -1 where there is none)
    and ``table`` (bars, `mood.COLUMNS`); ``piece_at``: where each piece's bars begin; of each piece its
    ``style``, ``tempo``, ``programs`` (pieces, 12; -1 where there is no track) and ``number`` in the index.
    """

    cells: NDArray[np.uint16]
    cell_at: NDArray[np.int64]
    cell_track: NDArray[np.int8]
    bar_at: NDArray[np.int64]
    metre: NDArray[np.int8]
    key: NDArray[np.int8]
    chords: NDArray[np.int16]
    table: NDArray[np.float32]
    piece_at: NDArray[np.int64]
    style: NDArray[np.int8]
    tempo: NDArray[np.int8]
    programs: NDArray[np.int16]
    number: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.style)

    def bars(self, piece: int) -> int:
        """How many bars a piece has."""
        return int(self.piece_at[piece + 1] - self.piece_at[piece])

    def bar_tokens(self, piece: int) -> NDArray[np.int64]:
        """Tokens of each bar of a piece, nearly: cells, their tracks, chords and the bar itself."""
        first, last = self.piece_at[piece], self.piece_at[piece + 1]
        at = self.bar_at[first : last + 1]
        counts: NDArray[np.int64] = np.diff(self.cell_at[at]) + np.diff(at) + 1
        counts += np.count_nonzero(self.chords[first:last] >= 0, axis=1)
        return counts

    def heading(self, piece: int, first: int, last: int) -> Heading:
        """What a window of bars begins with; mood and density are those of the window."""
        begin = int(self.piece_at[piece])
        table = self.table[begin + first : begin + last].astype(np.float64)
        key = int(self.key[begin + first])
        feels = mood.mood(table, tempo_of(int(self.tempo[piece])), 12 <= key < NO_KEY).levels
        return Heading(int(self.style[piece]), *feels, mood.density(table), int(self.metre[begin + first]),
                       int(self.tempo[piece]), key, tuple(n for n in self.programs[piece].tolist() if n >= 0))

    def window(self, piece: int, first: int, last: int) -> tuple[BarTokens, ...]:
        """Bars ``first`` to ``last`` - 1 of a piece."""
        begin = int(self.piece_at[piece])
        return tuple(self._bar(begin + number) for number in range(first, last))

    def _bar(self, bar: int) -> BarTokens:
        cells = {
            int(self.cell_track[n]): tuple(self.cells[self.cell_at[n] : self.cell_at[n + 1]].tolist())
            for n in range(self.bar_at[bar], self.bar_at[bar + 1])}
        chords = tuple(int(chord) for chord in self.chords[bar] if chord >= 0)
        return BarTokens(int(self.metre[bar]), int(self.key[bar]), chords, cells)


@dataclass(frozen=True)
class Corpus:
    """The pieces of each side, and their tokens."""

    pieces: Sequence[Piece]
    split: Split
    shelves: dict[str, Shelf]

    def used(self, side: str) -> list[Piece]:
        """The pieces of a side that became tokens."""
        return [self.pieces[number] for number in self.shelves[side].number]


@dataclass(frozen=True)
class Read:
    """A piece as tokens, its bars counted, and the runs of its melodies."""

    number: int
    sheet: Sheet
    table: NDArray[np.float32]
    runs: NDArray[np.uint64]


def prepare(folder: Path, runs: Path, workers: int = 1, most: int | None = None) -> Corpus:
    """The corpus of ``folder``, from ``runs`` if it was made there before; ``most`` pieces of each style."""
    pieces = _fitting(all_pieces(folder), most)
    kept = runs / f"music-tokens-{_fingerprint(pieces)}"
    parts = split(pieces)
    if not (kept / "held_out.npz").exists():
        kept.mkdir(parents=True, exist_ok=True)
        _make(folder, pieces, parts, kept, workers)
    return Corpus(pieces, parts, {side: _load(kept / f"{side}.npz") for side in SIDES})


def read(number: int, style: str, data: bytes) -> Read | None:
    """A MIDI file as tokens; None where tokens can't say it (too many tracks, metres of another kind)."""
    try:
        score = snapped(read_midi(data).score)
    except StudioError:
        return None
    sheet = sheet_of(score, Wishes(STYLES.index(style)))
    return Read(number, sheet, mood.counted(score).astype(np.float32), melodies(score))


def melodies(score: Score) -> NDArray[np.uint64]:
    """Numbers of all runs of 16 notes in the upper line of each track, whatever the key: the steps from note
    to note, and how much longer one takes than the one before. Runs that hardly move are left out."""
    found = [np.zeros(0, np.uint64)]
    for track in score.tracks:
        line = _upper_line([(n.start, n.pitch) for n in track.notes]) if not track.drums else []
        if len(line) > _RUN + 1:
            found.append(_runs(np.array(line, np.int64)))
    return np.unique(np.concatenate(found))


def shelved(reads: Iterable[Read]) -> Shelf:
    """Pieces as flat arrays."""
    kept = list(reads)
    bars = [bar for one in kept for bar in one.sheet.bars]
    cells = [(track, tokens) for bar in bars for track, tokens in sorted(bar.cells.items())]
    chords = np.full((len(bars), 2), -1, np.int16)
    for row, bar in zip(chords, bars, strict=True):
        row[: len(bar.chords)] = bar.chords
    programs = np.full((len(kept), 12), -1, np.int16)
    for row, one in zip(programs, kept, strict=True):
        row[: len(one.sheet.heading.programs)] = one.sheet.heading.programs
    return Shelf(
        np.array([token for _, tokens in cells for token in tokens], np.uint16),
        _starts(len(tokens) for _, tokens in cells), np.array([track for track, _ in cells], np.int8),
        _starts(len(bar.cells) for bar in bars), np.array([bar.metre for bar in bars], np.int8),
        np.array([bar.key for bar in bars], np.int8), chords,
        np.concatenate([np.zeros((0, len(mood.COLUMNS)), np.float32), *(one.table for one in kept)]),
        _starts(len(one.sheet.bars) for one in kept),
        np.array([one.sheet.heading.style for one in kept], np.int8),
        np.array([one.sheet.heading.tempo for one in kept], np.int8), programs,
        np.array([one.number for one in kept], np.int64))


def _make(folder: Path, pieces: Sequence[Piece], parts: Split, kept: Path, workers: int) -> None:
    numbers = {(piece.collection, piece.file): number for number, piece in enumerate(pieces)}
    unseen = [np.zeros(0, np.uint64)]
    for side in reversed(SIDES):
        work = ((numbers[piece.collection, piece.file], piece.style, data)
                for piece, data in bytes_of(folder, getattr(parts, side)))
        reads = sorted(_read_all(work, workers), key=lambda one: one.number)
        if side == "train":
            known = np.unique(np.concatenate(unseen))
            reads = [one for one in reads if _shared(one.runs, known) < _SAME]
        unseen += [one.runs for one in reads]
        arrays = {field.name: getattr(shelved(reads), field.name) for field in fields(Shelf)}
        part = kept / "part.npz"
        np.savez(part, allow_pickle=False, **arrays)
        part.replace(kept / f"{side}.npz")


def _read_all(work: Iterable[tuple[int, str, bytes]], workers: int) -> list[Read]:
    jobs = list(work)
    if workers < 2:
        return [found for job in jobs if (found := read(*job))]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        return [found for found in pool.map(read, *zip(*jobs, strict=True), chunksize=_CHUNK) if found]


def _fitting(pieces: Sequence[Piece], most: int | None) -> list[Piece]:
    kept = [piece for piece in pieces if piece.notes <= _LONGEST.get(piece.style, 1 << 30)]
    if most is None:
        return kept
    counts: dict[str, int] = dict.fromkeys(STYLES, 0)
    found = []
    for piece in sorted(kept, key=lambda one: hashlib.sha256(one.file.encode()).digest()):
        counts[piece.style] += 1
        if counts[piece.style] <= most:
            found.append(piece)
    return found


def _upper_line(notes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of notes by start and pitch, the highest at each start."""
    return sorted(dict(sorted(notes)).items())


def _runs(line: NDArray[np.int64]) -> NDArray[np.uint64]:
    steps, waits = np.diff(line[:, 1]), np.diff(line[:, 0])
    signs = (steps[1:] + 128) * 4096 + np.minimum(waits[1:] * 60 // np.maximum(waits[:-1], 1), 4095)
    windows = np.lib.stride_tricks.sliding_window_view(signs, _RUN - 1)
    varied = (np.diff(np.sort(windows // 4096, 1), axis=1) > 0).sum(1) + 1 >= _VARIED
    factors = np.random.default_rng(1).integers(1, 2**63, _RUN - 1, dtype=np.uint64) | np.uint64(1)
    hashes: NDArray[np.uint64] = (windows[varied].astype(np.uint64) * factors).sum(1, dtype=np.uint64)
    return hashes


def _shared(runs: NDArray[np.uint64], known: NDArray[np.uint64]) -> int:
    """How many of ``runs`` are in ``known``, which is in order: `np.isin` would order it anew each time."""
    if not len(known):
        return 0
    places = np.searchsorted(known, runs).clip(max=len(known) - 1)
    return int((known[places] == runs).sum())


def _starts(lengths: Iterable[int]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(np.fromiter(lengths, np.int64)))).astype(np.int64)


def _load(path: Path) -> Shelf:
    with np.load(path) as kept:
        return Shelf(**{field.name: kept[field.name] for field in fields(Shelf)})


def _fingerprint(pieces: Sequence[Piece]) -> str:
    names = [(piece.collection, piece.file, piece.style) for piece in pieces]
    return hashlib.sha256(repr((_FORM, names)).encode()).hexdigest()[:12]
