"""Work: what is asked for, what it may see, how it ends. No thread, no process, no window here."""

from __future__ import annotations

import hashlib
import threading
import time
import traceback
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from studio.core.engine import EngineKey
from studio.core.errors import Cancelled, OutOfMemory, StudioError
from studio.core.text import Token

if TYPE_CHECKING:  # the window starts without numpy
    from numpy import uint8
    from numpy.typing import NDArray

AssetKind = Literal["text", "image", "audio", "score"]
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Input:
    """A picture, text or sound a job starts from, named by its content."""

    role: str
    """What it is for, such as "content", "style", "mask"."""
    sha256: str
    name: str = ""
    """The file name it came with, without folders."""
    weight: float = 1.0
    """Its share where several inputs have one role, 0 to 1."""
    asset: str = ""
    """The asset of the project it is, if it is one."""


@dataclass(frozen=True, slots=True)
class Request:
    """All that decides a result. Two equal requests give the same outputs."""

    task: str
    version: int
    params: Mapping[str, Any]
    inputs: tuple[Input, ...] = ()
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the project file and exports keep them."""
        inputs = [{name: getattr(item, name) for name in Input.__slots__} for item in self.inputs]
        return {"task": self.task, "version": self.version, "params": dict(self.params),
                "inputs": inputs, "seed": self.seed}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Request:
        """The request ``to_json`` wrote; unknown fields are ignored. Raises StudioError."""
        try:
            inputs = tuple(Input(**{k: v for k, v in item.items() if k in Input.__slots__})
                           for item in data.get("inputs", ()))
            return cls(str(data["task"]), int(data["version"]), dict(data["params"]), inputs,
                       int(data.get("seed", 0)))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StudioError("This recipe is damaged.", details=repr(error)) from error


@dataclass(frozen=True, slots=True)
class Output:
    """One result, encoded by the worker so that it only has to be stored."""

    kind: AssetKind
    media_type: str
    name: str
    """A name without folder or suffix."""
    data: bytes | Path
    """The file's bytes or, where they are many, a file in `JobContext.scratch`: moved, never read whole."""
    seed: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What a list shows: width, height, seconds of sound, words."""
    thumbnail: bytes = b""
    """A small JPEG or WebP made along the way; b"" where the list should make it from ``data``."""

    @property
    def size(self) -> int:
        """Bytes of the file. Raises OSError."""
        return self.data.stat().st_size if isinstance(self.data, Path) else len(self.data)

    def digest(self) -> str:
        """SHA-256 of the file, in hex. Raises OSError."""
        if isinstance(self.data, Path):
            with self.data.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        return hashlib.sha256(self.data).hexdigest()

    def read(self) -> bytes:
        """All bytes, for those who know that they are few. Raises OSError."""
        return self.data.read_bytes() if isinstance(self.data, Path) else self.data

    def discard(self) -> None:
        """Remove the file, if it is one, once it is kept elsewhere. Never raises."""
        if isinstance(self.data, Path):
            with suppress(OSError):
                self.data.unlink()


@dataclass(frozen=True, slots=True)
class ModelRef:
    """A model that took part: its files by content, never by name alone."""

    id: str
    files: Mapping[str, str]
    """File name to SHA-256."""


class CancelToken:
    """Asks work to stop. Safe from any thread, and more than once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._callbacks: list[Callable[[], None]] = []

    @property
    def is_cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask to stop; callbacks of `interrupts` run in this thread."""
        with self._lock:
            self._cancelled = True
            callbacks = tuple(self._callbacks)
        for callback in callbacks:
            callback()

    def check(self) -> None:
        """Raise `Cancelled` if a stop was asked for. Call at least every 250 ms."""
        if self._cancelled:
            raise Cancelled

    @contextmanager
    def interrupts(self, callback: Callable[[], None]) -> Generator[None]:
        """Call ``callback`` from the cancelling thread if a stop comes inside the block."""
        with self._lock:
            self.check()
            self._callbacks.append(callback)
        try:
            yield
        except Exception:
            self.check()  # it failed because we stopped it
            raise
        finally:
            with self._lock:
                self._callbacks.remove(callback)
        self.check()


class JobContext(Protocol):
    """All that a task may see of the studio."""

    @property
    def cancel(self) -> CancelToken: ...

    @property
    def device(self) -> str:
        """What the person asked for: auto, cpu, cuda or mps."""
        ...

    @property
    def wants_finish(self) -> bool:
        """Whether the person said "enough": stop improving, but keep what is there as the result."""
        ...

    def progress(self, fraction: float | None, text: str = "", **values: object) -> None:
        """Say how far it is, 0 to 1 or None where unknown; ``text`` is a template as in StudioError."""
        ...

    def preview(self, picture: NDArray[uint8]) -> None:
        """Show an unfinished picture, (height, width, 3 or 4), at most 1024 long."""
        ...

    def wrote(self, *tokens: Token) -> None:
        """Show text as it is written; what comes too fast is told together, and nothing is left out."""
        ...

    def note(self, text: str, **values: object) -> None:
        """Something the result should say, such as that memory ran out and the CPU was used."""
        ...

    def input(self, item: Input) -> Path:
        """A local file with the input's bytes; read only."""
        ...

    def engine(self, key: EngineKey[E], model: str) -> E:
        """The engine ``key`` with ``model`` (an id or a path), warm if it was used before."""
        ...

    @property
    def keeps_parts(self) -> bool:
        """Whether `finish_part` keeps anything; where it does not, nothing need be made ready for it."""
        ...

    def part(self, key: str) -> bytes | None:
        """What `finish_part` kept in an earlier, interrupted run of the same job."""
        ...

    def finish_part(self, key: str, data: bytes) -> None:
        """Keep a finished piece so that the job can resume after it."""
        ...

    def scratch(self) -> Path:
        """A folder for big files, the same each time. It goes with the job; an `Output` moves out of it."""
        ...


class Task(Protocol):
    """One thing the studio can do. Stateless, so one instance serves all jobs."""

    @property
    def id(self) -> str:
        """Stable: project files name it."""
        ...

    @property
    def version(self) -> int:
        """Raised when the same request gives other outputs."""
        ...

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """Do it. Raises StudioError for what the person can mend, Cancelled when stopped."""
        ...


class JobState(StrEnum):
    """Where a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether it will not change by itself any more."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a job failed: templates and values as in StudioError, and details to copy."""

    message: str
    hint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    details: str = ""
    is_bug: bool = False
    is_memory: bool = False

    @property
    def text(self) -> str:
        """Message and hint in English, on one line."""
        return str(StudioError(self.message, self.hint, **self.values))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended."""

    state: JobState
    outputs: tuple[Output, ...] = ()
    seconds: float = 0.0
    problem: Problem | None = None
    device: str = ""
    precision: str = ""
    models: tuple[ModelRef, ...] = ()
    notes: tuple[str, ...] = ()


def execute(task: Task, request: Request, ctx: JobContext) -> Outcome:
    """Run ``task`` here and now. Never raises: every way to end is an `Outcome`.

    Only text of an exception is kept, so that no traceback holds tensors.
    """
    start = time.monotonic()
    try:
        ctx.cancel.check()
        outputs = tuple(task.run(request, ctx))
        ctx.cancel.check()
    except Cancelled:
        return Outcome(JobState.CANCELLED, seconds=time.monotonic() - start)
    except Exception as error:
        return Outcome(JobState.FAILED, seconds=time.monotonic() - start, problem=problem_of(error))
    return Outcome(JobState.DONE, outputs, time.monotonic() - start)


def problem_of(error: BaseException) -> Problem:
    """The `Problem` an exception stands for."""
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, StudioError):
        values = {name: value if isinstance(value, int | float) else str(value)
                  for name, value in error.values.items()}
        return Problem(error.template, error.hint_template, values, error.details or trace,
                       is_memory=isinstance(error, OutOfMemory))
    if isinstance(error, MemoryError):
        return Problem("There was not enough memory for this.",
                       "Try a smaller size, or close other programs.", details=trace, is_memory=True)
    return Problem("Something went wrong inside Atelier.", "Copy the details and send them to us.",
                   details=trace, is_bug=True)
