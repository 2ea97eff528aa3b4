"""The empty place of the Music panel, painted before the rest of it is there: see `studio.ui.quick`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.empty_state import EmptyState

translate = QCoreApplication.translate


def empty_state(parent: QWidget | None = None) -> EmptyState:
    """What to do first."""
    what = translate("MusicView", "Press Compose and hear what comes, drop a MIDI file or a score, or draw "
                                  "the first note yourself. Everything stays on this machine.")
    return EmptyState(translate("MusicView", "An empty roll. Begin anywhere."), what, parent, drawing="roll",
                      sample=translate("MusicView", "Put a well-known tune on the roll"),
                      browse=translate("MusicView", "Draw a note"))
