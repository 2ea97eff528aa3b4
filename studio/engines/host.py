"""The engine process: takes one job after another from the window and keeps models warm between them."""

from __future__ import annotations

import os
import queue
import shutil
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

import psutil

from studio.core.errors import StudioError
from studio.core.jobs import CancelToken, JobState, Outcome, Task, problem_of
from studio.engines import spool
from studio.engines.context import Engines, WorkContext, run, versions
from studio.engines.messages import (
    Cancel,
    Ended,
    Finish,
    FromHost,
    HostSettings,
    Loading,
    Message,
    Preview,
    Quit,
    Run,
    Said,
    Status,
    ToHost,
    Trim,
    Warm,
)


def named(dotted: str) -> Any:
    """What ``module:name`` names. Raises ImportError, AttributeError."""
    module, _, name = dotted.partition(":")
    return getattr(import_module(module), name)


@dataclass(frozen=True, slots=True)
class Controls:
    """How a run is stopped from outside."""

    cancel: CancelToken = field(default_factory=CancelToken)
    finish: threading.Event = field(default_factory=threading.Event)


class Host:
    """Jobs run in the main thread; a second thread listens, so that a stop arrives in mid-work."""

    def __init__(self, connection: Connection, settings: HostSettings) -> None:
        self._connection, self._settings = connection, settings
        self._work: queue.SimpleQueue[ToHost] = queue.SimpleQueue()
        self._controls: dict[int, Controls] = {}
        self._sending = threading.Lock()
        self._engines: Engines | None = None
        self._tasks: dict[str, Task] = {}

    def serve(self) -> None:
        """Work until `Quit`; ends the process at once when the window is gone."""
        threading.Thread(target=self._listen, name="listener", daemon=True).start()
        self._send(self._status())
        while not isinstance(message := self._next(), Quit):
            self._handle(message)
        if self._engines:
            self._engines.close()

    def _next(self) -> ToHost:
        try:
            return self._work.get(timeout=max(0.05, self._settings.idle_seconds / 4))
        except queue.Empty:
            return Trim(self._settings.idle_seconds)

    def _handle(self, message: ToHost) -> None:
        if isinstance(message, Run):
            self._run(message)
        elif isinstance(message, Trim):
            self._trim(message)
        elif isinstance(message, Warm):
            self._warm(message.task)

    # ---- the listener thread

    def _listen(self) -> None:
        try:
            while True:
                self._receive(self._connection.recv())
        except (EOFError, OSError):
            os._exit(0)  # the window is gone; nobody waits for anything here

    def _receive(self, message: ToHost) -> None:
        if isinstance(message, Cancel | Finish):
            self._stop(message)
            return
        if isinstance(message, Run):
            self._controls[message.number] = Controls()
        elif isinstance(message, Quit):
            for controls in tuple(self._controls.values()):
                controls.cancel.cancel()
        self._work.put(message)

    def _stop(self, message: Cancel | Finish) -> None:
        controls = self._controls.get(message.number)
        if controls and isinstance(message, Cancel):
            controls.cancel.cancel()
        elif controls:
            controls.finish.set()

    # ---- the main thread

    def _run(self, message: Run) -> None:
        scratch = spool.scratch(self._settings.spool, message.number)
        outcome = self._outcome(message, scratch)
        self._controls.pop(message.number, None)
        self._send(self._status(outcome))
        ended = self._spooled(message.number, outcome)
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            self._send(ended)
        except Exception as error:  # noqa: BLE001 - what a task put into its facts may not be picklable
            self._send(Ended(message.number, Outcome(JobState.FAILED, problem=problem_of(error))))

    def _spooled(self, number: int, outcome: Outcome) -> Ended:
        try:
            return spool.write_outcome(self._settings.spool, number, outcome)
        except OSError as error:
            lost = StudioError("The result could not be handed over: {reason}.",
                               "Free some space and try again.", details=repr(error), reason=error.strerror)
            return Ended(number, Outcome(JobState.FAILED, seconds=outcome.seconds, problem=problem_of(lost)))

    def _outcome(self, message: Run, scratch: Path) -> Outcome:
        start, controls = time.monotonic(), self._controls[message.number]
        try:
            ctx = WorkContext(self._cache(), message.inputs, device=message.device, cancel=controls.cancel,
                              emit=self._said(message.number), parts=message.parts, scratch=scratch,
                              finish=controls.finish)
            self._send(Said(message.number, Loading(begins=True)))
            task = self._task(message.task)
            self._send(Said(message.number, Loading(begins=False)))
            return run(task, message.request, ctx)
        except Exception as error:  # noqa: BLE001 - a task that cannot even be imported is an outcome too
            return Outcome(JobState.FAILED, seconds=time.monotonic() - start, problem=problem_of(error))

    def _cache(self) -> Engines:
        if self._engines is None:
            make, resolve = named(self._settings.cache), named(self._settings.resolve)
            budget = int(psutil.virtual_memory().available * self._settings.memory_share)
            self._engines = cast(Engines, make(resolve, budget))
        return self._engines

    def _task(self, dotted: str) -> Task:
        if dotted not in self._tasks:
            self._tasks[dotted] = named(dotted)()
        return self._tasks[dotted]

    def _warm(self, dotted: str) -> None:
        try:
            self._task(dotted)
            self._cache()
        except Exception:  # noqa: BLE001 - the first run will say what is wrong
            return
        self._send(self._status())

    def _trim(self, message: Trim) -> None:
        if self._engines and psutil.virtual_memory().available < message.below:
            self._engines.drop(message.idle)
            self._send(self._status())

    # ---- to the window

    def _said(self, number: int) -> Callable[[Message], None]:
        def emit(message: Message) -> None:
            if isinstance(message, Preview):
                try:
                    self._send(Said(number, spool.write_preview(self._settings.spool, message.pixels)))
                except OSError as error:  # a preview is not worth a job
                    print("no preview:", error, file=sys.stderr)  # noqa: T201 - goes to the log
            else:
                self._send(Said(number, message))
        return emit

    def _send(self, message: FromHost) -> None:
        with self._sending:
            try:
                self._connection.send(message)
            except (BrokenPipeError, ConnectionError):
                os._exit(0)

    def _status(self, outcome: Outcome | None = None) -> Status:
        models = tuple(model.id for model in outcome.models) if outcome else ()
        return Status(self._settings.name, os.getpid(), psutil.Process().memory_info().rss, models,
                      outcome.device if outcome else "", versions())
