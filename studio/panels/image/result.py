"""A painted picture, as an output with its facts."""

from __future__ import annotations

from typing import Any

from studio.core.emphasis import plain
from studio.core.jobs import Output
from studio.media.picture import encode_png
from studio.panels.image.made import Made

_LONGEST_NAME = 60
_PNG_LEVEL = 1
"""The project keeps results as they are; more would cost more time than the space is worth."""


def output(made: Made, prompt: str, seed: int, **more: Any) -> Output:
    """The picture as a PNG; ``more`` are facts."""
    height, width = made.pixels.shape[:2]
    facts = {"width": int(width), "height": int(height), "prompt": prompt, **made.facts, **more}
    return Output("image", "image/png", name(prompt), encode_png(made.pixels, level=_PNG_LEVEL), seed, facts)


def name(prompt: str) -> str:
    """A name for what comes of a prompt: its first words."""
    line = " ".join(plain(prompt).replace("\0", "").split())
    if len(line) <= _LONGEST_NAME:
        return line or "Picture"
    cut = line[:_LONGEST_NAME]
    return cut.rpartition(" ")[0] or cut
