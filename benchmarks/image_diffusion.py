"""How much longer a picture takes here than by a plain call of diffusers.

Run by `python -m benchmarks.image_diffusion`. Tiny models with random weights, where every look at a cancel
and every preview weighs most; 20 steps. The two take turns, each goes first as often as the other, and what
counts is the median of the rounds' ratios. The seconds are those of the processor, so that other programs
count little.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.core.jobs import CancelToken
from studio.core.painting import Painting
from studio.engines import devices, offline
from studio.engines.image import folder
from tests.engines.image import tiny_diffusion

STEPS, SIDE = 20, 64


def main() -> None:
    """Print a line for each family."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=24)
    options.add_argument("--kinds", nargs="+", default=["sd1", "sdxl", "flux"])
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for kind in given.kinds:
            ours, theirs = pair(Path(place), kind)
            times = rounds(theirs, ours, given.rounds + 1)[1:]
            plain, studio = (statistics.median(part) for part in zip(*times, strict=True))
            ratio = statistics.median(ours / theirs for theirs, ours in times)
            print(f"{kind}: plain {plain * 1000:.0f} ms, here {studio * 1000:.0f} ms, "
                  f"ratio {ratio:.3f} over {STEPS} steps ({given.rounds} rounds)", flush=True)


def rounds(theirs: Callable[[], Any], ours: Callable[[], Any], count: int) -> list[tuple[float, float]]:
    """Seconds of both, round by round; in every second one ours goes first."""
    found = []
    for at in range(count):
        first = timed(ours if at % 2 else theirs)
        second = timed(theirs if at % 2 else ours)
        found.append((second, first) if at % 2 else (first, second))
    return found


def pair(place: Path, kind: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Our way and the plain one, for the same picture."""
    import diffusers
    import torch

    from studio.engines.torch_run import steady_threads

    home = tiny_diffusion.model(place / kind, kind)
    model = folder.load(tiny_diffusion.source(home), devices.cpu())
    asked = Painting("a red apple on a table", SIDE, SIDE, 3, steps=STEPS)
    with offline.quiet():
        pipe = diffusers.DiffusionPipeline.from_pretrained(home, local_files_only=True)
        pipe.set_progress_bar_config(disable=True)

    def plain() -> Any:
        with offline.quiet(), steady_threads():
            return pipe(asked.prompt, width=SIDE, height=SIDE, num_inference_steps=STEPS, guidance_scale=7.0,
                        generator=torch.Generator("cpu").manual_seed(3))

    return (lambda: model.paint(asked, CancelToken())), plain


def timed(work: Callable[[], Any]) -> float:
    """Seconds of the processor."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
