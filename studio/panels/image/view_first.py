"""The empty place of the Image panel, painted before the rest of it is there: see `studio.ui.quick`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.empty_state import EmptyState

translate = QCoreApplication.translate


def empty_state(parent: QWidget | None = None) -> EmptyState:
    """What to do first."""
    what = translate("ImagePage", "The model in the box paints stickers, icons and simple things, on this "
                                  "machine. Bring a larger one for more.")
    return EmptyState(translate("ImagePage", "Say what to paint."), what, parent, drawing="words",
                      sample=translate("ImagePage", "Fill in the words for a red apple"),
                      browse=translate("ImagePage", "Start from a picture…"))
