"""The yardstick: interpolated Kneser-Ney over tokens, with three discounts (Chen and Goodman 1999).

Counts below the highest order are of different contexts, not of occurrences. It is given every training
token, more than the network has time to read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True)
class _Order:
    """n-grams of one length by number. ``keys`` = number of the first n - 1 tokens x size + last token.

    ``counts`` by n-gram; ``totals`` and ``spare`` (what the discounts took) by their first n - 1 tokens.
    """

    keys: Numbers
    counts: Reals
    discounts: Reals
    totals: Reals
    spare: Reals


class KneserNey:
    """Chances of a token after up to ``order`` - 1 others; ``size`` tokens there are."""

    def __init__(self, tokens: NDArray[np.integer], size: int, order: int = 5) -> None:
        self.size = size
        self._orders: list[_Order] = []
        contexts = 1
        for keys, counts in _counted(tokens.astype(np.int64), size, order):
            self._orders.append(_discounted(keys, counts, contexts, size))
            contexts = len(keys)

    def chances(self, tokens: NDArray[np.integer]) -> Reals:
        """For each token its chance after those before it in the same stream."""
        stream = tokens.astype(np.int64)
        chances = np.full(len(stream), 1.0 / self.size)
        numbers = np.zeros(len(stream) + 1, np.int64)
        for length, order in enumerate(self._orders, 1):
            context = numbers[: len(stream) - length + 1]  # n-grams of the order before, by their start
            last = stream[length - 1 :]
            numbers = _found(order.keys, np.where(context < 0, -1, context * self.size + last))
            chances[length - 1 :] = _blended(order, context, numbers, chances[length - 1 :])
        return chances

    def following(self, before: NDArray[np.integer]) -> Reals:
        """(size,) the chance of every token after some others, of which the last ``order`` - 1 count."""
        chances = np.full(self.size, 1.0 / self.size)
        ending = before[max(0, len(before) - len(self._orders) + 1) :].astype(np.int64)
        for length, order in enumerate(self._orders[: len(ending) + 1]):
            context = self._number(ending[len(ending) - length :])
            if context < 0 or order.totals[context] <= 0:
                return chances
            begin, end = np.searchsorted(order.keys, (context * self.size, (context + 1) * self.size))
            own = order.counts[begin:end] - order.discounts[begin:end]
            shares = order.spare[context] * chances
            shares[order.keys[begin:end] - context * self.size] += own
            chances = shares / order.totals[context]
        return chances

    def _number(self, tokens: Numbers) -> int:
        """Of an n-gram among those of its length, -1 where it never came; that of no tokens is 0."""
        number = 0
        for order, token in zip(self._orders, tokens, strict=False):
            number = int(_found(order.keys, np.array([number * self.size + token]))[0])
            if number < 0:
                break
        return number


def bits_per_byte(model: KneserNey, tokens: NDArray[np.integer], lengths: Numbers) -> float:
    """Of a stream; tokens without bytes (the marks between books) are free."""
    counted = lengths[tokens] > 0
    return float(-np.log2(model.chances(tokens)[counted]).sum() / lengths[tokens].sum())


def _counted(stream: Numbers, size: int, order: int) -> list[tuple[Numbers, Numbers]]:
    """Keys and counts of the n-grams of each length: occurrences of the longest, of the others how many
    different tokens stand before them."""
    found: list[tuple[Numbers, Numbers]] = []
    numbers = np.zeros(len(stream), np.int64)  # of the n-gram that begins at each place
    for length in range(1, order + 1):
        shorter = numbers
        keys = shorter[: len(stream) - length + 1] * size + stream[length - 1 :]
        unique, first, numbers, counts = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True)
        if found:
            before = np.bincount(shorter[first + 1], minlength=len(found[-1][0]))
            found[-1] = (found[-1][0], before)
        found.append((unique, counts))
    return found


def _discounted(keys: Numbers, counts: Numbers, contexts: int, size: int) -> _Order:
    """Discounts of n-grams that come once, twice, and more often."""
    some = np.bincount(np.minimum(counts, 5), minlength=6).astype(float)
    share = some[1] / max(1.0, some[1] + 2.0 * some[2])
    taken = [n - (n + 1) * share * some[n + 1] / some[n] if some[n] else 0.5 for n in (1, 2, 3)]
    discounts = np.clip(taken, 0.01, (1.0, 2.0, 3.0))[np.clip(counts, 1, 3) - 1]
    discounts = np.minimum(discounts, counts)  # an n-gram that only begins the text has count 0
    context = keys // size
    totals, spare = (np.bincount(context, what, contexts).astype(float) for what in (counts, discounts))
    return _Order(keys, counts.astype(float), discounts, totals, spare)


def _found(keys: Numbers, wanted: Numbers) -> Numbers:
    """Places in the sorted ``keys``, or -1."""
    places = np.searchsorted(keys, wanted).clip(0, len(keys) - 1)
    return np.where(keys[places] == wanted, places, -1)


def _blended(order: _Order, context: Numbers, numbers: Numbers, below: Reals) -> Reals:
    """This order's discounted share plus what it spared, spread as the order below says."""
    known = (context >= 0) & (order.totals[context] > 0)
    totals = np.where(known, order.totals[context], 1.0)
    own = np.where(numbers >= 0, order.counts[numbers] - order.discounts[numbers], 0.0)
    return np.where(known, (own + order.spare[context] * below) / totals, below)
