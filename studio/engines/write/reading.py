"""How much of what a model has read already can be kept for the next prompt, bit for bit.

llama.cpp's numbers for a token depend, in their last bits, on whether it was read alone or among others:
a token the model wrote itself was read alone. So that one seed gives one text, only whole batches, counted
from the start, are kept, and never what the model wrote. A prompt that grows is read again from the last
batch that is the same: at most a batch and the new part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile


def kept(before: Sequence[int], prompt: Sequence[int], batch: int) -> int:
    """How many tokens of ``prompt`` need not be read, ``before`` being the prompt read last."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, prompt, strict=False)))
    return max(0, min(same, len(prompt) - 1)) // batch * batch


def needs_cut(before: Sequence[int], prompt: Sequence[int], keep: int) -> bool:
    """Whether llama.cpp would keep more than ``keep`` tokens by itself: it keeps all that is the same."""
    return keep > 0 and not (keep < len(before) and before[keep] != prompt[keep])
