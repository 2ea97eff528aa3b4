"""What can be said about a text that leaves: title, author, language, paper, and who wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

FORMATS = (("PDF", "pdf"), ("Word (DOCX)", "docx"), ("E-book (EPUB)", "epub"), ("Web page (HTML)", "html"),
           ("Markdown", "markdown"), ("Plain text", "text"))
"""Title, exporter id."""
_SET = ("pdf", "docx", "epub", "html")
"""Formats that have a title page, and quotes that curl."""
_LANGUAGES = ("en", "zh", "de", "fr", "es", "it", "pt", "nl", "ru", "ja", "ko", "ar", "he")
_PAPERS = (("A5", "a5"), ("A4", "a4"), ("Letter", "letter"))


class TextFields(QObject):
    """The fields of the export dialog that only texts have."""

    def __init__(self, parent: QWidget, *, is_one: bool, author: str) -> None:
        super().__init__(parent)
        self._title, self._author = QLineEdit(parent), QLineEdit(author, parent)
        self._title.setPlaceholderText(self.tr("As in the text"))
        self._title.setVisible(is_one)
        self._is_one = is_one
        self._language, self._paper = QComboBox(parent), QComboBox(parent)
        self._language.setEditable(True)
        self._language.addItems(["", *_LANGUAGES])
        if (edit := self._language.lineEdit()) is not None:
            edit.setPlaceholderText(self.tr("As it looks"))
        for name, paper in _PAPERS:
            self._paper.addItem(name, paper)
        self._statement = QCheckBox(self.tr("Say who wrote how much: you or the model"), parent)
        self._typographic = QCheckBox(self.tr("Curly quotes, long dashes"), parent)
        self._typographic.setChecked(True)

    def formats(self) -> tuple[tuple[str, str], ...]:
        """Title, exporter id."""
        return FORMATS

    def rows(self) -> Iterator[tuple[str, QWidget, str]]:
        """Label, field, and the name that goes with it."""
        if self._is_one:
            yield self.tr("Title"), self._title, "export.title"
        yield self.tr("Author"), self._author, "export.author"
        yield self.tr("Language"), self._language, "export.language"
        yield self.tr("Paper"), self._paper, "export.paper"
        yield "", self._typographic, "export.typographic"
        yield "", self._statement, "export.statement"

    def show_for(self, exporter: str) -> None:
        """Only what this format can have is enabled."""
        for field in (self._title, self._author, self._language, self._typographic):
            field.setEnabled(exporter in _SET)
        self._paper.setEnabled(exporter == "pdf")

    def options(self, exporter: str) -> dict[str, Any]:
        """What an exporter wants to know."""
        said: dict[str, Any] = {"statement": self._statement.isChecked()}
        if exporter in _SET:
            said |= {"title": self._title.text().strip(), "author": self._author.text().strip(),
                     "language": self._language.currentText().strip(),
                     "typographic": self._typographic.isChecked()}
        return said | ({"paper": self._paper.currentData()} if exporter == "pdf" else {})
