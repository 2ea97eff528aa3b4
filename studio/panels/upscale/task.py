"""The Upscale task: a picture in, a bigger or cleaner one out, its file intact."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import cast

import psutil

from studio.core.engine import UPSCALER
from studio.core.errors import StudioError
from studio.core.jobs import Input, JobContext, Output, Request
from studio.media.encode import Format
from studio.media.stream import Extras, open_writer
from studio.panels.upscale.enlarge import Enlargement
from studio.panels.upscale.pace import Pace
from studio.panels.upscale.params import UpscaleParams
from studio.panels.upscale.plan import Plan, make_plan
from studio.panels.upscale.shown import Shown
from studio.panels.upscale.source import Original, Originals

MODEL = "upscale-photo"
_DEEP: tuple[Format, ...] = ("png", "tiff")
"""Formats that hold 16 bits."""
_LONGEST_NAME = 80


class UpscaleTask:
    """Input: "picture" (one). Output: a file in the format asked for, in the context's scratch folder.

    16 bits, opacity, grey, the profile and, if wanted, EXIF and XMP are the picture's own.
    """

    id = "upscale"
    version = 1

    def __init__(self) -> None:
        self._originals, self._pace = Originals(), Pace()

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """See `Task.run`."""
        start = time.monotonic()
        params = UpscaleParams.from_json(request.params)
        item = _picture(request.inputs)
        ctx.progress(0.0, "Reading the picture")
        original = self._originals.get(item, ctx)
        upscaler = ctx.engine(UPSCALER, params.model or MODEL)
        plan = make_plan(params, *original.size, upscaler.scales, upscaler.margin)
        format_ = _format(params, original)
        bits = original.picture.bits if format_ in _DEEP else 8
        job = Enlargement(original, plan, upscaler, params, request.seed, bits, ctx, self._pace)
        path, shown = self._written(job, format_, ctx)
        facts = _facts(original, plan, path) | {"seconds": round(time.monotonic() - start, 3)}
        name = f"{PurePath(item.name).stem[:_LONGEST_NAME] or 'Picture'} {_size_word(params, plan)}"
        return [Output("image", f"image/{format_}", name, path, request.seed, facts, shown.thumbnail())]

    def _written(self, job: Enlargement, format_: Format, ctx: JobContext) -> tuple[Path, Shown]:
        """The file, written and looked at; once more in float32 if it came out as one flat colour."""
        while True:
            path, shown = _write(job, format_, ctx)
            if not shown.is_flat:
                return path, shown
            path.unlink()
            if not job.upscaler.widen():
                raise StudioError("The model made one flat colour of this picture.", "Try another model.")
            ctx.note("The numbers overflowed, so this was enlarged once more in full precision.")


def _write(job: Enlargement, format_: Format, ctx: JobContext) -> tuple[Path, Shown]:
    part, picture = job.plan.part, job.original.picture
    dpi = float(job.params.dpi) if job.params.by == "print" else 0.0
    extras = Extras.of(picture, width=part.width, height=part.height, dpi=dpi,
                       keep_metadata=job.params.keep_metadata)
    path, shown = ctx.scratch() / f"upscaled.{format_}", Shown(job.original, job.plan, ctx)
    with open_writer(path, format_, height=part.height, width=part.width, channels=job.original.channels,
                     bits=job.bits, quality=job.params.quality, extras=extras) as writer:
        for rows in job.rows():
            writer.write(rows)
            shown.add(rows)
        ctx.progress(0.97, "Saving")
        ctx.cancel.check()
    return path, shown


def _picture(inputs: Sequence[Input]) -> Input:
    pictures = [item for item in inputs if item.role == "picture"]
    if len(pictures) != 1:
        raise StudioError("One picture is enlarged at a time; there are {count}.", "Drop a picture.",
                          count=len(pictures))
    return pictures[0]


def _format(params: UpscaleParams, original: Original) -> Format:
    """Of the result; a kind of file that cannot be written becomes PNG."""
    if params.crop:
        return "png"
    if params.format != "same":
        return cast(Format, params.format)
    known: dict[str, Format] = {"JPEG": "jpeg", "MPO": "jpeg", "WEBP": "webp", "TIFF": "tiff"}
    return known.get(original.picture.format, "png")


def _facts(original: Original, plan: Plan, path: Path) -> dict[str, int | float]:
    height, width = original.size
    return {"width": plan.part.width, "height": plan.part.height,
            "megapixels_in": round(height * width / 1e6, 3),
            "megapixels_out": round(plan.part.height * plan.part.width / 1e6, 3),
            "bytes": path.stat().st_size, "memory": int(psutil.Process().memory_info().rss)}


def _size_word(params: UpscaleParams, plan: Plan) -> str:
    """Such as "4x" or "3000x2000"."""
    return f"{params.scale:g}x" if params.by == "factor" else f"{plan.target[1]}x{plan.target[0]}"


