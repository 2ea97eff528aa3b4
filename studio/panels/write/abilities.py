"""What a model can do with a text: one that follows instructions everything, any other goes on writing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.panels.write.params import DOINGS

EVERYTHING = tuple(name for name, _ in DOINGS)
"""All tasks, as the setting "do" names them."""
ALWAYS = ("continue", "summarise", "poem")
"""What needs no instructions; the summary then picks sentences and writes none."""


def follows_instructions(facts: Mapping[str, Any]) -> bool:
    """Whether the model of these facts (`Model.facts`) has a chat template."""
    return bool(facts.get("chat") or facts.get("follows_instructions"))


def abilities(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The tasks that the model of these facts can do, in the order shown."""
    return tuple(name for name in EVERYTHING if not why_not(facts, name))


def why_not(facts: Mapping[str, Any], task: str) -> str:
    """Why it cannot do ``task``, and what would, in English to be translated; "" where it can."""
    if follows_instructions(facts) or task in ALWAYS:
        return ""
    if task == "chat":
        return ("This model only goes on writing and answers nobody. For a conversation drop a model that "
                "follows instructions on the window: a GGUF file with a chat template.")
    return ("This model only goes on writing and follows no instructions. For this drop one that does on "
            "the window: a GGUF file with a chat template.")


def task_label(facts: Mapping[str, Any], task: str) -> str:
    """What to call ``task`` with this model, in English to be translated."""
    if task == "summarise" and not follows_instructions(facts):
        return "Key sentences"
    return dict(DOINGS)[task]


def task_about(facts: Mapping[str, Any], task: str) -> str:
    """A line that says what ``task`` will do with this model, in English to be translated."""
    follows = follows_instructions(facts)
    if task == "continue":
        return "Writes on at the cursor."
    if task == "rewrite":
        return "Says the same anew: shorter, longer, or in another tone."
    if task == "summarise":
        return ("Says it in a few sentences." if follows else
                "Picks the sentences that say most, word for word; nothing is written anew.")
    if task == "title":
        return "Proposes titles."
    if task == "translate":
        return "Puts it into another language."
    if task == "dialogue":
        return "Turns it into a talk between two people."
    if task == "poem":
        return "Makes a poem of it." if follows else "Goes on in lines of verse."
    return "Talks with you about the page."
