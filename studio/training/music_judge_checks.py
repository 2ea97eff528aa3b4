"""Whether a piece is sound: its tokens, its bars, and its MIDI file, which symusic reads as well."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.core.score import Score, Track, bars
from studio.media.midi_events import chunks, events
from studio.media.midi_read import read_midi
from studio.media.midi_write import write_midi
from studio.media.tokens.decode import decode
from studio.media.tokens.grammar import Grammar
from studio.media.tokens.vocabulary import END
from studio.training.music_judge_made import Made

FAULTS = ("grammar", "unfinished", "bars", "bar length", "empty", "range", "overlap", "stuck note",
          "read back", "symusic")
"""What can be wrong with a piece, in the order of the checks."""


def faults(made: Made) -> list[str]:
    """What is wrong with a piece; nothing for one that is sound."""
    if Grammar.fault(made.tokens) is not None:
        return ["grammar"]
    found = [] if made.tokens[-1] == END else ["unfinished"]
    score = decode(made.tokens)
    found += [name for name, is_wrong in _of_score(score, made.ask.bars) if is_wrong]
    return found + file_faults(write_midi(score), score)


def file_faults(data: bytes, score: Score) -> list[str]:
    """What is wrong with the MIDI file of a score."""
    found = ["stuck note"] if stuck(data) else []
    try:
        found += [] if _notes(read_midi(data).score.tracks) == _notes(score.tracks) else ["read back"]
    except StudioError:
        found.append("read back")
    return found + (["symusic"] if _symusic(data) not in (None, _pitches(score)) else [])


def stuck(data: bytes) -> int:
    """Notes of a MIDI file that are begun and never ended, last no time, or are ended and never begun."""
    count = 0
    for track in chunks(data).tracks:
        open_notes: dict[tuple[int, int], list[int]] = {}
        for tick, status, event in events(track):
            kind, where = status >> 4, (status & 15, event[0] if event else 0)
            if kind == 9 and event[1]:
                open_notes.setdefault(where, []).append(tick)
            elif kind in (8, 9):
                begun = open_notes.get(where)
                count += not begun or begun.pop(0) == tick
        count += sum(map(len, open_notes.values()))
    return count


def _of_score(score: Score, wanted: int) -> Iterator[tuple[str, bool]]:
    found = bars(score)
    yield "bars", len(found) != wanted
    yield "bar length", any(bar.length != bar.metre.bar for bar in found)
    yield "empty", not score.notes
    yield "range", any(note.end > score.length for track in score.tracks for note in track.notes)
    yield "overlap", any(_overlaps(track) for track in score.tracks if not track.drums)


def _overlaps(track: Track) -> bool:
    until: dict[int, int] = {}
    for note in track.notes:
        if until.get(note.pitch, 0) > note.start:
            return True
        until[note.pitch] = note.end
    return False


def _notes(tracks: Sequence[Track]) -> list[list[tuple[int, int, int, int]]]:
    """Of tracks with notes; readers may leave out empty ones."""
    return [[note.order for note in track.notes] for track in tracks if track.notes]


def _pitches(score: Score) -> Counter[tuple[int, int, int]]:
    return Counter((note.start, note.pitch, note.length) for track in score.tracks for note in track.notes)


def _symusic(data: bytes) -> Counter[tuple[int, int, int]] | None:
    """Start, pitch and length of the notes that symusic finds; None where it is not installed."""
    try:
        import symusic
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "piece.mid"
        path.write_bytes(data)
        tracks: Any = symusic.Score(str(path)).tracks  # type: ignore[union-attr]
    return Counter((note.time, note.pitch, note.duration) for track in tracks for note in track.notes)
