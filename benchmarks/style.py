"""Speed and memory of the Style panel, printed as ratios. Run by hand on a quiet machine:

    python benchmarks/style.py [network] [task] [preview] [cancel] [fine] [memory]

Needs the starter models in models/. Times are medians; everything runs on the CPU.
"""

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
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from studio.core import places
from studio.core.jobs import CancelToken, Input, Outcome, Request
from studio.engines import devices
from studio.engines.context import WorkContext, run
from studio.engines.messages import Progress
from studio.engines.registry import EngineCache
from studio.library.catalog import resolve
from studio.panels.style.task import StyleTask

QUICK = places.starter_models() / "style-quick"
SIZES = (512, 1024)


def photo(height: int, width: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Hills, stripes and grain."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    hills = np.stack([np.sin(x / 90 + c) * np.cos(y / 70 - c) for c in range(3)], 2)
    grain = np.random.default_rng(0).random((height, width, 1), np.float32)
    return ((0.5 + 0.4 * hills + 0.1 * grain).clip(0, 1) * 255).astype(np.uint8)


def jpeg(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    """As a camera would write it."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=92)
    return stream.getvalue()


class Desk:
    """Runs Style tasks as the engine process does."""

    def __init__(self) -> None:
        self.cache, self.task = EngineCache(resolve, 2 << 30), StyleTask()
        self.folder, self.inputs = Path(tempfile.mkdtemp()), dict[str, Path]()

    def input(self, role: str, data: bytes) -> Input:
        """A picture file as an input."""
        digest = hashlib.sha256(data).hexdigest()
        self.inputs[digest] = self.folder / digest
        self.inputs[digest].write_bytes(data)
        return Input(role, digest, "picture.jpg")

    def run(self, *inputs: Input, cancel: CancelToken | None = None,
            emit: Callable[[Any], None] = lambda message: None, **params: Any) -> Outcome:
        """One job."""
        context = WorkContext(self.cache, self.inputs, device="cpu", cancel=cancel, emit=emit)
        outcome = run(self.task, Request("style", 1, params, inputs, 0), context)
        assert outcome.state != "failed", outcome.problem
        return outcome


def median(action: Callable[[], object], times: int = 7) -> float:
    """Seconds, after one run to warm up."""
    action()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def session(model: str | Path | bytes) -> Any:
    """A plain onnxruntime session with its own defaults, and as many threads as we use."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = devices.threads()
    return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])


def example_network() -> bytes:
    """The transformer network of pytorch/examples, full width, random weights, as ONNX with free sizes."""
    import torch

    from studio.engines.style.arch.transformer_net import TransformerNet

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.engines.style.tiny import fast_weights

    net = TransformerNet(fast_weights(32))
    print(f"pytorch/examples network: {sum(w.numel() for w in net.weights.values()) / 1e6:.2f} M parameters")

    class Module(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return net.run(x, lambda: None)[0]

    stream = io.BytesIO()
    size = {2: "height", 3: "width"}
    with warnings.catch_warnings():  # of the exporter's age
        warnings.simplefilter("ignore")
        torch.onnx.export(Module(), (torch.zeros(1, 3, 64, 64),), stream, input_names=["x"],
                          output_names=["y"], dynamic_axes={"x": size, "y": size}, opset_version=17,
                          dynamo=False)
    return stream.getvalue()


def network() -> None:
    """Our network against the one everybody knows, both in onnxruntime."""
    ours, theirs = session(QUICK / "transfer.onnx"), session(example_network())
    code = session(QUICK / "encoder.onnx").run(None, {"style": np.zeros((1, 3, 256, 256), np.float32)})[0]
    for side in SIZES:
        x = photo(side, side).transpose(2, 0, 1)[None].astype(np.float32) / 255
        known = median(lambda x=x: theirs.run(None, {"x": x * 255}))  # type: ignore[misc]
        own = median(lambda x=x: ours.run(None, {"content": x, "code": code}))  # type: ignore[misc]
        print(f"network {side}: {own:.3f} s against {known:.3f} s, "
              f"ratio {own / known:.2f} (at most 1.0, aim 0.5)")


def task() -> None:
    """The whole task, file to file, against the bare call for the same pixels."""
    desk, bare = Desk(), session(QUICK / "transfer.onnx")
    style = desk.input("style", jpeg(photo(400, 500)))
    code = session(QUICK / "encoder.onnx").run(None, {"style": np.zeros((1, 3, 256, 256), np.float32)})[0]
    for side in SIZES:
        content = desk.input("content", jpeg(photo(side, side)))
        x = photo(side, side).transpose(2, 0, 1)[None].astype(np.float32) / 255
        plain = median(lambda x=x: bare.run(None, {"content": x, "code": code}))  # type: ignore[misc]
        whole = median(lambda content=content: desk.run(content, style))  # type: ignore[misc]
        print(f"task {side}: {whole:.3f} s against {plain:.3f} s, ratio {whole / plain:.2f} (at most 1.15)")


def preview() -> None:
    """A slider moves: the same pictures again at 256 pixels with another strength."""
    desk = Desk()
    content = desk.input("content", jpeg(photo(1500, 2000)))
    style = desk.input("style", jpeg(photo(800, 900)))
    strengths = iter(np.linspace(0.3, 0.9, 40))
    seconds = median(lambda: desk.run(content, style, size=256, strength=float(next(strengths))), 20)
    print(f"preview at 256: {1000 * seconds:.0f} ms in the task (at most 300 with the way to the window)")


def cancel() -> None:
    """100 stops at random moments of a Quick and of a Fine job."""
    desk = Desk()
    content = desk.input("content", jpeg(photo(1024, 1024)))
    style = desk.input("style", jpeg(photo(400, 500)))
    for method in ("quick", "fine"):
        lengths = [_stopped(desk, content, style, method, 0.05 + 0.01 * (n % 50)) for n in range(100)]
        waits = sorted(wait for wait in lengths if wait is not None)
        if waits:
            late = waits[int(0.95 * (len(waits) - 1))]
            print(f"cancel {method}: {len(waits)} stopped, 95% within {1000 * late:.0f} ms (250), "
                  f"worst {1000 * waits[-1]:.0f} ms (2500)")


def _stopped(desk: Desk, content: Input, style: Input, method: str, after: float) -> float | None:
    token, asked, begun = CancelToken(), list[float](), threading.Event()

    def stop() -> None:
        begun.wait()
        time.sleep(after)
        asked.append(time.perf_counter())
        token.cancel()

    stopper = threading.Thread(target=stop)
    stopper.start()
    outcome = desk.run(content, style, cancel=token, method=method, size=1000 if method == "quick" else 512,
                       emit=lambda message: begun.set() if isinstance(message, Progress) else None)
    ended = time.perf_counter()
    begun.set()
    stopper.join()
    return ended - asked[0] if outcome.state == "cancelled" else None


def fine() -> None:
    """Fine at 512 pixels with its default steps."""
    desk = Desk()
    content, style = desk.input("content", jpeg(photo(512, 512))), desk.input("style", jpeg(photo(512, 512)))
    desk.run(content, style, method="fine", steps=10)
    start, used = time.perf_counter(), time.process_time()
    desk.run(content, style, method="fine")
    print(f"fine at 512: {time.perf_counter() - start:.1f} s (at most 60), "
          f"{time.process_time() - used:.1f} s of processor")


def memory() -> None:
    """A 24-megapixel photo in a process of its own: peak memory and seconds."""
    subprocess.run([sys.executable, __file__, "_memory"], check=True)


def _memory() -> None:
    desk = Desk()
    stream = io.BytesIO()
    Image.fromarray(photo(1000, 1500)).resize((6000, 4000)).save(stream, "JPEG", quality=92)
    content, style = desk.input("content", stream.getvalue()), desk.input("style", jpeg(photo(400, 500)))
    start = time.perf_counter()
    outcome = desk.run(content, style)
    unit = 1 << 20 if sys.platform != "darwin" else 1 << 30
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(f"24 megapixels: {time.perf_counter() - start:.0f} s, peak {peak:.2f} GB (at most 3), "
          f"result {outcome.outputs[0].facts}")


PARTS = {part.__name__: part for part in (network, task, preview, cancel, fine, memory, _memory)}

if __name__ == "__main__":
    for name in sys.argv[1:] or [name for name in PARTS if not name.startswith("_")]:
        PARTS[name]()
