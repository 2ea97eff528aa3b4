"""How an ONNX network wants its picture, and how its answer is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from studio.core.engine import Floats
from studio.core.errors import StudioError

TYPES: dict[str, Any] = {"tensor(float)": np.float32, "tensor(float16)": np.float16,
                         "tensor(uint8)": np.uint8}
"""onnxruntime's names of numbers a picture may have."""
_CHANNELS = (3, 1)
_LONGEST = 4096
"""Largest side of the one size a network takes that is believed; nobody has the memory for more."""
Range = tuple[float, float]
UNIT: Range = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Form:
    """Sizes are in pixels of the network's input."""

    name: str
    """Of the input."""
    dtype: Any
    is_nhwc: bool = False
    channels: int = 3
    """3 for colours, 1 for brightness alone."""
    sides: tuple[int, int] = (0, 0)
    """The one (height, width) it takes; (0, 0) where it takes any."""
    takes: Range = UNIT
    """What it calls black and white."""
    gives: Range = UNIT

    def batch(self, picture: Floats) -> NDArray[Any]:
        """(H, W, channels) in 0..1 as the network wants it."""
        low, high = self.takes
        fed = picture if self.takes == UNIT else picture * np.float32(high - low) + np.float32(low)
        if self.dtype == np.uint8:
            fed = np.round(np.clip(fed, 0, 255))
        batch = fed[np.newaxis] if self.is_nhwc else fed.transpose(2, 0, 1)[np.newaxis]
        return np.ascontiguousarray(batch, self.dtype)

    def picture(self, answer: NDArray[Any]) -> Floats | None:
        """(h, w, channels) in 0..1 from what came out; None where that is no such picture."""
        if answer.ndim != 4 or answer.shape[0] != 1:
            return None
        if answer.shape[3 if self.is_nhwc else 1] != self.channels:
            return None
        low, high = self.gives
        found = answer[0] if self.is_nhwc else answer[0].transpose(1, 2, 0)
        found = found.astype(np.float32, copy=False)
        return found if self.gives == UNIT else cast(
            Floats, (found - np.float32(low)) * np.float32(1.0 / (high - low)))


def forms(inputs: Sequence[Any], model: str) -> list[Form]:
    """What onnxruntime's ``inputs`` leave possible, likeliest first: a graph may hide its layout.

    Raises StudioError saying why it is no network from one picture.
    """
    if len(inputs) != 1:
        raise StudioError("{model} takes {count} inputs; Upscale needs a network with a single picture.",
                          "Choose another model.", model=model, count=len(inputs))
    port, = inputs
    if port.type not in TYPES:
        raise StudioError("{model} takes numbers of the type {type}, not a picture.",
                          "Choose another model.", model=model, type=port.type)
    shape = [side if isinstance(side, int) and side > 0 else 0 for side in port.shape] or [0] * 4
    if len(shape) != 4 or shape[0] > 1:
        raise StudioError("{model} does not take one picture but {shape} numbers.", "Choose another model.",
                          model=model, shape=shape_text(shape))
    wanted = (0,) if shape[1] == shape[3] == 0 else _CHANNELS  # where neither is told, both are tried
    found = [Form(port.name, TYPES[port.type], is_nhwc, channels, _sides(shape, is_nhwc))
             for channels in _CHANNELS for is_nhwc in (False, True)
             if shape[3 if is_nhwc else 1] in (channels, 0) and shape[3 if is_nhwc else 1] in wanted]
    if not found or max(found[0].sides) > _LONGEST:
        raise StudioError("{model} takes {shape} numbers; Upscale needs one channel or three.",
                          "Choose another model.", model=model, shape=shape_text(shape))
    return found


def shape_text(shape: Sequence[int]) -> str:
    """As people read it; 0 is a free side."""
    return " x ".join(str(side) if side else "any" for side in shape)


def _sides(shape: Sequence[int], is_nhwc: bool) -> tuple[int, int]:
    """Where only one side is fixed, the other is set to it too."""
    height, width = shape[1:3] if is_nhwc else shape[2:4]
    return height or width, width or height
