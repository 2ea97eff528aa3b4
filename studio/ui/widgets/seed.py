"""The seed: a number, a dice for a new one, a lock to keep it."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QToolButton, QWidget

from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named

HIGHEST = 2**32 - 1


class SeedField(QWidget):
    """Shows the seed that the next run uses, then the one it used. Unlocked, every run gets a new one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_used = False
        self.edit = named(QLineEdit("1", self), "seed.number", self.tr("Seed"),
                          self.tr("The same seed and settings give the same picture."))
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{1,10}"), self))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.dice = named(IconButton("dice", self), "seed.dice", self.tr("New seed"),
                          self.tr("Roll a new seed"))
        self.lock: QToolButton = named(IconButton("lock", self), "seed.lock", self.tr("Keep this seed"),
                                       self.tr("Keep this seed for every run"))
        self.lock.setCheckable(True)
        self._lay_out()
        self.edit.editingFinished.connect(self._on_edit)
        self.dice.clicked.connect(self.roll)
        self.lock.clicked.connect(self.changed)

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        caption = QLabel(self.tr("Seed"), self)
        caption.setBuddy(self.edit)
        layout.addWidget(caption, 0, 0)
        for column, widget in enumerate((self.edit, self.dice, self.lock), start=1):
            layout.addWidget(widget, 0, column)
        layout.setColumnStretch(0, 1)
        self.edit.setFixedWidth(112)

    @property
    def is_locked(self) -> bool:
        """Whether it stays for every run."""
        return self.lock.isChecked()

    def seed(self) -> int:
        """0 to 4294967295."""
        return min(int(self.edit.text() or 0), HIGHEST)

    def set_seed(self, seed: int, *, locked: bool | None = None) -> None:
        """Show ``seed``; it counts as not used yet."""
        self.edit.setText(str(min(max(seed, 0), HIGHEST)))
        self._is_used = False
        if locked is not None:
            self.lock.setChecked(locked)

    def roll(self) -> None:
        """A new seed."""
        self.set_seed(secrets.randbelow(HIGHEST))
        self.changed.emit()

    def take(self) -> int:
        """The seed for a run that starts now; rolled first if the last run used it and it is not locked."""
        if self._is_used and not self.is_locked:
            self.roll()
        self._is_used = True
        return self.seed()

    def _on_edit(self) -> None:
        self.set_seed(self.seed())
        self.changed.emit()
