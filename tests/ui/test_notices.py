"""Notices: said in place, read aloud, with a way back."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.core.jobs import Problem
from studio.ui.notices import Notices, Offer, copy_details


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    host = QWidget()
    host.resize(900, 600)
    qtbot.addWidget(host)
    elsewhere = QLineEdit(host)
    found = Notices(host)
    host.show()
    elsewhere.setFocus()
    return found


def button(notices: Notices, text: str) -> QPushButton:
    return next(b for b in notices.findChildren(QPushButton) if b.text() == text)


def test_a_notice_is_shown_inside_its_host_and_named(notices: Notices) -> None:
    card = notices.show_notice("Moved to the trash.", hint="It can come back.")
    assert notices.isVisible()
    assert card.accessibleName() == "Moved to the trash. It can come back."
    assert notices.parentWidget().rect().contains(notices.geometry())


def test_an_offer_does_its_deed_and_closes(notices: Notices) -> None:
    done: list[str] = []
    notices.show_notice("Gone.", Offer("Undo", lambda: done.append("undone")))
    button(notices, "Undo").click()
    assert done == ["undone"]
    assert not notices.cards()
    assert not notices.isVisible()


def test_good_news_leaves_by_itself_and_bad_news_stays(notices: Notices, qtbot: QtBot) -> None:
    notices.show_notice("Brief.", seconds=0.02)
    bad = notices.show_notice("Bad.", kind="bad")
    qtbot.waitUntil(lambda: notices.cards() == [bad])


def test_older_ones_make_room(notices: Notices) -> None:
    for number in range(6):
        notices.show_notice(f"News {number}", kind="warn")
    assert [card.message for card in notices.cards()] == [f"News {n}" for n in (2, 3, 4, 5)]


def test_a_problem_says_what_to_do_and_its_details_can_be_copied(notices: Notices) -> None:
    problem = Problem("This file is cut off: {have} of {all} KB are there.", "Export it again.",
                      {"have": 312, "all": 5120}, "Traceback ...")
    card = notices.show_problem(problem)
    assert (card.kind, card.message, card.hint) == (
        "bad", "This file is cut off: 312 of 5120 KB are there.", "Export it again.")
    button(notices, "Copy details").click()
    assert "Traceback" in QGuiApplication.clipboard().text()
    assert notices.cards() == [card]


def test_copied_details_hold_the_message_too(qtbot: QtBot) -> None:
    copy_details(Problem("It broke.", details="deep inside"))
    assert QGuiApplication.clipboard().text().startswith("It broke.")
    assert QGuiApplication.clipboard().text().endswith("deep inside")


def test_text_with_marks_is_shown_as_it_is(notices: Notices) -> None:
    card = notices.show_notice("<b>{name}</b> & co")
    assert card.message == "<b>{name}</b> & co"


def test_every_card_is_as_high_as_its_words(notices: Notices) -> None:
    short = notices.show_notice("Short.")
    long = notices.show_notice("A long sentence. " * 20)
    assert long.height() > 2 * short.height()


def test_what_it_says_can_be_kept_up_to_date(notices: Notices) -> None:
    card = notices.show_notice("Downloading", hint="Connecting", seconds=0)
    card.set_hint("12 of 575 MB")
    card.close_notice()
    card.set_hint("13 of 575 MB")


def test_a_notice_takes_no_focus_and_stays_while_someone_is_in_it(notices: Notices, qtbot: QtBot) -> None:
    edit = notices.parentWidget().findChild(QLineEdit)
    before = QGuiApplication.focusObject()
    card = notices.show_notice("Here.", Offer("Undo", lambda: None), seconds=0.02)
    assert QGuiApplication.focusObject() is before
    button(notices, "Undo").setFocus()
    qtbot.wait(100)
    assert notices.cards() == [card]
    assert edit is not None
