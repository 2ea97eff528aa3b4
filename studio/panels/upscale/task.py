"""The Upscale task: a picture in, a bigger or cleaner one out, its file intact."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import cast

from studio.core.engine import UPSCALER
from studio.core.errors import StudioError
from studio.core.jobs import Input, JobContext, Output, Request
from studio.media.encode import Format
from studio.media.stream import Extras, open_writer
from studio.panels.upscale.animate import Film, animation_in, container
from studio.panels.upscale.enlarge import Enlargement
from studio.panels.upscale.pace import Pace
from studio.panels.upscale.params import STARTER, UpscaleParams
from studio.panels.upscale.plan import Plan, make_plan
from studio.panels.upscale.shown import Shown
from studio.panels.upscale.source import Original, Originals

_DEEP: tuple[Format, ...] = ("png", "tiff")
"""Formats that hold 16 bits."""
_LONGEST_NAME = 80


class UpscaleTask:
    """Input: "picture" (one). Output: a file in the format asked for, in the context's scratch folder.

    16 bits, opacity, grey, the profile and, if wanted, EXIF and XMP are the picture's own; WebP, which has
    no grey, gets sRGB. Animations stay animations where the format can move.
    """

    id = "upscale"
    version = 2

    def __init__(self) -> None:
        self._originals, self._pace = Originals(), Pace()

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """See `Task.run`."""
        params = UpscaleParams.from_json(request.params)
        item = _picture(request.inputs)
        upscaler = ctx.engine(UPSCALER, params.model or STARTER)
        start = time.monotonic()
        ctx.progress(0.0, "Reading the picture")
        original = self._originals.get(item, ctx, keep_grey=params.format != "webp")
        plan = make_plan(params, *original.size, upscaler.scales, upscaler.margin)
        format_ = _format(params, original)
        bits = original.picture.bits if format_ in _DEEP else 8
        if max(upscaler.scales) == 1 and plan.target[0] > original.size[0]:
            ctx.note("This model cleans and does not enlarge, so the size was made by resampling.")
        job = Enlargement(original, plan, upscaler, params, request.seed, bits, ctx, self._pace)
        film = None if params.crop else _film(job, ctx.input(item), params.format, ctx)
        work = _Work(job, film, film.container if film else format_, ctx)
        path, shown = work.run()
        facts = _facts(job, path) | {"seconds": round(time.monotonic() - start, 3)}
        if film:
            facts["frames"] = film.animation.count
        name = f"{PurePath(item.name).stem[:_LONGEST_NAME] or 'Picture'} {_size_word(params, plan)}"
        return [Output("image", f"image/{work.suffix}", name, path, request.seed, facts, shown.thumbnail())]


@dataclass(frozen=True, slots=True)
class _Work:
    """From an enlargement to its file."""

    job: Enlargement
    film: Film | None
    suffix: str
    """png, jpeg, webp, tiff or gif."""
    ctx: JobContext

    def run(self) -> tuple[Path, Shown]:
        """The file, written and looked at; once more in float32 if it came out as one flat colour."""
        path = self.ctx.scratch() / f"upscaled.{self.suffix}"
        while True:
            shown = self.film.write(path, self._extras(), self.ctx) if self.film else self._write(path)
            if not shown.is_flat:
                return path, shown
            path.unlink()
            if not self.job.upscaler.widen():
                raise StudioError("The model made one flat colour of this picture.", "Try another model.")
            self.ctx.note("The numbers overflowed, so this was enlarged once more in full precision.")

    def _write(self, path: Path) -> Shown:
        job, part, shown = self.job, self.job.plan.part, Shown(self.job.original, self.job.plan, self.ctx)
        with open_writer(path, cast(Format, self.suffix), height=part.height, width=part.width,
                         channels=job.original.channels, bits=job.bits, quality=job.params.quality,
                         extras=self._extras()) as writer:
            for rows in job.rows():
                writer.write(rows)
                shown.add(rows)
            self.ctx.progress(0.97, "Saving")
            self.ctx.cancel.check()
        return shown

    def _extras(self) -> Extras:
        params, part = self.job.params, self.job.plan.part
        return Extras.of(self.job.original.picture, width=part.width, height=part.height,
                         dpi=float(params.dpi) if params.by == "print" else 0.0,
                         keep_metadata=params.keep_metadata)


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


def _film(job: Enlargement, path: Path, wanted: str, ctx: JobContext) -> Film | None:
    """What to do where the picture moves; None where it does not, or the format wanted cannot."""
    animation = animation_in(path, job.original)
    if animation is None:
        return None
    kind = container(wanted, animation)
    if kind is None:
        ctx.note("{format} cannot move, so only the first frame was enlarged.", format=wanted.upper())
        return None
    return Film(path, animation, kind, job)


def _facts(job: Enlargement, path: Path) -> dict[str, int | float]:
    (height, width), plan = job.original.size, job.plan
    job.gauge.look()
    return {"width": plan.part.width, "height": plan.part.height,
            "megapixels_in": round(height * width / 1e6, 3),
            "megapixels_out": round(plan.part.height * plan.part.width / 1e6, 3),
            "bytes": path.stat().st_size, "memory": job.gauge.most}


def _size_word(params: UpscaleParams, plan: Plan) -> str:
    """Such as "4x" or "3000x2000"."""
    return f"{params.scale:g}x" if params.by == "factor" else f"{plan.target[1]}x{plan.target[0]}"
