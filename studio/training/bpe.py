"""Byte-level byte pair encoding: learning the merges, and cutting text with them.

Gage 1994, Sennrich et al. 2016; bytes instead of characters after GPT-2 (Radford et al. 2019), so that no
text is unknown. Token 0 is the mark between books, 1 to 256 are the bytes, then one token for each merge in
the order they were learned.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.training.pieces import splitter

Pair = tuple[int, int]
END = 0
END_TEXT = "<|endoftext|>"
_FIRST_MERGE = 257
_REMEMBERED = 400_000


class Tokenizer:
    """Text to token numbers and back."""

    def __init__(self, merges: Sequence[Pair]) -> None:
        self.merges = [(left, right) for left, right in merges]
        self.tokens = [b"", *(bytes([value]) for value in range(256))]
        for left, right in self.merges:
            self.tokens.append(self.tokens[left] + self.tokens[right])
        self._joined = {pair: _FIRST_MERGE + rank for rank, pair in enumerate(self.merges)}
        self._whole = {token: number for number, token in enumerate(self.tokens) if number != END}
        self._known: dict[str, list[int]] = {}

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return len(self.tokens)

    def encode(self, text: str) -> list[int]:
        """Token numbers of a text; the mark between books is never among them."""
        numbers: list[int] = []
        for piece in splitter().findall(text):
            numbers += self._remembered(piece)
        return numbers

    def decode(self, numbers: Iterable[int]) -> str:
        """The text of token numbers; half a character becomes U+FFFD."""
        return b"".join(self.tokens[number] for number in numbers).decode("utf-8", "replace")

    def lengths(self) -> NDArray[np.int64]:
        """(size) bytes of each token; the mark between books has none."""
        return np.array([len(token) for token in self.tokens], np.int64)

    def save(self, path: Path) -> None:
        """Write the merges as JSON."""
        path.write_text(json.dumps({"merges": self.merges}), encoding="utf-8")

    @staticmethod
    def load(path: Path) -> Tokenizer:
        """Read what `save` wrote."""
        return Tokenizer(json.loads(path.read_text(encoding="utf-8"))["merges"])

    def _remembered(self, piece: str) -> list[int]:
        known = self._known.get(piece)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[piece] = self._cut(piece.encode())
        return known

    def _cut(self, piece: bytes) -> list[int]:
        """The earliest learned merge first, the leftmost of it first, as llama.cpp does."""
        whole = self._whole.get(piece)
        if whole is not None:
            return [whole]
        symbols = [1 + value for value in piece]
        found = [self._joined.get(pair, self.size) for pair in pairwise(symbols)]
        while found and (first := min(found)) < self.size:
            at = found.index(first)
            symbols[at : at + 2] = [first]
            del found[at]
            for near in range(max(0, at - 1), min(at + 1, len(found))):
                found[near] = self._joined.get((symbols[near], symbols[near + 1]), self.size)
        return symbols


def count_pieces(texts: Iterable[str]) -> Counter[str]:
    """How often each piece is in the texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(splitter().findall(text))
    return counts


def learn(counts: Mapping[str, int], size: int) -> Tokenizer:
    """A tokenizer of at most ``size`` tokens: the most frequent pair is merged again and again.

    Pairs of the same count go in the order of their numbers, so equal counts give equal tokenizers.
    """
    pieces = _Pieces(counts)
    merges: list[Pair] = []
    tokens = Tokenizer([]).tokens
    known = set(tokens)
    while len(tokens) < size and (pair := pieces.most_frequent()) is not None:
        token = tokens[pair[0]] + tokens[pair[1]]
        if token not in known:  # should it come by another way: llama.cpp knows tokens by their text
            pieces.merge(pair, len(tokens))
            tokens.append(token)
            known.add(token)
            merges.append(pair)
    return Tokenizer(merges)


class _Pieces:
    """All pieces as symbols, with the count of each pair and the pieces it may be in."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.symbols = [[1 + value for value in piece.encode()] for piece in counts]
        self.weights = list(counts.values())
        self.pairs: defaultdict[Pair, int] = defaultdict(int)
        self.places: defaultdict[Pair, set[int]] = defaultdict(set)
        for place, symbols in enumerate(self.symbols):
            for pair in pairwise(symbols):
                self._add(pair, place)
        self._heap = [(-count, pair) for pair, count in self.pairs.items()]
        heapq.heapify(self._heap)

    def most_frequent(self) -> Pair | None:
        """The pair with the highest count, if one comes twice."""
        while self._heap:
            count, pair = heapq.heappop(self._heap)
            if -count == self.pairs[pair]:
                return pair if -count > 1 else None
        return None

    def merge(self, pair: Pair, new: int) -> None:
        """Put ``new`` in place of ``pair`` everywhere."""
        changed: set[Pair] = set()
        for place in self.places.pop(pair):
            self._merge(place, pair, new, changed)
        for other in changed - {pair}:
            heapq.heappush(self._heap, (-self.pairs[other], other))

    def _merge(self, place: int, pair: Pair, new: int, changed: set[Pair]) -> None:
        symbols, weight, at = self.symbols[place], self.weights[place], 0
        while at < len(symbols) - 1:
            if symbols[at] == pair[0] and symbols[at + 1] == pair[1]:
                around = symbols[max(0, at - 1) : at + 3]
                symbols[at : at + 2] = [new]
                for gone in pairwise(around):
                    self.pairs[gone] -= weight
                    changed.add(gone)
                for made in pairwise(symbols[max(0, at - 1) : at + 2]):
                    self._add(made, place)
                    changed.add(made)
            at += 1

    def _add(self, pair: Pair, place: int) -> None:
        self.pairs[pair] += self.weights[place]
        self.places[pair].add(place)
