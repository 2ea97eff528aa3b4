"""Lets a model write what a prompt leaves open, and tells each bar as it is finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from studio.core.composing import Composing
from studio.core.engine import Composer
from studio.core.jobs import JobContext
from studio.core.score import DRUMS, Chord, Note, Track, bars
from studio.core.text import Token
from studio.media.tokens.decode import Writer, heading_in
from studio.media.tokens.heading_guide import HeadingGuide
from studio.media.tokens.sheet import Heading
from studio.media.tokens.snap import apart
from studio.media.tokens.vocabulary import KINDS, VALUES, Kind, tempo_of
from studio.panels.music.live import Passage, encode
from studio.panels.music.params import MusicParams
from studio.panels.music.plan import Plan
from studio.panels.music.prompt import Prompt

_AGAIN = 0x9E3779B9
"""Added to the seed where a try gave no note at all."""
_TRIES = 3


class Enough(Exception):
    """The person wants no more, and to keep what is there."""


@dataclass(slots=True)
class Made:
    """What came: new notes by number of the track in the piece, chords of the bars that were made, and how
    many of the bars are finished."""

    notes: dict[int, list[Note]] = field(default_factory=dict)
    chords: list[Chord] = field(default_factory=list)
    bars: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Studio:
    """What composing takes: the model, how it chooses, and where it tells."""

    composer: Composer
    params: MusicParams
    seed: int
    ctx: JobContext

    def heading(self, asked: Mapping[Kind, int], programs: Sequence[int] = (), *, least: int = 1,
                most: int = 12, may_drum: bool = True) -> Heading:
        """A heading with what was asked for; the rest is the model's. Raises StudioError, Cancelled."""
        guide = HeadingGuide(asked, programs, least, most, may_drum=may_drum)
        tokens = self.composer.compose(guide, self._composing(0, 200), self.ctx.cancel)
        return heading_in(tokens)[0]

    def compose(self, plan: Plan, prompt: Prompt) -> Made:
        """What the model writes; perhaps nothing, after three tries. Raises StudioError, Cancelled."""
        made = Made()
        for attempt in range(_TRIES):
            page = _Page(plan, prompt, self.ctx)
            composing = self._composing(attempt, len(prompt.begun) + 1500 * prompt.bars + 100)
            try:
                self.composer.compose(prompt.guide(), composing, self.ctx.cancel, page.take)
            except Enough:
                self.ctx.note("Stopped early: the same recipe would write more.")
                return page.made
            made = page.made
            if any(made.notes.values()):
                break
        return made

    def _composing(self, attempt: int, most: int) -> Composing:
        seed = (self.seed + attempt * _AGAIN) % 2**32
        return Composing(self.params.temperature, self.params.top_p, seed, most)


class _Page:
    """Takes tokens down, bar by bar."""

    def __init__(self, plan: Plan, prompt: Prompt, ctx: JobContext) -> None:
        self.made = Made()
        self._plan, self._prompt, self._ctx = plan, prompt, ctx
        self._writer = Writer(prompt.heading)
        self._begun, self._number = False, -1
        self._span = plan.span
        self._first = next(n for n, bar in enumerate(bars(plan.base.score)) if bar.start >= self._span[0])
        self._taken = dict.fromkeys(range(len(plan.seen)), 0)
        self._chords = 0

    def take(self, tokens: list[int]) -> None:
        """Raises Enough."""
        for number in tokens:
            self.made.tokens += 1
            kind, value = Kind(KINDS[number]), int(VALUES[number])
            if not self._begun:
                self._begun = kind == Kind.START
                continue
            if kind in (Kind.BAR, Kind.END):
                self._finish()
                self._number += 1
            self._writer.take(kind, value)
        if self._ctx.wants_finish:
            raise Enough

    def _finish(self) -> None:
        """A bar is over: what is new in it."""
        number = self._number - self._prompt.known
        fresh = {n: notes[self._taken[n] :] for n, notes in self._writer.notes.items()}
        before, chords = self._writer.chords[: self._chords], self._writer.chords[self._chords :]
        self._taken |= {n: len(notes) for n, notes in self._writer.notes.items()}
        self._chords = len(self._writer.chords)
        if number < 0:
            return
        new = {self._plan.seen[n]: self._new(n, notes) for n, notes in fresh.items()
               if self._plan.seen[n] in self._plan.made}
        if number == 0 and before and (not chords or chords[0].at > self._writer.start):
            chords = [replace(before[-1], at=self._writer.start), *chords]  # the last one goes on
        moved = [replace(chord, at=chord.at + self._prompt.offset) for chord in chords]
        for track, notes in new.items():
            self.made.notes.setdefault(track, []).extend(notes)
        self.made.chords += moved
        self.made.bars = number + 1
        self._tell(number, new, moved)

    def _new(self, n: int, notes: Sequence[Note]) -> list[Note]:
        """Notes of the model's track at their place in the piece, but for those it was given."""
        offset, (start, end) = self._prompt.offset, self._span
        drums = self._prompt.heading.programs[n] == DRUMS
        placed = [replace(note, start=note.start + offset) for note in notes]
        return [note for note in apart(placed, end, drums)[::-1]
                if start <= note.start and (n, note.start, note.pitch) not in self._prompt.told]

    def _tell(self, number: int, new: Mapping[int, Sequence[Note]], chords: Sequence[Chord]) -> None:
        line, score = self._prompt.lines[number], self._plan.base.score
        tracks = tuple((track, _with_notes(score.tracks[track], new.get(track, ())))
                       for track in self._plan.made)
        passage = Passage(self._first + number, line.start, line.length, str(line.metre),
                          tempo_of(self._prompt.heading.tempo), tracks, tuple(chords))
        self._ctx.wrote(Token(encode(passage), 1.0))
        self._ctx.progress((number + 1) / len(self._prompt.lines), "Bar {bar} of {bars}", bar=number + 1,
                           bars=len(self._prompt.lines))


def _with_notes(track: Track, notes: Sequence[Note]) -> Track:
    return replace(track, notes=tuple(notes))
