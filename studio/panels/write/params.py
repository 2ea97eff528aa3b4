"""What can be set in the Write panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.core.panel import Role
from studio.core.params import Params, setting

if TYPE_CHECKING:
    from studio.core.text import Sampling

STARTER = "write-small"
"""The model in the box; recipes of before it had a name say ""."""
DOINGS = (("continue", "Continue"), ("rewrite", "Rewrite"), ("summarise", "Summarise"), ("title", "Title"),
          ("translate", "Translate"), ("dialogue", "Dialogue"), ("poem", "Poem"), ("chat", "Chat"))
"""What can be done with a text, in the order shown."""
ROLES = (Role("file", "text", "Continue this", low=0),)
"""A text of its own; what stands before the cursor comes as the prompt."""


@dataclass(frozen=True, slots=True)
class WriteParams(Params):
    """Settings of a piece of writing. A list is one text to a line."""

    prompt: str = setting("text", "", "Prompt", group="hidden",
                          help="The text to continue.")
    do: str = setting("choice", "continue", "Do", group="hidden", choices=DOINGS,
                      help="All but continue, poem and summarise need a model that follows instructions.")
    passage: str = setting("text", "", "Passage", group="hidden",
                           help="The part of the text that it is about; empty means all of it.")
    manner: str = setting("text", "", "Manner", group="hidden",
                          help="For rewrite shorter, longer or a tone; for translate the language; for "
                               "dialogue the two names; for a poem its form.")
    talk: str = setting("text", "", "Talk", group="hidden",
                        help="For chat: a question, or all that was said as a JSON list of role and text.")
    model: str = setting("model", STARTER, "Model", group="Write",
                         help="The one in the box writes on; instruction models do more.")
    length: int = setting("int", 200, "Length", group="Write", low=1, high=8192, step=10, unit="tokens",
                          help="How much to write; an English word is about 1.3 tokens.")
    temperature: float = setting("float", 0.8, "Temperature", group="Write", low=0.0, high=2.0, step=0.05,
                                 help="Low is sure of itself, high is daring; 0 always takes the likeliest.")
    memory: str = setting("text", "", "Memory", group="Memory",
                          help="What the model always has in view: setting, people, manner.")
    note: str = setting("text", "", "Author's note", group="Memory",
                        help="A direction for what comes next; it stands a few lines above the end.")
    cards: str = setting("text", "", "Story cards", group="hidden", option="-",
                         help="People and places, as JSON: shown to the model when their words come up.")
    top_p: float = setting("float", 0.95, "Top-p", group="more", low=0.01, high=1.0, step=0.01,
                           help="Only the likeliest words that make up this share; 1 is off.")
    min_p: float = setting("float", 0.05, "Min-p", group="more", low=0.0, high=1.0, step=0.01,
                           help="Only words at least this probable beside the likeliest; 0 is off.")
    repetition: float = setting("float", 1.1, "Repetition control", group="more", low=1.0, high=2.0,
                                step=0.01, help="Above 1, words just used become less likely.")
    stop: str = setting("text", "", "Stop words", group="more",
                        help=r"Texts that end it, one to a line; \n is a new line.")
    banned: str = setting("text", "", "Banned phrases", group="more",
                          help="Texts that are never written, one to a line.")
    whole: bool = setting("bool", True, "Prompt in the result", group="hidden",
                          help="Off gives only what the model wrote.")


def sampling(params: WriteParams, seed: int) -> Sampling:
    """How the model chooses."""
    from studio.core.text import Sampling  # the window does without when it opens

    return Sampling(params.length, params.temperature, params.top_p, params.min_p, params.repetition,
                    stop=lines(params.stop), banned=lines(params.banned), seed=seed)


def lines(text: str) -> tuple[str, ...]:
    r"""The entries of a list; \n and \t in them are a new line and a tab, and spaces around them count."""
    plain = text.replace("\r\n", "\n").split("\n")
    entries = (line.replace(r"\n", "\n").replace(r"\t", "\t") for line in plain)
    return tuple(entry for entry in entries if entry)
