"""The Music task: settings and perhaps notes in; an arrangement, or a sound, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from studio.core.arrangement import Arrangement
from studio.core.engine import COMPOSER
from studio.core.errors import StudioError
from studio.core.jobs import JobContext, Output, Request
from studio.core.score import Score
from studio.media.tokens.vocabulary import SIZE, Kind
from studio.panels.music import add, go_on, restyle, start, vary
from studio.panels.music.compose import Studio
from studio.panels.music.merge import merged
from studio.panels.music.notes import unpacked
from studio.panels.music.params import STARTER, TASK, VERSION, MusicParams
from studio.panels.music.plan import Plan
from studio.panels.music.prompt import prompt
from studio.panels.music.result import output
from studio.panels.music.sound import sound
from studio.panels.music.wish import Wish, wish

_Planner = Callable[[Studio, Arrangement, Wish], tuple[Plan, dict[Kind, int]]]
_PLANNERS: dict[str, _Planner] = {
    "continue": go_on.go_on, "fill": go_on.fill, "harmonise": add.harmonise, "melody": add.melody,
    "drums": add.drums, "bass": add.bass, "vary": vary.vary, "restyle": restyle.restyle}
_FEWEST = 1


class MusicTask:
    """Input: "notes" (at most one), a score that is used where the settings carry none; "melody" (at most
    one), a recording, for sound.

    Output: for sound a WAV file, else MIDI as `write_arrangement` writes it, in which notes that were locked
    are exactly as they were; facts as `media.scores.facts_of` has them, and "do", "style", "tokens".
    """

    id = TASK
    version = VERSION

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """See `Task.run`."""
        params = MusicParams.from_json(request.params)
        if params.do == "sound":
            return [sound(request, params, ctx)]
        asked = wish(params)
        arrangement = _notes(request, params, ctx)
        do = "continue" if params.do == "compose" and request.inputs and not params.notes else params.do
        composer = ctx.engine(COMPOSER, params.model or STARTER)
        if composer.vocabulary < SIZE:
            raise StudioError("The model {model} speaks another language of notes.", "Choose another model.",
                              model=params.model or STARTER)
        ctx.progress(None, "Reading")
        studio = Studio(composer, params, request.seed, ctx)
        plan, levels = (start.compose(studio, asked) if do == "compose"
                        else _PLANNERS[do](studio, arrangement, asked))
        made = studio.compose(plan, prompt(plan, levels, composer.context))
        if sum(map(len, made.notes.values())) < _FEWEST and do != "vary":
            raise StudioError("The model wrote no notes.", "Try another seed, or raise the temperature.")
        result = _trimmed(merged(plan, made), plan.added)
        return [output(request, params, result, levels, do, tokens=made.tokens)]


def _trimmed(arrangement: Arrangement, added: frozenset[int]) -> Arrangement:
    """Without the new tracks that stayed silent."""
    tracks = arrangement.score.tracks
    stays = [n for n, track in enumerate(tracks) if track.notes or n not in added]
    score = replace(arrangement.score, tracks=tuple(tracks[n] for n in stays))
    return Arrangement(
        score, tuple(arrangement.strips[n] for n in stays), tuple(arrangement.own[n] for n in stays),
        tuple(arrangement.locked[n] for n in stays), arrangement.facts)


def _notes(request: Request, params: MusicParams, ctx: JobContext) -> Arrangement:
    """What is on the page, or in the file; nothing at all otherwise. Raises StudioError."""
    if params.notes:
        return unpacked(params.notes)
    files = [item for item in request.inputs if item.role == "notes"]
    if len(files) > 1:
        raise StudioError("One piece at a time; there are {count}.", count=len(files))
    if not files:
        return Arrangement(Score())
    from studio.media.scores import read  # brings music21 for what is not MIDI

    return read(ctx.input(files[0]).read_bytes(), files[0].name or "This file")
