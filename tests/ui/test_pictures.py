"""Pictures for the window: as they are, or smaller where nobody could see all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from studio.project.store import Project
from studio.ui import pictures
from studio.ui.document import Document
from tests.ui.fake_services import png


def plain(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor("#336699"))
    return image


def test_a_picture_comes_as_it_is() -> None:
    image = pictures.decode(png(plain(60, 40)))
    assert image.size() == QSize(60, 40)
    assert image.pixelColor(5, 5) == QColor("#336699")


def test_what_is_no_picture_is_a_null_image(tmp_path: Path) -> None:
    assert pictures.decode(b"nothing").isNull()
    assert pictures.decode(tmp_path / "missing.png").isNull()


def test_one_of_very_many_pixels_comes_smaller(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pictures, "_WHOLE", 10_000)
    monkeypatch.setattr(pictures, "_SMALLER", 2_400)
    file = tmp_path / "large.png"
    file.write_bytes(png(plain(600, 400)))
    for source in (file, file.read_bytes()):
        image = pictures.decode(source)
        assert image.size() == QSize(60, 40)
        assert image.pixelColor(5, 5) == QColor("#336699")


@pytest.mark.parametrize("most", [10, 10_000_000])
def test_a_content_of_the_project_by_way_of_a_file_or_not(
        qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """A file that big is not read into memory; nothing of it is left behind."""
    monkeypatch.setattr(pictures, "_IN_MEMORY", most)
    monkeypatch.setattr(pictures.tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with Project.create(tmp_path / "a.atelier") as project:
        asset = project.import_file(png(plain(60, 40)), "plain.png")
    document = Document()
    found: list[QImage] = []
    try:
        with qtbot.waitSignal(document.opened):
            document.open(tmp_path / "a.atelier")
        loader = pictures.Pictures(document)
        loader.load(asset, found.append)
        loader.load("0" * 64, found.append)
        qtbot.waitUntil(lambda: len(found) == 2)
    finally:
        document.close()
    assert sorted(image.width() for image in found) == [0, 60]
    assert list((tmp_path / "temporary").iterdir()) == []
