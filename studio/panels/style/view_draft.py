"""Everything entered in the Style panel, as JSON values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studio.ui.widgets.draft_values import entries, restore_batch, settings, whole
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
    view.form.set_values(settings(draft.get("params")))
    view.seed.set_seed(whole(draft.get("seed"), 1), locked=draft.get("seed_locked") is True)
    view.masks.set_json(draft.get("masks"))
    view.styles.set_pictures([(ref, _weight(item)) for item in entries(draft.get("styles"))
                              if (ref := PictureRef.from_json(item)) is not None])
    restore_batch(view.contents, draft.get("contents"), draft.get("at"))


def _weight(item: Mapping[str, Any]) -> float:
    weight = item.get("weight", 1.0)
    return float(weight) if isinstance(weight, int | float) and 0 <= weight <= 1 else 1.0
