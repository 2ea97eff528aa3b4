"""What came of a batch, file by file: for the screen, for scripts and for a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

State = Literal["done", "skipped", "failed"]
STATES: tuple[State, ...] = ("done", "skipped", "failed")


@dataclass(frozen=True, slots=True)
class Row:
    """One input."""

    input: str
    state: State
    outputs: tuple[str, ...] = ()
    """What was made, or was there already."""
    reason: str = ""
    """Why it failed or was skipped, in English."""
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"input": self.input, "state": self.state, "outputs": list(self.outputs),
                "reason": self.reason, "seconds": round(self.seconds, 3)}


class Report:
    """One row for each input; a file tried again replaces its row."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def add(self, row: Row) -> None:
        """Note how it went; the latest try counts and comes last."""
        self._rows.pop(row.input, None)
        self._rows[row.input] = row

    @property
    def rows(self) -> list[Row]:
        """In the order they ended."""
        return list(self._rows.values())

    def of(self, state: State) -> list[Row]:
        """Those that ended so."""
        return [row for row in self._rows.values() if row.state == state]

    def count(self, state: State) -> int:
        """How many ended so."""
        return len(self.of(state))

    @property
    def summary(self) -> str:
        """Such as "12 done, 3 skipped, 1 failed."; skipped only where there are some."""
        told = [f"{self.count(state)} {state}" for state in STATES if state != "skipped" or self.of(state)]
        return ", ".join(told) + "."

    @property
    def text(self) -> str:
        """The summary and every failure, for a mail or a note."""
        return "\n".join([self.summary, *self.problems])

    @property
    def problems(self) -> list[str]:
        """A line for each failure."""
        return [f"{readable(row.input)}: {row.reason}" for row in self.of("failed")]


def to_csv(rows: Sequence[Row]) -> bytes:
    """A table for a spreadsheet: UTF-8 with the mark by which those know it (RFC 4180)."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(("input", "state", "outputs", "reason", "seconds"))
    for row in rows:
        outputs = "\n".join(map(readable, row.outputs))
        writer.writerow((readable(row.input), row.state, outputs, row.reason, f"{row.seconds:.3f}"))
    return made.getvalue().encode("utf-8-sig")


def readable(path: str | Path) -> str:
    """``path`` without the lone surrogates Python puts for bytes that are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
