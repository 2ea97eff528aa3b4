"""From what was asked for to requests: one picture each, with its own true seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.core import prompt_lists
from studio.core.wildcards import Find, settled
from studio.panels.image.view_styles_kept import OwnStyles, Style, in_the_box

_SEEDS = 2**32


def each(params: Mapping[str, Any], seed: int,
         find: Find = prompt_lists.find) -> list[tuple[dict[str, Any], int]]:
    """(settings, seed) of every picture: ``count`` of them, with the seeds from ``seed`` on.

    Each has a count of 1 and lines drawn from the lists its prompts name, so that a list that changes later
    changes no picture that is made again.
    """
    params = _in_style(params)
    seeds = [(seed + number) % _SEEDS for number in range(int(params.get("count", 1)))]
    return [(settled(params, one, find) | {"count": 1}, one) for one in seeds]


def _in_style(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where the style is one's name, its template, and what it says against behind the person's own."""
    name = str(params.get("style", "")).strip().casefold()
    found = next((one for one in styles() if one.name.casefold() == name), None) if name else None
    if found is None:
        return params
    against = ", ".join(filter(None, (str(params.get("negative", "")).strip(), found.negative)))
    return dict(params) | {"style": found.template, "negative": against}


def styles() -> tuple[Style, ...]:
    """A person's own and those in the box."""
    return OwnStyles().all() + in_the_box()
