"""How big the result gets, by which factor of the network, and which part of the picture is worked on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.errors import StudioError
from studio.panels.upscale.params import UpscaleParams

Size = tuple[int, int]
"""(height, width) in pixels."""
MOST_PIXELS = 2_000_000_000
"""Of a result; about 6 GB before compression."""
LOBES = 3
"""Of the Lanczos kernel (Duchon 1979) that goes from the network's size to the one asked for."""
GRID = 8
"""Windows start on multiples of this, so that a network that shuffles pixels sees the same grid in each."""
_CM_PER_INCH = 2.54
_NEAR = 1.02
"""A factor this little above a network's own is left to the resampler."""


@dataclass(frozen=True, slots=True)
class Box:
    """Rows ``top`` to ``bottom`` and columns ``left`` to ``right``, ends excluded."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Plan:
    """From a picture to a result."""

    source: Size
    """Of the whole picture."""
    target: Size
    """Of the whole result."""
    scale: int
    """The network's factor."""
    part: Box
    """What of the result is wanted, in its pixels."""
    cut: Box
    """What of the picture that takes, in its pixels."""

    @property
    def ratio(self) -> tuple[float, float]:
        """Pixels of the network to one of the result, down and across."""
        return self.source[0] * self.scale / self.target[0], self.source[1] * self.scale / self.target[1]

    @property
    def is_exact(self) -> bool:
        """Whether the network's own size is the one wanted."""
        return self.target == (self.source[0] * self.scale, self.source[1] * self.scale)


def target_size(params: UpscaleParams, height: int, width: int) -> Size:
    """The result's size for a picture of height x width.

    One side given keeps the proportions; both given are taken as they are. Raises StudioError where no side
    is given or the result would be too big for any file.
    """
    if params.by == "factor":
        size = _side(height * params.scale), _side(width * params.scale)
    elif params.by == "pixels":
        size = _followed(params.height, params.width, height, width)
    else:
        down, across = (cm / _CM_PER_INCH * params.dpi for cm in (params.print_height, params.print_width))
        size = _followed(down, across, height, width)
    _check(*size)
    return size


def native_scale(scales: Sequence[int], factor: float) -> int:
    """The network's factor for ``factor``: the smallest that reaches it, else the largest there is."""
    reaching = [scale for scale in scales if scale * _NEAR >= factor]
    return min(reaching) if reaching else max(scales)


def make_plan(params: UpscaleParams, height: int, width: int, scales: Sequence[int], margin: int) -> Plan:
    """The plan for a picture of height x width.

    ``margin`` is how far around a place the network looks; a part is cut with so much around it that it
    comes out as in the whole. Raises StudioError as `target_size` does, and where the part is no part.
    """
    target = target_size(params, height, width)
    scale = native_scale(scales, max(target[0] / height, target[1] / width))
    whole = Box(0, 0, height, width)
    if not params.crop:
        return Plan((height, width), target, scale, Box(0, 0, *target), whole)
    wanted = crop_box(params.crop, height, width)
    rows = _scaled(wanted.top, wanted.bottom, target[0] / height, target[0])
    columns = _scaled(wanted.left, wanted.right, target[1] / width, target[1])
    part = Box(rows[0], columns[0], rows[1], columns[1])
    return Plan((height, width), target, scale, part, Box(*_reaching(part, whole, target, scale, margin)))


def crop_box(text: str, height: int, width: int) -> Box:
    """The part "left,top,width,height" of a picture of height x width, cut off at its edges.

    Raises StudioError for other text and for a part outside the picture.
    """
    try:
        left, top, across, down = (int(number) for number in text.split(","))
    except ValueError as error:
        raise StudioError("A part is four whole numbers: left,top,width,height; this is {text}.",
                          text=repr(text)) from error
    box = Box(max(0, top), max(0, left), min(height, top + down), min(width, left + across))
    if box.height < 1 or box.width < 1:
        raise StudioError("The part {text} lies outside the picture of {width} x {height}.", text=text,
                          width=width, height=height)
    return box


def _side(length: float) -> int:
    return max(1, round(length))


def _followed(down: float, across: float, height: int, width: int) -> Size:
    """The size where a side of 0 follows the other one."""
    if not down and not across:
        raise StudioError("There is no size to enlarge to.", "Give a width, a height or both.")
    return _side(down or across * height / width), _side(across or down * width / height)


def _check(height: int, width: int) -> None:
    if height * width > MOST_PIXELS:
        raise StudioError("The result would have {megapixels:,} megapixels ({width:,} x {height:,}); "
                          "{most:,} is the most.", "Choose a smaller size.", width=width, height=height,
                          megapixels=height * width // 1_000_000, most=MOST_PIXELS // 1_000_000)


def _scaled(start: int, stop: int, factor: float, most: int) -> tuple[int, int]:
    """At least one pixel of the result."""
    first = min(most - 1, math.floor(start * factor))
    return first, max(first + 1, min(most, math.ceil(stop * factor)))


def _reaching(part: Box, whole: Box, target: Size, scale: int, margin: int) -> tuple[int, int, int, int]:
    """What of the picture decides ``part``: top, left, bottom, right."""
    found = [_reach(start, stop, length, size, scale, margin) for start, stop, length, size in (
        (part.top, part.bottom, whole.height, target[0]), (part.left, part.right, whole.width, target[1]))]
    return found[0][0], found[1][0], found[0][1], found[1][1]


def _reach(start: int, stop: int, length: int, size: int, scale: int, margin: int) -> tuple[int, int]:
    ratio = length / size
    kernel = LOBES * max(1.0, ratio * scale) / scale + 2
    low = max(0, math.floor(start * ratio - kernel - margin) // GRID * GRID)
    return low, min(length, -(-math.ceil(stop * ratio + kernel + margin) // GRID) * GRID)
