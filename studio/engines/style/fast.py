"""People's own "fast neural style" networks (Johnson et al. 2016): one style, baked into the weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from studio.core.engine import Floats, ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.model_files import model_file
from studio.engines.style.arch.transformer_net import MARGIN, MULTIPLE, TransformerNet
from studio.engines.style.arrays import from_nchw, to_nchw
from studio.engines.torch_run import memory_in_words, steady_threads
from studio.engines.weights import read_weights


class FastPainter:
    """A network of pytorch/examples' layout, any width, old or new normalisation names."""

    takes_style, tooth, remark = False, 0.0, ""
    multiple, margin = MULTIPLE, MARGIN

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Raises StudioError for a file that is damaged, would run code, or is another network."""
        try:
            self._network = TransformerNet(read_weights(model_file(source)))
        except KeyError as error:
            raise StudioError("The model {model} lacks its part {part}.", "Choose another file.",
                              model=source.id, part=str(error.args[0])) from error
        self._place = devices.torch_device(device)
        self._type = torch.float16 if self._place == "cuda" else torch.float32
        self._network.to(self._place, self._type)

    @property
    def device(self) -> str:
        """cpu, cuda or mps."""
        return self._place

    @property
    def precision(self) -> str:
        """float16 on CUDA, float32 elsewhere."""
        return "float16" if self._type == torch.float16 else "float32"

    @property
    def memory(self) -> int:
        """Bytes of its weights."""
        return sum(weight.numel() * weight.element_size() for weight in self._network.weights.values())

    def code(self, key: str, load: Callable[[], Floats], cancel: CancelToken) -> Floats:
        """Nothing: the style is in the weights."""
        return np.zeros(0, np.float32)

    def paint(self, content: Floats, code: Floats, cancel: CancelToken,
              statistics: Floats | None = None) -> tuple[Floats, Floats]:
        """See `StylePainter.paint`."""
        given = None if statistics is None else torch.from_numpy(statistics).to(self._place)
        with torch.inference_mode(), steady_threads(), memory_in_words():
            picture = torch.from_numpy(to_nchw(content)).to(self._place, self._type) * 255.0
            painted, measured = self._network.run(picture, cancel.check, given)
            return _array(painted), measured.float().cpu().numpy()

    def widen(self) -> bool:
        """See `StylePainter.widen`."""
        if self._type == torch.float32:
            return False
        self._type = torch.float32
        self._network.to(self._place, self._type)
        return True

    def to_cpu(self) -> bool:
        """See `StylePainter.to_cpu`."""
        if self._place == "cpu":
            return False
        self._place, self._type = "cpu", torch.float32
        self._network.to(self._place, self._type)
        return True

    def close(self) -> None:
        """Forget the weights."""
        self._network.weights.clear()


def _array(painted: Tensor) -> Floats:
    return from_nchw((painted.float() / 255.0).clamp(0.0, 1.0).cpu().numpy())


def load(source: ModelSource, device: devices.Device) -> FastPainter:
    """For the registry."""
    return FastPainter(source, device)
