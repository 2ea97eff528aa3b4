"""Speed and memory of the Style panel, printed as ratios. Run by hand on a quiet machine:

    python -m benchmarks.style [network] [task] [preview] [cancel] [fine] [memory]

Needs the starter models in models/. Times are medians; everything runs on the CPU. Where the machine is not
quiet, look at the share of the processor.
"""

from __future__ import annotations

import io
import time
import warnings

import numpy as np

from benchmarks.desk import Desk, alone, floats, in_turn, jpeg, main, median, peak, photo, session, stops
from studio.core import places
from studio.library.catalog import resolve
from studio.panels.style.task import StyleTask

QUICK = places.starter_models() / "style-quick"
SIZES = (512, 1024)


def desk() -> Desk:
    """For Style tasks."""
    return Desk(StyleTask(), resolve)


def example_network() -> bytes:
    """The transformer network of pytorch/examples, full width, random weights, as ONNX with free sizes."""
    import torch

    from studio.engines.style.arch.transformer_net import TransformerNet
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
        x = floats(side)
        own, known = in_turn(lambda x=x: ours.run(None, {"content": x, "code": code}),  # type: ignore[misc]
                             lambda x=x: theirs.run(None, {"x": x * 255}))  # type: ignore[misc]
        print(f"network {side}: {own} against {known}, ratio {own / known} (at most 1.0, aim 0.5)")


def task() -> None:
    """The whole task, file to file, against the bare call for the same pixels.

    The call with threads that sleep is the one the task makes, so the ratio to it is what all the rest of
    the task costs. Against threads that spin it also holds what the window's smoothness costs, which is
    more by the clock the smaller the picture is; where other programs run, spinning loses. All three run in
    turn, so that a slower minute is a slower minute for all.
    """
    table = desk()
    calls = [session(QUICK / "transfer.onnx", spins=spins) for spins in (False, True)]
    style = table.input("style", jpeg(photo(400, 500)))
    code = session(QUICK / "encoder.onnx").run(None, {"style": np.zeros((1, 3, 256, 256), np.float32)})[0]
    for side in SIZES:
        content, x = table.input("content", jpeg(photo(side, side))), floats(side)
        whole, plain, spinning = in_turn(
            lambda content=content: table.run(content, style),  # type: ignore[misc]
            *(lambda x=x, bare=bare: bare.run(None, {"content": x, "code": code})  # type: ignore[misc]
              for bare in calls), times=15)
        print(f"task {side}: {whole} against {plain}, ratio {whole / plain} (at most 1.15); "
              f"to threads that spin {whole / spinning}")


def preview() -> None:
    """A slider moves: the same pictures again at 256 pixels with another strength."""
    table = desk()
    content = table.input("content", jpeg(photo(1500, 2000)))
    style = table.input("style", jpeg(photo(800, 900)))
    strengths = iter(np.linspace(0.3, 0.9, 40))
    taken = median(lambda: table.run(content, style, size=256, strength=float(next(strengths))), 20)
    print(f"preview at 256: {1000 * taken.wall:.0f} ms in the task (at most 300 with the way to the window)")


def cancel() -> None:
    """100 stops at random moments of a Quick and of a Fine job."""
    table = desk()
    pictures = table.input("content", jpeg(photo(1024, 1024))), table.input("style", jpeg(photo(400, 500)))
    for method, size in (("quick", 1000), ("fine", 512)):
        waits = [table.stopped(*pictures, after=0.05 + 0.01 * (n % 50), method=method, size=size)
                 for n in range(100)]
        print(f"cancel {method}: {stops([wait for wait in waits if wait is not None])}")


def fine() -> None:
    """Fine at 512 pixels with its default steps."""
    table = desk()
    pictures = table.input("content", jpeg(photo(512, 512))), table.input("style", jpeg(photo(512, 512)))
    table.run(*pictures, method="fine", steps=10)
    start, used = time.perf_counter(), time.process_time()
    table.run(*pictures, method="fine")
    print(f"fine at 512: {time.perf_counter() - start:.1f} s (at most 60), "
          f"{time.process_time() - used:.1f} s of processor")


def memory() -> None:
    """A 24-megapixel photo in a process of its own: peak memory and seconds."""
    alone("benchmarks.style", "_memory")


def _memory() -> None:
    table = desk()
    content = table.input("content", jpeg(photo(1000, 1500), (6000, 4000)))
    style = table.input("style", jpeg(photo(400, 500)))
    start = time.perf_counter()
    outcome = table.run(content, style)
    print(f"24 megapixels: {time.perf_counter() - start:.0f} s, peak {peak():.2f} GB (at most 3), "
          f"result {dict(outcome.outputs[0].facts)}")


if __name__ == "__main__":
    main((network, task, preview, cancel, fine, memory, _memory))
