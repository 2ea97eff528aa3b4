"""Speed and memory of the Upscale panel, printed as ratios. Run by hand on a quiet machine:

    python -m benchmarks.upscale [task] [others] [tiles] [preview] [cancel] [memory]

Needs the starter models in models/, or ATELIER_BENCH_MODEL with the folder of another one like them; "others"
also needs spandrel and realesr-animevideov3.pth (in ../shared/samples, or as ATELIER_BENCH_OTHER). Times are
medians; everything runs on the CPU. Where the machine is not quiet, look at the share of the processor.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.desk import Desk, alone, floats, in_turn, jpeg, main, median, peak, photo, session, stops
from studio.core import places
from studio.core.engine import ModelSource
from studio.core.jobs import Input
from studio.engines import devices
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


@contextmanager
def no_encoding() -> Generator[None]:
    """Nothing is written in here."""
    real, upscale_task.open_writer = upscale_task.open_writer, NoFile  # type: ignore[assignment,misc]
    try:
        yield
    finally:
        upscale_task.open_writer = real


def desk() -> Desk:
    """For Upscale tasks."""
    model = source()
    return Desk(UpscaleTask(), lambda name: model)


def _picture(table: Desk, height: int, width: int) -> Input:
    return table.input("picture", jpeg(photo(height, width)))


def task() -> None:
    """The whole task, encoding left out, against the bare call for the same pixels.

    Once as on the command line, once as in the window, where finished rows are kept for a restart. The call
    with threads that sleep is the one the task makes, so the ratio to it is what all the rest of the task
    costs; against threads that spin it also holds what the window's smoothness costs.
    """
    table = desk()
    with no_encoding():
        for scale in (2, 4):
            calls = [session(network(scale), spins=spins) for spins in (False, True)]
            name = calls[0].get_inputs()[0].name
            for side in SIZES:
                picture, x = _picture(table, side, side), floats(side)
                whole, kept, plain, spinning = in_turn(
                    lambda p=picture, s=scale: table.run(p, scale=float(s)),  # type: ignore[misc]
                    lambda p=picture, s=scale: _kept(table, p, s),  # type: ignore[misc]
                    *(lambda b=bare, n=name, x=x: b.run(None, {n: x}) for bare in calls))  # type: ignore[misc]
                print(f"task x{scale} {side}: {whole} against {plain}, ratio {whole / plain} (at most 1.15); "
                      f"with rows kept {kept / plain}; to threads that spin {whole / spinning}")


def _kept(table: Desk, picture: Input, scale: int) -> None:
    """One job that keeps its finished rows as in the window; they are forgotten at the end."""
    parts = table.folder / "parts"
    table.run(picture, parts=parts, scale=float(scale))
    for part in parts.glob("*"):
        part.unlink()


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

    table = desk()
    picture = _picture(table, 512, 512)
    own, whole, other = in_turn(lambda: bare.run(None, {name: x}), lambda: table.run(picture, scale=4.0),
                                theirs, times=5)
    print(f"network x4 512: {own} against {other} of {OTHER.stem}, "
          f"{other.wall / own.wall:.1f} times faster (at least 3)")
    print(f"whole task x4 512, PNG written: {whole}, {other.wall / whole.wall:.1f} times faster than it")


def tiles() -> None:
    """What the size of the tiles costs, and what is found by trying."""
    table = desk()
    with no_encoding():
        picture = _picture(table, 1200, 1600)
        for side in (64, 128, 192, 256, 384, 512, 768, 1600):
            taken = median(lambda side=side: table.run(picture, tile=side), 3)  # type: ignore[misc]
            print(f"tile {side}: {1.92 / taken.wall:.2f} megapixels a second")
        table.run(picture)
        print(f"found by trying: {table.task._pace._best}")  # type: ignore[attr-defined]


def preview() -> None:
    """The part under the pointer: 160 x 160 pixels of a 12-megapixel photo, another place each time."""
    table = desk()
    picture = _picture(table, 3000, 4000)
    places_ = iter(range(100, 3000, 60))
    taken = median(lambda: table.run(picture, crop=f"{next(places_)},900,160,160"), 20)
    print(f"part of 160 x 160: {1000 * taken.wall:.0f} ms in the task "
          "(at most 300 with the way to the window)")


def cancel() -> None:
    """40 stops at random moments."""
    table = desk()
    picture = _picture(table, 1024, 1024)
    waits = [table.stopped(picture, after=0.05 + 0.03 * (n % 20)) for n in range(40)]
    print(f"cancel: {stops([wait for wait in waits if wait is not None])}")


def memory() -> None:
    """12 megapixels to 192 in a process of its own: peak memory and seconds, finished rows kept."""
    alone("benchmarks.upscale", "_memory")


def _memory() -> None:
    table = desk()
    picture = table.input("picture", jpeg(photo(750, 1000), (4000, 3000)))
    start = time.perf_counter()
    outcome = table.run(picture, parts=table.folder / "parts")
    print(f"12 megapixels x4: {time.perf_counter() - start:.0f} s, peak {peak():.2f} GB (at most 3), "
          f"result {dict(outcome.outputs[0].facts)}")


if __name__ == "__main__":
    main((task, others, tiles, preview, cancel, memory, _memory))
