"""Finds out by running it what an ONNX upscaler does: scale, range of numbers, sizes it takes.

A graph tells the names and types of what goes in and out. Everything else is seen from small pictures.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from studio.core.engine import Floats
from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.engines.onnx_graph import OnnxGraph
from studio.engines.upscale.answers import wrong_size
from studio.engines.upscale.form import UNIT, Form, Range, forms
from studio.engines.upscale.luma import brightness
from studio.engines.upscale.onnx_network import Manner
from studio.engines.upscale.padding import rounded_up
from studio.engines.upscale.reach import trial

_SIDES = (64, 128, 256)
"""Sides of the first picture: multiples of every grid networks were seen to want."""
_GRIDS = (1, 2, 4, 8, 16, 32, 64)
_BYTES: Range = (0.0, 255.0)
_SIGNED: Range = (-1.0, 1.0)
_RANGES: tuple[tuple[Range, Range], ...] = (
    (UNIT, UNIT), (_BYTES, _BYTES), (_SIGNED, _SIGNED), (_BYTES, UNIT), (UNIT, _BYTES))
"""(taken, given), likeliest first: a later one must be clearly better."""
_CLEARLY = 0.7
_LEAST = (1, 8, 16, 32)
"""Smallest sides that are tried: networks that mirror their own edges, or halve the picture, fail on less."""
_MOST = 16
"""Largest factor that is believed."""
_Size = tuple[int, int]


def study(graph: OnnxGraph, model: str) -> Manner:
    """How a picture is put through ``graph``. Raises StudioError saying why it is no upscaler."""
    probe = _Probe(graph, model)
    form, first, answer = _first(probe, forms(graph.inputs, model))
    scale, trim = _scale(probe, form, first, answer)
    form = _ranged(probe, form, first, scale, trim)
    if form.sides[0]:
        return Manner(form, scale, trim=trim)
    grid = _multiple(probe, form, first, scale, trim)
    return Manner(form, scale, grid, _least(probe, form, grid, scale, trim), trim)


@dataclass(frozen=True, slots=True)
class _Probe:
    """Runs the graph on small pictures; what fails gives None."""

    graph: OnnxGraph
    model: str

    def run(self, form: Form, size: _Size) -> Floats | None:
        try:
            answer = self.graph.run({form.name: form.batch(_picture(form, size))}, CancelToken())[0]
        except OutOfMemory:
            raise
        except StudioError:  # it does not take this size
            return None
        return form.picture(np.asarray(answer))


def _first(probe: _Probe, candidates: Iterable[Form]) -> tuple[Form, _Size, Floats]:
    """The first form and size that give a picture, and the picture."""
    for form, side in itertools.product(candidates, _SIDES):
        size = form.sides if form.sides[0] else (side, side)
        answer = probe.run(form, size)
        if answer is not None:
            return form, size, answer
    raise StudioError("{model} gives no picture for a picture of any size that was tried; "
                      "it is another kind of network.", "Choose another model.", model=probe.model)


def _scale(probe: _Probe, form: Form, size: _Size, answer: Floats) -> tuple[int, int]:
    """(factor, pixels left out at the edges); a second, wider picture tells the one from the other.

    Networks without padding leave the same few pixels out of every picture (waifu2x does).
    """
    wide = None if form.sides[0] else probe.run(form, (size[0], 2 * size[1]))
    height, width = answer.shape[:2]
    scale = (wide.shape[1] - width) / size[1] if wide is not None else width / size[1]
    trim = size[0] * scale - height
    if scale != int(scale) or not 1 <= scale <= _MOST or trim != size[1] * scale - width or not (
            0 <= trim < min(height, width) / 2):
        raise wrong_size(probe.model, size, answer.shape)
    return int(scale), int(trim)


def _ranged(probe: _Probe, form: Form, size: _Size, scale: int, trim: int) -> Form:
    """``form`` with the idea of black and white under which the picture comes out as the picture."""
    wanted = _picture(form, size)
    allowed = [(_BYTES, gives) for _, gives in _RANGES] if form.dtype == np.uint8 else _RANGES
    best, least = form, np.inf
    for takes, gives in dict.fromkeys(allowed):
        tried = replace(form, takes=takes, gives=gives)
        answer = probe.run(tried, size)
        off = np.inf if answer is None else _difference(answer, wanted, scale, trim)
        if off < least * _CLEARLY:
            best, least = tried, off
    return best


def _difference(answer: Floats, wanted: Floats, scale: int, trim: int) -> float:
    """Mean distance of the picture made small again from what it was made of, its edges apart."""
    before = -(-trim // (2 * scale))
    start = before * scale - trim // 2
    rows, columns = (side - 2 * before for side in wanted.shape[:2])
    inner = answer[start:start + rows * scale, start:start + columns * scale]
    small = inner.reshape(rows, scale, columns, scale, -1).mean(axis=(1, 3))
    aim = wanted[before:before + rows, before:before + columns]
    return float(np.abs(np.nan_to_num(small, nan=1e3, posinf=1e3, neginf=1e3) - aim).mean())


def _multiple(probe: _Probe, form: Form, size: _Size, scale: int, trim: int) -> int:
    """The coarsest grid it needs: sizes that lie on finer ones only fail, or come out in another size."""
    return next((grid for grid in _GRIDS if grid < size[0]
                 and _fits(probe, form, _odd(size, grid), scale, trim)), size[0])


def _least(probe: _Probe, form: Form, grid: int, scale: int, trim: int) -> int:
    """The smallest side it takes, of those that are tried."""
    around = 2 * -(-trim // (2 * scale))
    sides = [max(grid, rounded_up(least + around, grid)) for least in _LEAST]
    return next((side for side in sides if _fits(probe, form, (side, side + grid), scale, trim)), sides[-1])


def _fits(probe: _Probe, form: Form, size: _Size, scale: int, trim: int) -> bool:
    answer = probe.run(form, size)
    return answer is not None and answer.shape[:2] == (size[0] * scale - trim, size[1] * scale - trim)


def _odd(size: _Size, grid: int) -> _Size:
    """Sides near ``size`` that are odd multiples of ``grid``, and not the same."""
    down, right = (max(0, side // grid - 1) | 1 for side in size)
    return down * grid, (right + 2) * grid


def _picture(form: Form, size: _Size) -> Floats:
    picture = trial(*size)
    return picture if form.channels == 3 else brightness(picture)


