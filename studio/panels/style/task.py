"""The Style task: a photograph and up to four paintings in, one picture out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from studio.core.jobs import Input, JobContext, Output, Request
from studio.engines.style.large import BrokenPicture
from studio.media.checks import check_picture
from studio.media.picture import encode_png
from studio.media.values import Pixels
from studio.panels.style.finish import Finish
from studio.panels.style.paint import Painting
from studio.panels.style.params import TASK, VERSION, StyleParams
from studio.panels.style.sheet import Decoded, Sheet, make_sheet, style_inputs

_PNG_LEVEL = 1
"""The project keeps results as they are; more would cost more time than the space is worth."""
_CHECKED = 256
"""Rows and columns looked at, at most, when a result is checked."""
_LONGEST_NAME = 80


class StyleTask:
    """Inputs: "content" (one), "style" (up to four, with weights), "mask" (at most one).

    Output: PNG in sRGB, 16-bit where the content is, with the content's transparency.
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
            pixels = Finish(0.0, keep_colour=False).run(sheet, sheet.pixels)
        else:
            pixels = self._painted(request, params, sheet, ctx)
        ctx.progress(0.96, "Saving")
        ctx.cancel.check()
        data = encode_png(pixels, level=_PNG_LEVEL)
        facts = {"width": int(pixels.shape[1]), "height": int(pixels.shape[0])}
        return [Output("image", "image/png", _name(request.inputs), data, request.seed, facts)]

    def _painted(self, request: Request, params: StyleParams, sheet: Sheet, ctx: JobContext) -> Pixels:
        """Painted and checked; once more in float32 if the numbers overflowed."""
        content = next(item for item in request.inputs if item.role == "content")
        painting = Painting(sheet, content, style_inputs(request.inputs), params, request.seed,
                            self._decoded, ctx)
        painter = painting.painter()
        while True:
            try:
                pixels = painting.finish(painter).run(sheet, painting.run(painter))
                self._check(pixels, request, sheet, ctx)
                return pixels
            except BrokenPicture:
                if not painter.widen():
                    raise
                ctx.note("The numbers overflowed, so this was painted once more in full precision.")

    def _check(self, pixels: Pixels, request: Request, sheet: Sheet, ctx: JobContext) -> None:
        """Raise BrokenPicture for a flat result, unless the content or a style is flat itself."""
        if check_picture(_sample(pixels)) is None or check_picture(_sample(sheet.pixels)) is not None:
            return
        styles = (item for item in request.inputs if item.role == "style")
        if all(check_picture(_sample(self._decoded.pixels(item, ctx))) is None for item in styles):
            raise BrokenPicture("The model painted one flat colour.", "Try another model or style.")


def _sample(pixels: Pixels) -> Pixels:
    """Some rows and columns from all over."""
    down, right = (-(-side // _CHECKED) for side in pixels.shape[:2])
    return pixels[::down, ::right, :3]


def _name(inputs: Sequence[Input]) -> str:
    """Such as "harbour, in the manner of starry-night"."""
    stems = [PurePath(item.name).stem for role in ("content", "style") for item in inputs
             if item.role == role and item.name]
    return ", ".join(stems[:2])[:_LONGEST_NAME] or "Restyled"
