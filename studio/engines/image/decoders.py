"""Decoders (VAEs) of one's own: full ones, and tiny ones that were made to be quick.

Files hold AutoencoderKL as CompVis or diffusers name its tensors, or AutoencoderTiny as diffusers does; what
the description beside them would say is worked out from their shapes. The scale of the latents is no part of
a file: a full decoder takes that of the model it is put on.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.engine import Decoder, ModelSource
from studio.core.errors import StudioError
from studio.engines import devices

if TYPE_CHECKING:
    import torch

_INDEX = "config.json"


class VaeFile:
    """See `Decoder`. Only its place; the model it is put on reads it."""

    precision, memory = "float32", 4096

    def __init__(self, path: Path, device: str, *, is_tiny: bool) -> None:
        self.path, self.device, self.is_tiny = path, device, is_tiny

    def close(self) -> None:
        """Nothing is held."""


def load(source: ModelSource, device: devices.Device) -> VaeFile:
    """The decoder of ``source``. Raises StudioError where its file is not there, or its header is damaged."""
    from studio.engines.model_files import model_file

    weights = model_file(source)
    _check(weights)
    path = source.path if (source.path / _INDEX).is_file() else weights
    return VaeFile(path, device.kind, is_tiny=bool(source.facts.get("tiny", False)))


class Decoders:
    """The decoder last used is kept, so that a picture after another costs nothing."""

    def __init__(self) -> None:
        self._path, self._vae = Path(), None  # type: Path, Any

    @contextlib.contextmanager
    def worn(self, pipe: Any, decoder: Decoder | None, place: str, dtype: torch.dtype) -> Generator[None]:
        """Inside the block ``pipe`` has ``decoder`` instead of its own, on a device, in a precision.

        Raises StudioError where it is damaged, or was made for another kind of model.
        """
        if decoder is None:
            yield
            return
        own = pipe.vae
        if self._vae is None or self._path != decoder.path:
            self._vae, self._path = _read(decoder.path, own), decoder.path
        pipe.vae = self._vae.to(place, dtype)
        try:
            yield
        finally:
            pipe.vae = own

    def forget(self) -> None:
        """Give its memory back."""
        self._path, self._vae = Path(), None


def _check(weights: Path) -> None:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(weights, framework="numpy"):
            pass
    except (SafetensorError, OSError, ValueError) as error:
        raise StudioError("{name} is damaged, or no safetensors file.", "Get it again from where it came.",
                          name=weights.name, details=repr(error)) from error


def _read(path: Path, own: Any) -> Any:
    """Raises StudioError."""
    from studio.engines.image import vae_files

    try:
        vae = vae_files.folder(path) if path.is_dir() else vae_files.file(path, own)
    except (StudioError, MemoryError):
        raise
    except Exception as error:  # diffusers and safetensors raise anything for damaged files
        raise StudioError("The decoder {name} could not be loaded: it is damaged, or of a form that is not "
                          "known here.", "Get it again from where it came.", name=path.name,
                          details=repr(error)[:2000]) from error
    if _shape(vae) != _shape(own):
        raise StudioError("The decoder {name} was made for another kind of model.", "Choose another.",
                          name=path.name, details=f"{_shape(vae)} for {_shape(own)}")
    return vae.eval().requires_grad_(False)


def _shape(vae: Any) -> tuple[int, int]:
    """Channels of the latents, and how many times a picture is halved."""
    return int(vae.config.latent_channels), len(vae.config.block_out_channels)
