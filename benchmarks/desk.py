"""What the benchmarks of panels share: pictures, a task run as the engine process does, and fair clocks."""

from __future__ import annotations

import hashlib
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.core.engine import ModelSource
from studio.core.jobs import CancelToken, Input, Outcome, Request, Task
from studio.engines import devices
from studio.engines.context import WorkContext, run
from studio.engines.messages import Progress
from studio.engines.registry import EngineCache


def photo(height: int, width: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Hills, stripes and grain."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    hills = np.stack([np.sin(x / 90 + c) * np.cos(y / 70 - c) for c in range(3)], 2)
    grain = np.random.default_rng(0).random((height, width, 1), np.float32)
    return ((0.5 + 0.4 * hills + 0.1 * grain).clip(0, 1) * 255).astype(np.uint8)


def floats(side: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A photo as networks take it, (1, 3, side, side)."""
    return np.ascontiguousarray(photo(side, side).transpose(2, 0, 1)[None].astype(np.float32) / 255)


def jpeg(pixels: np.ndarray[Any, np.dtype[np.uint8]], size: tuple[int, int] | None = None) -> bytes:
    """As a camera would write it; ``size`` (width, height) makes it larger first."""
    stream, image = io.BytesIO(), Image.fromarray(pixels)
    (image.resize(size) if size else image).save(stream, "JPEG", quality=92)
    return stream.getvalue()


class Desk:
    """Runs a task as the engine process does, on the CPU."""

    def __init__(self, task: Task, resolve: Callable[[str], ModelSource]) -> None:
        self.cache, self.task = EngineCache(resolve, 2 << 30), task
        self.folder, self.inputs = Path(tempfile.mkdtemp()), dict[str, Path]()

    def input(self, role: str, data: bytes) -> Input:
        """A picture file as an input."""
        digest = hashlib.sha256(data).hexdigest()
        self.inputs[digest] = self.folder / digest
        self.inputs[digest].write_bytes(data)
        return Input(role, digest, "picture.jpg")

    def run(self, *inputs: Input, cancel: CancelToken | None = None,
            emit: Callable[[Any], None] = lambda message: None, parts: Path | None = None,
            **params: Any) -> Outcome:
        """One job."""
        context = WorkContext(self.cache, self.inputs, device="cpu", cancel=cancel, emit=emit, parts=parts,
                              scratch=self.folder / "scratch")
        outcome = run(self.task, Request(self.task.id, 1, params, inputs, 0), context)
        assert outcome.state != "failed", outcome.problem
        return outcome

    def stopped(self, *inputs: Input, after: float, **params: Any) -> float | None:
        """Seconds from a stop, ``after`` the first progress, to the end; None where it was done sooner."""
        token, asked, begun = CancelToken(), list[float](), threading.Event()

        def stop() -> None:
            begun.wait()
            time.sleep(after)
            asked.append(time.perf_counter())
            token.cancel()

        stopper = threading.Thread(target=stop)
        stopper.start()
        outcome = self.run(*inputs, cancel=token, **params,
                           emit=lambda message: begun.set() if isinstance(message, Progress) else None)
        ended = time.perf_counter()
        begun.set()
        stopper.join()
        return ended - asked[0] if outcome.state == "cancelled" else None


@dataclass(frozen=True, slots=True)
class Taken:
    """What something took, in seconds."""

    wall: float
    cpu: float
    """Of the processor, over all threads: other programs make a run wait, but hardly make it work more."""
    own: float = 0.0
    """Of the processor, by the thread that asked for it. What only one thread can do counts in full here, as
    it does by the clock, but not what the thread waited for, be it its helpers or other programs."""

    def __truediv__(self, other: Taken) -> str:
        own = f", {self.own / other.own:.2f} of the thread that waits for it" if other.own else ""
        return f"{self.wall / other.wall:.2f} by the clock, {self.cpu / other.cpu:.2f} of the processor{own}"

    def __str__(self) -> str:
        return f"{self.wall:.3f} s"


def median(action: Callable[[], object], times: int = 7) -> Taken:
    """Medians, after one run to warm up."""
    return in_turn(action, times=times)[0]


def in_turn(*actions: Callable[[], object], times: int = 7) -> list[Taken]:
    """Medians of each, run in turn so that a machine that changes its mind changes all; warmed up once."""
    for action in actions:
        action()
    found: list[list[Taken]] = [[] for _ in actions]
    for _ in range(times):
        for action, kept in zip(actions, found, strict=True):
            rest()
            kept.append(taken(action))
    return [Taken(*(statistics.median(getattr(one, clock) for one in kept) for clock in Taken.__slots__))
            for kept in found]


def taken(action: Callable[[], object]) -> Taken:
    """Of one run."""
    clocks = time.perf_counter, time.process_time, time.thread_time
    start = [clock() for clock in clocks]
    action()
    return Taken(*(clock() - begun for clock, begun in zip(clocks, start, strict=True)))


def rest() -> None:
    """Wait until no thread of this process runs any more.

    onnxruntime's threads, where they spin, go on for some 40 ms of the processor after the run they belong
    to: of two cores they would take one from whatever is measured next.
    """
    for _ in range(50):
        used = time.process_time()
        time.sleep(0.02)
        if time.process_time() - used < 0.001:
            return


def session(model: str | Path | bytes, *, spins: bool = True) -> Any:
    """A plain onnxruntime session with its own defaults, and as many threads as we use.

    By default its threads spin while they wait for each other; ours sleep (``spins`` False), because the
    window needs the cores.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = devices.threads()
    options.add_session_config_entry("session.intra_op.allow_spinning", str(int(spins)))
    return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])


def alone(module: str, part: str) -> None:
    """``part`` of a benchmark in a process of its own, so that its memory can be told."""
    subprocess.run([sys.executable, "-m", module, part], check=True)


def peak() -> float:
    """Gigabytes that this process held at most."""
    unit = 1 << 20 if sys.platform != "darwin" else 1 << 30
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def stops(waits: list[float]) -> str:
    """Half, 95 of 100, and the worst."""
    ordered = sorted(waits)
    half, late, worst = (1000 * ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95, 1.0))
    return (f"{len(ordered)} stopped, half within {half:.0f} ms, 95% within {late:.0f} ms (250), "
            f"worst {worst:.0f} ms (2500)")


def main(parts: tuple[Callable[[], None], ...]) -> None:
    """Run the parts named on the command line, else all that have no underscore."""
    known = {part.__name__: part for part in parts}
    for name in sys.argv[1:] or [name for name in known if not name.startswith("_")]:
        known[name]()
