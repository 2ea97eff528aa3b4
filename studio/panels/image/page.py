"""The page of a sheet: pictures in rows, and what makes them differ above and left of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from studio.core.params import Setting
from studio.core.sheets import Axis, Sheet, axis_settings, shown
from studio.media.values import Pixels

_GAP, _PAD = 8, 8
_INK = (40, 40, 40)
_LINES = 4
_WIDEST = 240
_FONTS = ("NotoSansCJK-Regular.ttc", "NotoSans-Regular.ttf", "msyh.ttc", "PingFang.ttc", "DejaVuSans.ttf")
"""For captions that the font of Pillow has no letters for; the first that the system has."""
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def page(sheet: Sheet, pictures: Mapping[tuple[int, int], Pixels],
         settings: Mapping[str, Setting]) -> tuple[Pixels, dict[str, int]]:
    """The page (height, width, 3) with ``pictures`` (H, W, 3) by (column, row), and where its cells lie.

    {"left", "top"} of the first, {"cell_width", "cell_height"} from one to the next. Cells that are missing
    stay white.
    """
    width = max(picture.shape[1] for picture in pictures.values()) + _GAP
    height = max(picture.shape[0] for picture in pictures.values()) + _GAP
    captions = _Captions(settings, max(11, min(28, width // 18)))
    above = captions.of(sheet.x, width - _GAP)
    beside = captions.of(sheet.y, min(_WIDEST, max(width, 80)))
    top = max((picture.height for picture in above), default=0) + _PAD
    left = max((picture.width for picture in beside), default=0) + _PAD
    made = Image.new("RGB", (left + sheet.columns * width, top + sheet.rows * height), "white")
    for column, caption in enumerate(above):
        made.paste(caption, (left + column * width + (width - _GAP - caption.width) // 2,
                             top - _PAD // 2 - caption.height))
    for row, caption in enumerate(beside):
        made.paste(caption, (left - _PAD // 2 - caption.width,
                             top + row * height + (height - _GAP - caption.height) // 2))
    for (column, row), picture in pictures.items():
        across, down = (width - _GAP - picture.shape[1]) // 2, (height - _GAP - picture.shape[0]) // 2
        made.paste(Image.fromarray(np.asarray(picture, np.uint8)),
                   (left + column * width + across, top + row * height + down))
    return np.asarray(made), {"left": left, "top": top, "cell_width": width, "cell_height": height}


@dataclass(frozen=True, slots=True)
class _Captions:
    settings: Mapping[str, Setting]
    size: int

    def of(self, axis: Axis | None, width: int) -> list[Image.Image]:
        """A small picture for each value, at most ``width`` wide."""
        if axis is None:
            return []
        label = axis_settings(self.settings)[axis.name].label
        return [self._caption(f"{label}: {shown(value)}", width) for value in axis.values]

    def _caption(self, text: str, width: int) -> Image.Image:
        font = _font(text, self.size)
        lines = _wrapped(text, font, width)
        high = round(self.size * 1.3)
        wide = min(width, max(int(font.getlength(line)) + 1 for line in lines))
        made = Image.new("RGB", (wide, high * len(lines)), "white")
        pen = ImageDraw.Draw(made)
        for number, line in enumerate(lines):
            pen.text((wide / 2, number * high + high / 2), line, _INK, font, anchor="mm")
        return made


def _wrapped(text: str, font: Font, width: int) -> list[str]:
    """``text`` in lines that fit; the last one ends in dots where there is more."""
    lines, rest = list[str](), text
    while rest and len(lines) < _LINES:
        end = len(rest)
        while end > 1 and font.getlength(rest[:end]) > width:
            end = min(end - 1, max(1, int(end * width / font.getlength(rest[:end]))))
        if end < len(rest) and " " in rest[:end]:
            end = rest.rindex(" ", 0, end) + 1
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [*lines[:-1], f"{lines[-1][:-1]}…"] if rest else lines


def _font(text: str, size: int) -> Font:
    if all(ord(letter) < 0x250 for letter in text):
        return ImageFont.load_default(size)
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
