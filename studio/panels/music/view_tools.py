"""The line above the roll: tools, the grid, and what holds for the whole piece."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from studio.core.params import Setting
from studio.core.score import Key, metres
from studio.panels.music import edits, grid
from studio.panels.music.params import KEYS, METRES
from studio.panels.music.view_deeds import Deeds
from studio.panels.music.view_hand import Hand
from studio.panels.music.view_sheet import Sheet
from studio.ui.translation import declared
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Combo, Number

_TEMPO = Setting(kind="float", default=120.0, label="Tempo", low=10.0, high=400.0, step=1.0, unit="bpm")


class Tools(QWidget):
    """What the hand holds."""

    def __init__(self, hand: Hand, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hand = hand
        self.buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for tool, glyph, words in (("select", "pointer", self.tr("Choose and move notes (V)")),
                                   ("draw", "pencil", self.tr("Draw notes (B)")),
                                   ("erase", "eraser", self.tr("Erase notes (E)"))):
            button = self._button(f"tool.{tool}", glyph, words, partial(hand.take, tool))
            button.setCheckable(True)
            group.addButton(button)
            self.buttons[tool] = button
        self.snap = named(Combo(self), "tool.snap", self.tr("Grid"), self.tr("What notes snap to"))
        self.snap.setFixedWidth(92)
        for name, ticks in grid.SNAPS:
            self.snap.addItem(name if ticks else self.tr("no grid"), name)
        self.snap.activated.connect(lambda _: hand.set_snap(self.snap.currentData()))
        self.quantise = self._button("tool.quantise", "quantise", self.tr("Bring notes to the grid (Q)"),
                                     deeds.quantise)
        self.quantise.setMenu(self._strengths())
        self.lock = self._button("tool.lock", "lock", self.tr("Lock the chosen notes: they stay as they are "
                                                              "when others are made anew (K)"), deeds.lock)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (*self.buttons.values(), self.snap, self.quantise, self.lock):
            row.addWidget(widget)
        hand.changed.connect(self._show)
        self._show()

    def _button(self, name: str, glyph: str, words: str, do: Callable[[], object]) -> IconButton:
        button = named(IconButton(glyph, self), name, words.partition(" (")[0], words)
        button.clicked.connect(lambda: do())
        return button

    def _strengths(self) -> QMenu:
        """Opens with a press that is held, or with Alt and the down arrow."""
        menu = QMenu(self)
        for share in (100, 75, 50, 25):
            action = menu.addAction(self.tr("Quantise by {share} %").format(share=share))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, share=share: self._hand.set_strength(share / 100))
        menu.aboutToShow.connect(lambda: self._check(menu))
        return menu

    def _check(self, menu: QMenu) -> None:
        for action, share in zip(menu.actions(), (1.0, 0.75, 0.5, 0.25), strict=True):
            action.setChecked(self._hand.strength == share)

    def _show(self) -> None:
        self.buttons[self._hand.tool].setChecked(True)
        self.snap.setCurrentIndex(self.snap.findData(self._hand.snap))


class PieceFields(QWidget):
    """Tempo, metre and key of the piece on the roll."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.tempo = named(Number(_TEMPO, self), "piece.tempo", self.tr("Tempo of the piece"),
                           self.tr("Quarter notes a minute"))
        self.metre = named(Combo(self), "piece.metre", self.tr("Metre of the piece"))
        self.metre.setFixedWidth(76)
        for value, _ in METRES[1:]:
            self.metre.addItem(value, value)
        self.key = named(Combo(self), "piece.key", self.tr("Key of the piece"))
        self.key.setFixedWidth(112)
        self.key.addItem(self.tr("no key"), "")
        for value, label in KEYS[1:]:
            self.key.addItem(declared(label), value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.tempo, self.metre, self.key):
            row.addWidget(widget)
        self.tempo.valueChanged.connect(self._on_tempo)
        self.metre.activated.connect(lambda _: self._on_metre())
        self.key.activated.connect(lambda _: self._on_key())
        sheet.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        score = self._sheet.arrangement.score
        at_start = score.tempos and score.tempos[0].at == 0
        with QSignalBlocker(self.tempo):
            self.tempo.show_number(round(score.tempos[0].bpm, 1) if at_start else 120.0)
        metre = str(metres(score)[0])
        if self.metre.findData(metre) < 0:
            self.metre.addItem(metre, metre)
        self.metre.setCurrentIndex(self.metre.findData(metre))
        named_key = declared(str(score.keys[0])) if score.keys else ""
        self.key.setCurrentIndex(max(0, self.key.findText(named_key)))

    def _on_tempo(self) -> None:
        bpm = self.tempo.number()
        self._sheet.edit(edits.set_tempo(self._sheet.arrangement, bpm), what="tempo")

    def _on_metre(self) -> None:
        beats, _, unit = self.metre.currentText().partition("/")
        self._sheet.edit(edits.set_metre(self._sheet.arrangement, int(beats), int(unit)))

    def _on_key(self) -> None:
        at = self.key.currentIndex() - 1
        key = Key(0, at % 12, at >= 12) if at >= 0 else None
        self._sheet.edit(edits.set_key(self._sheet.arrangement, key))


class ToolLine(QWidget):
    """Both of them."""

    def __init__(self, sheet: Sheet, hand: Hand, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(40)
        self.tools, self.fields = Tools(hand, deeds, self), PieceFields(sheet, self)
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 44, 2)
        row.setSpacing(8)
        row.addWidget(self.tools)
        row.addWidget(self.note, 1)
        row.addWidget(self.fields)
