"""Texts in the window: their pictures, what is told of them, and how they leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from studio.core.jobs import AssetKind
from studio.project.assets import Asset
from studio.ui.document import Document
from studio.ui.export_dialog import ExportDialog, ExportOrder
from studio.ui.reel_model import Filter, ReelModel
from studio.ui.text_picture import text_picture
from studio.ui.thumbnails import Thumbnails


def asset(name: str = "The ferry", kind: AssetKind = "text", **facts: object) -> Asset:
    created = "2026-01-01T00:00:00+00:00"
    return Asset(name, kind, name, "text/markdown", "0" * 64, 10, created, "made", facts=facts)


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    made = Document()
    made.create(tmp_path / "a.atelier")
    qtbot.waitUntil(lambda: made.is_open, timeout=10_000)
    yield made
    made.close()


def inked(sheet: QImage) -> int:
    """Dark pixels."""
    return sum(QColor(sheet.pixelColor(x, y)).lightness() < 120 and sheet.pixelColor(x, y).alpha() > 200
               for x in range(sheet.width()) for y in range(sheet.height()))


# ---- pictures


@pytest.mark.parametrize("text", ["# A\n\nThe wind *was* cold.", "渡口的河水", "هذا النص من اليمين", "🚣",
                                  "<b>&amp;", "a" * 9000, "\n\n\n x", "<img src='http://x/y.png'>"])
def test_a_text_is_a_sheet_with_letters(qtbot: QtBot, text: str) -> None:
    sheet = text_picture(text, 108)
    assert (sheet.height(), sheet.width()) == (108, 82)
    assert sheet.pixelColor(40, 104).lightness() > 220
    assert sheet.pixelColor(0, 0).alpha() < 255
    assert text == "🚣" or inked(sheet) > 5


def test_a_blank_text_has_no_picture(qtbot: QtBot) -> None:
    assert text_picture(" \n", 108).isNull()
    assert text_picture("x", 2).isNull()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_reel_shows_how_a_text_begins(
        qtbot: QtBot, document: Document, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text("世界 the river " * 400, encoding=encoding)
    found: list[Asset] = []
    document.import_files([tmp_path / "a.txt"], found.extend)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    thumbnails = Thumbnails(document, 108)
    with qtbot.waitSignal(thumbnails.ready, timeout=10_000):
        assert thumbnails.get(found[0].id) is None
    picture = thumbnails.get(found[0].id)
    assert picture is not None
    assert inked(picture.toImage()) > 200
    thumbnails.close()


def test_the_reel_tells_how_long_a_text_is(qtbot: QtBot, document: Document) -> None:
    thumbnails = Thumbnails(document, 108)
    model = ReelModel(thumbnails)
    model.reset([asset("<i>", words=1234, opening="Once & never"), asset("photo", "image")])
    model.set_filter(Filter())
    tips = {model.asset_at(index).kind: index.data(Qt.ItemDataRole.ToolTipRole)
            for index in (model.index(row) for row in range(2))}
    assert tips["image"] == "photo"
    assert "<b>&lt;i&gt;</b>" in tips["text"]
    assert "Once &amp; never" in tips["text"]
    assert "234" in tips["text"]
    thumbnails.close()


# ---- the way out


def ordered(dialog: ExportDialog) -> ExportOrder:
    orders: list[ExportOrder] = []
    dialog.ordered.connect(orders.append)
    dialog.accept()
    return orders[0]


def choose(dialog: ExportDialog, title: str) -> None:
    box = dialog.findChild(QComboBox, "export.format")
    assert box is not None
    box.setCurrentIndex(box.findText(title))


def test_a_text_leaves_with_all_that_can_be_said_of_it(qtbot: QtBot) -> None:
    dialog = ExportDialog([asset()], author="Ada Wren", wanted="epub")
    qtbot.addWidget(dialog)
    for name, text in (("export.title", "My book"), ("export.author", "A. W.")):
        field = dialog.findChild(QLineEdit, name)
        assert field is not None
        field.setText(text)
    check = dialog.findChild(QCheckBox, "export.statement")
    assert check is not None
    check.click()
    order = ordered(dialog)
    assert order.exporter == "epub"
    assert order.options == {"statement": True, "title": "My book", "author": "A. W.", "language": "",
                             "typographic": True}


def test_only_what_a_format_can_have_is_asked_for(qtbot: QtBot) -> None:
    dialog = ExportDialog([asset()])
    qtbot.addWidget(dialog)
    paper, author = dialog.findChild(QComboBox, "export.paper"), dialog.findChild(QLineEdit, "export.author")
    assert paper is not None
    assert author is not None
    for title, has_paper, has_author in (("PDF", True, True), ("Word (DOCX)", False, True),
                                         ("Plain text", False, False)):
        choose(dialog, title)
        assert (paper.isEnabled(), author.isEnabled()) == (has_paper, has_author)
    assert ordered(dialog).options == {"statement": False}


def test_pictures_are_asked_as_before_and_several_texts_have_no_common_title(qtbot: QtBot) -> None:
    pictures, texts = ExportDialog([asset("photo", "image")]), ExportDialog([asset("a"), asset("b")])
    for dialog in (pictures, texts):
        qtbot.addWidget(dialog)
    assert ordered(pictures).exporter == "png"
    assert pictures.findChild(QLineEdit, "export.author") is None
    assert "export.title" not in {field.objectName() for field in texts.findChildren(QLineEdit)}
    assert ordered(texts).options["title"] == ""
