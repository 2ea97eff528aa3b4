"""Runs one task after another in this process, and lets Ctrl-C stop the one that runs."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import psutil

from studio.cli.console import Console
from studio.core.errors import Cancelled
from studio.core.jobs import CancelToken, JobState, Outcome, Request, Task
from studio.engines import context, spool
from studio.engines.messages import Message, Progress
from studio.engines.registry import EngineCache
from studio.library.catalog import resolve

_SHARE = 0.5
"""Of the free memory, for warm models."""
_PATIENCE = 3.0
"""Seconds between asking to stop and giving up on a task that does not."""
_LOOK = 0.2


class Workshop:
    """Warm models and a stop button for the tasks of one command. Use it as a context manager.

    The work is done in a second thread: a signal can only be noticed in the first, and not while that
    sits inside a network.
    """

    def __init__(self, device: str, console: Console) -> None:
        self._device, self._console = device, console
        self._cache = EngineCache(resolve, int(psutil.virtual_memory().available * _SHARE))
        self._old: dict[int, object] = {}
        self._scratch = spool.folder()

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._old = {
                number: signal.signal(number, _interrupt) for number in (signal.SIGINT, signal.SIGTERM)
            }
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._console.clear()
        spool.remove(self._scratch)
        if kind is None or not issubclass(kind, KeyboardInterrupt):
            self._cache.close()

    def task(self, name: str) -> Task:
        """The task named ``module:class``. Its engines are imported with it, so this may take a moment."""
        module, _, kind = name.partition(":")
        made: Task = getattr(import_module(module), kind)()
        return made

    def run(
        self,
        task: Task,
        request: Request,
        files: Mapping[str, Path],
        about: str,
        parts: Path | None = None,
    ) -> Outcome:
        """Do ``request``; ``files`` maps SHA-256 to its inputs, ``parts`` is a folder for finished pieces.

        ``about`` names it in the progress. Files among the outputs are there until the next run, or the
        end of the block. Raises Cancelled and KeyboardInterrupt.
        """
        spool.remove(self._scratch)
        token = CancelToken()
        ended: list[Outcome | BaseException] = []

        def emit(message: Message) -> None:
            if isinstance(message, Progress):
                self._console.progress(about, message.fraction, message.text, message.values)

        def work() -> None:
            try:
                ctx = context.WorkContext(
                    self._cache,
                    files,
                    device=self._device,
                    cancel=token,
                    emit=emit,
                    parts=parts,
                    scratch=self._scratch,
                )
                ended.append(context.run(task, request, ctx))
            except BaseException as error:  # noqa: BLE001 - raised again in the first thread
                ended.append(error)

        self._wait(threading.Thread(target=work, name=task.id, daemon=True), token)
        self._console.clear()
        return _outcome(ended[0])

    def tell(self, about: str, fraction: float) -> None:
        """Say how far the writing of a result is."""
        self._console.progress(about, fraction, "Writing", {})
        if fraction >= 1:
            self._console.clear()

    def _wait(self, thread: threading.Thread, token: CancelToken) -> None:
        thread.start()
        try:
            while thread.is_alive():
                thread.join(_LOOK)
        except KeyboardInterrupt:
            token.cancel()
            thread.join(_PATIENCE)
            if thread.is_alive():  # a native call that never returns would crash in Python's own end
                self._console.say("Stopped.")
                os._exit(130)
            raise


def _outcome(ended: Outcome | BaseException) -> Outcome:
    if isinstance(ended, BaseException):
        raise ended
    if ended.state is JobState.CANCELLED:
        raise Cancelled
    return ended


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
