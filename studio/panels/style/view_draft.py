"""Everything entered in the Style panel, as JSON values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studio.ui.widgets.picture_ref import PictureRef

if TYPE_CHECKING:
    from studio.panels.style.view import StyleView


def draft_of(view: StyleView) -> dict[str, Any]:
    """Settings, seed, pictures by asset and content, masks."""
    return {
        "params": view.form.values(),
        "seed": view.seed.seed(), "seed_locked": view.seed.is_locked,
        "contents": [ref.to_json() for ref in view.contents.pictures()], "at": view.contents.at,
        "styles": [ref.to_json() | {"weight": weight} for ref, weight in view.styles.pictures()],
        "masks": view.masks.to_json(),
    }


def restore(view: StyleView, draft: Mapping[str, Any]) -> None:
    """Show ``draft`` in ``view``; what is missing or damaged falls back to an empty panel's."""
    view.form.reset()
    params = draft.get("params")
    view.form.set_values(params if isinstance(params, Mapping) else {})
    view.seed.set_seed(_whole(draft.get("seed"), 1), locked=draft.get("seed_locked") is True)
    view.masks.set_json(draft.get("masks"))
    view.styles.set_pictures([(ref, _weight(item)) for item in _list(draft.get("styles"))
                              if (ref := PictureRef.from_json(item)) is not None])
    contents = [PictureRef.from_json(item) for item in _list(draft.get("contents"))]
    view.contents.set_pictures([ref for ref in contents if ref is not None], _whole(draft.get("at"), 0))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _whole(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _weight(item: Mapping[str, Any]) -> float:
    weight = item.get("weight", 1.0)
    return float(weight) if isinstance(weight, int | float) and 0 <= weight <= 1 else 1.0
