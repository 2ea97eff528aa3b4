"""Speed of the Image task with the starter. Run by hand on a quiet machine:

    python -m benchmarks.image [warm] [cold] [parts] [grid] [same] [stop]

``ATELIER_IMAGE_MODEL`` names another sticker painter, or its folder. Everything runs on the CPU. Times are
medians by the clock; where the machine is not quiet, look at the share of the processor.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.desk import Desk, in_turn, main, median
from studio.engines import devices
from studio.library.catalog import resolve
from studio.media.picture import read
from studio.panels.image.params import STARTER
from studio.panels.image.task import ImageTask

PROMPT = "a smiling red apple, flat style"
WARM, COLD = 6.0, 10.0
"""Seconds a picture of 512 pixels may take on two cores."""


def model() -> str:
    """The model to measure."""
    return os.environ.get("ATELIER_IMAGE_MODEL", STARTER)


@cache
def desk() -> Desk:
    """For Image tasks, its models warm."""
    made = Desk(ImageTask(), resolve)
    paint(made, steps=1)
    return made


def paint(at: Desk, **params: Any) -> Any:
    """The pixels of a picture."""
    return read(at.run(model=model(), prompt=PROMPT, **params).outputs[0].data).pixels


def warm() -> None:
    """A picture of 512 pixels with models that are there."""
    at = desk()
    took = median(lambda: paint(at), times=5)
    print(f"512 px, warm: {took} ({took.cpu:.2f} s of the processor, {devices.threads()} threads); "
          f"aim {WARM:g} s: {'kept' if took.wall <= WARM else 'missed'}")


def parts() -> None:
    """What of it is painting, and what enlarging and packing."""
    at = desk()
    small, whole = in_turn(lambda: paint(at, size="64x64"), lambda: paint(at), times=5)
    print(f"painting 64 px {small}, all {whole}")
    for steps in (4, 8, 20):
        print(f"  {steps} steps: {median(lambda steps=steps: paint(at, size='64x64', steps=steps), times=3)}")


def cold() -> None:
    """The same from the command line, from the start of the process to its end."""
    path = desk().folder / "cold.png"

    def command() -> None:
        subprocess.run([*_command(path)], check=True, capture_output=True)

    command()  # byte-compiled from now on
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        command()
        seconds.append(time.perf_counter() - start)
    took = sorted(seconds)[1]
    print(f"512 px, cold from the command line: {took:.2f} s; aim {COLD:g} s: "
          f"{'kept' if took <= COLD else 'missed'}")


def grid() -> None:
    """The playground's 64 pictures."""
    at, eight = desk(), ",".join(f"{place:.2f}" for place in np.linspace(-1, 1, 8))
    sheet = {"sheet_x": f"aside={eight}", "sheet_y": f"along={eight}"}
    took = median(lambda: paint(at, size="64x64", steps=4, **sheet), times=1)
    print(f"an 8 x 8 grid: {took}")


def same() -> None:
    """The same seed, the same pixels: twice, loaded anew, and from the command line."""
    at, other = desk(), Desk(ImageTask(), resolve)
    first, path = paint(at), at.folder / "same.png"
    subprocess.run([*_command(path)], check=True, capture_output=True)
    others = (("again", paint(at)), ("loaded anew", paint(other)), ("command line", read(path).pixels))
    for name, found in others:
        print(f"{name}: {'the same' if (found == first).all() else 'differs'}")


def stop() -> None:
    """Seconds from a stop to the end of the job."""
    found = [desk().stopped(after=after, model=model(), prompt=PROMPT) for after in (0.05, 0.1, 0.2)]
    print("stopped after", ", ".join(f"{one:.3f} s" if one is not None else "its end" for one in found))


def _command(path: Path) -> list[str]:
    return [sys.executable, "-m", "studio", "image", PROMPT, "--model", model(), "--seed", "0",
            "--device", "cpu", "--quiet", "-o", str(path)]


if __name__ == "__main__":
    main((warm, cold, parts, grid, same, stop))
