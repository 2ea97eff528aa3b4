"""The empty place of the Write panel, painted before the rest of it is there: see `studio.ui.quick`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.empty_state import EmptyState

translate = QCoreApplication.translate


def empty_state(parent: QWidget | None = None) -> EmptyState:
    """What to do first."""
    what = translate("WritePage", "Write a sentence or two, and let the model go on. "
                                  "Everything stays on this machine, and every attempt is kept.")
    return EmptyState(translate("WritePage", "A blank page. Begin anywhere."), what, parent, drawing="page",
                      sample=translate("WritePage", "Fill in the opening of a story"),
                      browse=translate("WritePage", "Open a text…"))
