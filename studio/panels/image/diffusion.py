"""Paints with a diffusion model that a person brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from studio.core.engine import ADD_ON, DECODER, DiffusionModel
from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import JobContext
from studio.core.painting import Painting
from studio.core.painting import Pixels as Bytes
from studio.media import masking
from studio.media.resize import resize
from studio.media.values import Pixels
from studio.panels.image.ground import Ground, Part, opaque, part
from studio.panels.image.made import Made, Watch, shortened
from studio.panels.image.wish import Wish

_USUAL: Mapping[str, tuple[int, float]] = {
    "sd1": (25, 7.0), "sd2": (25, 7.0), "sdxl": (30, 6.0), "sd3": (28, 5.0), "flux": (20, 3.5)}
"""Steps and guidance by family, about those its makers name."""
_OTHERS = 30, 4.0
_LEAST, _MOST = 0.5, 1.5
"""Times the area that a model paints best: a picture in between keeps its size."""


def paint(wish: Wish, ground: Ground | None, model: DiffusionModel, ctx: JobContext) -> Made:
    """One picture. Raises StudioError for what the model cannot do, OutOfMemory, Cancelled."""
    _check(wish, model, has_picture=ground is not None)
    sizes = model.size
    piece = part(ground, sizes.width * sizes.height) if ground else None
    painting = _painting(wish, piece, model, ctx)
    watch = Watch(ctx, end=0.97)
    painted = _painted(painting, model, watch, ctx)
    if model.remark:
        ctx.note(model.remark)
    facts = {"steps": painting.steps, "guidance": painting.guidance, "scheduler": painting.scheduler,
             **_cut(wish, model, ctx), **({"unfinished": True} if watch.is_stopped else {})}
    return Made(piece.joined(painted) if piece else painted, facts)


def _check(wish: Wish, model: DiffusionModel, *, has_picture: bool) -> None:
    if not wish.prompt and not has_picture:
        raise StudioError("There are no words to paint from.", "Say what the picture should show.")
    params = wish.params
    if params.aside or params.along or (params.toward and wish.other_prompt):
        raise StudioError("Only the model in the box can be walked through.", "Choose it, or another prompt.")
    if params.seamless and not model.can_be_seamless:  # said before a picture is made ready
        raise StudioError("This model cannot paint seamless pictures.",
                          "Models of the Stable Diffusion 1, 2 and XL families can.")


def _painted(painting: Painting, model: DiffusionModel, watch: Watch, ctx: JobContext) -> Pixels:
    """On the CPU where the graphics card's memory does not do, its own ways to save some included."""
    while True:
        try:
            return model.paint(painting, ctx.cancel, lambda step, total, shown: watch.step(
                step, total, lambda: shown))
        except (OutOfMemory, MemoryError):
            if not model.to_cpu():
                raise
            ctx.note("The graphics memory ran out, so the CPU was used.")


def _painting(wish: Wish, piece: Part | None, model: DiffusionModel, ctx: JobContext) -> Painting:
    params = wish.params
    steps, guidance = _USUAL.get(model.family, _OTHERS)
    stage = _stage(wish, piece, model, ctx)
    if wish.negative and not model.has_negative:
        ctx.note("This model does not hear what should not be in the picture.")
    more: dict[str, Any] = {}
    if params.decoder:
        more["decoder"] = ctx.engine(DECODER, params.decoder)
    return Painting(
        wish.prompt, stage.width, stage.height, wish.seed,
        negative=wish.negative if model.has_negative else "", steps=params.steps or steps,
        guidance=params.guidance or guidance, scheduler=params.scheduler, image=stage.image,
        strength=1.0 if wish.margins else params.strength, mask=stage.mask, is_seamless=params.seamless,
        variation=params.variation, variation_seed=params.variation_seed,
        add_ons=tuple((ctx.engine(ADD_ON, name), strength) for name, strength in wish.add_ons), **more)


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """What a model sees."""

    width: int
    height: int
    image: Bytes | None = None
    mask: Bytes | None = None


def _stage(wish: Wish, piece: Part | None, model: DiffusionModel, ctx: JobContext) -> _Stage:
    sizes = model.size
    if piece is None:
        asked = wish.size or (sizes.width, sizes.height)
        return _Stage(*_fitted(asked, model, ctx))
    if piece.mask is None and wish.size:
        width, height = _fitted(wish.size, model, ctx)
        return _Stage(width, height, _image(_cropped(piece.pixels, height / width), height, width))
    height, width = _near(piece.size, sizes.width * sizes.height)
    width, height = sizes.fit(width, height)
    return _Stage(width, height, _image(piece.pixels, height, width), _mask(piece.mask, height, width))


def _fitted(asked: tuple[int, int], model: DiffusionModel, ctx: JobContext) -> tuple[int, int]:
    """(width, height) that the model can paint, nearest to ``asked``. Raises StudioError: too small."""
    multiple = model.size.multiple
    for side in asked:
        if side < multiple:
            raise StudioError("This model paints sides of {multiple} pixels and more, not {side}.",
                              "Choose {size}.", multiple=multiple, side=side, size=model.size.width)
    width, height = model.size.fit(*asked)
    if (width, height) != asked:
        ctx.note("This model paints sides that are multiples of {multiple}, so {old_width} x {old_height} "
                 "became {width} x {height}.", multiple=multiple, old_width=asked[0], old_height=asked[1],
                 width=width, height=height)
    return width, height


def _near(size: tuple[int, int], area: int) -> tuple[int, int]:
    """(height, width) of about ``area`` in these proportions; a size that is near enough stays."""
    height, width = size
    if _LEAST * area <= height * width <= _MOST * area:
        return size
    scale = (area / (height * width)) ** 0.5
    return max(1, round(height * scale)), max(1, round(width * scale))


def _cropped(pixels: Pixels, proportion: float) -> Pixels:
    """The middle of ``pixels`` with ``proportion``, height to width."""
    height, width = pixels.shape[:2]
    down = min(height, max(1, round(width * proportion)))
    across = min(width, max(1, round(height / proportion)))
    top, left = (height - down) // 2, (width - across) // 2
    return pixels[top:top + down, left:left + across]


def _image(pixels: Pixels, height: int, width: int) -> Bytes:
    return np.ascontiguousarray(cast(Bytes, resize(opaque(pixels), height, width)))


def _mask(mask: masking.Mask | None, height: int, width: int) -> Bytes | None:
    if mask is None:
        return None
    return np.where(masking.covered(mask, height, width), np.uint8(255), np.uint8(0)).astype(np.uint8)


def _cut(wish: Wish, model: DiffusionModel, ctx: JobContext) -> dict[str, Any]:
    """What of the prompt the model did not read."""
    told = model.tokens(wish.prompt)
    if not told.cut:
        return {}
    ctx.note("It reads {limit} tokens of {count}; it left out: {words}.", limit=told.limit, count=told.count,
             words=shortened(told.cut))
    return {"cut": told.cut}
