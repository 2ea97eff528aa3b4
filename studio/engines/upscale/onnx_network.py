"""One ONNX network in onnxruntime, with all that has to be known to put a picture through it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.core.engine import Floats
from studio.core.jobs import CancelToken
from studio.engines.onnx_graph import OnnxGraph
from studio.engines.upscale.answers import checked, wrong_size
from studio.engines.upscale.form import Form
from studio.engines.upscale.luma import in_channels
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


class Network:
    """A graph and its manner."""

    def __init__(self, graph: OnnxGraph, manner: Manner, model: str) -> None:
        self.graph, self.manner, self._model = graph, manner, model

    def upscale(self, picture: Floats, cancel: CancelToken, margin: int = 0) -> Floats:
        """(H, W, 3) -> (scale H, scale W, 3). Raises StudioError, NotNumbers, OutOfMemory, Cancelled.

        A network of one size gets a larger picture in pieces that overlap by ``margin`` at either side.
        """
        piece = self.manner.form.sides
        is_whole = not piece[0] or (picture.shape[0] <= piece[0] and picture.shape[1] <= piece[1])

        def run(part: Floats) -> Floats:
            return self._padded(part, cancel) if is_whole else self._in_pieces(part, cancel, margin)

        return in_channels(picture, self.manner.form.channels, run)

    def _in_pieces(self, picture: Floats, cancel: CancelToken, margin: int) -> Floats:
        """All sizes here are those of the result, so that pieces lie on whole pixels of the source."""
        scale, side = self.manner.scale, min(self.manner.form.sides)
        margin = min(margin, side // 4)
        height, width = picture.shape[0] * scale, picture.shape[1] * scale
        blender = Blender(height, width, picture.shape[2])
        for tile in tiles(height, width, (side - 2 * margin) * scale, margin * scale, scale):
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
        inner = found[top:top + height * manner.scale, top:top + width * manner.scale]
        return checked(inner, picture, manner.scale, self._model)

    def run(self, picture: Floats, cancel: CancelToken) -> Floats:
        """One run on a picture of a size it takes, numbers unseen. Raises StudioError for another size."""
        form = self.manner.form
        answer = np.asarray(self.graph.run({form.name: form.batch(picture)}, cancel)[0])
        found = form.picture(answer)
        wanted = tuple(side * self.manner.scale - self.manner.trim for side in picture.shape[:2])
        if found is None or found.shape[:2] != wanted:
            raise wrong_size(self._model, picture.shape, answer.shape)
        return found
