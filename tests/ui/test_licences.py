"""Licences: everything Atelier stands on is listed, with its text where it came with one."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot

from studio.ui.licences import LicencesPage, licence_text, own_texts, packages


def test_what_is_needed_is_listed_once_with_a_licence() -> None:
    found = packages()
    names = [package.name.lower() for package in found]
    assert {"numpy", "pillow", "onnxruntime-gpu", "torch"} & set(names)
    assert len(names) == len(set(names))
    assert "pytest" not in names
    assert sum(bool(package.licence or package.texts) for package in found) >= 0.9 * len(found)


def test_texts_are_whole() -> None:
    numpy = next(package for package in packages() if package.name == "numpy")
    assert "Redistribution and use" in licence_text(numpy)
    assert "Apache License" in own_texts()


def test_the_page_shows_the_chosen_text(qtbot: QtBot) -> None:
    page = LicencesPage()
    qtbot.addWidget(page)
    names, text = page.findChild(QListWidget), page.findChild(QPlainTextEdit)
    assert names is not None
    assert text is not None
    assert "Apache License" in text.toPlainText()
    row = next(row for row in range(names.count()) if names.item(row).text().startswith("numpy"))
    names.setCurrentRow(row)
    assert "NumPy" in text.toPlainText()
