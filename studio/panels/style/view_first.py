"""The empty place of the Style panel, painted before anything else of it is there: see `studio.ui.quick`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.empty_state import EmptyState

translate = QCoreApplication.translate


def empty_state(parent: QWidget | None = None) -> EmptyState:
    """What to do first."""
    what = translate("StylePage", "Atelier repaints the photo in the painting's manner, on this machine.")
    return EmptyState(translate("StylePage", "Drop a photo here, then a painting."), what, parent)
