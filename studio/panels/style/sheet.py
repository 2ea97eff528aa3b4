"""The pictures a restyling starts from: decoded, in sRGB, at the size asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import StudioError
from studio.core.jobs import Input, JobContext
from studio.media.picture import read, to_srgb
from studio.media.resize import fit, resize
from studio.media.values import Picture, Pixels

_KEPT_BYTES = 64_000_000
_KEPT_EACH = 8_000_000
MOST_STYLES = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is painted on."""

    name: str
    pixels: Pixels
    """(height, width, 3), uint8 or uint16."""
    alpha: Pixels | None
    """(height, width) of the same type, kept as it is."""
    mask: Pixels | None
    """(height, width): white where the style goes, black where nothing may change."""


class Decoded:
    """Keeps small decoded pictures, so that a moving slider decodes nothing twice. Safe from any thread."""

    def __init__(self, budget: int = _KEPT_BYTES, each: int = _KEPT_EACH) -> None:
        self._budget, self._each = budget, each
        self._kept: OrderedDict[tuple[str, int], Pixels] = OrderedDict()
        self._lock = threading.Lock()

    def pixels(self, item: Input, ctx: JobContext, longest: int = 0) -> Pixels:
        """(H, W, 3 or 4) of an input, in sRGB; its longer side ``longest`` unless that is 0."""
        key = (item.sha256, longest)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        picture = _read(item, ctx)
        pixels = picture.pixels
        if longest:
            pixels = cast(Pixels, resize(pixels, *fit(picture.height, picture.width, longest)))
        self._keep(key, pixels)
        return pixels

    def _keep(self, key: tuple[str, int], pixels: Pixels) -> None:
        with self._lock:
            if pixels.nbytes <= self._each:
                self._kept[key] = pixels
            while sum(kept.nbytes for kept in self._kept.values()) > self._budget:
                self._kept.popitem(last=False)


def make_sheet(inputs: Sequence[Input], size: int, decoded: Decoded, ctx: JobContext) -> Sheet:
    """The content at ``size`` (0: its own), and the mask fitted to it. Raises StudioError."""
    contents = [item for item in inputs if item.role == "content"]
    if len(contents) != 1:
        raise StudioError("One picture is restyled at a time; there are {count}.",
                          "Drop a photograph on the first well.", count=len(contents))
    pixels = decoded.pixels(contents[0], ctx, size)
    mask = next((item for item in inputs if item.role == "mask"), None)
    return Sheet(contents[0].name, pixels[..., :3], pixels[..., 3] if pixels.shape[2] == 4 else None,
                 None if mask is None else _mask(decoded.pixels(mask, ctx), pixels.shape[0], pixels.shape[1]))


def style_inputs(inputs: Sequence[Input]) -> list[tuple[Input, float]]:
    """The styles and their shares, which add up to 1; equal ones if all faders are down."""
    styles = [item for item in inputs if item.role == "style"]
    if len(styles) > MOST_STYLES:
        raise StudioError("Up to {most} styles can be mixed; there are {count}.", "Take some out.",
                          most=MOST_STYLES, count=len(styles))
    weights = [max(0.0, item.weight) for item in styles]
    total = sum(weights)
    shares = [weight / total if total else 1.0 / len(styles) for weight in weights]
    return [(item, share) for item, share in zip(styles, shares, strict=True) if share]


def opaque(pixels: Pixels) -> Pixels:
    """(H, W, 3): what is transparent shows white, as on paper."""
    if pixels.shape[2] == 3:
        return pixels
    top = float((1 << 8 * pixels.dtype.itemsize) - 1)
    alpha = pixels[..., 3:].astype(np.float32) / np.float32(top)
    flat = pixels[..., :3] * alpha + np.float32(top) * (1 - alpha) + np.float32(0.5)
    return cast(Pixels, flat.astype(pixels.dtype))


def _mask(pixels: Pixels, height: int, width: int) -> Pixels:
    """Lightness times opacity, at the content's size."""
    flat: NDArray[np.float32] = pixels[..., :3].mean(axis=2, dtype=np.float32)
    if pixels.shape[2] == 4:
        flat *= pixels[..., 3] / np.float32((1 << 8 * pixels.dtype.itemsize) - 1)
    return cast(Pixels, resize((flat + np.float32(0.5)).astype(pixels.dtype), height, width))


def _read(item: Input, ctx: JobContext) -> Picture:
    ctx.cancel.check()
    picture = to_srgb(read(ctx.input(item)))
    ctx.cancel.check()
    return picture
