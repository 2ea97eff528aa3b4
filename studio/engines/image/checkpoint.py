"""Loads a checkpoint of Stable Diffusion 1 or XL in one safetensors file, as artists share it.

What diffusers would fetch for it from the network, the description of its parts, is worked out from the
file's header (`configs`); the tokenizer is in the box.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.diffusion import FAMILIES, Family
from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.engines import devices
from studio.engines.model_files import model_file

if TYPE_CHECKING:
    from studio.engines.image.painter import Painter


def load(source: ModelSource, device: devices.Device) -> Painter:
    """The model of ``source``. Raises StudioError: damaged, unknown, too big for the memory."""
    from studio.engines import offline

    with offline.damage_in_words(source):
        offline.prepare()
        from studio.engines.image import configs, plan
        from studio.engines.image.painter import Painter
        from studio.engines.torch_run import memory_in_words

        path = model_file(source)
        shapes = configs.shapes(path)
        family = _family(source, shapes)
        with offline.quiet(), memory_in_words(), tempfile.TemporaryDirectory() as folder:
            configs.write(Path(folder), family, shapes, str(source.facts.get("prediction", "")))
            made = plan.choose(source, family, device)
            pipe = _pipeline(path, Path(folder), family, made.dtype)
        return Painter(source, pipe, family, made)


def _family(source: ModelSource, shapes: dict[str, tuple[int, ...]]) -> Family:
    from studio.engines.image import configs

    told = str(source.facts.get("family", "")) or configs.family(shapes)
    if told not in configs.KNOWN:
        raise StudioError("{name} is a checkpoint of a kind that is not read as one file.",
                          "Stable Diffusion 1 and XL are; look for others as a folder with model_index.json.",
                          name=Path(source.id).name)
    return FAMILIES[told]


def _pipeline(path: Path, folder: Path, family: Family, dtype: Any) -> Any:
    import diffusers

    more = {"safety_checker": None, "requires_safety_checker": False} if family.id == "sd1" else {}
    kind = getattr(diffusers, family.classes[0])
    return kind.from_single_file(str(path), config=str(folder), local_files_only=True, torch_dtype=dtype,
                                 **more)
