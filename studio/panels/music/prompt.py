"""A plan as tokens: what the model reads, and what is settled of what it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studio.core.score import DRUMS, Bar, Score, bars
from studio.media import mood
from studio.media.tokens.encode import bars_of
from studio.media.tokens.guide import PieceGuide
from studio.media.tokens.sayable import cut, sayable, without
from studio.media.tokens.settled import Settled, Spot, spots
from studio.media.tokens.sheet import BarTokens, Heading, Sheet, tokens_of
from studio.media.tokens.snap import snapped
from studio.media.tokens.vocabulary import STEP, Kind, tempo_level
from studio.panels.music.fits import fitting
from studio.panels.music.plan import Plan

_BEFORE, _AFTER = 0.45, 0.2
"""Shares of what a model sees at once for the bars before and behind a gap; the gap needs the rest."""
_LOOK_BACK, _LOOK_ON = 96, 48
"""Bars that are looked at; more never fit."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """``offset``: tick in the piece of the first bar that the model reads; ``known``: bars that come before
    those it makes. ``lines``: the bars it makes, ``told``: what it was given of each, as (track, tick of the
    bar's own, pitch), so that it is not taken for new."""

    heading: Heading
    begun: tuple[int, ...]
    known: int
    lines: tuple[Bar, ...]
    offset: int
    settled: Mapping[int, Settled]
    told: frozenset[tuple[int, int, int]]
    ranges: Mapping[int, tuple[int, int]]
    single: frozenset[int]

    @property
    def bars(self) -> int:
        """How many there are when it is done."""
        return self.known + len(self.lines)

    def guide(self) -> PieceGuide:
        """What holds a model to it."""
        return PieceGuide(self.begun, bars=self.bars, settled=self.settled, ranges=self.ranges,
                          single=self.single)


def levels_of(plan: Plan) -> dict[Kind, int]:
    """Mood and density of what is there about the bars to be made; nothing where there are no notes."""
    view, lines, first, last = _view(plan, plan.base.score)
    part = cut(view, lines[max(0, first - 16)].start, lines[min(len(lines), last + 16) - 1].end)
    if not part.notes:
        return {}
    table = mood.counted(part)
    minor = bool(part.keys and part.keys[0].minor)
    bpm = part.tempos[0].bpm if part.tempos else 120.0
    valence, energy = mood.mood(table, bpm, minor).levels
    return {Kind.VALENCE: valence, Kind.ENERGY: energy, Kind.DENSITY: mood.density(table)}


def prompt(plan: Plan, levels: Mapping[Kind, int], room: int) -> Prompt:
    """The prompt for a model that sees ``room`` tokens; ``levels`` say style, mood and density.

    Metre, key and tempo are those of the piece.
    """
    keeps = [plan.keeps(track) if track in plan.seen else () for track in range(len(plan.base.score.tracks))]
    view, lines, first, last = _view(plan, without(plan.base.score, keeps))
    begin, end = max(0, first - _LOOK_BACK), min(len(lines), last + _LOOK_ON)
    piece = snapped(cut(view, lines[begin].start, lines[end - 1].end), keeps_empty=True)
    said = bars_of(piece)
    gap = said[first - begin : last - begin]
    before, after = _trimmed(said[: first - begin], said[last - begin :], room)
    opening = (*before, *gap)[0]
    heading = _heading(plan, levels, piece, opening)
    sheet = Sheet(heading, before, after, midway=first > len(before))
    begun = tokens_of(sheet, left=len(before) + len(gap), after_left=max(1, len(lines) - last))
    own = lines[first:last]
    settled = [_settled(plan, bar, line.start) for bar, line in zip(gap, own, strict=True)]
    if plan.harmony == "fitting" and heading.has_chords:
        fits = fitting(piece, gap, lines[first].start - lines[begin].start)
        settled = [replace(bar, fitting=may) for bar, may in zip(settled, fits, strict=True)]
    return Prompt(heading, tuple(begun.tolist()), len(before), own, lines[first - len(before)].start,
                  {len(before) + number: bar for number, bar in enumerate(settled)},
                  _told(plan, settled, own), _ranges(plan, settled),
                  frozenset(plan.seen.index(number) for number in plan.single))


def _view(plan: Plan, score: Score) -> tuple[Score, tuple[Bar, ...], int, int]:
    """The score that is seen, with bars that can be said, those bars, and which of them are made."""
    tracks = tuple(score.tracks[number] for number in plan.seen)
    view = sayable(replace(score, tracks=tracks, length=score.length))
    lines = bars(view)
    start, end = plan.span
    first = min(range(len(lines)), key=lambda number: abs(lines[number].start - start))
    last = min(range(first + 1, len(lines) + 1), key=lambda number: abs(lines[number - 1].end - end))
    return view, lines, first, last


def _heading(plan: Plan, levels: Mapping[Kind, int], piece: Score, opening: BarTokens) -> Heading:
    tracks = [plan.base.score.tracks[number] for number in plan.seen]
    programs = tuple(DRUMS if track.drums else track.program for track in tracks)
    style, valence, energy, density = (
        levels[kind] for kind in (Kind.STYLE, Kind.VALENCE, Kind.ENERGY, Kind.DENSITY))
    return Heading(style, valence, energy, density, opening.metre, tempo_level(piece.tempos[0].bpm),
                   opening.key, programs)


def _trimmed(before: Sequence[BarTokens], after: Sequence[BarTokens],
             room: int) -> tuple[tuple[BarTokens, ...], tuple[BarTokens, ...]]:
    """As many bars on both sides as fit."""
    kept = _fitting(before[::-1], _BEFORE * room)
    return tuple(before[len(before) - kept :]), tuple(after[: _fitting(after, _AFTER * room)])


def _fitting(found: Sequence[BarTokens], room: float) -> int:
    used = 0
    for number, bar in enumerate(found):
        used += 3 + len(bar.chords) + sum(1 + len(cell) for cell in bar.cells.values())
        if used > room:
            return number
    return len(found)


def _settled(plan: Plan, bar: BarTokens, start: int) -> Settled:
    """What stays of a bar that is made."""
    given: dict[int, tuple[int, ...]] = {}
    held: dict[int, list[Spot]] = {}
    for n, number in enumerate(plan.seen):
        if number not in plan.made or (number, start) in plan.whole:
            given[n] = bar.cells.get(n, ())
        elif n in bar.cells:
            held[n] = spots(bar.cells[n])
    return Settled(bar.metre, bar.key, bar.chords if plan.harmony == "given" else (), (), given, held)


def _told(plan: Plan, settled: Sequence[Settled], lines: Sequence[Bar]) -> frozenset[tuple[int, int, int]]:
    """Notes that the model was given, by number of the track, tick in the piece and pitch."""
    found: set[tuple[int, int, int]] = set()
    for bar, line in zip(settled, lines, strict=True):
        cells = [(n, spots(cell)) for n, cell in bar.given.items() if plan.seen[n] in plan.made]
        for track, held in (*bar.held.items(), *cells):
            found |= {(track, line.start + position * STEP, pitch) for position, pitch, _ in held}
    return frozenset(found)


def _ranges(plan: Plan, settled: Sequence[Settled]) -> dict[int, tuple[int, int]]:
    """By the model's number of the track, wide enough for what stays."""
    found = {}
    for number, (low, high) in plan.ranges.items():
        track = plan.seen.index(number)
        held: list[Spot] = [spot for bar in settled for spot in bar.held.get(track, ())]
        pitches = [low, high, *(pitch for _, pitch, _ in held)]
        found[track] = (min(pitches), max(pitches))
    return found
