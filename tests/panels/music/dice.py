"""A composer without a network: it throws dice under the guide, and soon ends each bar."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from studio.core.composing import Composing, Guide
from studio.core.engine import ModelSource
from studio.core.jobs import CancelToken
from studio.engines.devices import Device
from studio.media.tokens.vocabulary import KINDS, SIZE, Kind

_ENDS = (Kind.BAR, Kind.END, Kind.START)


class Dice:
    """See `studio.core.engine.Composer`."""

    device, precision, memory, context, vocabulary = "cpu", "float32", 1, 512, SIZE

    def close(self) -> None:
        """Nothing to give back."""

    def compose(self, guide: Guide, composing: Composing, cancel: CancelToken,
                on_tokens: Callable[[list[int]], object] = lambda tokens: None) -> list[int]:
        chance = np.random.default_rng(composing.seed)
        found: list[int] = []
        while not guide.is_done and len(found) < composing.most:
            cancel.check()
            number = guide.forced()
            if number is None:
                number = _thrown(np.flatnonzero(guide.allowed()), chance)
            guide.advance(number)
            found.append(number)
            on_tokens([number])
        return found


def _thrown(choices: np.ndarray[tuple[int], np.dtype[np.intp]], chance: np.random.Generator) -> int:
    kinds = np.unique(KINDS[choices])
    ends = [kind for kind in kinds if kind in _ENDS]
    kind = ends[0] if ends and chance.random() < 0.4 else chance.choice(kinds)
    return int(chance.choice(choices[KINDS[choices] == kind]))


def load(source: ModelSource, device: Device) -> Dice:
    """As the registry loads engines."""
    return Dice()
