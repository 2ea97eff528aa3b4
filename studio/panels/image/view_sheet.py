"""The maker of sheets: two settings, their values, how many pictures that gives and how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from studio.core.errors import StudioError
from studio.core.jobs import Request
from studio.core.params import Setting
from studio.core.sheets import SEED, Axis, Sheet, axis_settings, shown
from studio.panels.image.params import ImageParams
from studio.ui import icons
from studio.ui.translation import declared, sentence
from studio.ui.widgets import words
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Combo

COMMON = (SEED, "prompt", "steps", "guidance", "scheduler", "model", "size", "style", "strength", "variation",
          "toward", "aside", "along", "negative", "add_ons", "seamless", "transparent")
"""The settings that are offered, in this order; others are shown where a recipe has them."""
GRID = tuple(round(at / 3.5 - 1, 2) for at in range(8))
"""Eight steps from -1 to 1."""
_USUAL: Mapping[str, tuple[Any, ...]] = {
    "steps": (6, 12, 24, 48), "guidance": (1.0, 3.0, 5.0, 8.0), "strength": (0.3, 0.5, 0.7, 0.9),
    "variation": (0.0, 0.25, 0.5, 0.75, 1.0), "toward": (0.0, 0.25, 0.5, 0.75, 1.0), "aside": GRID,
    "along": GRID, "size": ("512x512", "768x512", "512x768"), "seamless": (True, False),
    "transparent": (True, False)}
_SEEDS = 4
_DECIDING = ("model", "steps", "size", "scheduler")
"""Settings that change how long a picture takes."""
_CAPTION = 84
"""As wide as the captions of the other fields, in logical pixels."""
_LAST_SEED = 2**32 - 1


class SheetMaker(QWidget):
    """Says what is missing or wrong; the button asks for the sheet."""

    changed = Signal()
    wanted = Signal(str, str)
    """The settings "sheet_x" and "sheet_y"."""

    def __init__(self, now: Callable[[], Request | None], estimate: Callable[[Request], float | None],
                 choices: Callable[[str], Sequence[str]], parent: QWidget | None = None) -> None:
        """``now`` gives the picture as it would be made now; ``choices`` the values of a setting with many,
        such as "model" or "scheduler"."""
        super().__init__(parent)
        self.setObjectName("sheet")
        self._now, self._estimate = now, estimate
        self._is_working = False
        self._choices = choices
        self.across = AxisRow("x", self.tr("Across"), self.tr("What changes from column to column"),
                              self._suggest, self)
        self.down = AxisRow("y", self.tr("Down"), self.tr("What changes from row to row"),
                            self._suggest, self)
        self.told = QLabel(self)
        self.told.setObjectName("sheet.told")
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.button = named(QPushButton(self.tr("Make the sheet"), self), "sheet.make",
                            self.tr("Make the sheet"), self.tr("One picture for every pair of values"))
        icons.wear(self.button, "compare-side")
        self._lay_out()
        for row in (self.across, self.down):
            row.changed.connect(self._on_changed)
        self.button.clicked.connect(lambda: self.wanted.emit(*self.texts()))
        self.refresh()

    def texts(self) -> tuple[str, str]:
        """The settings "sheet_x" and "sheet_y"; "" for a side that is not used."""
        return self.across.text(), self.down.text()

    def set_texts(self, x: str, y: str) -> None:
        """Show these."""
        self.across.set_text(x)
        self.down.set_text(y)
        self.refresh()

    def set_working(self, is_working: bool) -> None:
        """While something is made, no sheet can be asked for."""
        self._is_working = is_working
        self.refresh()

    def refresh(self) -> None:
        """Say anew what there would be: other settings make other times."""
        try:
            sheet = Sheet.parse(*self.texts(), ImageParams.settings())
        except StudioError as error:
            self._say(sentence(error.message, error.values), is_ready=False)
            return
        if sheet is None:
            self._say(self.tr("Choose a setting, then its values."), is_ready=False)
            return
        request = self._now()
        seconds = None if request is None else time_of(sheet, request, self._estimate)
        count = words.pictures(sheet.columns * sheet.rows)
        size = f"{sheet.columns} × {sheet.rows}"
        parts = [size, count, words.about(seconds) if seconds is not None else ""]
        self._say("  ·  ".join(filter(None, parts)), is_ready=request is not None)

    def _suggest(self, name: str) -> str:
        return suggested(name, self._now(), self._choices(name))

    def _say(self, text: str, *, is_ready: bool) -> None:
        self.told.setText(text)
        self.button.setEnabled(is_ready and not self._is_working)

    def _on_changed(self) -> None:
        self.refresh()
        self.changed.emit()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.across, self.down, self.told, self.button):
            layout.addWidget(widget)


class AxisRow(QWidget):
    """One side of a sheet: a setting, and its values as text."""

    changed = Signal()

    def __init__(self, side: str, label: str, help_text: str, suggest: Callable[[str], str],
                 parent: QWidget) -> None:
        super().__init__(parent)
        self._suggest, self._suggested = suggest, ""
        self.combo = named(Combo(self), f"sheet.{side}.setting", label, help_text)
        self.values = named(QLineEdit(self), f"sheet.{side}.values",
                            self.tr("{side}: values").format(side=label),
                            self.tr("With commas between them; with | where a value has commas of its own"))
        self.combo.addItem(self.tr("Nothing"), "")
        for name in COMMON:
            self.combo.addItem(label_of(name), name)
        caption = QLabel(label, self)
        caption.setBuddy(self.combo)
        caption.setFixedWidth(_CAPTION)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(caption, 0, 0)
        grid.addWidget(self.combo, 0, 1)
        grid.addWidget(self.values, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.combo.activated.connect(self._on_setting)
        self.values.textEdited.connect(lambda _: self.changed.emit())
        self._show()

    @property
    def name(self) -> str:
        """The setting, or ""."""
        return str(self.combo.currentData() or "")

    def text(self) -> str:
        """Such as "steps=5,10"; "" where no setting is chosen."""
        return f"{self.name}={self.values.text().strip()}" if self.name else ""

    def set_text(self, text: str) -> None:
        """Show such a text."""
        name, _, values = text.partition("=")
        name = name.strip()
        if name and self.combo.findData(name) < 0 and name in axis_settings(ImageParams.settings()):
            self.combo.addItem(label_of(name), name)
        self.combo.setCurrentIndex(max(self.combo.findData(name), 0))
        self.values.setText(values if self.name else "")
        self._suggested = ""
        self._show()

    def _on_setting(self) -> None:
        """Values that were only suggested make room for those of the new setting."""
        self._suggested = self._suggest(self.name)
        self.values.setText(self._suggested)
        self._show()
        if self.name:
            self.values.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        self.values.setVisible(bool(self.name))


def label_of(name: str) -> str:
    """What a setting of a sheet is called."""
    if name == SEED:
        return QCoreApplication.translate("SheetMaker", "Seed")
    known: Mapping[str, Setting] = ImageParams.settings()
    return declared(known[name].label) if name in known else name


def told(settings: Mapping[str, Any]) -> str:
    """The settings of a cell in words: "Steps 10  ·  Guidance 3"."""
    return "  ·  ".join(f"{label_of(name)} {shown(value)}" for name, value in settings.items())


def suggested(name: str, request: Request | None, choices: Sequence[str]) -> str:
    """Values to begin with, as text."""
    if not name:
        return ""
    params: Mapping[str, Any] = request.params if request is not None else {}
    if name == SEED:
        first = request.seed if request is not None else 0
        return ",".join(str((first + at) % (_LAST_SEED + 1)) for at in range(_SEEDS))
    if choices:
        return _told(name, tuple(choices))
    if name in _USUAL:
        return _told(name, _USUAL[name])
    now = str(params.get(name, ""))
    return f"{now}|" if now else ""


def time_of(sheet: Sheet, request: Request, estimate: Callable[[Request], float | None]) -> float | None:
    """Seconds for all of its pictures; None where one of them is not known."""
    known: dict[tuple[Any, ...], float | None] = {}
    total = 0.0
    for cell in sheet.cells():
        params = {**request.params, **{key: value for key, value in cell.settings.items() if key != SEED}}
        kind = tuple(params.get(key) for key in _DECIDING)
        if kind not in known:
            known[kind] = estimate(replace(request, params=params))
        seconds = known[kind]
        if seconds is None:
            return None
        total += seconds
    return total


def _told(name: str, values: tuple[Any, ...]) -> str:
    return Axis(name, values).format().partition("=")[2]
