"""What is asked for, its texts read: words drawn and put into their style, sizes and lists as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.core.errors import StudioError
from studio.core.painting import LARGEST
from studio.core.wildcards import drawn
from studio.media.masking import Margins
from studio.panels.image.params import ImageParams

SMALLEST = 8
_MOST_ADDED = 2048
_PLACE = "{prompt}"
_SIZE = re.compile(r"\s*(\d{1,9})\s*(?:[x×*,]\s*(\d{1,9})\s*)?", re.IGNORECASE)
_STRONGEST = 4.0
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """One picture, as it was asked for."""

    params: ImageParams
    seed: int
    prompt: str
    """As it is painted: wildcards drawn, the style around it."""
    negative: str
    other_prompt: str
    """What to go towards; "" where that is nowhere else."""
    size: tuple[int, int] | None
    """(width, height); None leaves it to the model."""
    margins: Margins
    add_ons: tuple[tuple[str, float], ...]
    """Models with their strengths."""


def wish(params: ImageParams, seed: int) -> Wish:
    """The wish of ``params``. Raises StudioError for texts that mean nothing."""
    style = drawn(params.style, seed, "style")
    return Wish(params, seed, styled(drawn(params.prompt, seed, "prompt"), style),
                drawn(params.negative, seed, "negative").strip(),
                styled(drawn(params.other_prompt, seed, "other_prompt"), style),
                size(params.size), margins(params.extend), add_ons(params.add_ons))


def styled(prompt: str, style: str) -> str:
    """``prompt`` inside a template such as "{prompt}, flat style", or before one that has no place for it."""
    prompt, style = prompt.strip(), style.strip()
    if not prompt or not style:
        return prompt
    return style.replace(_PLACE, prompt) if _PLACE in style else f"{prompt}, {style}"


def size(text: str) -> tuple[int, int] | None:
    """(width, height) of "512x768" or "512"; None for "". Raises StudioError."""
    if not text.strip():
        return None
    found = _SIZE.fullmatch(text)
    if not found:
        raise StudioError("{text} is no size.", "Write it as 512x512.", text=repr(text[:_LONGEST_SHOWN]))
    width, height = int(found[1]), int(found[2] or found[1])
    for side in (width, height):
        if not SMALLEST <= side <= LARGEST:
            raise StudioError("{side} pixels cannot be painted.", "Choose {least} to {most} for a side.",
                              side=side, least=SMALLEST, most=LARGEST)
    return width, height


def margins(text: str) -> Margins:
    """The margins of "left,top,right,bottom"; none for "". Raises StudioError."""
    if not text.strip():
        return Margins()
    try:
        left, top, right, bottom = (int(part) for part in text.split(","))
    except ValueError as error:
        raise StudioError("What is added at the edges is four whole numbers: left,top,right,bottom; "
                          "this is {text}.", text=repr(text[:_LONGEST_SHOWN])) from error
    if not all(0 <= side <= _MOST_ADDED for side in (left, top, right, bottom)):
        raise StudioError("Up to {most} pixels can be added at an edge.", "Add the rest in a second step.",
                          most=_MOST_ADDED)
    return Margins(left, top, right, bottom)


def add_ons(text: str) -> tuple[tuple[str, float], ...]:
    """(model, strength) of "ink:0.8, fog"; without a number it is 1. Raises StudioError."""
    return tuple(_add_on(part.strip()) for part in text.split(",") if part.strip())


def _add_on(text: str) -> tuple[str, float]:
    name, colon, told = text.rpartition(":")
    if not colon or re.search(r"[/\\]", told):
        return text, 1.0
    try:
        strength = float(told)
    except ValueError as error:
        raise StudioError("How much {name} counts is a number, not {told}.", "Write it as ink:0.8.",
                          name=name, told=repr(told)) from error
    if not -_STRONGEST <= strength <= _STRONGEST:
        raise StudioError("An add-on counts {least:g} to {most:g}; {strength:g} is outside.",
                          least=-_STRONGEST, most=_STRONGEST, strength=strength)
    return name.strip(), strength
