"""Loads a MusicGen folder with transformers: nothing is fetched, no program that came with it is run."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

import torch

from studio.core.engine import ModelSource
from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices

_WORKING = 256 << 20
"""Bytes for the numbers in between."""
_SLOW = (torch.nn.Linear, torch.nn.Conv1d, torch.nn.ConvTranspose1d, torch.nn.LSTM)
_SHARE = 0.9
"""Of a graphics card's memory; the rest is for its driver and the window."""


class Plan:
    """Where a model runs, in what, and what it takes."""

    def __init__(self, source: ModelSource, config: Any, device: devices.Device) -> None:
        """Raises OutOfMemory where it fits nowhere: half precision on CUDA, else float32, else as stored."""
        stored = config.dtype if isinstance(config.dtype, torch.dtype) else torch.float32
        self.stored, place = stored, devices.torch_device(device)
        size = sum(file.stat().st_size for file in source.path.glob("*.safetensors"))
        count = int(source.facts.get("parameters") or size // stored.itemsize)
        choices = [("cpu", torch.float32, devices.free_memory()), ("cpu", stored, devices.free_memory())]
        if place != "cpu":
            half = torch.float16 if place == "cuda" else torch.float32
            choices.insert(0, (place, half, int(device.memory * _SHARE)))
        for self.device, self.dtype, free in choices:
            self.memory = count * self.dtype.itemsize + _cache(config) * self.dtype.itemsize + _WORKING
            if self.memory <= free:
                break
        else:
            raise OutOfMemory("{name} needs about {needed:.1f} GB of memory; {free:.1f} GB are free.",
                              "Close other programs, or use a smaller model.", name=Path(source.id).name,
                              needed=self.memory / 1e9, free=free / 1e9)
        self.is_elsewhere = place != self.device


def load(folder: Path, plan: Plan, name: str) -> Any:
    """The network where ``plan`` says; only its largest part, the decoder, computes in half precision.

    Raises StudioError where weights are missing, and what transformers raises.
    """
    from transformers import AutoModelForTextToWaveform

    network, told = AutoModelForTextToWaveform.from_pretrained(
        str(folder), dtype=plan.stored, local_files_only=True, trust_remote_code=False,
        use_safetensors=True, output_loading_info=True)
    if told["missing_keys"] or told.get("mismatched_keys"):
        raise StudioError("{name} could not be loaded: weights are missing or of the wrong size.",
                          "Copy the whole folder again.", name=name, details=repr(told)[:2000])
    narrow(network, plan.dtype)
    return network.to(plan.device).eval()


def narrow(network: Any, dtype: torch.dtype) -> None:
    """The decoder in ``dtype``, all else in float32: T5 leaves the range of half precision."""
    network.to(torch.float32) if dtype == torch.float32 else network.decoder.to(dtype)
    for name, part in network.named_children():
        if name != "decoder":
            part.to(torch.float32)


@contextlib.contextmanager
def stopping(network: torch.nn.Module, cancel: CancelToken) -> Generator[None]:
    """Inside the block a cancel is seen before every product: with a large model one code takes seconds."""
    hooks = [part.register_forward_pre_hook(lambda part, numbers: cancel.check())
             for part in network.modules() if isinstance(part, _SLOW)]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _cache(config: Any) -> int:
    """Numbers it keeps of all it has read: keys and values, twice for guidance."""
    decoder = config.decoder
    return int(decoder.num_hidden_layers) * int(decoder.hidden_size) * 4 * min(
        2048, int(decoder.max_position_embeddings))
