"""How much text a model may see at once here, and whether it fits into memory at all."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.errors import OutOfMemory

MOST_CONTEXT = 16384
"""Tokens: some 12,000 words. More would take memory that pictures need."""
LEAST_CONTEXT = 512
_SHARE = 0.5
"""Of the memory left beside the weights, for what the model has read."""
_WORKING = 64 << 20
"""Bytes for the numbers in between."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a model gets."""

    context: int
    """Tokens."""
    memory: int
    """Bytes in all, roughly."""


def choose(*, trained: int, weights: int, cache_bytes: int, free: int, name: str) -> Room:
    """Room for a model that was ``trained`` with so long a context and keeps ``cache_bytes`` a token.

    ``weights`` and ``free`` are bytes. Raises OutOfMemory where not even a short text fits.
    """
    least = min(trained, LEAST_CONTEXT)
    needed = weights + _WORKING + least * cache_bytes
    if needed > free:
        raise OutOfMemory("{name} needs about {needed:.1f} GB of memory; {free:.1f} GB are free.",
                          "Close other programs, or use a smaller model.", name=name, needed=needed / 1e9,
                          free=free / 1e9)
    spare = int((free - weights - _WORKING) * _SHARE)
    fitting = spare // cache_bytes if cache_bytes else MOST_CONTEXT
    context = max(least, min(trained, MOST_CONTEXT, fitting) // 256 * 256)
    return Room(context, weights + _WORKING + context * cache_bytes)
