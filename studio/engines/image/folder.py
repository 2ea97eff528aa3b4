"""Loads a diffusion model in a folder as diffusers saves it: nothing is fetched, nothing in it is run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studio.core.diffusion import FAMILIES, Family, refused
from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.engines import devices

if TYPE_CHECKING:
    from studio.engines.image.painter import Painter

_INDEX = "model_index.json"


def load(source: ModelSource, device: devices.Device) -> Painter:
    """The model of ``source``. Raises StudioError: damaged, unknown, too big for the memory."""
    from studio.engines import offline

    with offline.damage_in_words(source):
        offline.prepare()
        from studio.engines.image import plan
        from studio.engines.image.painter import Painter
        from studio.engines.torch_run import memory_in_words

        index = json.loads((source.path / _INDEX).read_text(encoding="utf-8"))
        family = family_of(source, index)
        check(index, family)
        with offline.quiet(), memory_in_words():
            made = plan.choose(source, family, device)
            return Painter(source, _pipeline(source, index, family, made.dtype), family, made)


def family_of(source: ModelSource, index: dict[str, Any]) -> Family:
    """As a person or the library says, else as the folder names its pipeline. Raises StudioError."""
    told, name = str(source.facts.get("family", "")), str(index.get("_class_name"))
    found = FAMILIES.get(told) or next((one for one in FAMILIES.values() if name in one.classes), None)
    if found is None:
        raise StudioError("This image generator is of a kind that is not known here ({kind}).",
                          "Stable Diffusion 1, 2, XL and 3, Flux and Lumina can be used.", kind=name)
    return found


def check(index: dict[str, Any], family: Family) -> None:
    """Raise StudioError where the folder wants a part made by anything but the family's own classes."""
    for part, named in index.items():
        if not isinstance(named, list) or named[:1] in ([None], []):
            continue
        library, kind = (*map(str, named), "")[:2]
        if refused(part, library, kind, family):
            raise StudioError("This model has a part of a kind that is not known here ({part}: {kind}).",
                              "Look for one made as usual.", part=part, kind=f"{library}.{kind}")


def _pipeline(source: ModelSource, index: dict[str, Any], family: Family, dtype: Any) -> Any:
    import diffusers

    more: dict[str, Any] = {}
    if variant := source.facts.get("variant"):
        more["variant"] = str(variant)
    absent = [part for part in family.optional if not _is_there(index.get(part))]
    accepted = ("safety_checker", "feature_extractor", "image_encoder", "text_encoder_3", "tokenizer_3")
    more |= {part: None for part in absent if part in accepted}
    if family.id in ("sd1", "sd2") and "safety_checker" in absent:
        more["requires_safety_checker"] = False
    kind = getattr(diffusers, family.classes[2 if "Inpaint" in str(index.get("_class_name")) else 0])
    return kind.from_pretrained(str(source.path), local_files_only=True, use_safetensors=True,
                                trust_remote_code=False, torch_dtype=dtype, low_cpu_mem_usage=True, **more)


def _is_there(named: object) -> bool:
    return isinstance(named, list) and bool(named) and named[0] is not None
