"""The seed shown is the seed used."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.ui.widgets.seed import HIGHEST, SeedField


@pytest.fixture
def field(qtbot: QtBot) -> SeedField:
    field = SeedField()
    qtbot.addWidget(field)
    return field


def test_the_first_run_uses_what_is_shown(field: SeedField) -> None:
    field.set_seed(42)
    assert field.take() == 42
    assert field.seed() == 42


def test_the_next_run_rolls_before_it_starts(field: SeedField) -> None:
    field.set_seed(42)
    field.take()
    second = field.take()
    assert second != 42
    assert field.seed() == second


def test_a_locked_seed_stays(field: SeedField) -> None:
    field.set_seed(7)
    QTest.mouseClick(field.lock, Qt.MouseButton.LeftButton)
    assert [field.take(), field.take()] == [7, 7]


def test_a_typed_seed_is_used_once_more(field: SeedField) -> None:
    field.take()
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "99")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.take() == 99


def test_letters_and_giants_are_refused(field: SeedField) -> None:
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "12ab99999999999")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.seed() <= HIGHEST
    field.set_seed(10**12)
    assert field.seed() == HIGHEST


def test_the_dice_tells(qtbot: QtBot, field: SeedField) -> None:
    with qtbot.waitSignal(field.changed):
        QTest.mouseClick(field.dice, Qt.MouseButton.LeftButton)
