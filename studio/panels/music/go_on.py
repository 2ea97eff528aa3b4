"""Continue a piece, or fill a gap in it."""

from __future__ import annotations

from dataclasses import replace

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.score import Metre, Score, Tempo, bars, metres
from studio.media.tokens.sayable import at, is_known, nearest
from studio.media.tokens.vocabulary import TRACKS, Kind
from studio.panels.music.compose import Studio
from studio.panels.music.lane import with_chords
from studio.panels.music.levels import levels
from studio.panels.music.params import MOST_BARS
from studio.panels.music.plan import Harmony, Plan, busiest, chosen, heard, single, span_of, unlocked
from studio.panels.music.wish import Wish

Levels = dict[Kind, int]
SOME = "The model can write {most} tracks at once: those with the most notes go on, the others rest."


def go_on(studio: Studio, arrangement: Arrangement, wish: Wish) -> tuple[Plan, Levels]:
    """``params.bars`` bars more after the last one with a note. Raises StudioError without notes."""
    score = arrangement.score
    if not score.notes:
        raise StudioError("There are no notes to go on from.", "Write a few notes first.")
    found = bars(score)
    end = max(track.end for track in score.tracks)
    first = next(bar.number for bar in found if end <= bar.end) + 1
    longer = _longer(studio, score, found[first - 1].end, wish)
    base = replace(arrangement, score=with_chords(longer, wish.bars, first, first + studio.params.bars))
    playing = [n for n, track in enumerate(score.tracks) if track.notes]
    made = unlocked(base, chosen(studio.params.tracks, base) or playing)
    if len(made) > TRACKS:
        made = busiest(base, made, TRACKS, found[first - 1])
        studio.ctx.note(SOME, most=TRACKS)
    lane = wish.bars or any(chord.at >= found[first - 1].end for chord in score.chords)
    plan = Plan(base, first, first + studio.params.bars, made, _in_order(base, made, first - 1),
                "given" if lane else "free", single=single(base, made))
    return plan, levels(studio, plan, wish)


def fill(studio: Studio, arrangement: Arrangement, wish: Wish) -> tuple[Plan, Levels]:
    """Anew what is not locked, from a bar to another. Raises StudioError: no tracks, no such bars, no gap,
    all locked."""
    if not arrangement.score.tracks:
        raise StudioError("There is no track to fill.", "Add one, or compose from nothing.")
    if not arrangement.score.length:
        metre = wish.metre or metres(arrangement.score)[0]
        blank = replace(arrangement.score, metres=(replace(metre, at=0),),
                        length=studio.params.bars * metre.bar)
        arrangement = replace(arrangement, score=_headed(blank, wish))
    arrangement = _reaching(arrangement, studio.params.first_bar, studio.params.last_bar)
    first, last = span_of(arrangement, studio.params.first_bar, studio.params.last_bar)
    note_wishes(studio, arrangement.score, wish, first)
    base = replace(arrangement, score=with_chords(arrangement.score, wish.bars, first, last))
    every = range(len(base.score.tracks))
    made = unlocked(base, chosen(studio.params.tracks, base) or every)
    near = bars(base.score)[first]
    if len(made) > TRACKS:
        made = busiest(base, made, TRACKS, near)
        studio.ctx.note("The model can write {most} tracks at once: the others stay as they are.",
                        most=TRACKS)
    plan = Plan(base, first, last, made, _in_order(base, made, first), single=single(base, made))
    plan = replace(plan, harmony=_harmony(plan))
    return plan, levels(studio, plan, wish)


def note_wishes(studio: Studio, score: Score, wish: Wish, first: int) -> None:
    """Say where a metre, key or tempo was asked for that the piece does not have."""
    start = bars(score)[first].start
    metre, key, tempo = at(metres(score), start), at(score.keys, start), at(score.tempos, start)
    wrong = [wish.metre and metre and (wish.metre.beats, wish.metre.unit) != (metre.beats, metre.unit),
             wish.key and key and (wish.key.tonic, wish.key.minor) != (key.tonic, key.minor),
             wish.bpm and tempo and abs(wish.bpm - tempo.bpm) > 1]
    if any(wrong):
        studio.ctx.note("Metre, key and tempo stay those of the piece.")


def _harmony(plan: Plan) -> Harmony:
    """The chords stay where they are written, or where others play on."""
    start, end = plan.span
    tracks = plan.base.score.tracks
    plays = any(start <= note.start < end for number in plan.seen if number not in plan.made
                and not tracks[number].drums for note in tracks[number].notes)
    return "given" if plan.base.score.chords or plays else "free"


def _in_order(base: Arrangement, made: tuple[int, ...], bar: int) -> tuple[int, ...]:
    """The tracks that are seen: in the order of the piece where all of them are made."""
    seen = heard(base, made, bars(base.score)[bar])
    return seen if len(seen) > len(made) else made


def _reaching(arrangement: Arrangement, first: int, last: int) -> Arrangement:
    """As far as the gap, where that begins in the piece or right behind it, and goes on."""
    score = arrangement.score
    count = len(bars(score))
    if not first <= count + 1 or not count < last <= count + MOST_BARS:
        return arrangement
    end = bars(score)[-1].end
    longer = end + (last - count) * metres(score)[-1].bar
    return replace(arrangement, score=replace(score, length=longer))


def _headed(score: Score, wish: Wish) -> Score:
    """A blank score with the tempo and key that were asked for, where it says none."""
    tempos = score.tempos or ((Tempo.of(wish.bpm),) if wish.bpm else ())
    return replace(score, tempos=tempos, keys=score.keys or ((wish.key,) if wish.key else ()))


def _longer(studio: Studio, score: Score, end: int, wish: Wish) -> Score:
    """The score up to ``end`` and so many bars more, with the metre, key and tempo asked for from there."""
    now = at(metres(score), max(0, end - 1)) or Metre(0, 4, 4)
    metre = replace(wish.metre or now, at=end)
    if not is_known(metre):
        metre = replace(nearest(metre), at=end)
        studio.ctx.note("The model cannot count {old}; the new bars are in {new}.", old=str(now),
                        new=str(metre))
    said = [entry for entry in metres(score) if entry.at < end]
    if (said[-1].beats, said[-1].unit) != (metre.beats, metre.unit) or (end - said[-1].at) % metre.bar:
        said.append(metre)
    keys, tempos = score.keys, score.tempos
    if wish.key:
        keys = (*(key for key in keys if key.at < end), replace(wish.key, at=end))
    if wish.bpm:
        tempos = (*(tempo for tempo in tempos if tempo.at < end), Tempo.of(wish.bpm, end))
    chords = tuple(chord for chord in score.chords if chord.at < end or not wish.bars)
    longer = replace(score, metres=tuple(said), keys=keys, tempos=tempos, chords=chords)
    return replace(longer, length=max(longer.length, end + studio.params.bars * metre.bar))
