"""LoRAs: small changes to a diffusion model, put on it while a picture is painted (Hu et al. 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio.core.diffusion import FAMILIES, Family
from studio.core.engine import AddOn, ModelSource
from studio.core.errors import OutOfMemory, StudioError
from studio.engines import devices
from studio.engines.model_files import model_file


class Lora:
    """See `AddOn`. Only its place and family; the model it is put on reads it."""

    precision, memory = "float32", 4096

    def __init__(self, path: Path, family: str, device: str) -> None:
        self.path, self.family, self.device = path, family, device

    def close(self) -> None:
        """Nothing is held."""


def load(source: ModelSource, device: devices.Device) -> Lora:
    """The add-on of ``source``. Raises StudioError where its header cannot be read."""
    from safetensors import SafetensorError, safe_open

    path = model_file(source)
    try:
        with safe_open(path, framework="numpy") as file:
            names = list(file.keys())
    except (SafetensorError, OSError, ValueError) as error:
        raise StudioError("{name} is damaged, or no safetensors file.", "Get it again from where it came.",
                          name=Path(source.id).name, details=repr(error)) from error
    if not any("lora" in name.lower() for name in names):
        raise StudioError("{name} is no add-on (LoRA).", "Choose another file.", name=Path(source.id).name)
    return Lora(path, str(source.facts.get("family", "")), device.kind)


class AddOns:
    """Those that are on a model. ``pipe`` is any of its pipelines: they share the networks."""

    def __init__(self, pipe: Any, family: Family) -> None:
        self._pipe, self._family = pipe, family
        self._worn: tuple[Path, ...] = ()

    def wear(self, wanted: Sequence[tuple[AddOn, float]]) -> None:
        """Exactly ``wanted`` and no other. Raises StudioError where one does not fit the model."""
        if wanted and getattr(getattr(self._pipe, self._family.network), "is_graph", False):
            raise StudioError("This model takes no add-ons: it is in ONNX.",
                              "Look for it as a folder of safetensors, or as one such file.")
        paths = tuple(add_on.path for add_on, _ in wanted)
        if paths != self._worn:
            self._take_off()
            for at, (add_on, _) in enumerate(wanted):
                self._put_on(f"add_on_{at}", add_on)
            self._worn = paths
        if wanted:
            self._pipe.set_adapters([f"add_on_{at}" for at in range(len(wanted))],
                                    [float(strength) for _, strength in wanted])

    def _put_on(self, name: str, add_on: AddOn) -> None:
        other = FAMILIES.get(add_on.family)
        if other is not None and other is not self._family:
            raise _unfitting(add_on.path, self._family, f"made for {other.title}")
        try:
            self._pipe.load_lora_weights(str(add_on.path.parent), weight_name=add_on.path.name,
                                         adapter_name=name, local_files_only=True, use_safetensors=True)
        except (MemoryError, OutOfMemory):
            raise
        except Exception as error:  # peft and diffusers raise anything for weights of another shape
            self._take_off()
            raise _unfitting(add_on.path, self._family, repr(error)[:2000]) from error
        if not any(name in found for found in self._pipe.get_list_adapters().values()):
            self._take_off()
            raise _unfitting(add_on.path, self._family, "none of its weights has a place")

    def _take_off(self) -> None:
        self._worn = ()
        self._pipe.unload_lora_weights()


def _unfitting(path: Path, family: Family, why: str) -> StudioError:
    return StudioError("The add-on {name} was made for another kind of model; this is {family}.",
                       "Choose one made for {family}.", name=path.name, family=family.title, details=why)
