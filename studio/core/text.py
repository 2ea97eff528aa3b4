"""What writing with a model is about: how it chooses words, and what it considered for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EndReason = Literal["length", "stop", "end", "full"]
"""Why it stopped: long enough, a stop word, the model's own end of text, or no room left in its context."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen, in the usual terms of the field."""

    length: int = 200
    """Tokens at most."""
    temperature: float = 0.8
    """0 always takes the likeliest; 1 follows the model's own odds; above it grows wilder."""
    top_p: float = 0.95
    """Only the likeliest tokens that make up this share (nucleus, Holtzman et al. 2020); 1 is off."""
    min_p: float = 0.05
    """Only tokens at least this probable, as a share of the likeliest one's; 0 is off."""
    repetition: float = 1.0
    """Logits of tokens seen lately are divided by this (CTRL, Keskar et al. 2019); 1 is off."""
    window: int = 256
    """How many tokens "lately" is."""
    stop: tuple[str, ...] = ()
    """Texts that end it; they are left out."""
    banned: tuple[str, ...] = ()
    """Texts, whatever their case, that it never writes."""
    seed: int = 0
    """0 to 2**32 - 1."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text the model wrote."""

    text: str
    """Whole characters: a model may need several tokens for one, and then they are one piece."""
    probability: float
    """0 to 1, by the model's own odds before any setting; of the last token where there were several."""
    others: tuple[tuple[str, float], ...] = ()
    """What it considered, likeliest first, at most five, the chosen one among them if it was."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a piece of writing ended."""

    reason: EndReason
    tokens: int
    """How many the model made, those held back or thrown away too."""
    first_seconds: float
    """Until the first token was there."""
    seconds: float
    """In all."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation, for a model that follows instructions."""

    role: Literal["system", "user", "assistant"]
    text: str
