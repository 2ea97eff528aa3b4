"""A conversation, as the setting "talk" keeps it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from studio.core.errors import StudioError
from studio.core.text import Message

_MOST = 2000
"""Turns."""


def parse(talk: str) -> tuple[Message, ...]:
    """The turns in JSON, a list of {"role": "user" or "assistant", "text"}; other text is one question.

    Turns of one side that follow each other become one, since templates want the sides to alternate. Raises
    StudioError where it is damaged or does not end with a question.
    """
    turns = _alternating(_turns(talk)) if talk.lstrip().startswith("[") else [Message("user", talk.strip())]
    if not turns or turns[-1].role != "user" or not turns[-1].text:
        raise StudioError("There is no question to answer.", "Write what you want to know.")
    return tuple(turns)


def to_json(turns: Sequence[Message]) -> str:
    """``turns`` as `parse` reads them."""
    return json.dumps([{"role": turn.role, "text": turn.text} for turn in turns], ensure_ascii=False)


def _turns(talk: str) -> list[Message]:
    try:
        found = json.loads(talk)
        if len(found) > _MOST:
            raise ValueError(f"{len(found)} turns")
        return [_turn(item) for item in found]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StudioError("The conversation cannot be read.", "Begin a new one.",
                          details=repr(error)[:500]) from error


def _turn(item: dict[str, Any]) -> Message:
    if item["role"] not in ("user", "assistant"):
        raise ValueError(f"role {item['role']!r}")
    return Message(item["role"], str(item["text"]).strip())


def _alternating(turns: Sequence[Message]) -> list[Message]:
    """The first turn is the person's, and no side has two in a row."""
    found: list[Message] = []
    for turn in turns:
        if found and found[-1].role == turn.role:
            found[-1] = Message(turn.role, f"{found[-1].text}\n\n{turn.text}")
        elif found or turn.role == "user":
            found.append(turn)
    return found
