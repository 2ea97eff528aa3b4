"""Wildcards in prompts: ``{red|green} fox`` draws one, ``__animal__`` a line of the list of that name.

Drawn with generators seeded by the request's seed, so the same request means the same words. Lists are files
that a person may change, so their lines are drawn where a request is made (`settled`) and stand in it; braces
stay in it, and are drawn (`drawn`) when the picture is painted. Nothing a person types is an error: braces
without "|", and names of lists that are not there, are words like others.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Find = Callable[[str], Sequence[str]]
"""The lines of a list, none where there is no such list."""
FIELDS = ("prompt", "negative", "other_prompt", "style")
"""Settings that may hold wildcards."""
NAME = re.compile(r"__([^\W_](?:[\w/-]*?[^\W_])??)__")
"""A list's name between its marks; "/" goes into folders."""
_INNERMOST = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_DEEPEST = 20
"""Lists that name lists, and themselves at last."""
_LONGEST = 100_000
"""Characters; lists that name themselves twice would grow for ever."""


def drawn(prompt: str, seed: int, salt: str = "") -> str:
    """``prompt`` with one of each ``{a|b|c}``, from the inside out; ``salt`` sets prompts of a seed apart."""
    generator = random.Random(f"{seed} {salt} braces")  # noqa: S311 - no secret
    while found := _INNERMOST.search(prompt):
        chosen = _pick(found.group(1).split("|"), generator)
        prompt = f"{prompt[:found.start()]}{chosen}{prompt[found.end():]}"
    return prompt


def named(prompt: str, seed: int, find: Find, salt: str = "") -> str:
    """``prompt`` with a line in place of each ``__name__`` that ``find`` knows, those in lines too."""
    generator = random.Random(f"{seed} {salt} lists")  # noqa: S311 - no secret

    def line(found: re.Match[str]) -> str:
        lines = find(found.group(1))
        return _pick(lines, generator) if lines else found.group()

    for _ in range(_DEEPEST):
        filled = NAME.sub(line, prompt)
        if filled == prompt or len(filled) > _LONGEST:
            break
        prompt = filled
    return prompt


def resolve(prompt: str, seed: int, find: Find, salt: str = "") -> str:
    """``prompt`` as it is painted: lines and braces drawn."""
    return drawn(named(prompt, seed, find, salt), seed, salt)


def settled(params: Mapping[str, Any], seed: int, find: Find) -> dict[str, Any]:
    """``params`` of a request with ``seed``, the lines of lists drawn; for those who make requests."""
    return dict(params) | {name: named(str(params[name]), seed, find, name)
                           for name in FIELDS if params.get(name)}


def names(prompt: str) -> list[str]:
    """The lists that ``prompt`` names, each once."""
    return list(dict.fromkeys(NAME.findall(prompt)))


def _pick(choices: Sequence[str], generator: random.Random) -> str:
    """By `random.random` alone, which gives the same numbers in every version of Python."""
    return choices[int(generator.random() * len(choices))]
