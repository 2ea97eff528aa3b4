"""One enlargement in a process of its own: PICTURE MODEL_FOLDER PARTS OUT TILE PAUSE; says its peak memory.

MODEL_FOLDER "-" takes the fake network, which rests PAUSE seconds at each window.
"""

from __future__ import annotations

import hashlib
import resource
import shutil
import sys
import time
from pathlib import Path

from studio.core.engine import Floats, ModelSource
from studio.core.jobs import CancelToken, Input, Request
from studio.engines.context import WorkContext, run
from studio.engines.registry import EngineCache
from studio.panels.upscale import enlarge
from studio.panels.upscale.task import UpscaleTask
from tests.panels.upscale.lightbox import FakeUpscaler, Lightbox


class Slow(FakeUpscaler):
    """Takes its time."""

    pause = 0.0

    def upscale(self, picture: Floats, *, scale: int, clean: float, cancel: CancelToken) -> Floats:
        """See `FakeUpscaler`."""
        time.sleep(self.pause)
        return super().upscale(picture, scale=scale, clean=clean, cancel=cancel)


def main(picture: Path, model: str, parts: Path, out: Path, tile: int, pause: float) -> None:
    """Do it, and say the most memory this process ever held, in bytes."""
    Slow.pause = pause
    if model == "-":
        enlarge._PIECE = 4_000
        cache = Lightbox(out.parent, Slow()).cache
    else:
        from tests.engines.upscale import tiny

        starter: ModelSource = tiny.starter(Path(model))
        cache = EngineCache(lambda name: starter, 1 << 30)
    item = Input("picture", hashlib.sha256(picture.read_bytes()).hexdigest(), picture.name)
    context = WorkContext(cache, {item.sha256: picture}, device="cpu", parts=parts,
                          scratch=out.parent / "scratch")
    outcome = run(UpscaleTask(), Request("upscale", 1, {"tile": tile, "scale": 4.0}, (item,)), context)
    assert outcome.state == "done", outcome.problem
    shutil.move(str(outcome.outputs[0].data), out)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]),
         float(sys.argv[6]))
