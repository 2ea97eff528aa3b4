"""What the sheet for a whole folder asks, says and hands over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from studio.core.jobs import Request
from studio.panels.style import PANEL
from studio.ui.batch_dialog import BatchDialog
from studio.ui.batch_order import BatchOrder
from tests.fakes import png

ASKED = Request("style", 1, {"strength": 0.5}, (), 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("in/a.png", "in/sub/b.png", "in/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(png())
    return tmp_path / "in"


@pytest.fixture
def dialog(qtbot: QtBot, folder: Path) -> BatchDialog:
    found = BatchDialog(PANEL, ASKED, folder)
    qtbot.addWidget(found)
    found.show()
    return found


def go(dialog: BatchDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "batch.go")
    assert isinstance(found, QPushButton)
    return found


def test_it_hands_over_what_is_chosen(dialog: BatchDialog, folder: Path) -> None:
    orders: list[BatchOrder] = []
    dialog.ordered.connect(orders.append)
    dialog.template.setText("{name}-{index:03}")
    dialog.watch.setChecked(True)
    dialog.deep.setChecked(False)
    go(dialog).click()
    [order] = orders
    assert (order.panel, order.role, order.request) == ("style", "content", ASKED)
    assert (order.folder, order.out) == (folder, folder.with_name("in - Style"))
    assert (order.template, order.deep, order.skip, order.watch) == ("{name}-{index:03}", False, True, True)


def test_the_results_follow_the_folder_until_the_person_says_otherwise(
    dialog: BatchDialog, folder: Path
) -> None:
    dialog.folder.setText(str(folder / "sub"))
    assert dialog.out.text() == str(folder / "sub - Style")
    dialog.out.setText("/elsewhere")
    dialog.folder.setText(str(folder))
    assert dialog.out.text() == "/elsewhere"


def test_it_says_how_many_there_are(dialog: BatchDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "2 pictures" in dialog.said, timeout=10_000)
    dialog.deep.setChecked(False)
    qtbot.waitUntil(lambda: "1 picture" in dialog.said, timeout=10_000)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("folder", "/no/such/folder", "no such folder"),
        ("template", "{nonsense}", "can hold"),
        ("out", " ", "where the results go"),
    ],
)
def test_what_cannot_be_is_said_and_not_begun(dialog: BatchDialog, field: str, text: str, words: str) -> None:
    line: QLineEdit = getattr(dialog, field)
    line.setText(text)
    assert words in dialog.said
    assert not go(dialog).isEnabled()


def test_without_a_folder_nothing_can_begin(qtbot: QtBot) -> None:
    dialog = BatchDialog(PANEL, ASKED)
    qtbot.addWidget(dialog)
    assert not go(dialog).isEnabled()
    assert not dialog.said


def test_everything_has_a_name(dialog: BatchDialog) -> None:
    buttons = dialog.findChildren(QAbstractButton) + dialog.findChildren(QLineEdit)
    assert not [
        button.objectName() for button in buttons if not (button.objectName() and button.accessibleName())
    ]
