"""What was composed, as a result with its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from studio.core.arrangement import Arrangement
from studio.core.jobs import Output, Request
from studio.core.score import bars, metres
from studio.media import mood
from studio.media.arrangement_midi import MEDIA_TYPE, write_arrangement
from studio.media.harmony import key_of, profiles
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


def facts_of(arrangement: Arrangement) -> dict[str, Any]:
    """What a list shows: how long it is, its key, metre and tempo, and how it feels (see `media.mood`)."""
    score = arrangement.score
    lines = bars(score)
    bpm = score.tempos[0].bpm if score.tempos else 120.0
    key = score.keys[0] if score.keys else None
    if key is None and lines:
        key = key_of(profiles(score, [0, lines[-1].end])[0][0])
    feeling = mood.mood(mood.counted(score), bpm, bool(key and key.minor))
    return {"bars": len(lines), "notes": score.notes, "tracks": len(score.tracks),
            "seconds": round(score.seconds(score.length), 3), "bpm": round(bpm, 2),
            "key": str(key) if key else "", "metre": str(metres(score)[0]),
            "valence": round(feeling.valence, 3), "energy": round(feeling.energy, 3)}


def _name(request: Request, arrangement: Arrangement, facts: Mapping[str, Any]) -> str:
    given = next((item.name for item in request.inputs if item.role == "notes" and item.name), "")
    title = PurePath(given).stem or arrangement.score.title
    if not title:
        style = _TITLES.get(str(facts.get("style", "")), "Piece")
        title = f"{style} in {facts['key']}" if facts["key"] else style
    return title[:_LONGEST_NAME]
