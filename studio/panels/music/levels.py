"""Style, mood and density that a model is told: as asked, as the notes have them, or as it chooses."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.arrangement import Arrangement
from studio.core.score import DRUMS, Track
from studio.media.tokens.vocabulary import STYLES, Kind
from studio.panels.music.compose import Studio
from studio.panels.music.plan import Plan
from studio.panels.music.prompt import levels_of
from studio.panels.music.wish import Wish

_NEEDED = (Kind.STYLE, Kind.VALENCE, Kind.ENERGY, Kind.DENSITY)
_OTHER = len(STYLES) - 1


def levels(studio: Studio, plan: Plan, wish: Wish, *, keeps_density: bool = True) -> dict[Kind, int]:
    """By kind. Where ``keeps_density`` is False the notes that are there do not say how dense it becomes."""
    found = {Kind.STYLE: style_of(plan.base), **levels_of(plan), **wish.levels}
    if not keeps_density and Kind.DENSITY not in wish.levels:
        found.pop(Kind.DENSITY, None)
    found = {kind: value for kind, value in found.items() if kind in _NEEDED}
    return drawn(studio, plan, found) if len(found) < len(_NEEDED) else found


def drawn(studio: Studio, plan: Plan, found: Mapping[Kind, int]) -> dict[Kind, int]:
    """What is missing, as the model likes it."""
    programs = [program_of(plan.base.score.tracks[number]) for number in plan.seen]
    heading = studio.heading(found, programs, most=len(programs))
    return {Kind.STYLE: heading.style, Kind.VALENCE: heading.valence, Kind.ENERGY: heading.energy,
            Kind.DENSITY: heading.density}


def program_of(track: Track) -> int:
    """As tokens number it."""
    return DRUMS if track.drums else track.program


def style_of(arrangement: Arrangement) -> int:
    """The style an arrangement says it is in, or what its instruments suggest."""
    said = arrangement.facts.get("style", "")
    if said in STYLES:
        return STYLES.index(said)
    programs = [program_of(track) for track in arrangement.score.tracks if track.notes]
    return STYLES.index(_suggested(programs)) if programs else _OTHER


def _suggested(programs: list[int]) -> str:
    pitched = {program for program in programs if program != DRUMS}
    if not pitched:
        return "drums"
    if DRUMS in programs:
        return "rock"
    if pitched <= {40, 41, 42, 48} and len(programs) >= 3:
        return "quartet"
    if pitched <= set(range(24, 32)):
        return "guitar"
    if pitched <= set(range(8)):
        return "piano"
    if pitched & set(range(8)) and pitched & {52, 53, 54, 73, 65, 56, 40}:
        return "song"
    return "hymn" if pitched & set(range(16, 24)) | pitched & {52, 53} else STYLES[_OTHER]
