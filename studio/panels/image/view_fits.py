"""What a model can do, as far as the panel has to know to show the right fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core.diffusion import FAMILIES
from studio.core.painting import Sizes
from studio.panels.image.params import STARTER
from studio.ui.widgets.fields import ModelChoice

STICKER = "image.sticker"
ADD_ON = "image.lora"
GRAPHS = "image.onnx"
DECODERS = ("image.vae",)
"""Engines of VAEs; they paint nothing by themselves."""
_SIDES = {"sd1": 512, "sd2": 768, "sdxl": 1024, "sd3": 1024, "flux": 1024,
          "lumina": 1024, "lumina2": 1024}
"""What the families were taught, in pixels of a side."""
_STICKER = Sizes(512, 512, 8)
_SAFE = 64
"""Sides that are multiples of this go through every network there is."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What can be chosen for a model."""

    sizes: Sizes
    family: str = ""
    """"" where it is none, or not known."""
    is_sticker: bool = False
    """It is of the kind in the box: paints on nothing, and reads words."""
    has_negative: bool = True
    has_schedulers: bool = True
    takes_add_ons: bool = True
    can_be_seamless: bool = True
    takes_pictures: bool = True
    """It can start from a picture."""

    def left_out(self) -> dict[str, Any]:
        """Settings that it has no use for, as they are when nothing is chosen: what was chosen for another
        model waits in its field."""
        blank: dict[str, Any] = {} if self.has_negative else {"negative": ""}
        blank |= {} if self.has_schedulers else {"scheduler": "default"}
        blank |= {} if self.takes_add_ons else {"add_ons": "", "decoder": ""}
        return blank | ({} if self.can_be_seamless else {"seamless": False})


def painters(models: Sequence[ModelChoice]) -> list[ModelChoice]:
    """Those that paint pictures by themselves."""
    return [model for model in models if engine_of(model) not in (ADD_ON, *DECODERS)]


def of_engine(models: Sequence[ModelChoice], engines: Iterable[str]) -> list[ModelChoice]:
    """Those that one of ``engines`` loads."""
    return [model for model in models if engine_of(model) in tuple(engines)]


def engine_of(model: object) -> str:
    """Id of the engine that loads it."""
    return str(getattr(model, "engine", ""))


def family_of(model: object) -> str:
    """Of a diffusion model, or the one an add-on is for; "" where that is not known."""
    return str(facts_of(model).get("family") or "")


def facts_of(model: object) -> dict[str, Any]:
    """What its header said."""
    return dict(getattr(model, "facts", None) or {})


def abilities(name: str, models: Sequence[ModelChoice]) -> Abilities:
    """What the model ``name`` can do; one that is not here can do everything."""
    model: object = next((model for model in models if model.id == name), None)
    if engine_of(model) == STICKER or (model is None and name == STARTER):
        return Abilities(_STICKER, is_sticker=True, has_schedulers=False, takes_add_ons=False,
                         can_be_seamless=False)
    family, facts = FAMILIES.get(family_of(model)), facts_of(model)
    side = _SIDES.get(family_of(model), 512)
    sizes = Sizes(_number(facts, "width", side), _number(facts, "height", side), _SAFE)
    if family is None:
        return Abilities(sizes, family_of(model))
    is_graph = engine_of(model) == GRAPHS
    return Abilities(sizes, family.id, has_negative=family.has_negative, has_schedulers=not family.is_flow,
                     takes_add_ons=not is_graph, takes_pictures=family.takes_pictures,
                     can_be_seamless=family.network == "unet" and not is_graph)


def _number(facts: dict[str, Any], name: str, default: int) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) and 0 < value <= 4096 else default
