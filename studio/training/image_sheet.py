"""Sheets to judge the Image starter model by eye."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from studio.training.image_pictures import SIDE

PAPER = (246, 245, 243)
_GAP, _LINE = 6, 13
Pictures = NDArray[np.uint8]
"""(N, 64, 64, 4), plain colours."""


def contact_sheet(rows: Sequence[Pictures], labels: Sequence[str], across: int = 4) -> Image.Image:
    """A row of pictures for each label, ``across`` labels beside each other."""
    width = len(rows[0]) * (SIDE + _GAP) + 2 * _GAP
    height = SIDE + _LINE + _GAP
    page = Image.new("RGB", (across * width, -(-len(rows) // across) * height + _GAP), PAPER)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(10)
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        left, top = number % across * width + _GAP, number // across * height + _GAP
        pen.text((left, top), label[:52], (70, 70, 70), font)
        for place, picture in enumerate(row):
            image = Image.fromarray(picture, "RGBA")
            page.paste(image, (left + place * (SIDE + _GAP), top + _LINE), image)
    return page
