"""Writing a chord: a line of text over the lane of chords."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from studio.core.score import Chord
from studio.panels.music import edits
from studio.panels.music.grid import bar_at
from studio.panels.music.view_roll import Roll
from studio.ui.widgets.naming import named

_SAME = {"Db": "C#", "D#": "Eb", "Gb": "F#", "G#": "Ab", "A#": "Bb", "Cb": "B", "Fb": "E", "E#": "F",
         "B#": "C"}
_KINDS = {"min": "m", "-": "m", "mi": "m", "maj": "", "M": "", "ma7": "maj7", "M7": "maj7", "Δ": "maj7",
          "min7": "m7", "-7": "m7", "o": "dim", "°": "dim", "+": "aug", "o7": "dim7", "°7": "dim7",
          "ø": "m7b5", "sus": "sus4"}


def read_chord(text: str, at: int = 0) -> Chord | None:
    """The chord that musicians mean by ``text``; None where it is something else."""
    found = re.fullmatch(r"([A-Ga-g])([#♯b♭]?)(.*)", text.strip())
    if found is None:
        return Chord(at, -1) if text.strip().upper().replace(".", "") == "NC" else None
    letter, sign, kind = found.groups()
    root = letter.upper() + sign.replace("♯", "#").replace("♭", "b")
    return Chord.parse(_SAME.get(root, root) + _KINDS.get(kind, kind), at)


class ChordLine(QLineEdit):
    """Enter writes the chord, Tab goes on to the next bar, Escape leaves; nothing takes the chord away."""

    told = Signal(str)

    def __init__(self, roll: Roll) -> None:
        super().__init__(roll.viewport())
        self._roll, self._at = roll, 0
        named(self, "chord.edit", self.tr("Chord"))
        self.setMaxLength(12)
        self.installEventFilter(self)
        self.hide()

    def open_at(self, tick: int) -> None:
        """For the chord at ``tick``."""
        self._at = tick
        self._roll.look_at_tick(tick)
        area = self._roll.map
        lane = area.chords
        self.setGeometry(QRect(round(area.x_of(tick)), round(lane.top()) - 4, 84, 32))
        here = next((chord for chord in self._roll.chords if chord.at == tick), None)
        self.setText(str(here) if here is not None and here.root >= 0 else "")
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._write():
                self._leave()
        elif event.key() == Qt.Key.Key_Tab:
            if self._write():
                self.open_at(bar_at(self._roll.bars, self._at).end)
        else:
            return False
        return True

    def _write(self) -> bool:
        text = self.text().strip()
        chord = read_chord(text, self._at)
        if text and chord is None:
            self.told.emit(self.tr("{text} is no chord that is known here. Try Am7, F#dim, Bbmaj7 or Gsus4.")
                           .format(text=text))
            return False
        sheet = self._roll.sheet
        arrangement = sheet.arrangement
        if not arrangement.score.chords:  # those told from the notes become those of the piece
            told = replace(arrangement.score, chords=tuple(self._roll.chords))
            arrangement = replace(arrangement, score=told)
        sheet.edit(edits.set_chord(arrangement, self._at, chord))
        return True

    def _leave(self) -> None:
        self.hide()
        self._roll.setFocus()
