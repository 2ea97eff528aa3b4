"""A variation: the notes that carry it stay, those between are the model's."""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import replace

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.score import Bar, Note, bars
from studio.media.tokens.vocabulary import STEP, TRACKS, Kind
from studio.panels.music.compose import Studio
from studio.panels.music.go_on import note_wishes
from studio.panels.music.lane import with_chords
from studio.panels.music.levels import levels
from studio.panels.music.plan import Plan, busiest, chosen, heard, single, span_of, unlocked
from studio.panels.music.wish import Wish


def vary(studio: Studio, arrangement: Arrangement, wish: Wish) -> tuple[Plan, dict[Kind, int]]:
    """Chords and form stay. Of each bar of each track the seed says whether it stays whole; of the others the
    notes on the first beat stay and, while ``amount`` is small, those on other beats too. Raises StudioError
    without notes."""
    if not arrangement.score.notes:
        raise StudioError("There are no notes to vary.", "Write a few, or open a piece.")
    first, last = span_of(arrangement, studio.params.first_bar, studio.params.last_bar)
    note_wishes(studio, arrangement.score, wish, first)
    base = replace(arrangement, score=with_chords(arrangement.score, wish.bars, first, last))
    found = bars(base.score)
    playing = [n for n, track in enumerate(base.score.tracks) if track.notes]
    made = busiest(base, unlocked(base, chosen(studio.params.tracks, base) or playing), TRACKS, found[first])
    plan = Plan(base, first, last, made, heard(base, made, found[first]), "given",
                single=single(base, made))
    plan = _with_hints(plan, found, studio.params.amount, random.Random(studio.seed))  # noqa: S311
    return plan, levels(studio, plan, wish)


def _with_hints(plan: Plan, found: tuple[Bar, ...], amount: float, chance: random.Random) -> Plan:
    hints: dict[int, frozenset[Note]] = {}
    whole: set[tuple[int, int]] = set()
    starts = [bar.start for bar in found]
    for track in plan.made:
        stays: set[Note] = set()
        anew = {bar.number for bar in found[plan.first : plan.last] if chance.random() < amount}
        for note in plan.base.score.tracks[track].notes:
            bar = found[bisect_right(starts, note.start) - 1]
            if bar.number not in anew or _carries(note, bar, amount):
                stays.add(note)
        hints[track] = frozenset(stays)
        whole |= {(track, bar.start) for bar in found[plan.first : plan.last] if bar.number not in anew}
    return replace(plan, hints=hints, whole=frozenset(whole))


def _carries(note: Note, bar: Bar, amount: float) -> bool:
    """Whether a note is on a beat that stays: the first up to 0.85, half a bar up to 0.6, all up to 0.3."""
    beat = 4 * 960 // bar.metre.unit
    into = round((note.start - bar.start) / STEP) * STEP
    if into == 0:
        return amount <= 0.85
    if amount <= 0.3:
        return into % beat == 0
    return amount <= 0.6 and 2 * into == bar.length
