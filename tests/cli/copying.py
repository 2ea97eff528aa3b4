"""A small panel of the tests' own: it turns a picture's colours round. It needs no model."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.core.errors import StudioError
from studio.core.jobs import JobContext, Output, Request
from studio.core.panel import PanelSpec, Role
from studio.core.params import Params, setting
from studio.media import picture


@dataclass(frozen=True, slots=True)
class CopyParams(Params):
    """One setting of every kind."""

    words: str = setting("text", "", "Words", option="WORDS")
    amount: float = setting("float", 1.0, "Amount", low=0.0, high=1.0, unit="x", help="100% is all of it.")
    copies: int = setting("int", 1, "Copies", low=1, high=4, option="--count")
    is_bright: bool = setting("bool", True, "Bright", option="--bright")
    way: str = setting(
        "choice",
        "invert",
        "Way",
        choices=(("invert", "Turn"), ("wait", "Wait"), ("crash", "Crash"), ("steps", "In steps")),
    )
    secret: int = setting("int", 7, "Secret", option="-")
    model: str = setting("model", "", "Model")


class CopyTask:
    """255 minus every level."""

    id = "copying"
    version = 3
    started = threading.Event()

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """One output for each copy."""
        params = CopyParams.from_json(request.params)
        ctx.progress(0.0, "Turning {name}", name="it")
        if params.way == "crash":
            raise RuntimeError("an accident")
        while params.way == "wait":
            CopyTask.started.set()
            ctx.cancel.check()
        if not request.inputs:
            raise StudioError("Nothing to turn.", "Name a file.")
        source = picture.read(ctx.input(request.inputs[0]))
        if params.way == "steps":
            self._steps(params, ctx)
        ctx.note("{count} copies were made.", count=params.copies)
        data = picture.encode_png(np.invert(source.rgb))
        ctx.progress(1.0, "Done")
        facts = {"width": source.width, "height": source.height}
        name = request.inputs[0].name.rpartition(".")[0] + " turned"
        return [Output("image", "image/png", name, data, request.seed, facts) for _ in range(params.copies)]

    def _steps(self, params: CopyParams, ctx: JobContext) -> None:
        """Ten pieces of work, each kept."""
        for step in range(10):
            ctx.cancel.check()
            if ctx.part(f"step {step}") is None:
                time.sleep(params.amount / 10)
                ctx.finish_part(f"step {step}", b"done")
            else:
                ctx.note("Step {step} was there.", step=step)
            ctx.progress(step / 10, "Step {step}", step=step)


PANEL = PanelSpec(
    id="copying",
    title="Copying",
    icon="copy",
    verb="Turn",
    params=CopyParams,
    task="tests.cli.copying:CopyTask",
    view="",
    roles=(Role("content", "image", "Turn this"), Role("hint", "image", "Like this", low=0, high=2)),
)
PAIR = PanelSpec(
    id="pair",
    title="Pair",
    icon="copy",
    verb="Turn",
    params=CopyParams,
    task="tests.cli.copying:CopyTask",
    view="",
    roles=(Role("content", "image", "Turn this"), Role("style", "image", "Like this", high=3)),
)
