"""Speed and memory of the Upscale panel, printed as ratios. Run by hand on a quiet machine:

    python benchmarks/upscale.py [task] [others] [tiles] [preview] [cancel] [memory]

Needs the starter models in models/, or ATELIER_BENCH_MODEL with the folder of another one like them; "others"
also needs spandrel and realesr-animevideov3.pth (in ../shared/samples, or as ATELIER_BENCH_OTHER). Times are
medians; everything runs on the CPU.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.core import places
from studio.core.engine import ModelSource
from studio.core.jobs import CancelToken, Input, Outcome, Request
from studio.engines import devices
from studio.engines.context import WorkContext, run
from studio.engines.messages import Progress
from studio.engines.registry import EngineCache
from studio.panels.upscale import task as upscale_task
from studio.panels.upscale.task import UpscaleTask

MODEL = Path(os.environ.get("ATELIER_BENCH_MODEL", places.starter_models() / "upscale-photo"))
OTHER = Path(os.environ.get("ATELIER_BENCH_OTHER",
                            Path(__file__).parents[2] / "shared" / "samples" / "realesr-animevideov3.pth"))
SIZES = (512, 1024)


def source() -> ModelSource:
    """The model that is measured."""
    facts = json.loads((MODEL / "model.json").read_text())["facts"]
    files = {item["file"]: hashlib.sha256((MODEL / item["file"]).read_bytes()).hexdigest()
             for item in facts["networks"]}
    return ModelSource("upscale-photo", "upscale.onnx", MODEL, files, facts)


def network(scale: int) -> Path:
    """The faithful network for ``scale``."""
    return MODEL / next(item["file"] for item in source().facts["networks"]
                        if item["scale"] == scale and item["clean"] == 0)


def photo(height: int, width: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Hills, stripes and grain."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    hills = np.stack([np.sin(x / 90 + c) * np.cos(y / 70 - c) for c in range(3)], 2)
    grain = np.random.default_rng(0).random((height, width, 1), np.float32)
    return ((0.5 + 0.4 * hills + 0.1 * grain).clip(0, 1) * 255).astype(np.uint8)


def floats(side: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A photo as networks take it, (1, 3, side, side)."""
    return np.ascontiguousarray(photo(side, side).transpose(2, 0, 1)[None].astype(np.float32) / 255)


def jpeg(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    """As a camera would write it."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=92)
    return stream.getvalue()


class Desk:
    """Runs Upscale tasks as the engine process does."""

    def __init__(self) -> None:
        model = source()
        self.cache, self.task = EngineCache(lambda name: model, 2 << 30), UpscaleTask()
        self.folder, self.inputs = Path(tempfile.mkdtemp()), dict[str, Path]()

    def input(self, data: bytes) -> Input:
        """A picture file as an input."""
        digest = hashlib.sha256(data).hexdigest()
        self.inputs[digest] = self.folder / digest
        self.inputs[digest].write_bytes(data)
        return Input("picture", digest, "picture.jpg")

    def run(self, picture: Input, cancel: CancelToken | None = None,
            emit: Callable[[Any], None] = lambda message: None, parts: Path | None = None,
            **params: Any) -> Outcome:
        """One job."""
        context = WorkContext(self.cache, self.inputs, device="cpu", cancel=cancel, emit=emit, parts=parts,
                              scratch=self.folder / "scratch")
        outcome = run(self.task, Request("upscale", 1, params, (picture,), 0), context)
        assert outcome.state != "failed", outcome.problem
        return outcome


class NoFile:
    """Stands in for the writer, so that encoding is left out."""

    def __init__(self, path: Path, *args: object, **more: object) -> None:
        path.write_bytes(b"")

    def write(self, rows: object) -> None:
        """Nothing."""

    def __enter__(self) -> NoFile:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing to close."""


def median(action: Callable[[], object], times: int = 7) -> float:
    """Seconds, after one run to warm up."""
    action()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def paired(one: Callable[[], object], two: Callable[[], object], times: int = 7) -> tuple[float, float]:
    """Seconds of both, run in turn so that a machine that changes its mind changes both."""
    one(), two()
    found: list[list[float]] = [[], []]
    for _ in range(times):
        for at, action in enumerate((one, two)):
            start = time.perf_counter()
            action()
            found[at].append(time.perf_counter() - start)
    return statistics.median(found[0]), statistics.median(found[1])


def session(model: Path) -> Any:
    """A plain onnxruntime session with its own defaults, and as many threads as we use."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = devices.threads()
    return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])


def task() -> None:
    """The whole task, encoding left out, against the bare call for the same pixels."""
    desk = Desk()
    real, upscale_task.open_writer = upscale_task.open_writer, NoFile  # type: ignore[assignment,misc]
    for scale in (2, 4):
        bare = session(network(scale))
        name = bare.get_inputs()[0].name
        for side in SIZES:
            picture, x = desk.input(jpeg(photo(side, side))), floats(side)
            whole, plain = paired(lambda p=picture, s=scale: desk.run(p, scale=float(s)),  # type: ignore[misc]
                                  lambda b=bare, n=name, x=x: b.run(None, {n: x}))  # type: ignore[misc]
            print(f"task x{scale} {side}: {whole:.3f} s against {plain:.3f} s, ratio {whole / plain:.2f} "
                  "(at most 1.15)")
    upscale_task.open_writer = real


def others() -> None:
    """Our faithful x4 against a known one, both with 512 x 512."""
    import torch
    from spandrel import ModelLoader

    torch.set_num_threads(devices.threads())
    weights = torch.load(OTHER, weights_only=True, map_location="cpu")
    known = ModelLoader("cpu").load_from_state_dict(weights).model.eval()
    bare, x = session(network(4)), floats(512)
    name = bare.get_inputs()[0].name
    tensor = torch.from_numpy(x)

    def theirs() -> None:
        with torch.inference_mode():
            known(tensor)

    desk = Desk()
    picture = desk.input(jpeg(photo(512, 512)))
    own, other = paired(lambda: bare.run(None, {name: x}), theirs, 5)
    print(f"network x4 512: {own:.3f} s against {other:.3f} s of {OTHER.stem}, "
          f"{other / own:.1f} times faster (at least 3)")
    whole = median(lambda: desk.run(picture, scale=4.0), 5)
    print(f"whole task x4 512, PNG written: {whole:.3f} s, {other / whole:.1f} times faster than it")


def tiles() -> None:
    """What the size of the tiles costs, and what is found by trying."""
    desk = Desk()
    real, upscale_task.open_writer = upscale_task.open_writer, NoFile  # type: ignore[assignment,misc]
    picture = desk.input(jpeg(photo(1200, 1600)))
    for side in (64, 128, 192, 256, 384, 512, 768, 1600):
        seconds = median(lambda side=side: desk.run(picture, tile=side), 3)  # type: ignore[misc]
        print(f"tile {side}: {1.92 / seconds:.2f} megapixels a second")
    desk.run(picture)
    print(f"found by trying: {desk.task._pace._best}")
    upscale_task.open_writer = real


def preview() -> None:
    """The part under the pointer: 160 x 160 pixels of a 12-megapixel photo, another place each time."""
    desk = Desk()
    picture = desk.input(jpeg(photo(3000, 4000)))
    places_ = iter(range(100, 3000, 60))
    seconds = median(lambda: desk.run(picture, crop=f"{next(places_)},900,160,160"), 20)
    print(f"part of 160 x 160: {1000 * seconds:.0f} ms in the task (at most 300 with the way to the window)")


def cancel() -> None:
    """40 stops at random moments."""
    desk = Desk()
    picture = desk.input(jpeg(photo(1024, 1024)))
    waits = sorted(wait for n in range(40) if (wait := _stopped(desk, picture, 0.05 + 0.03 * (n % 20))))
    late = waits[int(0.95 * (len(waits) - 1))]
    print(f"cancel: {len(waits)} stopped, 95% within {1000 * late:.0f} ms (250), "
          f"worst {1000 * waits[-1]:.0f} ms (2500)")


def _stopped(desk: Desk, picture: Input, after: float) -> float | None:
    token, asked, begun = CancelToken(), list[float](), threading.Event()

    def stop() -> None:
        begun.wait()
        time.sleep(after)
        asked.append(time.perf_counter())
        token.cancel()

    stopper = threading.Thread(target=stop)
    stopper.start()
    outcome = desk.run(picture, cancel=token,
                       emit=lambda message: begun.set() if isinstance(message, Progress) else None)
    ended = time.perf_counter()
    begun.set()
    stopper.join()
    return ended - asked[0] if outcome.state == "cancelled" else None


def memory() -> None:
    """12 megapixels to 192 in a process of its own: peak memory and seconds, finished rows kept."""
    subprocess.run([sys.executable, __file__, "_memory"], check=True)


def _memory() -> None:
    desk = Desk()
    stream = io.BytesIO()
    Image.fromarray(photo(750, 1000)).resize((4000, 3000)).save(stream, "JPEG", quality=92)
    picture = desk.input(stream.getvalue())
    start = time.perf_counter()
    outcome = desk.run(picture, parts=desk.folder / "parts")
    unit = 1 << 20 if sys.platform != "darwin" else 1 << 30
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(f"12 megapixels x4: {time.perf_counter() - start:.0f} s, peak {peak:.2f} GB (at most 3), "
          f"result {dict(outcome.outputs[0].facts)}")


PARTS = {part.__name__: part for part in (task, others, tiles, preview, cancel, memory, _memory)}

if __name__ == "__main__":
    for name in sys.argv[1:] or [name for name in PARTS if not name.startswith("_")]:
        PARTS[name]()
