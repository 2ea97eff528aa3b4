"""Everything entered in the Image panel, as JSON values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studio.ui.widgets.draft_values import restore_batch, settings, whole

if TYPE_CHECKING:
    from studio.panels.image.view_column import ImageColumn


def draft_of(column: ImageColumn) -> dict[str, Any]:
    """Words and settings as they were entered, seed, pictures, and what the tools hold."""
    return {
        "params": column.form.values() | column.entered(),
        "seed": column.seed.seed(), "seed_locked": column.seed.is_locked,
        "pictures": [ref.to_json() for ref in column.pictures.pictures()], "at": column.pictures.at,
        "tools": {tool.name: tool.to_json() for tool in column.tools},
    }


def restore(column: ImageColumn, draft: Mapping[str, Any]) -> None:
    """Show ``draft``; what is missing or damaged falls back to an empty panel's."""
    values, tools = settings(draft.get("params")), settings(draft.get("tools"))
    with column.restoring():
        column.form.reset()
        column.form.set_values(values)
        column.refresh()  # the model decides which sizes there are
        column.show_entered(values)
        column.seed.set_seed(whole(draft.get("seed"), 1), locked=draft.get("seed_locked") is True)
        for tool in column.tools:
            tool.set_json(tools.get(tool.name))
        restore_batch(column.pictures, draft.get("pictures"), draft.get("at"))
    column.refresh()
