"""Pages between a panel and the project: what is edited is kept there, and nowhere else."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.core.errors import StudioError
from studio.core.jobs import Problem
from studio.core.manuscript import Edit, Manuscript, Piece
from studio.project.store import Project
from studio.ui.document import Document
from studio.ui.pages import Pages

WAIT = 20_000


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Generator[Document]:
    """A new project, open."""
    found = Document()
    with qtbot.waitSignal(found.opened, timeout=WAIT):
        found.create(tmp_path / "a.atelier")
    yield found
    assert found.close()


def typed(at: int, text: str) -> Edit:
    return Edit(at, 0, (Piece(text),))


def kept(document: Document, qtbot: QtBot) -> str:
    """What is in the project, once all before has been done."""
    found: list[Manuscript] = []
    document.call(lambda project: project.page("write"), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    return found[0].text


def loaded(document: Document, qtbot: QtBot) -> tuple[Pages, list[Manuscript]]:
    pages, shown = Pages(document), list[Manuscript]()
    pages.load("write", shown.append)
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT)
    return pages, shown


def test_what_is_typed_is_kept(document: Document, qtbot: QtBot) -> None:
    pages, shown = loaded(document, qtbot)
    assert shown == [Manuscript()]
    pages.keep("write", [typed(0, "night")])
    pages.keep("write", [typed(0, "A ")])
    assert kept(document, qtbot) == "A night"


def test_an_edit_never_goes_to_another_project(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    pages, shown = loaded(document, qtbot)
    document.leaving.connect(lambda: pages.keep("write", [typed(0, "last words")]))
    document.create(tmp_path / "b.atelier")
    pages.keep("write", [typed(0, "too late")])
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=WAIT)
    assert shown[1] == Manuscript()
    assert kept(document, qtbot) == ""
    pages.keep("write", [typed(0, "b")])
    document.open(tmp_path / "a.atelier")
    qtbot.waitUntil(lambda: len(shown) == 3, timeout=WAIT)
    assert shown[2].text == "last words"
    document.open(tmp_path / "b.atelier")
    qtbot.waitUntil(lambda: len(shown) == 4, timeout=WAIT)
    assert shown[3].text == "last wordsb"


def test_nothing_is_kept_of_a_page_that_was_not_loaded(document: Document, qtbot: QtBot) -> None:
    pages = Pages(document)
    pages.keep("write", [typed(0, "a")])
    assert kept(document, qtbot) == ""


def test_what_could_not_be_kept_is_kept_with_what_comes_next(document: Document, qtbot: QtBot,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    pages, _ = loaded(document, qtbot)
    told: list[Problem] = []
    document.failed.connect(told.append)
    real = Project.add_edits
    refusals = [True, True]

    def sometimes(project: Project, panel: str, edits: Sequence[Edit]) -> None:
        if refusals and refusals.pop():
            raise StudioError("The disk is full.")
        real(project, panel, edits)

    monkeypatch.setattr(Project, "add_edits", sometimes)
    for at, letter in enumerate("abc"):
        pages.keep("write", [typed(at, letter)])
    assert kept(document, qtbot) == "abc"
    assert [problem.message for problem in told] == ["The disk is full."]
