"""What a running task sees of the studio, in the engine process and on the command line alike."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from studio.core.engine import Engine, EngineKey
from studio.core.errors import StudioError, fill
from studio.core.jobs import CancelToken, Input, JobState, ModelRef, Outcome, Request, Task, execute
from studio.core.text import Token
from studio.engines import spool
from studio.engines.messages import Loading, Message, PartDone, Preview, Progress, Wrote

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

E = TypeVar("E")

PROGRESS_EVERY = 0.05
"""Seconds between two messages about progress."""
PREVIEW_EVERY = 0.25
"""Seconds between two previews."""
WRITE_EVERY = 1 / 30
"""Seconds between two messages with text."""
PREVIEW_LONGEST = 1024
"""Pixels of a preview's longer side; a bigger one is thinned."""


class Engines(Protocol):
    """Loaded models, as `studio.engines.registry.EngineCache` keeps them."""

    def get(self, key: EngineKey[E], model: str, device: str) -> E:
        """The engine, loaded now or warm."""
        ...

    def mark(self) -> None:
        """Begin to note what is used."""
        ...

    def used(self) -> tuple[ModelRef, ...]:
        """What was used since `mark`."""
        ...

    def drop(self, idle_seconds: float = 0.0) -> object:
        """Close what was not used for so long."""
        ...

    def close(self) -> None:
        """Close all."""
        ...


class Throttle:
    """Lets one call through in ``seconds``."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock, self._next = seconds, clock, float("-inf")

    def is_due(self) -> bool:
        """Whether it may pass now; a pass starts the wait again."""
        now = self._clock()
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True


class WorkContext:
    """`JobContext` for one run. ``inputs`` maps SHA-256 to files, ``parts`` is a folder for finished pieces.

    ``emit`` gets progress (at most 20 a second, the last one always), previews (4 a second), text (30 times
    a second, all of it once `flush` was called) and parts.
    ``scratch`` names a folder for big files, made when first asked for; whoever names it removes it.
    """

    def __init__(self, engines: Engines, inputs: Mapping[str, Path], *, device: str = "auto",
                 cancel: CancelToken | None = None, emit: Callable[[Message], None] = lambda message: None,
                 parts: Path | None = None, scratch: Path | None = None,
                 finish: threading.Event | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._scratch = scratch or spool.folder()
        self._engines, self._inputs, self._emit, self._parts = engines, inputs, emit, parts
        self._cancel, self._finish = cancel or CancelToken(), finish or threading.Event()
        self._device, self._last_text = device, ""
        self._progress, self._preview = Throttle(PROGRESS_EVERY, clock), Throttle(PREVIEW_EVERY, clock)
        self._writing, self._tokens = Throttle(WRITE_EVERY, clock), list[Token]()
        self._notes: dict[str, None] = {}
        self._engine: Engine | None = None
        engines.mark()

    @property
    def cancel(self) -> CancelToken:
        """Checked by the task at every step."""
        return self._cancel

    @property
    def device(self) -> str:
        """What the person asked for: auto, cpu, cuda or mps."""
        return self._device

    @property
    def wants_finish(self) -> bool:
        """Whether to stop improving and keep what is there."""
        return self._finish.is_set()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the result should say, each once, in order."""
        return tuple(self._notes)

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """The models that took part so far."""
        return self._engines.used()

    @property
    def ran_on(self) -> tuple[str, str]:
        """(device, precision) of the engine used last: after a fallback that one made the result."""
        return (self._engine.device, self._engine.precision) if self._engine else ("cpu", "")

    def progress(self, fraction: float | None, text: str = "", **values: object) -> None:
        """Say how far it is; calls that come too fast are left out, except when the words change."""
        if self._progress.is_due() or text != self._last_text or fraction == 1:
            self._last_text = text
            clean = None if fraction is None else min(1.0, max(0.0, float(fraction)))
            self._emit(Progress(clean, text, plain(values)))

    def preview(self, picture: NDArray[uint8]) -> None:
        """Show an unfinished picture, (height, width, 3 or 4); those that come too fast are left out."""
        if self._preview.is_due():
            step = -(-max(picture.shape[:2]) // PREVIEW_LONGEST)
            self._emit(Preview(picture[::step, ::step]))

    def wrote(self, *tokens: Token) -> None:
        """Show text as it is written; what comes too fast is told with the next."""
        self._tokens += tokens
        if self._writing.is_due():
            self.flush()

    def flush(self) -> None:
        """Tell the text that waits."""
        if self._tokens:
            self._emit(Wrote(tuple(self._tokens)))
            self._tokens.clear()

    def note(self, text: str, **values: object) -> None:
        """Something the result should say."""
        self._notes[fill(text, values)] = None

    def input(self, item: Input) -> Path:
        """A local file with the input's bytes. Raises StudioError if it is not there."""
        path = self._inputs.get(item.sha256)
        if path is None or not path.is_file():
            raise StudioError("{name} is missing from the project.", "Put it in again.",
                              name=item.name or item.role)
        return path

    def engine(self, key: EngineKey[E], model: str) -> E:
        """The engine ``key`` with ``model``, warm if it was used before. Raises StudioError."""
        self._cancel.check()
        self._emit(Loading(begins=True))
        try:
            engine = self._engines.get(key, model, self._device)
        finally:
            self._emit(Loading(begins=False))
        self._cancel.check()
        self._engine = cast(Engine, engine)
        return engine

    @property
    def keeps_parts(self) -> bool:
        """Whether there is a folder for finished pieces."""
        return self._parts is not None

    def part(self, key: str) -> bytes | None:
        """What `finish_part` kept in an earlier run of the same job."""
        path = part_file(self._parts, self._marked(key)) if self._parts else None
        return path.read_bytes() if path and path.is_file() else None

    def finish_part(self, key: str, data: bytes) -> None:
        """Keep a finished piece. Raises OSError."""
        if self._parts:
            marked = self._marked(key)
            self._emit(PartDone(marked, write_part(self._parts, marked, data)))

    def _marked(self, key: str) -> str:
        """``key`` with the models so far by their content: what another model made is no piece of this."""
        models = [(model.id, sorted(model.files.items())) for model in self._engines.used()]
        return f"{key}, {hashlib.sha256(repr(models).encode()).hexdigest()[:16]}" if models else key

    def scratch(self) -> Path:
        """A folder for big files of this run, made when first asked for. Raises OSError."""
        self._scratch.mkdir(parents=True, exist_ok=True)
        return self._scratch


def part_file(folder: Path, key: str) -> Path:
    """Where the piece ``key`` lies; any text can be a key."""
    return folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.part"


def write_part(folder: Path, key: str, data: bytes) -> Path:
    """Write a piece whole or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = part_file(folder, key)
    half = path.with_suffix(f".{os.getpid()}")
    half.write_bytes(data)
    return half.replace(path)


def plain(values: Mapping[str, object]) -> dict[str, Any]:
    """``values`` as numbers and text, so that they can be sent and stored."""
    return {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}


def run(task: Task, request: Request, ctx: WorkContext) -> Outcome:
    """Run ``task``; the outcome also says with which models, where, and what is to be noted. Never raises."""
    outcome = execute(task, request, ctx)
    ctx.flush()
    if outcome.state is not JobState.DONE:
        return replace(outcome, notes=ctx.notes)
    device, precision = ctx.ran_on
    return replace(outcome, models=ctx.models, device=device, precision=precision, notes=ctx.notes)


@cache
def versions() -> dict[str, str]:
    """Versions of the libraries that make results, for recipes; those not installed are left out."""
    from importlib import metadata

    found = {}
    for name in ("numpy", "pillow", "torch", "onnxruntime-gpu", "onnxruntime", "xllamacpp",
                 "transformers", "diffusers", "peft", "sumy"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
