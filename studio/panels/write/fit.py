"""Makes a request fit into what a model sees at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from studio.core.engine import TextModel
from studio.core.errors import StudioError
from studio.core.text import Message
from studio.panels.write.instruct import without_system

Build = Callable[[str], Sequence[Message]]
_LETTERS = 8
"""More characters than this to a token are never looked at."""
_SHY = 0.99
"""A little less than what should fit, since letters differ."""
_TRIES = 12


def prompt(model: TextModel, asked: Sequence[Message]) -> list[int]:
    """``asked`` in the model's template, as tokens. Raises StudioError where the template fails."""
    try:
        text = model.templated(asked)
    except StudioError:
        if not model.has_template or asked[0].role != "system":
            raise
        text = model.templated(without_system(asked))  # many templates know no system turn
    begin, tokens = model.tokenise("", begins=True), model.tokenise(text, marks=True)
    return tokens if not begin or tokens[:len(begin)] == begin else [*begin, *tokens]


def fitted(model: TextModel, build: Build, text: str, length: int,
           keep: Literal["start", "end"] = "start") -> tuple[list[int], str]:
    """The prompt that ``build`` makes of as much of ``text`` as leaves room for ``length`` tokens, and that.

    Raises StudioError where not even a little fits.
    """
    room = model.context - 1 - min(length, model.context // 2)
    part = _kept(text, room * _LETTERS, keep)
    for _ in range(_TRIES):
        tokens = prompt(model, build(part))
        if len(tokens) <= room:
            return tokens, part
        if not part.strip():
            break
        count = max(1, model.count(part))
        fitting = max(0, count - (len(tokens) - room))
        part = _kept(part, max(0, int(len(part) * fitting / count * _SHY) - 1), keep)
    raise too_long(len(tokens), room)


def too_long(count: int, most: int) -> StudioError:
    """For a request that leaves no room for the text; both in tokens."""
    return StudioError("What is asked is longer than the model can see at once: {count:,} of {most:,} "
                       "tokens.", "Shorten memory, story cards or conversation, or use a model with a longer "
                       "context.", count=count, most=most)


def spare(model: TextModel, build: Build, length: int) -> int:
    """Tokens left for a text beside what ``build`` says and an answer of ``length``; perhaps below 0."""
    return model.context - 1 - length - len(prompt(model, build(".")))


def _kept(text: str, length: int, keep: Literal["start", "end"]) -> str:
    """The first or last ``length`` characters, from a word's edge if there is one near."""
    if len(text) <= length:
        return text
    if keep == "start":
        cut = text[:length]
        at = max(cut.rfind("\n", length - 200), cut.rfind(" ", length - 200)) if length > 200 else -1
        return cut[:at] if at > 0 else cut
    cut = text[len(text) - length:]
    ends = [at for mark in "\n " if (at := cut.find(mark, 0, 200)) >= 0]
    return cut[min(ends) + 1:] if ends else cut
