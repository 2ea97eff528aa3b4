"""A whole folder as a person does it: press, choose, wait, read the report; and again after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.core.jobs import Input, Request
from studio.project.delivery import Delivery
from studio.project.store import JobRow, Project
from studio.ui.batch_dialog import BatchDialog
from studio.ui.batch_order import BatchOrder
from tests.ui.test_window import drop, notices, opened, picture, room

ASKED = Request("style", 1, {"method": "quick"}, (), 3)
WAIT = 120_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos" / "sub").mkdir(parents=True)
    picture(tmp_path / "photos" / "a.png")
    picture(tmp_path / "photos" / "sub" / "湖.png")
    (tmp_path / "photos" / "bad.png").write_bytes(b"no picture at all")
    return tmp_path / "photos"


@pytest.fixture
def studio(qtbot: QtBot) -> Iterator[Studio]:
    found = opened(qtbot)
    found.window.show_page("style")
    yield found
    found.window.close()


def offer(studio: Studio, text: str) -> QPushButton:
    """A button on one of the cards."""
    buttons = studio.window.notices.findChildren(QPushButton, "notice.offer")
    return next(button for button in buttons if button.text() == text and button.isVisible())


def test_without_a_painting_it_says_what_is_missing(studio: Studio) -> None:
    studio.window.actions_["batch"].trigger()
    assert notices(studio) == ["First something for: Paint like this."]


def test_a_folder_from_the_button_to_the_report(
    studio: Studio, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    view = room(studio).panels.any_view()
    room(studio).document.import_files(
        [picture(tmp_path / "painting.png")], lambda found: view.give(found, "style")
    )
    qtbot.waitUntil(lambda: view.template() is not None, timeout=10_000)
    view.run_bar.folder.click()
    dialog = studio.window.findChild(BatchDialog)
    assert isinstance(dialog, BatchDialog)
    field = dialog.findChild(QLineEdit, "batch.folder")
    assert isinstance(field, QLineEdit)
    field.setText(str(folder))
    dialog.template.setText("{name}")
    dialog.accept()
    assert "Working through photos." in notices(studio)
    qtbot.waitUntil(lambda: "photos: 2 done, 1 failed." in notices(studio), timeout=WAIT)
    out = folder.with_name("photos - Style")
    assert sorted(path.name for path in out.rglob("*.png")) == ["a.png", "湖.png"]
    assert (out / "sub" / "湖.png").is_file()
    assert "Working through photos." not in notices(studio)
    card = next(card for card in studio.window.notices.cards() if card.message.startswith("photos:"))
    assert card.hint.startswith("bad.png: ")
    offer(studio, "Copy the report").click()
    assert "bad.png" in QGuiApplication.clipboard().text()
    assert room(studio).batches.runs == {}
    qtbot.waitUntil(lambda: view.run_bar.isEnabled())


def test_an_unfinished_one_is_offered_and_goes_on(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "half.atelier", tmp_path / "out"
    with Project.create(path) as project:
        style = project.import_file(picture(tmp_path / "painting.png"))
        photo = project.import_file(folder / "a.png")
        other = Input("style", style.sha256, "painting.png", asset=style.id)
        order = BatchOrder(
            "style", "content", Request("style", 1, {"method": "quick"}, (other,), 3), folder, out, "{name}"
        )
        asked = order.request_for(photo.sha256, "a.png", photo.id)
        delivery = Delivery(str(out), "{name}", source=str(folder / "a.png"))
        project.add_jobs([JobRow("one", asked, "a.png", panel="style", batch=order.id, delivery=delivery)])
        project.batches.put(order.id, order.to_json())
    studio = opened(qtbot, path)
    words = "The batch of photos is not finished."
    qtbot.waitUntil(lambda: words in notices(studio), timeout=10_000)
    card = next(card for card in studio.window.notices.cards() if card.message == words)
    next(button for button in card.findChildren(QPushButton) if button.text() == "Go on").click()
    qtbot.waitUntil(lambda: "photos: 2 done, 1 failed." in notices(studio), timeout=WAIT)
    assert sorted(path.name for path in out.rglob("*.png")) == ["a.png", "湖.png"]
    studio.window.close()
    with Project.open(path) as project:
        assert project.batches.all() == {}
        assert project.undelivered() == []


def test_what_cannot_be_written_is_told_once_and_tried_again(
    studio: Studio, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "out").write_bytes(b"in the way")
    answers: list[str] = []
    room(studio).document.import_files(
        [picture(tmp_path / "p.png")], lambda found: answers.append(found[0].sha256)
    )
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    asked = Request("style", 1, {"method": "quick"}, (Input("style", answers[0], "p.png"),), 3)
    room(studio).batches.begin(BatchOrder("style", "content", asked, folder, tmp_path / "out"))
    qtbot.waitUntil(lambda: "photos: 0 done, 3 failed." in notices(studio), timeout=WAIT)
    told = [words for words in notices(studio) if "could not be written" in words]
    assert told == ["2 results could not be written."]
    (tmp_path / "out").unlink()
    offer(studio, "Try again").click()
    qtbot.waitUntil(lambda: len(list((tmp_path / "out").rglob("*.png"))) == 2, timeout=WAIT)


def test_a_dropped_folder_offers_the_sheet(
    studio: Studio, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    view = room(studio).panels.any_view()
    room(studio).document.import_files([picture(tmp_path / "p.png")], lambda found: view.give(found, "style"))
    qtbot.waitUntil(lambda: view.template() is not None, timeout=10_000)
    drop(studio, folder)
    words = "photos can also be worked through straight into another folder."
    qtbot.waitUntil(lambda: words in notices(studio), timeout=10_000)
    offer(studio, "The whole folder…").click()
    dialog = studio.window.findChild(BatchDialog)
    assert isinstance(dialog, BatchDialog)
    assert dialog.order().folder == folder
    dialog.reject()
