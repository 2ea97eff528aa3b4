"""What the column's tools add to a request: the mask, the room around, the playground, the sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studio.core.errors import StudioError
from studio.core.jobs import Input, Request
from studio.panels.image.params import ImageParams
from studio.ui.widgets.picture_ref import PictureRef

if TYPE_CHECKING:
    from studio.panels.image.view_extend import ExtendBox
    from studio.panels.image.view_mask import MaskBox
    from studio.panels.image.view_play import PlayBox
    from studio.panels.image.view_sheet import SheetMaker
    from studio.ui.panel_view import AssetLike
    from studio.ui.widgets.masks import Masks


class MaskTool:
    """The mask of each picture, and its edge."""

    name = "mask"

    def __init__(self, masks: Masks, box: MaskBox) -> None:
        self._masks, self._box = masks, box

    def settings(self) -> Mapping[str, Any]:
        """Grow, feather, invert."""
        return self._box.values()

    def inputs(self, picture: PictureRef | None) -> Sequence[Input]:
        """The mask of ``picture``, once it is settled."""
        mask = None if picture is None else self._masks.of(picture)
        return [] if mask is None else [mask.as_input("mask")]

    def use(self, request: Request, assets: Mapping[str, AssetLike]) -> None:
        """The mask of ``request``, or none for its picture."""
        found = {item.role: PictureRef.of(assets[item.sha256]) for item in request.inputs
                 if item.sha256 in assets}
        if (picture := found.get("picture")) is not None:
            mask = found.get("mask")
            self._masks.drop(picture) if mask is None else self._masks.put(picture, mask)
        self._box.set_values(_edge(request.params))

    def to_json(self) -> Any:
        """For a draft."""
        return {"edge": self._box.values(), "masks": self._masks.to_json()}

    def set_json(self, data: object) -> None:
        """What `to_json` gave; None clears it."""
        found = _entries(data)
        self._masks.set_json(found.get("masks"))
        self._box.set_values(_edge(_entries(found.get("edge"))))


class ExtendTool:
    """How far the picture goes on beyond its edges."""

    name = "extend"

    def __init__(self, box: ExtendBox) -> None:
        self._box = box

    def settings(self) -> Mapping[str, Any]:
        """Nothing where there is no picture."""
        return {"extend": self._box.value()}

    def inputs(self, picture: PictureRef | None) -> Sequence[Input]:
        """None."""
        return ()

    def use(self, request: Request, assets: Mapping[str, AssetLike]) -> None:
        """That of ``request``."""
        self._box.set_value(str(request.params.get("extend", "")))

    def to_json(self) -> Any:
        """For a draft."""
        return ",".join(map(str, self._box.kept))

    def set_json(self, data: object) -> None:
        """What `to_json` gave; None clears it."""
        self._box.set_value(data if isinstance(data, str) else "")


class PlayTool:
    """Where between seeds and prompts the picture lies."""

    name = "play"

    def __init__(self, box: PlayBox, opened: Callable[[], None]) -> None:
        """``opened`` brings the playground in sight, where a request has something to show there."""
        self._box, self._opened = box, opened

    def settings(self) -> Mapping[str, Any]:
        """What the model has no use for is left as in an empty panel."""
        values = self._box.values()
        if self._box.has_room:
            return values
        return {name: values[name] for name in ("variation", "variation_seed")}

    def inputs(self, picture: PictureRef | None) -> Sequence[Input]:
        """None."""
        return ()

    def use(self, request: Request, assets: Mapping[str, AssetLike]) -> None:
        """That of ``request``."""
        self.set_json(request.params)
        if any(request.params.get(name) for name in ("variation", "toward", "aside", "along")):
            self._opened()

    def to_json(self) -> Any:
        """For a draft."""
        return self._box.values()

    def set_json(self, data: object) -> None:
        """What `to_json` gave; None clears it."""
        self._box.set_values(_sound(_entries(data), self._box.values()))


class SheetTool:
    """The two lines of the sheet that was made last. A picture alone is no sheet: it sets nothing."""

    name = "sheet"

    def __init__(self, maker: SheetMaker) -> None:
        self._maker = maker

    def settings(self) -> Mapping[str, Any]:
        """None."""
        return {}

    def inputs(self, picture: PictureRef | None) -> Sequence[Input]:
        """None."""
        return ()

    def use(self, request: Request, assets: Mapping[str, AssetLike]) -> None:
        """That of ``request``, where it is of a sheet; else what stands there stays."""
        x, y = (str(request.params.get(name, "")) for name in ("sheet_x", "sheet_y"))
        if x or y:
            self._maker.set_texts(x, y)

    def to_json(self) -> Any:
        """For a draft."""
        return list(self._maker.texts())

    def set_json(self, data: object) -> None:
        """What `to_json` gave; None clears it."""
        texts = data if isinstance(data, list) and len(data) == 2 else ("", "")
        x, y = (text if isinstance(text, str) else "" for text in texts)
        self._maker.set_texts(x, y)


def _entries(data: object) -> Mapping[str, Any]:
    return data if isinstance(data, Mapping) else {}


def _edge(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a mask's edge; what is missing or unsound is as in an empty panel."""
    empty = {"grow": 0, "feather": 0, "invert": False}
    return empty | _sound(values, empty)


def _sound(values: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Those of ``values`` whose setting would take them."""
    settings, found = ImageParams.settings(), {}
    for name in known:
        try:
            found[name] = settings[name].checked(name, values[name])
        except (KeyError, StudioError):
            continue
    return found
