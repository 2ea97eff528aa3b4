"""Presets in the column: those in the box, and a person's own, which are there in every project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from studio.core import places
from studio.core.errors import StudioError
from studio.core.jobs import problem_of
from studio.core.settings import PreferencesFile
from studio.panels.write.params import WriteParams
from studio.panels.write.presets import PRESETS, Preset
from studio.ui.translation import declared
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Combo

KEPT = ("length", "temperature", "top_p", "min_p", "repetition", "stop", "banned")
"""What a person's own preset holds: how to write, and not what about."""
_LABEL = 84
_MOST = 200


class OwnPresets:
    """Kept beside the preferences."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = PreferencesFile(path or places.config() / "write-presets.json")

    def all(self) -> tuple[Preset, ...]:
        """Every one that can still be used, in the order they were made."""
        found = self._file.recall("presets", [])
        return tuple(preset for entry in (found if isinstance(found, list) else [])
                     if (preset := _preset(entry)) is not None)

    def keep(self, preset: Preset) -> None:
        """Keep ``preset``, in place of another of its name. Raises OSError."""
        self._write([*(old for old in self.all() if old.title != preset.title), preset])

    def remove(self, title: str) -> None:
        """Forget it. Raises OSError."""
        self._write([preset for preset in self.all() if preset.title != title])

    def _write(self, presets: Sequence[Preset]) -> None:
        self._file.remember("presets", [{"title": preset.title, "settings": dict(preset.settings)}
                                        for preset in presets[-_MOST:]])


class PresetField(QWidget):
    """A list, and a button that keeps the settings as they are under a name."""

    chosen = Signal(object)
    """Settings by name."""
    failed = Signal(object)
    """Problem"""

    def __init__(self, own: OwnPresets | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own, self._settings = own or OwnPresets(), dict[str, Any]()
        self._presets: list[Preset] = []
        self.combo = named(Combo(self), "preset.list", self.tr("Preset"),
                           self.tr("Settings that belong together"))
        self.combo.setPlaceholderText(self.tr("Your own mixture"))
        self.save = named(IconButton("plus", self), "preset.save", self.tr("Keep these settings as a preset"),
                          self.tr("Keep these settings as a preset…"))
        self.drop = named(IconButton("trash", self), "preset.remove", self.tr("Forget this preset"),
                          self.tr("Forget this preset"))
        self.name = named(_NameLine(self), "preset.name", self.tr("Name of the preset"))
        self.name.setPlaceholderText(self.tr("Its name, then Enter"))
        self.name.hide()
        self.combo.activated.connect(self._on_chosen)
        self.save.clicked.connect(self._ask_name)
        self.drop.clicked.connect(self._remove)
        self.name.returnPressed.connect(self._keep)
        self._lay_out()
        self.reload()

    def reload(self) -> None:
        """Read the presets again."""
        self._presets = [Preset(declared(preset.title), preset.settings) for preset in PRESETS]
        self._presets += self._own.all()
        self.combo.clear()
        self.combo.addItems([preset.title for preset in self._presets])
        self.show_settings(self._settings)

    def show_settings(self, settings: Mapping[str, Any]) -> None:
        """Show which preset ``settings`` are, if they are one."""
        self._settings = {name: settings[name] for name in KEPT if name in settings}
        kept = self.combo.currentIndex()
        order = [kept, *range(len(self._presets))] if kept >= 0 else range(len(self._presets))
        at = next((at for at in order if self._presets[at].settings.items() <= self._settings.items()), -1)
        self.combo.setCurrentIndex(at)
        self.drop.setVisible(at >= len(PRESETS))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        caption = QLabel(self.tr("Preset"), self)
        caption.setBuddy(self.combo)
        caption.setFixedWidth(_LABEL)
        row.addWidget(caption)
        row.addSpacing(4)
        row.addWidget(self.combo, 1)
        row.addWidget(self.drop)
        row.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.name)

    def _on_chosen(self, at: int) -> None:
        self.chosen.emit(dict(self._presets[at].settings))

    def _ask_name(self) -> None:
        self.name.setVisible(not self.name.isVisible())
        self.name.setFocus()

    def _keep(self) -> None:
        if title := self.name.text().strip()[:80]:
            self._change(lambda: self._own.keep(Preset(title, self._settings)))
            self.name.clear()
            self.name.hide()
            self.combo.setCurrentText(title)
            self.show_settings(self._settings)

    def _remove(self) -> None:
        at = self.combo.currentIndex()
        if at >= len(PRESETS):
            self._change(lambda: self._own.remove(self._presets[at].title))

    def _change(self, do: Any) -> None:
        try:
            do()
        except OSError as error:
            self.failed.emit(problem_of(StudioError("The presets could not be kept: {reason}.",
                                                    reason=error.strerror or "unknown reason")))
        self.reload()


class _NameLine(QLineEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


def _preset(entry: object) -> Preset | None:
    """What was kept, without what no longer fits."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("settings"), Mapping):
        return None
    known, settings = WriteParams.settings(), {}
    for name, value in entry["settings"].items():
        try:
            settings[name] = known[name].checked(name, value)
        except (KeyError, StudioError):
            continue
    return Preset(str(entry.get("title", "")), settings) if settings else None
