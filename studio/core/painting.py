"""What is asked of a diffusion model, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the window starts without numpy
    from numpy import uint8
    from numpy.typing import NDArray

    from studio.core.engine import AddOn, Decoder

Pixels: TypeAlias = "NDArray[uint8]"
"""A picture (height, width, 3), or a mask (height, width)."""
OnStep: TypeAlias = "Callable[[int, int, Pixels | None], object]"
"""Hears the step, how many there are, and perhaps a small picture; where it answers False, what is there is
kept."""

MOST_STEPS, MOST_GUIDANCE = 1000, 50.0
LARGEST = 4096
"""Pixels of a side: more fits no machine, and no model was taught it."""


@dataclass(frozen=True, slots=True)
class Painting:
    """One picture to paint. The same painting gives the same pixels on one machine."""

    prompt: str
    """With weights, see `studio.core.emphasis`."""
    width: int
    height: int
    """Pixels; multiples of `Sizes.multiple`."""
    seed: int
    """Noise is drawn from it on the CPU."""
    negative: str = ""
    """What should not be there; with weights too."""
    steps: int = 20
    """1 to `MOST_STEPS`."""
    guidance: float = 7.0
    """How closely it follows the words: 0 to `MOST_GUIDANCE`; up to 1 the negative prompt counts nothing."""
    scheduler: str = "default"
    """One of `DiffusionModel.schedulers`."""
    image: Pixels | None = None
    """(height, width, 3): what to start from."""
    strength: float = 0.6
    """How much of ``image`` is painted anew: 0 (next to nothing) to 1 (everything)."""
    mask: Pixels | None = None
    """(height, width): where ``image`` is painted anew, 128 and more. The other pixels stay as they are."""
    is_seamless: bool = False
    """Whether the left edge fits the right one, and the top the bottom."""
    add_ons: tuple[tuple[AddOn, float], ...] = ()
    """LoRAs with their strengths."""
    variation: float = 0.0
    """How far the noise goes from the seed's own towards that of ``variation_seed``: 0 to 1."""
    variation_seed: int = 0
    decoder: Decoder | None = None
    """A VAE instead of the model's own."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes a model paints, in pixels."""

    width: int
    height: int
    """What it was taught, and paints best."""
    multiple: int
    """Both sides must be multiples of this."""

    def fit(self, width: int, height: int) -> tuple[int, int]:
        """The nearest size it can paint."""
        most = LARGEST // self.multiple * self.multiple
        return (self._side(width, most), self._side(height, most))

    def _side(self, side: int, most: int) -> int:
        return min(most, max(self.multiple, (side + self.multiple // 2) // self.multiple * self.multiple))


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How much of a prompt a model reads."""

    count: int
    """Tokens of the whole prompt, without those that mark its ends."""
    limit: int
    """Tokens it reads at most."""
    cut: str
    """The text it does not read; "" where it reads all."""
