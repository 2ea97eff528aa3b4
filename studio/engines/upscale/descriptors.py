"""People's upscalers as spandrel reads them: which network it is and what it wants."""

from __future__ import annotations

import sys
import types
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.engines.weights import read_checkpoint

_CHANNELS = (1, 3)
_GENERATORS = ("g_ema", "generator", "netG")
"""What wraps the network in files that hold its opponent too; spandrel knows the other wrappings."""
_ABSENT = ("torchvision", "torchvision.transforms", "torchvision.transforms.functional")


def read(path: Path, model: str) -> Any:
    """spandrel's ImageModelDescriptor of the weights in ``path``, on the CPU, in float32, for use only.

    Raises StudioError for a file that is damaged, would run code, is no network spandrel knows, or one that
    is of no use here: it paints into holes, mends cut-out faces, or takes other channels than one or three.
    """
    found = _described(read_checkpoint(path), path, model)
    if found.purpose == "Inpainting":
        raise StudioError("{model} takes two inputs, a picture and a mask ({architecture}); "
                          "Upscale needs a network with a single picture.", "Choose another model.",
                          model=model, architecture=found.architecture.name)
    if found.purpose == "FaceSR":
        raise StudioError("{model} mends cut-out faces of 512 x 512 only ({architecture}).",
                          "Choose a model for whole pictures.", model=model,
                          architecture=found.architecture.name)
    if found.input_channels not in _CHANNELS or found.output_channels != found.input_channels:
        raise StudioError("{model} takes {taken} channels and gives {given}; Upscale needs one or three.",
                          "Choose another model.", model=model, taken=found.input_channels,
                          given=found.output_channels)
    found.eval().float()
    found.model.requires_grad_(False)
    return found


def facts(descriptor: Any) -> dict[str, Any]:
    """What people and tasks want to know of a descriptor; ``half`` is whether it may run in float16."""
    size = descriptor.size_requirements
    return {"architecture": descriptor.architecture.name, "purpose": descriptor.purpose,
            "scale": descriptor.scale, "channels": descriptor.input_channels,
            "multiple": size.multiple_of, "least": size.minimum, "square": size.square,
            "half": descriptor.supports_half, "tags": ", ".join(descriptor.tags),
            "parameters": sum(weight.numel() for weight in descriptor.model.parameters())}


def _described(checkpoint: Any, path: Path, model: str) -> Any:
    spandrel = _library()
    if not isinstance(checkpoint, dict):
        raise StudioError("The file {name} holds no weights.", "Choose another file.", name=path.name)
    wrapped = [checkpoint[key] for key in _GENERATORS if isinstance(checkpoint.get(key), dict)]
    try:
        return spandrel.ModelLoader("cpu").load_from_state_dict(wrapped[0] if wrapped else checkpoint)
    except spandrel.UnsupportedModelError as error:
        raise StudioError("{model} is no upscaler that can be read here.", "Choose another model.",
                          model=model, details=", ".join(map(str, list(checkpoint)[:20]))) from error
    except MemoryError:
        raise
    except Exception as error:  # each network checks its weights in its own way
        raise StudioError("{model} is an upscaler with parts missing, or damaged.",
                          "Get it again from where it came.", model=model, details=repr(error)) from error


@cache
def _library() -> Any:
    """spandrel, imported without torchvision.

    Two of its networks, both refused here, import it for a trifle. It takes ten times as long to load as
    all the rest, and cannot be loaded at all where it does not fit the installed torch.
    """
    absent = [name for name in _ABSENT if name not in sys.modules]
    for name in absent:
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(normalize=None, rotate=None, InterpolationMode=None)
    try:
        return import_module("spandrel")
    finally:
        for name in absent:
            del sys.modules[name]
