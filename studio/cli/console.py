"""What a command says, and where: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from studio.core.errors import StudioError, fill

if TYPE_CHECKING:
    from studio.core.jobs import Problem

NAME = "atelier"
_BAR = 24
_SOONEST = 0.1
"""Seconds between two redraws of the bar."""


class Console:
    """Speaks for one command. Safe to use from the thread that works and the one that waits."""

    def __init__(
        self,
        *,
        is_json: bool = False,
        is_quiet: bool = False,
        out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:
        self._out, self._err = out or sys.stdout, err or sys.stderr
        self._is_json, self._is_quiet = is_json, is_quiet
        self._lock = threading.Lock()
        self._has_bar, self._drawn, self._said = False, float("-inf"), ("", -1.0)

    def result(self, data: Mapping[str, Any], lines: Sequence[str]) -> None:
        """The answer: ``data`` as one JSON object if that was asked for, else ``lines``."""
        if self._is_json:
            text = json.dumps(data, ensure_ascii=False, default=str)
            lines = [text if self._can_write(text) else json.dumps(data, default=str)]
        elif self._is_quiet:
            return
        self._clear()
        for line in lines:
            self._out.write((line if self._can_write(line) else ascii(line)[1:-1]) + "\n")
        self._out.flush()

    def _can_write(self, text: str) -> bool:
        """Whether it can be encoded: a name on the disk may hold bytes that are no text."""
        try:
            text.encode(self._out.encoding or "ascii")
        except UnicodeEncodeError:
            return False
        return True

    def say(self, text: str) -> None:
        """News on the way, such as the seed; nothing if quiet."""
        if not self._is_quiet:
            self._line(text)

    def problem(self, problem: Problem | StudioError, about: str = "") -> None:
        """One line: what went wrong, and what to do."""
        text = str(problem) if isinstance(problem, StudioError) else problem.text
        self._line(": ".join(filter(None, (NAME, "" if about in text else about, text))))

    def progress(self, about: str, fraction: float | None, text: str, values: Mapping[str, Any]) -> None:
        """How far ``about`` is: a bar on a terminal, else a line every tenth and when the words change."""
        if self._is_quiet:
            return
        if self._err.isatty():
            self._bar(about, fraction, fill(text, dict(values)))
        else:
            self._step(about, fraction, text, values)

    def clear(self) -> None:
        """Take the bar away."""
        self._clear()

    def _bar(self, about: str, fraction: float | None, text: str) -> None:
        now = time.monotonic()
        if now - self._drawn < _SOONEST and fraction != 1:
            return
        self._drawn = now
        done = "" if fraction is None else f"[{'█' * round(fraction * _BAR):{_BAR}}] {fraction:4.0%} "
        import shutil  # the window does without

        width = shutil.get_terminal_size().columns - 1
        with self._lock:
            self._has_bar = True
            self._err.write("\r\x1b[K" + f"{about}  {done}{text}"[:width])
            self._err.flush()

    def _step(self, about: str, fraction: float | None, text: str, values: Mapping[str, Any]) -> None:
        last_text, last_fraction = self._said
        tenth = -1.0 if fraction is None else int(fraction * 10) / 10
        if text == last_text and tenth <= last_fraction:
            return
        self._said = (text, tenth)
        done = "" if fraction is None else f"{fraction:.0%} "
        self._line(f"{about}: {done}{fill(text, dict(values))}".rstrip(": "))

    def _line(self, text: str) -> None:
        self._clear()
        with self._lock:
            self._err.write(" ".join(text.splitlines()) + "\n")
            self._err.flush()

    def _clear(self) -> None:
        with self._lock:
            if self._has_bar:
                self._has_bar = False
                self._err.write("\r\x1b[K")
                self._err.flush()
