"""Small tasks, a cache and a model resolver that a spawned engine process can import by dotted name."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import JobContext, ModelRef, Output, Request
from studio.core.text import Token


def resolve(name: str) -> str:
    """A resolver that knows every name."""
    return name


class FakeEngine:
    """Adds nothing; says where it ran."""

    device, precision, memory = "cpu", "float32", 1000

    def __init__(self, model: str) -> None:
        self.model = model

    def close(self) -> None:
        """Nothing to give back."""


class FakeCache:
    """Keeps engines by model, and notes what was used."""

    def __init__(self, resolve: Any, budget: int) -> None:
        self._resolve, self.budget = resolve, budget
        self.engines: dict[str, FakeEngine] = {}
        self._used: dict[str, ModelRef] = {}
        self.is_closed = False

    def get(self, key: Any, model: str, device: str) -> Any:
        """The engine of ``model``."""
        name = self._resolve(model)
        if name == "slow":
            time.sleep(1.0)
        self._used[name] = ModelRef(name, {f"{name}.safetensors": "0" * 64})
        return self.engines.setdefault(name, FakeEngine(name))

    def mark(self) -> None:
        """Begin to note what is used."""
        self._used = {}

    def used(self) -> tuple[ModelRef, ...]:
        """What was used since."""
        return tuple(self._used.values())

    def drop(self, idle_seconds: float) -> None:
        """Forget all engines."""
        self.engines.clear()

    def close(self) -> None:
        """Forget all engines for good."""
        self.engines.clear()
        self.is_closed = True


def png(width: int = 8, height: int = 8, value: int = 128) -> bytes:
    """A small real PNG."""
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (width, height), (value, value // 2, 255 - value)).save(stream, "PNG")
    return stream.getvalue()


def picture(request: Request, name: str = "Quick", **facts: Any) -> Output:
    """An output that depends on the seed."""
    data = png(value=request.seed % 256)
    return Output("image", "image/png", f"{name} {request.seed}", data, request.seed,
                  {"width": 8, "height": 8, **facts})


class QuickTask:
    """A picture in ``steps`` steps of ``seconds`` each; ``preview`` shows each step, ``parts`` keeps each.
    With ``say`` it answers that text instead."""

    id, version = "quick", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        if "say" in request.params:
            return [Output("text", "text/plain", "Said", request.params["say"].encode())]
        steps, seconds = request.params.get("steps", 3), request.params.get("seconds", 0.01)
        resumed = 0
        for step in range(steps):
            ctx.cancel.check()
            if request.params.get("parts") and ctx.part(f"step {step}") is not None:
                resumed += 1
                continue
            ctx.progress(step / steps, "Step {step} of {steps}", step=step + 1, steps=steps)
            if request.params.get("preview"):
                ctx.preview(np.full((6, 4, 3), step, np.uint8))
            time.sleep(seconds)
            if request.params.get("parts"):
                ctx.finish_part(f"step {step}", bytes([step]))
            if ctx.wants_finish:
                break
        if "note" in request.params:
            ctx.note(request.params["note"])
        for item in request.inputs:
            assert ctx.input(item).read_bytes()
        return [picture(request, resumed=resumed, pid=os.getpid(), steps=step + 1)]


class RaisingTask:
    """Raises what ``error`` names."""

    id, version = "raising", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        kind = request.params.get("error", "bug")
        if kind == "studio":
            raise StudioError("{name} is not a picture.", "Try another one.", name="tree.txt")
        if kind == "memory":
            raise OutOfMemory("The picture does not fit.", "Try a smaller one.")
        if kind == "exit":
            sys.exit(3)
        if kind == "unpicklable":
            return [Output("image", "image/png", "x", png(), facts={"bad": lambda: 0})]
        raise ValueError("a bug in a task")


class CrashTask:
    """Dies in native code, in the way ``how`` names."""

    id, version = "crash", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        how = request.params.get("how", "null")
        if how == "abort":
            os.abort()
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "exit":
            os._exit(7)
        ctypes.string_at(0)
        return []


class StubbornTask:
    """Never looks at the cancel token: ``how`` is sleep (lock given), hold (lock held in C) or loop."""

    id, version = "stubborn", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        how, seconds = request.params.get("how", "sleep"), request.params.get("seconds", 60)
        ctx.progress(None, "Being stubborn")
        if how == "sleep":
            time.sleep(seconds)
        elif how == "hold":
            ctypes.PyDLL(None).sleep(int(seconds))
        else:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                pass
        return [picture(request)]


class GreedyTask:
    """Asks for more memory than there is."""

    id, version = "greedy", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        return [Output("image", "image/png", "big", np.ones(1 << 50, np.uint8).tobytes())]


class ModelTask:
    """Uses an engine and says which."""

    id, version = "model", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        ctx.progress(None, "Loading")
        engine: Any = ctx.engine(request.params["key"], request.params["model"])
        return [picture(request, model=engine.model, device=ctx.device)]


class BigTask:
    """An output of ``size`` bytes."""

    id, version = "big", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        return [Output("image", "image/png", "big", bytes(request.params["size"]))]


class FileTask:
    """An output written as a file, ``size`` bytes longer than a small PNG; ``spare`` bytes stay in scratch.

    With ``crash`` it dies before it is done.
    """

    id, version = "file", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        path = ctx.scratch() / "result.png"
        path.write_bytes(png() + bytes(request.params["size"]))
        (ctx.scratch() / "spare").write_bytes(bytes(request.params.get("spare", 10)))
        if request.params.get("crash"):
            os.abort()
        return [Output("image", "image/png", "file", path, thumbnail=b"small")]


class NoisyTask:
    """Reports progress and previews as fast as it can."""

    id, version = "noisy", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        shade = np.zeros((32, 32, 4), np.uint8)
        for step in range(request.params.get("steps", 5000)):
            ctx.cancel.check()
            ctx.progress(step / 5000)
            ctx.preview(shade)
        return [picture(request)]


class WritingTask:
    """Writes numbers: ``count`` of them, ``seconds`` apart; the result is all of them."""

    id, version = "writing", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        tokens = [Token(f"{at} ", 1 / (at + 1), (("夜", 0.5),)) for at in range(request.params["count"])]
        for token in tokens:
            ctx.cancel.check()
            ctx.wrote(token)
            time.sleep(request.params.get("seconds", 0))
        text = "".join(token.text for token in tokens)
        return [Output("text", "text/markdown", "Numbers", text.encode(), request.seed)]


class SocketTask:
    """Tries to reach the network."""

    id, version = "socket", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        socket.create_connection(("192.0.2.1", 80), timeout=1).close()
        return []


class ImportsTask:
    """Says which modules the engine process has imported."""

    id, version = "imports", 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        heavy = ("PySide6", "torch", "onnxruntime")
        wanted = sorted(name for name in sys.modules if name.split(".")[0] in heavy)
        facts = {"modules": wanted, "nice": os.nice(0), "environment": os.environ.get("OMP_NUM_THREADS", "")}
        return [Output("text", "text/plain", "modules", b"", facts=facts)]


TASKS = {task.id: f"tests.fakes:{task.__name__}" for task in (
    QuickTask, RaisingTask, CrashTask, StubbornTask, GreedyTask, ModelTask, BigTask, FileTask, NoisyTask,
    SocketTask, ImportsTask, WritingTask)}
"""Task id to dotted name, as a Runner takes it."""


def request(task: str, seed: int = 0, **params: Any) -> Request:
    """A request for one of the tasks above."""
    return Request(task, 1, params, (), seed)


def spool_bytes(folder: Path) -> int:
    """How much still lies in a spool folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
