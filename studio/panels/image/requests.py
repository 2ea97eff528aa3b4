"""From what was asked for to requests: one picture each, with its own true seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.core import prompt_lists
from studio.core.wildcards import Find, settled

_SEEDS = 2**32


def each(params: Mapping[str, Any], seed: int,
         find: Find = prompt_lists.find) -> list[tuple[dict[str, Any], int]]:
    """(settings, seed) of every picture: ``count`` of them, with the seeds from ``seed`` on.

    Each has a count of 1 and lines drawn from the lists its prompts name, so that a list that changes later
    changes no picture that is made again.
    """
    seeds = [(seed + number) % _SEEDS for number in range(int(params.get("count", 1)))]
    return [(settled(params, one, find) | {"count": 1}, one) for one in seeds]
