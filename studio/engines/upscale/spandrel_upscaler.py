"""Enlarging with people's own PyTorch networks: whatever spandrel reads."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Generator
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from studio.core.engine import Floats, ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.model_files import model_file
from studio.engines.torch_run import memory_in_words, steady_threads
from studio.engines.upscale import descriptors, reach
from studio.engines.upscale.answers import checked, in_numbers
from studio.engines.upscale.luma import in_channels

_SMALL = 2
"""Nobody cuts tiles of so few pixels."""


class SpandrelUpscaler:
    """One network of one scale; scale 1 cleans, deblurs or restores."""

    can_clean, tile = False, (0, 0)

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Raises StudioError saying why the file cannot be used."""
        self._name = source.id
        self._network = descriptors.read(model_file(source), source.id)
        self.scales = (int(self._network.scale),)
        self._cancel = CancelToken()
        for part in self._network.model.modules():
            part.register_forward_pre_hook(self._check)
        half = self._network.supports_half
        self._move(devices.torch_device(device), half=half)

    @property
    def device(self) -> str:
        """cpu, cuda or mps."""
        return self._place

    @property
    def precision(self) -> str:
        """float16 on CUDA where the network bears it, float32 elsewhere."""
        return "float16" if self._type == torch.float16 else "float32"

    @property
    def memory(self) -> int:
        """Bytes of its weights."""
        weights = self._network.model.state_dict().values() if self._network else ()
        return sum(weight.numel() * weight.element_size() for weight in weights)

    @property
    def facts(self) -> dict[str, Any]:
        """What spandrel says of it, for people."""
        return descriptors.facts(self._network)

    @property
    def margin(self) -> int:
        """See `Upscaler.margin`; found by trying, once."""
        return self._reach[0]

    @property
    def is_local(self) -> bool:
        """See `Upscaler.is_local`."""
        return self._reach[1]

    @cached_property
    def _reach(self) -> tuple[int, bool]:
        size = self._network.size_requirements
        pads = size.multiple_of > 1 or size.minimum > _SMALL or size.square
        margin, is_local = reach.measured(lambda picture: self._upscaled(picture, CancelToken()), pads=pads)
        return margin, is_local and self._network.tiling.name == "SUPPORTED"

    def upscale(self, picture: Floats, *, scale: int, clean: float, cancel: CancelToken) -> Floats:
        """See `Upscaler.upscale`."""
        cancel.check()
        return self._upscaled(picture, cancel)

    def widen(self) -> bool:
        """See `Upscaler.widen`."""
        if self._type == torch.float32:
            return False
        self._move(self._place, half=False)
        return True

    def to_cpu(self) -> bool:
        """See `Upscaler.to_cpu`."""
        if self._place == "cpu":
            return False
        self._move("cpu", half=False)
        return True

    def close(self) -> None:
        """Forget the weights."""
        self._network = None

    def _upscaled(self, picture: Floats, cancel: CancelToken) -> Floats:
        channels = int(self._network.input_channels)
        return in_numbers(lambda: in_channels(picture, channels, lambda part: self._run(part, cancel)),
                          self.widen)

    def _run(self, picture: Floats, cancel: CancelToken) -> Floats:
        self._cancel = cancel
        batch = torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)[np.newaxis]))
        with _quiet(self._name), torch.inference_mode(), steady_threads(), memory_in_words():
            answer: Tensor = self._network(batch.to(self._place, self._type))
            found = answer[0].float().cpu().numpy().transpose(1, 2, 0)
        return checked(found, picture, self.scales[0], self._name)

    def _check(self, part: nn.Module, given: Any) -> None:
        """Before every layer: a whole tile through a large network takes seconds."""
        self._cancel.check()

    def _move(self, place: str, *, half: bool) -> None:
        self._place, self._type = place, torch.float16 if half and place == "cuda" else torch.float32
        self._network.model.to(self._place, self._type)


@contextlib.contextmanager
def _quiet(model: str) -> Generator[None]:
    """Foreign networks warn, draw noise, and fail in ways of their own: none of it shall show."""
    with warnings.catch_warnings(), torch.random.fork_rng():
        warnings.simplefilter("ignore")
        torch.manual_seed(0)
        try:
            yield
        except (StudioError, MemoryError):
            raise
        except (RuntimeError, ValueError, IndexError, AssertionError, TypeError) as error:
            raise StudioError("{model} failed on this picture.", "Choose another model.", model=model,
                              details=repr(error)) from error


def load(source: ModelSource, device: devices.Device) -> SpandrelUpscaler:
    """For the registry."""
    return SpandrelUpscaler(source, device)
