"""What a list shows of a piece of music."""

from __future__ import annotations

from typing import Any

from studio.core.arrangement import Arrangement
from studio.core.score import bars, metres
from studio.media import mood
from studio.media.harmony import key_of, profiles


def facts_of(arrangement: Arrangement) -> dict[str, Any]:
    """How long it is (bars, notes, tracks, seconds), its bpm, key and metre at the start, and how it feels
    (valence, energy: see `media.mood`). A key that is not said is told from the notes."""
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
