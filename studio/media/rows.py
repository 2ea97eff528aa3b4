"""Rows of a picture that come a few at a time and are needed a few at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]
"""(rows, width, channels): floats or whole numbers."""


class Rows:
    """Rows that came and may still be needed."""

    def __init__(self, first: int) -> None:
        """``first``: number of the first row that matters; those above it are dropped."""
        self._first, self._parts = first, list[Values]()

    @property
    def end(self) -> int:
        """Number after the last row."""
        return self._first + sum(len(part) for part in self._parts)

    def add(self, top: int, rows: Values) -> None:
        """Take in ``rows``, the first of them number ``top``, which follow on those before."""
        self._parts.append(rows[max(0, self.end - top):])

    def take(self, first: int, end: int) -> Values:
        """Rows ``first`` to ``end``, end excluded; those above ``first`` are forgotten."""
        while self._parts and self._first + self._parts[0].shape[0] <= first:
            self._first += self._parts.pop(0).shape[0]
        found, top = list[Values](), self._first
        for part in self._parts:
            found.append(part[max(0, first - top):max(0, end - top)])
            top += part.shape[0]
            if top >= end:
                break
        return found[0] if len(found) == 1 else np.concatenate(found)

    def forget(self, first: int) -> None:
        """Keep a copy of what there is from row ``first`` on, and nothing else."""
        end = self.end
        if first < end:
            self._parts, self._first = [self.take(first, end).copy()], first
        else:
            self._parts, self._first = [], end
