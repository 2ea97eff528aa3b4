"""Keeps one engine process going: starts it for work, kills it when it hangs, survives its death."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait

from studio.core.errors import StudioError
from studio.core.jobs import JobState, Outcome, Problem, problem_of
from studio.engines.messages import (
    Cancel,
    Ended,
    FromHost,
    HostSettings,
    Loading,
    Quit,
    Run,
    Said,
    Status,
    ToHost,
    Trim,
)
from studio.engines.process import EngineProcess
from studio.engines.spool import read_outcome, remove_scratch

Told = FromHost
ANSWER_SECONDS = 0.12
"""A stop is answered after this long even if the process is still winding down; the next run waits for it."""
KILL_SECONDS = 2.0
"""How long a run that loaded a model may take to stop once it is loaded."""
LOADING_SECONDS = 30.0
"""A process that loads a model is not killed for so long: the next run would only load it again."""
QUIT_SECONDS = 1.5
"""How long the process may take to leave by itself at the end."""


class Supervisor:
    """`serve` runs in one thread; `ask` may be called from any. ``tell`` is called in the serving thread.

    Every `Run` is answered by exactly one `Ended`, whose outcome holds the outputs' bytes, whatever
    happens to the process. A stop is answered soon; the process is then either free or killed.
    """

    def __init__(self, settings: HostSettings, tell: Callable[[Told], None],
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._tell, self._clock = settings, tell, clock
        self._commands: queue.SimpleQueue[ToHost] = queue.SimpleQueue()
        self._wake_out, self._wake_in = Pipe(duplex=False)
        self._is_awake = threading.Event()
        self._process: EngineProcess | None = None
        self._waiting: deque[Run] = deque()
        self._run: Run | None = None
        self._started = 0.0
        self._answer_at: float | None = None
        self._deadline: float | None = None
        self._is_answered = self._is_loading = False
        self._is_quitting = False

    def ask(self, command: ToHost) -> None:
        """Hand a command to the serving thread."""
        self._commands.put(command)
        if not self._is_awake.is_set():
            self._is_awake.set()
            with contextlib.suppress(OSError):
                self._wake_in.send_bytes(b"!")

    def serve(self) -> None:
        """Obey until `Quit`; then no process is left."""
        try:
            while not self._is_quitting:
                self._wait()
                self._step()
        finally:
            self._leave()

    def _step(self) -> None:
        try:
            self._obey_all()
            self._hear()
            self._look_after()
        except Exception as error:  # noqa: BLE001 - whatever it is, the run must be answered
            self._drop_process()
            self._end_run(JobState.FAILED, problem_of(error))

    def _wait(self) -> None:
        handles: list[Connection | int] = [self._wake_out]
        if self._process:
            handles += [self._process.connection, self._process.sentinel]
        moments = [moment for moment in (self._answer_at, self._deadline) if moment is not None]
        left = max(0.0, min(moments) - self._clock()) if moments else None
        if self._wake_out in wait(handles, left):
            self._wake_out.recv_bytes()
            self._is_awake.clear()

    # ---- commands

    def _obey_all(self) -> None:
        while not self._commands.empty():
            command = self._commands.get()
            if isinstance(command, Quit):
                self._is_quitting = True
            elif isinstance(command, Run):
                self._waiting.append(command)
            elif isinstance(command, Cancel):
                self._cancel(command)
            elif self._process or not isinstance(command, Trim):
                self._send(command)
        self._begin()

    def _begin(self) -> None:
        if self._run is None and self._waiting and not self._is_quitting:
            self._run, self._started = self._waiting.popleft(), self._clock()
            self._is_answered = False
            self._send(self._run)

    def _cancel(self, command: Cancel) -> None:
        if self._run and self._run.number == command.number:
            self._deadline = self._clock() + (LOADING_SECONDS if self._is_loading else command.grace)
            if not self._is_answered:
                self._answer_at = self._clock() + min(ANSWER_SECONDS, command.grace)
            self._send(command)
            return
        for run in [run for run in self._waiting if run.number == command.number]:
            self._waiting.remove(run)
            self._tell(Ended(run.number, Outcome(JobState.CANCELLED)))

    def _send(self, command: ToHost) -> None:
        try:
            self._process = self._process or self._start()
        except OSError as error:
            self._end_run(JobState.FAILED, problem_of(StudioError(
                "The engine could not be started.", "Close other programs and try again.",
                details=repr(error))))
            return
        self._process.send(command)

    def _start(self) -> EngineProcess:
        self._settings.spool.mkdir(parents=True, exist_ok=True)
        self._is_loading = True
        return EngineProcess(self._settings)

    # ---- what the process says and does

    def _hear(self) -> None:
        for message in self._process.receive() if self._process else ():
            if isinstance(message, Said) and isinstance(message.what, Loading):
                self._note_loading(message.what.begins)
            elif isinstance(message, Status):
                self._note_loading(begins=False)
                self._tell(message)
            elif not isinstance(message, Ended):
                self._tell(message)
            elif self._run and message.number == self._run.number:
                whole = _with_bytes(message)
                self._answer(whole)
                self._run = self._deadline = None
                self._begin()

    def _note_loading(self, begins: bool) -> None:
        """What is being loaded gets time; once it is there, a run that is to stop has to stop."""
        if self._deadline is not None and begins != self._is_loading:
            self._deadline = self._clock() + (LOADING_SECONDS if begins else KILL_SECONDS)
        self._is_loading = begins

    def _look_after(self) -> None:
        process = self._process
        if process and not process.is_alive:
            self._hear()  # what it said before it died still counts
            problem, asked = process.last_words(), self._deadline is not None
            self._drop_process()
            self._end_run(JobState.CANCELLED if asked else JobState.FAILED, None if asked else problem)
        elif process and self._answer_at is not None and self._clock() >= self._answer_at:
            self._answer(Ended(self._run.number if self._run else 0, Outcome(JobState.CANCELLED)))
        elif process and self._deadline is not None and self._clock() >= self._deadline:
            self._drop_process()
            self._end_run(JobState.CANCELLED)
            self._send(Trim(self._settings.idle_seconds))  # a fresh process, ready for the next job
        self._begin()

    def _end_run(self, state: JobState, problem: Problem | None = None) -> None:
        if self._run:
            seconds = self._clock() - self._started
            self._answer(Ended(self._run.number, Outcome(state, seconds=seconds, problem=problem)))
            self._run = self._deadline = None

    def _answer(self, ended: Ended) -> None:
        """Tell the end of the present run, once."""
        self._answer_at = None
        if self._is_answered:
            for output in ended.outcome.outputs:
                output.discard()
        else:
            self._is_answered = True
            self._tell(ended)

    def _drop_process(self) -> None:
        if self._process:
            self._process.kill()
            remove_scratch(self._settings.spool)
        self._process, self._is_loading = None, False

    def _leave(self) -> None:
        if self._process:
            self._process.send(Quit())
            self._process.end(QUIT_SECONDS)
        for handle in (self._wake_in, self._wake_out):
            handle.close()


def _with_bytes(ended: Ended) -> Ended:
    try:
        return Ended(ended.number, read_outcome(ended))
    except (OSError, MemoryError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not enough memory"
        problem = problem_of(StudioError("The result was lost on its way to the window: {reason}.",
                                         "Try again.", reason=reason, details=repr(error)))
        return Ended(ended.number, Outcome(JobState.FAILED, seconds=ended.outcome.seconds, problem=problem))
