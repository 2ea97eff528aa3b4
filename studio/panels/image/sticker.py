"""Paints with the starter: a sticker of 64 pixels, enlarged, on nothing."""

from __future__ import annotations

import math
from typing import Any, cast

import numpy as np

from studio.core.engine import Floats, StickerPainter
from studio.core.errors import StudioError
from studio.core.jobs import JobContext
from studio.core.stickers import Sketch
from studio.media import masking
from studio.media.resize import resize
from studio.media.values import Pixels
from studio.panels.image import words
from studio.panels.image.enlarge import enlarged
from studio.panels.image.ground import Ground, Part, opaque, part
from studio.panels.image.made import Made, Watch, shortened
from studio.panels.image.wish import Wish

STEPS, GUIDANCE = 12, 3.0
SIDE = 512
_SMALLEST, _LARGEST = 16, 2048
_HAZE = 8
"""Opacity of 255."""
Shape = tuple[int, int, int]
_LARGEST_AREA = SIDE * SIDE
_TURN = math.pi / 4
"""How far a whole step aside or along turns the noise."""


def paint(wish: Wish, ground: Ground | None, painter: StickerPainter, ctx: JobContext) -> Made:
    """One sticker. Raises StudioError for what the model cannot do, OutOfMemory, Cancelled."""
    _check(wish)
    told, reading = _told(wish, painter, has_picture=ground is not None, ctx=ctx)
    piece = part(ground, _LARGEST_AREA) if ground else None
    watch = Watch(ctx)
    sketch = _sketch(wish, told, painter, piece)
    small = painter.paint(sketch, ctx.cancel, lambda step, picture: watch.step(
        step, sketch.steps, lambda: _whole(picture)))
    pixels = _finished(_whole(small), wish, piece, ctx)
    facts = {"steps": sketch.steps, "guidance": sketch.guidance, "scheduler": "heun", **reading}
    return Made(pixels, facts | ({"unfinished": True} if watch.is_stopped else {}))


def noise(seed: int, shape: Shape) -> Floats:
    """The seed's own."""
    return np.random.default_rng(seed).standard_normal(shape, np.float32)


def moved(wish: Wish, shape: Shape) -> Floats:
    """The noise of a wish: towards another seed's by its variation, and turned aside and along.

    Noise is a direction in very many dimensions: to turn it on the sphere keeps it as likely as it was.
    """
    params, found = wish.params, noise(wish.seed, shape)
    if params.variation:
        found = slerp(found, noise(params.variation_seed, shape), params.variation)
    reach = math.hypot(params.aside, params.along)
    if reach:
        two = np.random.default_rng([wish.seed, 1]).standard_normal((2, *shape), np.float32)
        way = (params.aside * two[0] + params.along * two[1]) / reach
        found = found * math.cos(reach * _TURN) + way * math.sin(reach * _TURN)
    return np.asarray(found, np.float32)


def slerp(one: Floats, other: Floats, share: float) -> Floats:
    """``share`` of the way from ``one`` to ``other`` on the sphere (Shoemake 1985)."""
    cosine = float((one * other).sum() / (np.linalg.norm(one) * np.linalg.norm(other)))
    angle = math.acos(min(1.0, max(-1.0, cosine)))
    if angle < 1e-4:
        return one
    first, second = math.sin((1 - share) * angle), math.sin(share * angle)
    return np.asarray((one * first + other * second) / math.sin(angle), np.float32)


def _check(wish: Wish) -> None:
    if wish.params.seamless:
        raise StudioError("This model cannot paint seamless pictures.",
                          "Models of the Stable Diffusion 1, 2 and XL families can.")
    if wish.add_ons or wish.params.decoder:
        raise StudioError("Add-ons and decoders are for models you bring; the one in the box takes none.",
                          "Choose the model they were made for.")
    for side in wish.size or ():
        if not _SMALLEST <= side <= _LARGEST:
            raise StudioError("{side} pixels cannot be painted.", "Choose {least} to {most} for a side.",
                              side=side, least=_SMALLEST, most=_LARGEST)


def _told(wish: Wish, painter: StickerPainter, *, has_picture: bool,
          ctx: JobContext) -> tuple[words.Rows, dict[str, Any]]:
    """The rows to paint from, and facts of what was read. Raises StudioError where no word is known."""
    told = words.told(wish.prompt, painter.words, painter.styles)
    if not told.reading.numbers and not has_picture:
        raise StudioError("The model in the box knows none of these words.",
                          "Name a thing in English, such as apple, cat or house.")
    _note(told, painter, ctx)
    rows = told.rows
    if wish.other_prompt and wish.params.toward:
        other = words.told(wish.other_prompt, painter.words, painter.styles)
        rows = words.mixed(rows, other.rows, wish.params.toward)
    facts: dict[str, Any] = {"read": [list(pair) for pair in told.reading.taken]}
    if left := [*told.reading.left, *told.reading.unknown]:
        facts["cut"] = " ".join(left)
    return rows, facts


def _note(told: words.Told, painter: StickerPainter, ctx: JobContext) -> None:
    reading = told.reading
    if reading.taken:
        pairs = ", ".join(f"{word} → {known}" for word, known in reading.taken)
        ctx.note("It knows other words for: {pairs}.", pairs=shortened(pairs))
    if reading.unknown:
        ctx.note("It does not know: {words}.", words=shortened(", ".join(reading.unknown)))
    if reading.left:
        ctx.note("It reads {count} words; it left out: {words}.", count=painter.words.room,
                 words=shortened(", ".join(reading.left)))


def _sketch(wish: Wish, told: words.Rows, painter: StickerPainter, piece: Part | None) -> Sketch:
    params, side = wish.params, painter.side
    against = words.told(wish.negative, painter.words, painter.styles).rows[0][0] if wish.negative else ()
    start = mask = None
    if piece is not None:
        square = cast(Pixels, resize(_squared(piece.pixels), side, side))
        start = np.asarray(_clear(square) / np.float32(255), np.float32)
        if piece.mask is not None:
            mask = masking.covered(_squared_mask(piece.mask), side, side).astype(np.float32)
    strength = 1.0 if wish.margins else params.strength
    return Sketch(told, moved(wish, painter.noise_shape), against, params.steps or STEPS,
                  params.guidance or GUIDANCE, start, strength, mask)


def _finished(small: Pixels, wish: Wish, piece: Part | None, ctx: JobContext) -> Pixels:
    """At its size, in its picture, on white where nothing transparent is wanted."""
    if piece is not None and piece.mask is not None:
        height, width = piece.size
        large = enlarged(small, min(max(height, width), _LARGEST), ctx)
        return piece.joined(_cut(large, height, width))
    width, height = wish.size or (SIDE, SIDE)
    large = enlarged(small, min(width, height), ctx)
    padded = _centred(large, height, width)
    return padded if wish.params.transparent else opaque(padded)


def _whole(picture: Floats) -> Pixels:
    """As bytes, without the haze that nobody sees and whose colours are anything."""
    found = np.asarray((picture * 255).round().clip(0, 255), np.uint8)
    found[found[..., 3] < _HAZE] = 0
    return found


def _clear(pixels: Pixels) -> Pixels:
    """With opacity."""
    if pixels.shape[2] == 4:
        return pixels
    return np.concatenate((pixels, np.full((*pixels.shape[:2], 1), 255, np.uint8)), 2)


def _squared(pixels: Pixels) -> Pixels:
    """In the middle of a square of nothing."""
    side = max(pixels.shape[:2])
    return _centred(_clear(pixels), side, side)


def _squared_mask(mask: masking.Mask) -> masking.Mask:
    height, width = mask.shape
    side = max(height, width)
    top, left = (side - height) // 2, (side - width) // 2
    wide = np.zeros((side, side), np.float32)
    wide[top:top + height, left:left + width] = mask
    return wide


def _centred(pixels: Pixels, height: int, width: int) -> Pixels:
    own = pixels.shape[:2]
    if own == (height, width):
        return pixels
    top, left = (height - own[0]) // 2, (width - own[1]) // 2
    wide = np.zeros((height, width, 4), np.uint8)
    wide[top:top + own[0], left:left + own[1]] = pixels
    return wide


def _cut(square: Pixels, height: int, width: int) -> Pixels:
    """What of a square lies over a picture of these proportions: `_squared` backwards."""
    side, longest = square.shape[0], max(height, width)
    down, across = (max(1, round(side * length / longest)) for length in (height, width))
    top, left = (side - down) // 2, (side - across) // 2
    return square[top:top + down, left:left + across]
