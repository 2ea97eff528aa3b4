"""Everything entered in the Music panel, the notes on the roll among it, as JSON values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.panels.music.view_sheet import EMPTY, unpack
from studio.ui.widgets.draft_values import entries, settings, whole

if TYPE_CHECKING:
    from studio.panels.music.view import MusicView


def draft_of(view: MusicView) -> dict[str, Any]:
    """Settings, seed, notes, what is looked at and with which tool."""
    sheet, roll, column = view.page.sheet, view.page.roll, view.settings
    return {
        "params": column.form.values(), "do": column.do.value(), "attempts": column.attempts.value(),
        "seed": column.seed.seed(), "seed_locked": column.seed.is_locked,
        "notes": sheet.last_packed(), "track": sheet.track, "loop": list(sheet.loop or ()),
        "snap": view.page.hand.snap, "zoom": roll.quarter, "row": roll.row, "playhead": roll.playhead,
        "place": [roll.horizontalScrollBar().value(), roll.verticalScrollBar().value()],
    }


def restore(view: MusicView, draft: Mapping[str, Any]) -> None:
    """Show ``draft`` in ``view``; what is missing or damaged falls back to an empty panel's."""
    column, sheet, hand = view.settings, view.page.sheet, view.page.hand
    column.form.reset()
    column.form.set_values(settings(draft.get("params")))
    column.do.set_value(str(draft.get("do", "compose")))
    column.attempts.set_value(whole(draft.get("attempts"), 1))
    column.seed.set_seed(whole(draft.get("seed"), 1), locked=draft.get("seed_locked") is True)
    column.inputs = ()
    hand.set_snap(str(draft.get("snap", "1/16")))
    sheet.show(*_notes(draft.get("notes")))
    sheet.work_on(whole(draft.get("track"), 0))
    loop = [value for value in entries(draft.get("loop")) if isinstance(value, int)]
    if len(loop) == 2:
        sheet.set_loop(*loop)
    _look(view, draft)


def _look(view: MusicView, draft: Mapping[str, Any]) -> None:
    roll = view.page.roll
    zoom = draft.get("zoom")
    roll.set_zoom(float(zoom) if isinstance(zoom, int | float) else None, whole(draft.get("row"), 0))
    place = [value for value in entries(draft.get("place")) if isinstance(value, int)]
    if len(place) == 2:
        roll.horizontalScrollBar().setValue(place[0])
        roll.verticalScrollBar().setValue(place[1])
    roll.show_playhead(max(0, whole(draft.get("playhead"), 0)))


def _notes(value: object) -> tuple[Arrangement, str]:
    """The piece, and the text that it was."""
    try:
        return (unpack(value), value) if isinstance(value, str) else (EMPTY, "")
    except StudioError:
        return EMPTY, ""
