"""What was composed, as a result with its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from studio.core.arrangement import Arrangement
from studio.core.jobs import Output, Request
from studio.media.arrangement_midi import MEDIA_TYPE, write_arrangement
from studio.media.scores.facts import facts_of
from studio.media.tokens.vocabulary import STYLES, Kind
from studio.panels.music.params import STYLES as TITLES
from studio.panels.music.params import MusicParams

_LONGEST_NAME = 60
_TITLES = dict(TITLES)


def output(request: Request, params: MusicParams, arrangement: Arrangement, levels: Mapping[Kind, int],
           do: str, **more: Any) -> Output:
    """The arrangement as a file, named after what it came from or what it is; ``more`` are facts."""
    style = STYLES[levels[Kind.STYLE]]
    named = {**arrangement.facts, "style": style} if style in _TITLES else dict(arrangement.facts)
    arrangement = replace(arrangement, facts=named)
    facts = facts_of(arrangement) | {"do": do} | more
    if style in _TITLES:
        facts["style"] = style
    for kind, name in ((Kind.VALENCE, "asked_valence"), (Kind.ENERGY, "asked_energy")):
        if getattr(params, name.removeprefix("asked_")):
            facts[name] = levels[kind] - 2
    return Output("score", MEDIA_TYPE, _name(request, arrangement, facts), write_arrangement(arrangement),
                  request.seed, facts)


def _name(request: Request, arrangement: Arrangement, facts: Mapping[str, Any]) -> str:
    given = next((item.name for item in request.inputs if item.role == "notes" and item.name), "")
    title = PurePath(given).stem or arrangement.score.title
    if not title:
        style = _TITLES.get(str(facts.get("style", "")), "Piece")
        title = f"{style} in {facts['key']}" if facts["key"] else style
    return title[:_LONGEST_NAME]
