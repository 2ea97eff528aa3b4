"""What composing with a model is about: how it chooses, and what holds it to what is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the window starts without numpy
    from numpy import bool_
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Composing:
    """How the next token is chosen, in the usual terms of the field."""

    temperature: float = 1.0
    """0 always takes the likeliest; 1 follows the model's own odds; above it grows wilder."""
    top_p: float = 0.97
    """Only the likeliest tokens that make up this share (nucleus, Holtzman et al. 2020); 1 is off."""
    seed: int = 0
    """0 to 2**32 - 1."""
    most: int = 100_000
    """Tokens after which it stops, whatever is still missing."""


class Guide(Protocol):
    """Knows what has been said of a piece, and so what can follow."""

    @property
    def is_done(self) -> bool:
        """Whether the piece has ended."""
        ...

    def forced(self) -> int | None:
        """The one token that must come next; None where there is a choice."""
        ...

    def allowed(self) -> NDArray[bool_]:
        """(tokens,) what may come next; never nothing."""
        ...

    def advance(self, token: int) -> None:
        """It came."""
        ...

    def shortened(self, tokens: list[int], most: int) -> list[int]:
        """A row of at most ``most`` tokens to go on from, where all of them are too many for the model."""
        ...
