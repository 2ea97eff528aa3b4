"""Ways of writing to begin with: settings by name. A preset changes what it names and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings that belong together."""

    title: str
    """English, translated when shown."""
    settings: Mapping[str, Any]
    """Name to value, as in `WriteParams`."""


_BALANCED = {"temperature": 0.8, "top_p": 0.95, "min_p": 0.05, "repetition": 1.1}

PRESETS = (
    Preset("Balanced", _BALANCED),
    Preset("Calm", {"temperature": 0.55, "top_p": 0.9, "min_p": 0.1, "repetition": 1.1}),
    Preset("Daring", {"temperature": 1.1, "top_p": 0.98, "min_p": 0.05, "repetition": 1.1}),
    Preset("Dream", {"temperature": 1.45, "top_p": 1.0, "min_p": 0.08, "repetition": 1.15}),
    Preset("Likeliest words", {"temperature": 0.0, "top_p": 1.0, "min_p": 0.0, "repetition": 1.1}),
    Preset("One line", {**_BALANCED, "length": 80, "stop": r"\n"}),
    Preset("One paragraph", {**_BALANCED, "length": 400, "stop": r"\n\n"}),
    Preset("A long stretch", {**_BALANCED, "length": 1200, "stop": ""}),
    Preset("Verse", {"temperature": 0.9, "top_p": 0.95, "min_p": 0.05, "repetition": 1.0, "length": 160}),
)
"""In the order shown."""
