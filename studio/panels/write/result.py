"""What was written, as a result with its facts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from studio.core.errors import StudioError
from studio.core.jobs import Input, Output, Request
from studio.core.text import Ending, Token
from studio.media.manuscript import count_words
from studio.panels.write import trace
from studio.panels.write.pen import joined

_LONGEST_NAME = 60


def output(request: Request, before: str, tokens: Sequence[Token], ending: Ending,
           **more: Any) -> Output:
    """Markdown: ``before``, then what the model wrote; ``more`` are facts. Raises StudioError: nothing."""
    if not any(token.text.strip() for token in tokens):
        raise StudioError("The model had nothing to add.",
                          "Change the end of the text, or raise the temperature.")
    text = before + joined(tokens)
    facts: dict[str, Any] = {
        "tokens": ending.tokens, "words": count_words(text[len(before):]), "ending": ending.reason,
        "start": len(before), "first_seconds": round(ending.first_seconds, 4),
        "seconds": round(ending.seconds, 4), "tokens_per_second": round(_speed(ending), 2),
        "trace": trace.pack(tokens)}
    return named(request, text, facts | more)


def named(request: Request, text: str, facts: dict[str, Any]) -> Output:
    """``text`` as Markdown under a name."""
    return Output("text", "text/markdown", _name(text, request.inputs), text.encode("utf-8", "replace"),
                  request.seed, facts)


def _speed(ending: Ending) -> float:
    """Tokens a second after the first."""
    return max(0, ending.tokens - 1) / max(ending.seconds - ending.first_seconds, 1e-9)


def _name(text: str, inputs: Sequence[Input]) -> str:
    """The file's, or the first words."""
    if inputs and inputs[0].name:
        return PurePath(inputs[0].name).stem[:_LONGEST_NAME]
    words = " ".join(text.replace("#", " ").split())
    return words[:_LONGEST_NAME].rsplit(" ", 1)[0] if len(words) > _LONGEST_NAME else words or "Text"
