"""The window's side of an engine process: start it, talk to it, end it, say why it died. No Qt."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from pathlib import Path

from studio.core.jobs import Problem
from studio.engines import child
from studio.engines.messages import FromHost, HostSettings, ToHost

_LOG_TAIL = 4000
"""Bytes of a dead process's log that go into the details."""


class EngineProcess:
    """One spawned process that runs `studio.engines.host.Host`. Not thread-safe: one thread owns it."""

    def __init__(self, settings: HostSettings) -> None:
        """Start it; returns before it is ready. Raises OSError when no process can be made."""
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._log = settings.log
        self._process = context.Process(
            target=child.main, name=f"atelier-{settings.name}", daemon=True,
            args=(theirs, settings.log, settings.threads, settings.niceness, settings))
        try:
            self._process.start()
        finally:
            theirs.close()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    @property
    def sentinel(self) -> int:
        """A handle for `multiprocessing.connection.wait`: ready when the process is over."""
        return self._process.sentinel

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def send(self, message: ToHost) -> None:
        """Tell it something; if it is dead already, its sentinel says so soon enough."""
        with contextlib.suppress(OSError):
            self.connection.send(message)

    def receive(self) -> list[FromHost]:
        """All that it has said and we have not read yet. Never waits, never raises."""
        messages: list[FromHost] = []
        with contextlib.suppress(EOFError, OSError):
            while self.connection.poll():
                messages.append(self.connection.recv())
        return messages

    def end(self, seconds: float) -> None:
        """Wait so long for it to go by itself, then kill it."""
        self._process.join(seconds)
        self.kill()

    def kill(self) -> None:
        """End it now and free its handles; more than once is fine."""
        self._process.kill()
        self._process.join(1.0)  # if a driver holds it, the system reaps it when we go
        self.connection.close()

    def last_words(self) -> Problem:
        """Why it died, in words, with the end of its log as details."""
        self._process.join(0.5)
        code = self._process.exitcode
        return crash_problem(code, tail(self._log))


def crash_problem(code: int | None, log: str) -> Problem:
    """What an exit code that nobody asked for means, with ``log`` as details to copy."""
    details = f"exit code {code} ({code_name(code)})\n{log}".strip()
    if code == -_signal("SIGKILL"):
        return Problem("The system stopped the work, most likely because memory ran out.",
                       "Try a smaller size, or close other programs.", details=details, is_memory=True)
    if log.rstrip().endswith("MemoryError") or "std::bad_alloc" in log:
        return Problem("There was not enough memory for this.",
                       "Try a smaller size, or close other programs.", details=details, is_memory=True)
    return Problem("The engine crashed. Your project is safe.",
                   "Try again; if it happens again, copy the details and send them to us.",
                   details=details, is_bug=True)


def code_name(code: int | None) -> str:
    """``-11`` is "SIGSEGV" where signals exist; Windows' codes in hexadecimal."""
    if code is None:
        return "unknown"
    if code < 0 and sys.platform != "win32":
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return hex(code & 0xFFFFFFFF)


def tail(log: Path) -> str:
    """The end of a log file; empty if there is none."""
    with contextlib.suppress(OSError), log.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - _LOG_TAIL))
        return stream.read().decode("utf-8", "replace")
    return ""


def _signal(name: str) -> int:
    """Windows has no SIGKILL; 0 then matches no exit code of a crash."""
    return int(getattr(signal, name, 0))


