"""What a weight file says of its tensors, and the sentences for files that cannot be trusted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from studio.core.errors import StudioError

AGAIN = "Get it again from where it came."
SIZES = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2, "int64": 8, "int32": 4, "int16": 2,
         "int8": 1, "uint8": 1, "bool": 1, "complex64": 8}
"""Bytes per number."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor by its description; the numbers stay in the file."""

    shape: tuple[int, ...]
    dtype: str

    @property
    def bytes(self) -> int:
        """What it takes in memory."""
        return math.prod(self.shape) * SIZES.get(self.dtype, 1)


Tensors = Mapping[str, Tensor]


def parameters(tensors: Tensors) -> int:
    """How many numbers there are."""
    return sum(math.prod(tensor.shape) for tensor in tensors.values())


def precision(tensors: Tensors) -> str:
    """The kind of number that most bytes are."""
    sizes: Counter[str] = Counter()
    for tensor in tensors.values():
        sizes[tensor.dtype] += max(1, tensor.bytes)
    return max(sizes, key=lambda name: sizes[name])


def damaged(why: str) -> StudioError:
    """For a file whose parts contradict each other; ``why`` is for the details, not for the person."""
    return StudioError("This model file is damaged.", AGAIN, details=why)


def cut_off(there: int, expected: int) -> StudioError:
    """For a file that ends too early; both in bytes."""
    if expected < 10_000_000:
        return StudioError("This file is cut off: {there:,} of {expected:,} KB are there.", AGAIN,
                           there=there // 1000, expected=-(-expected // 1000))
    return StudioError("This file is cut off: {there:,} of {expected:,} MB are there.", AGAIN,
                       there=there // 1_000_000, expected=-(-expected // 1_000_000))


def runs_code(name: str) -> StudioError:
    """For a file that calls ``name`` when it is opened."""
    return StudioError("This file would run code when opened ({name}).", "Ask for a safetensors version.",
                       name=name)
