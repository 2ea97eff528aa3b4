"""What painting a sticker is about: what is asked for, and what it starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window starts without numpy
    from numpy import float32
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A sticker to be. Words are numbers in the network's `WordList`."""

    told: tuple[tuple[tuple[int, ...], float], ...]
    """What it should show: rows of words, each with its share; the shares add up to 1."""
    noise: NDArray[float32]
    """`StickerPainter.noise_shape`: normal noise to begin with; the seed's."""
    against: tuple[int, ...] = ()
    """What it should not show."""
    steps: int = 12
    """Of the way from noise to picture, 1 or more; each costs two looks."""
    guidance: float = 3.0
    """How many times as much the words count as in the data; 1 is plain, above 8 colours burn."""
    start: NDArray[float32] | None = None
    """(side, side, 4), 0 to 1, plain colours: a picture to begin with."""
    strength: float = 1.0
    """How much of ``start`` is painted anew, 0 to 1."""
    mask: NDArray[float32] | None = None
    """(side, side), 1 where ``start`` is painted anew, 0 where it stays."""
