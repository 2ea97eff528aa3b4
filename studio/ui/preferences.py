"""Preferences: the same form as every panel's settings, kept the moment they change."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.core.preferences import Preferences
from studio.core.settings import PreferencesFile
from studio.ui.page import Card, Page, label
from studio.ui.widgets.fields import ComboField
from studio.ui.widgets.form import ParamsForm


class PreferencesPage(Page):
    """Reads and writes the preferences file; says what changed."""

    changed = Signal(object, str)
    """Preferences, and the name of the one that changed."""
    failed = Signal(object)
    """OSError: they could not be kept."""

    def __init__(self, kept: PreferencesFile, parent: QWidget | None = None) -> None:
        super().__init__("preferences", parent)
        self._kept = kept
        self.begin(self.tr("Preferences"), self.tr("For all projects. Kept as you change them."))
        self.form = ParamsForm(Preferences, tuple, {"theme": ComboField, "language": ComboField})
        self.form.set_values(kept.preferences.to_json())
        self.form.changed.connect(self._on_changed)
        card = Card("preferences.card")
        card.column.setContentsMargins(16, 16, 16, 16)
        card.column.addWidget(self.form)
        self.column.addWidget(card)
        self.column.addWidget(label(self.tr("A new language and memory limit are used from the next start, "
                                            "another device from the next job."), "muted"))
        self.finish()

    def _on_changed(self, name: str) -> None:
        preferences = Preferences.from_json(self.form.values())
        try:
            self._kept.save(preferences)
        except OSError as error:
            self.failed.emit(error)
        self.changed.emit(preferences, name)
