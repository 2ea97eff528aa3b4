"""The empty place of the Upscale panel, painted before the rest of it is there: see `studio.ui.quick`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.empty_state import EmptyState

translate = QCoreApplication.translate


def empty_state(parent: QWidget | None = None) -> EmptyState:
    """What to do first."""
    what = translate(
        "UpscaleView", "Atelier enlarges and cleans it on this machine. Its colours and camera data stay.")
    return EmptyState(translate("UpscaleView", "Drop a picture here."), what, parent, drawing="enlarge",
                      sample=translate("UpscaleView", "Fill in a photograph that came with Atelier"))
