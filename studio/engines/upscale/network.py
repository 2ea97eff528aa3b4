"""One ONNX network in onnxruntime, with all that has to be known to put a picture through it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio.core.engine import Floats
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines.onnx_graph import OnnxGraph
from studio.engines.upscale.form import Form
from studio.engines.upscale.luma import brightness, coloured
from studio.engines.upscale.padding import padded, rounded_up
from studio.media.tiling import Blender, tiles


@dataclass(frozen=True, slots=True)
class Manner:
    """What a network does to sizes."""

    form: Form
    scale: int
    multiple: int = 1
    """Both sides of what it takes are multiples of this."""
    least: int = 1
    """Smallest side it is given."""
    trim: int = 0
    """Pixels of the result it leaves out, both edges of a side together."""
    margin: int = 32
    """Pixels of the source around a place that can change it."""
    is_local: bool = False


class Network:
    """A graph and its manner."""

    def __init__(self, graph: OnnxGraph, manner: Manner, model: str) -> None:
        self.graph, self.manner, self._model = graph, manner, model

    def upscale(self, picture: Floats, cancel: CancelToken) -> Floats:
        """(H, W, 3) -> (scale H, scale W, 3). Raises StudioError, OutOfMemory, Cancelled."""
        if self.manner.form.channels == 3:
            return self._any_size(picture, cancel)
        return coloured(self._any_size(brightness(picture), cancel), picture)

    def _any_size(self, picture: Floats, cancel: CancelToken) -> Floats:
        piece = self.manner.form.sides
        if not piece[0] or (picture.shape[0] <= piece[0] and picture.shape[1] <= piece[1]):
            return self._padded(picture, cancel)
        scale, margin = self.manner.scale, min(self.manner.margin, min(piece) // 4)
        core, height, width = min(piece) - 2 * margin, *(scale * side for side in picture.shape[:2])
        blender = Blender(height, width, picture.shape[2])
        for tile in tiles(height, width, core * scale, margin * scale, scale):
            window = picture[tile.py0 // scale:tile.py1 // scale, tile.px0 // scale:tile.px1 // scale]
            blender.add(tile, self._padded(window, cancel))
        return blender.result()

    def _padded(self, picture: Floats, cancel: CancelToken) -> Floats:
        """One run of the network, on mirrored edges where it wants more than there is."""
        manner, (height, width) = self.manner, picture.shape[:2]
        before = -(-manner.trim // (2 * manner.scale))
        sides = manner.form.sides if manner.form.sides[0] else [
            rounded_up(side + 2 * before, manner.multiple, manner.least) for side in (height, width)]
        found = self.run(padded(picture, sides[0], sides[1], before), cancel)
        top = before * manner.scale - manner.trim // 2
        return found[top:top + height * manner.scale, top:top + width * manner.scale]

    def run(self, picture: Floats, cancel: CancelToken) -> Floats:
        """One run on a picture of a size it takes. Raises StudioError where the answer is another."""
        answers = self.graph.run({self.manner.form.name: self.manner.form.batch(picture)}, cancel)
        found = self.manner.form.picture(np.asarray(answers[0]))
        scale, trim = self.manner.scale, self.manner.trim
        wanted = tuple(side * scale - trim for side in picture.shape[:2])
        if found is None or found.shape[:2] != wanted:
            raise wrong_size(self._model, picture.shape, np.shape(answers[0]))
        if not np.isfinite(found).all():
            raise NotNumbers("{model} gave no picture but numbers that are none (NaN).",
                             "Choose another model.", model=self._model)
        return found


class NotNumbers(StudioError):
    """The answer holds NaN or infinity; higher precision may help."""


def wrong_size(model: str, given: tuple[int, ...], answer: tuple[int, ...]) -> StudioError:
    """For an answer that is no picture of a whole multiple of what was given."""
    return StudioError("{model} made {made} numbers from a picture of {height} x {width}: "
                       "that is no enlargement by a whole factor.", "Choose another model.", model=model,
                       made=" x ".join(map(str, answer)), height=given[0], width=given[1])


def with_range(manner: Manner, takes: tuple[float, float], gives: tuple[float, float]) -> Manner:
    """``manner`` with other ideas of black and white."""
    return replace(manner, form=replace(manner.form, takes=takes, gives=gives))


