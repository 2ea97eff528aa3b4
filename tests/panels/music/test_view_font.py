"""Choosing the SoundFont a piece is played with."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.library import imports
from studio.media.arrangement_midi import read_arrangement, write_arrangement
from studio.media.sound import fonts
from studio.panels.music.view_font import FontButton
from studio.panels.music.view_sheet import Sheet
from tests.media.sound import makers
from tests.panels.music.rolling import piece


@pytest.fixture
def sheet() -> Sheet:
    made = Sheet()
    made.show(piece())
    return made


def test_a_persons_own_font_can_be_chosen_and_undone(qtbot: QtBot, sheet: Sheet, tmp_path: Path) -> None:
    own = imports.import_file(makers.font(tmp_path / "My_Flute.sf2"))
    button = FontButton(sheet)
    qtbot.addWidget(button)
    assert button.text() == "SoundFont"
    button.fill()
    actions = {action.text(): action for action in button.menu().actions()}
    assert actions["TimGM"].isChecked()
    actions["My Flute"].trigger()
    assert sheet.arrangement.facts[fonts.FACT] == own.id
    assert button.text() == "My Flute"
    button.fill()
    assert [action.text() for action in button.menu().actions() if action.isChecked()] == ["My Flute"]
    sheet.undo()
    assert fonts.FACT not in sheet.arrangement.facts
    assert button.text() == "SoundFont"


def test_the_choice_travels_with_the_piece(qtbot: QtBot, sheet: Sheet) -> None:
    button = FontButton(sheet)
    qtbot.addWidget(button)
    button.choose("gone")
    kept = read_arrangement(write_arrangement(sheet.arrangement))
    assert kept.facts[fonts.FACT] == "gone"
    assert button.text() == "SoundFont missing"
    assert fonts.of_piece(kept.facts) == fonts.default_font().path
    button.fill()
    button.menu().actions()[0].trigger()
    assert fonts.FACT not in sheet.arrangement.facts
