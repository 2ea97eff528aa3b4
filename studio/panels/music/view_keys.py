"""The keys of the roll: taken while it has the focus, before the window's shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from studio.panels.music.view_roll import Roll

_KEYPAD = Qt.KeyboardModifier.KeypadModifier.value
_SHIFT = Qt.KeyboardModifier.ShiftModifier.value
_SIGNS = frozenset("+=[]-")
"""Signs that need Shift on some keyboards and not on others."""


class Keys(QObject):
    """Does what a table says."""

    def __init__(self, roll: Roll, table: Mapping[tuple[str, ...], Callable[[], object]]) -> None:
        super().__init__(roll)
        self._do: dict[tuple[int, int], Callable[[], object]] = {}
        for names, do in table.items():
            for name in names:
                for pressed in _pressed(name):
                    self._do[pressed] = do
        roll.takes_keys = frozenset(self._do)
        roll.key_pressed.connect(self._on_key)

    def _on_key(self, event: QKeyEvent) -> None:
        do = self._do.get((event.key(), event.modifiers().value & ~_KEYPAD))
        if do is not None:
            event.accept()
            do()


def _pressed(name: str) -> list[tuple[int, int]]:
    """Key and modifiers of ``name``."""
    combination = QKeySequence(name)[0]  # type: ignore[index]
    key, keys = combination.key().value, combination.keyboardModifiers().value
    return [(key, keys), (key, keys | _SHIFT)] if name[-1] in _SIGNS else [(key, keys)]
