"""What every language model refuses, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.errors import StudioError


def check_prompt(tokens: Sequence[int], context: int, vocabulary: int, name: str) -> None:
    """Raise StudioError for a prompt that is empty, too long for ``context``, or has unknown tokens."""
    if not tokens:
        raise StudioError("There is nothing to continue.", "Write a few words first.")
    if len(tokens) >= context:
        raise StudioError("This text is longer than the model can see at once: {count} of {most} tokens.",
                          "Use a shorter one.", count=len(tokens), most=context)
    if min(tokens) < 0 or max(tokens) >= vocabulary:
        raise StudioError("This text has tokens that {name} does not know.", name=name)


def no_template(name: str) -> StudioError:
    """For a model without a chat template that is asked for more than going on."""
    return StudioError("{name} does not follow instructions; it only writes on.",
                       "Bring in an instruction model for this.", name=name)


def sayable(text: str) -> str:
    """``text`` without half surrogates, which no encoding has."""
    return text.encode("utf-8", "replace").decode("utf-8")
