"""Held-out quality: style and content distances on the teacher trunk, and the contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from studio.engines.style.networks import Trunk, colour_statistics, decolour, recolour
from studio.training.losses import LayerStyle, layer_style

Stylise = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Distances:
    """Means over pairs. Style distances are averaged over conv1 to fire5.

    `gram` and `moments` are relative lengths |a - b| / |b| of Gram matrices and of means with deviations;
    `gram_squared` and `moments_squared` are their squares, averaged as squares; `content` is the relative
    length of the difference of fire5 to the content's.
    """

    gram: float
    moments: float
    gram_squared: float
    moments_squared: float
    content: float


class Judge:
    """Measures pictures against contents and styles, each (1, 3, H, W), 0..1."""

    def __init__(self, teacher: Trunk, contents: Sequence[Tensor], styles: Sequence[Tensor]) -> None:
        self.teacher, self.contents, self.styles = teacher, contents, styles
        with torch.no_grad():
            self._deep = [teacher(c)[-1] for c in contents]
            self._styles = [[layer_style(x) for x in teacher(s)] for s in styles]

    @torch.no_grad()
    def pair(self, picture: Tensor, content: int, style: int) -> Distances:
        """Distances of one result."""
        features = self.teacher(picture)
        layers = [layer_style(x) for x in features]
        wanted = self._styles[style]
        grams = np.array([_relative(a.gram, b.gram) for a, b in zip(layers, wanted, strict=True)])
        pairs = np.array([_relative(a.pair, b.pair) for a, b in zip(layers, wanted, strict=True)])
        deep = _relative(features[-1], self._deep[content])
        return Distances(
            float(grams.mean()), float(pairs.mean()), float((grams**2).mean()), float((pairs**2).mean()), deep
        )

    @torch.no_grad()
    def table(self, stylise: Stylise, pairs: Sequence[tuple[int, int]]) -> Distances:
        """Means over `pairs` of (content, style) numbers."""
        rows = [self.pair(stylise(self.contents[c], self.styles[s]), c, s) for c, s in pairs]
        return Distances(
            **{name: float(np.mean([asdict(r)[name] for r in rows])) for name in asdict(rows[0])}
        )

    def unrelated(self) -> float:
        """Mean relative length of the difference of fire5 between two different contents."""
        found = [_relative(a, b) for a in self._deep for b in self._deep if a is not b]
        return float(np.mean(found))


def all_pairs(contents: int, styles: int, every: int = 1) -> list[tuple[int, int]]:
    """Every pair, or every n-th of them on a slanted grid so that each picture comes up."""
    pairs = [(c, s) for c in range(contents) for s in range(styles)]
    return [(c, s) for c, s in pairs if (c + s) % every == 0]


def colour_transfer(content: Tensor, style: Tensor) -> Tensor:
    """The yardstick: each RGB channel's mean and deviation taken from the style, nothing else."""
    mean, deviation = content.mean((2, 3), keepdim=True), content.std((2, 3), keepdim=True) + 1e-5
    wanted, spread = style.mean((2, 3), keepdim=True), style.std((2, 3), keepdim=True)
    return ((content - mean) / deviation * spread + wanted).clamp(0.0, 1.0)


def neutral_colours(content: Tensor, style: Tensor) -> Tensor:
    """Colours moved with their covariance, as the transfer network does before it paints."""
    return recolour(decolour(content, colour_statistics(content)), colour_statistics(style)).clamp(0.0, 1.0)


def ratios(got: Distances, yardstick: Distances, unrelated: float) -> dict[str, float]:
    """Style distances as shares of the yardstick's, content as a share of unrelated photos'."""
    shares = {n: round(getattr(got, n) / getattr(yardstick, n), 4) for n in asdict(got) if n != "content"}
    return {**shares, "content": round(got.content / unrelated, 4)}


def contact_sheet(
    contents: Sequence[Tensor], styles: Sequence[Tensor], rows: Sequence[tuple[str, Stylise]], cell: int = 256
) -> Image.Image:
    """Styles along the top, contents at the left; for each content one row per way of `rows`."""
    count = len(rows)
    sheet = Image.new("RGB", (cell * (len(styles) + 1), cell * (len(contents) * count + 1)), "#202020")
    for column, style in enumerate(styles):
        sheet.paste(to_image(style, cell), (cell * (column + 1), 0))
    for line, content in enumerate(contents):
        for part, (_, stylise) in enumerate(rows):
            top = cell * (line * count + part + 1)
            if part == 0:
                sheet.paste(to_image(content, cell), (0, top))
            for column, style in enumerate(styles):
                sheet.paste(to_image(stylise(content, style), cell), (cell * (column + 1), top))
    return sheet


def to_image(rgb: Tensor, size: int | None = None) -> Image.Image:
    """(1, 3, H, W), 0..1 -> PIL picture."""
    array = (rgb[0].clamp(0.0, 1.0) * 255.0).round().byte().permute(1, 2, 0).numpy()
    picture = Image.fromarray(array)
    return (
        picture.resize((size, size), Image.Resampling.LANCZOS) if size and size != picture.width else picture
    )


def _relative(a: Tensor, b: Tensor) -> float:
    return float((a - b).norm() / b.norm().clamp_min(1e-8))


__all__ = ["Distances", "Judge", "LayerStyle", "all_pairs", "colour_transfer", "contact_sheet", "ratios"]
