"""Drops: what each thing is, in an order that is safe."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from studio.ui.drops import MODELS, PICTURES, classify, kinds, pictures_in


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


@pytest.mark.parametrize(("name", "kind"), [
    ("photo.JPG", "picture"), ("scan.tiff", "picture"), ("bild ü 画.webp", "picture"),
    ("phone.heic", "picture"), ("my work.atelier", "project"), ("mosaic.pth", "model"),
    ("candy.model", "model"), ("style.onnx", "model"), ("weights.safetensors", "model"),
    ("piano.sf2", "model"), ("story.docx", "text"), ("Notes.TXT", "text"), ("gedicht.md", "text"),
    ("tune.mid", "score"), ("Fuge.MusicXML", "score"), ("reel.abc", "score"), ("quartet.mxl", "score"),
    ("take 1.WAV", "sound"), ("song.mp3", "sound"), ("grand.sf3", "model"),
    ("story.odt", "unknown"), ("noname", "unknown"),
])
def test_a_file_is_known_by_its_name(tmp_path: Path, name: str, kind: str) -> None:
    (found,) = classify(files(tmp_path / name))
    assert found.kind == kind
    assert found.path == tmp_path / name
    assert found.name == name


def test_a_folder_is_a_folder_whatever_it_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "holiday.jpg"
    folder.mkdir()
    (found,) = classify(files(folder))
    assert found.kind == "folder"


def test_a_folder_with_a_language_model_is_a_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (found,) = classify(files(tmp_path))
    assert found.kind == "model"


def test_several_come_in_order(tmp_path: Path) -> None:
    found = classify(files(tmp_path / "b.png", tmp_path / "a.pth", tmp_path / "c.txt"))
    assert [drop.kind for drop in found] == ["picture", "model", "text"]
    assert kinds(found) == {"picture", "model", "text"}


def test_a_browser_gives_the_picture_itself_with_its_name() -> None:
    mime = QMimeData()
    mime.setData("image/png", QByteArray(b"\x89PNG encoded"))
    mime.setUrls([QUrl("https://example.org/art/sunflowers.png")])
    (found,) = classify(mime)
    assert (found.kind, found.data, found.text) == ("image data", b"\x89PNG encoded", "sunflowers")


def test_a_bare_image_is_kept_without_loss() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB888)
    image.fill(QColor(1, 2, 3))
    mime = QMimeData()
    mime.setImageData(image)
    (found,) = classify(mime)
    back = QImage.fromData(found.data)
    assert found.kind == "image data"
    assert back.pixelColor(2, 1) == QColor(1, 2, 3)


def test_an_address_without_a_picture_is_only_an_address() -> None:
    mime = QMimeData()
    mime.setText("https://example.org/a.jpg")
    (found,) = classify(mime)
    assert (found.kind, found.text) == ("web", "https://example.org/a.jpg")


def test_the_file_wins_over_everything_that_came_with_it(tmp_path: Path) -> None:
    mime = files(tmp_path / "a.png")
    mime.setText("https://example.org/a.png")
    mime.setData("image/png", QByteArray(b"data"))
    (found,) = classify(mime)
    assert found.path == tmp_path / "a.png"


def test_words_are_a_text_and_nothing_is_nothing() -> None:
    mime = QMimeData()
    mime.setText("Just words 世界,\r\nsaid https://example.org/a.jpg.")
    (found,) = classify(mime)
    assert (found.kind, found.data.decode()) == (
        "text data", "Just words 世界,\nsaid https://example.org/a.jpg.")
    assert found.name == "Just words 世界, said https://example.org/a.jpg."
    assert classify(QMimeData()) == []


def test_a_folder_gives_its_pictures_by_name(tmp_path: Path) -> None:
    for name in ("b.PNG", "a.jpg", "notes.txt", ".hidden.png"):
        (tmp_path / name).touch()
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "c.png").touch()
    assert [path.name for path in pictures_in(tmp_path)] == ["a.jpg", "b.PNG"]


@given(st.text(max_size=80))
def test_any_text_is_answered(words: str) -> None:
    mime = QMimeData()
    mime.setText(words)
    found = classify(mime)
    assert all(drop.kind in ("web", "unknown", "text data") for drop in found)
    assert all(len(drop.name) <= 61 for drop in found if drop.kind == "text data")


def test_no_ending_is_two_things() -> None:
    assert not PICTURES & MODELS
