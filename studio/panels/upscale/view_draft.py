"""Everything entered in the Upscale panel, as JSON values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studio.ui.widgets.draft_values import restore_batch, settings, whole

if TYPE_CHECKING:
    from studio.panels.upscale.view import UpscaleView


def draft_of(view: UpscaleView) -> dict[str, Any]:
    """Settings, seed, pictures by asset and content."""
    return {
        "params": view.form.values(),
        "seed": view.seed.seed(), "seed_locked": view.seed.is_locked,
        "pictures": [ref.to_json() for ref in view.batch.pictures()], "at": view.batch.at,
    }


def restore(view: UpscaleView, draft: Mapping[str, Any]) -> None:
    """Show ``draft`` in ``view``; what is missing or damaged falls back to an empty panel's."""
    view.form.reset()
    view.form.set_values(settings(draft.get("params")))
    view.seed.set_seed(whole(draft.get("seed"), 1), locked=draft.get("seed_locked") is True)
    restore_batch(view.batch, draft.get("pictures"), draft.get("at"))
