"""The Style task: a photograph and up to four paintings in, one picture out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import PurePath

from studio.core.jobs import Input, JobContext, Output, Request
from studio.engines.style.large import BrokenPicture
from studio.panels.style.finish import Finish
from studio.panels.style.paint import Painting
from studio.panels.style.params import TASK, VERSION, StyleParams
from studio.panels.style.result import Result, encoded, is_flat
from studio.panels.style.sheet import Decoded, Sheet, make_sheet, style_inputs

_LONGEST_NAME = 80


class StyleTask:
    """Inputs: "content" (one), "style" (up to four, with weights), "mask" (at most one).

    Output: PNG in sRGB, 16-bit where the content is, with the content's transparency; in the context's
    scratch folder where it is big.
    """

    id = TASK
    version = VERSION

    def __init__(self) -> None:
        self._decoded = Decoded()

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """See `Task.run`."""
        params = StyleParams.from_json(request.params)
        sheet = make_sheet(request.inputs, params.size, self._decoded, ctx)
        if params.strength == 0:
            made = encoded(Finish(0.0, keep_colour=False).rows(sheet, sheet.pixels), sheet, ctx)
        else:
            made = self._painted(request, params, sheet, ctx)
        facts = {"width": int(sheet.pixels.shape[1]), "height": int(sheet.pixels.shape[0])}
        return [Output("image", "image/png", _name(request.inputs), made.data, request.seed, facts,
                       made.thumbnail)]

    def _painted(self, request: Request, params: StyleParams, sheet: Sheet, ctx: JobContext) -> Result:
        """Painted and checked; once more in float32 if the numbers overflowed."""
        content = next(item for item in request.inputs if item.role == "content")
        painting = Painting(sheet, content, style_inputs(request.inputs), params, request.seed,
                            self._decoded, ctx)
        painter = painting.painter()
        while True:
            try:
                with closing(painting.finish(painter).rows(sheet, painting.run(painter))) as rows:
                    made = encoded(rows, sheet, ctx)
                self._check(made, request, sheet, ctx)
                return made
            except BrokenPicture:
                if not painter.widen():
                    raise
                ctx.note("The numbers overflowed, so this was painted once more in full precision.")

    def _check(self, made: Result, request: Request, sheet: Sheet, ctx: JobContext) -> None:
        """Raise BrokenPicture for a flat result, unless the content or a style is flat itself."""
        if not made.is_flat or is_flat(sheet.pixels):
            return
        styles = (item for item in request.inputs if item.role == "style")
        if not any(is_flat(self._decoded.pixels(item, ctx)) for item in styles):
            raise BrokenPicture("The model painted one flat colour.", "Try another model or style.")


def _name(inputs: Sequence[Input]) -> str:
    """Such as "harbour, in the manner of starry-night"."""
    stems = [PurePath(item.name).stem for role in ("content", "style") for item in inputs
             if item.role == role and item.name]
    return ", ".join(stems[:2])[:_LONGEST_NAME] or "Restyled"
