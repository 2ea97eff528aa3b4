"""Models in the window: listed, checked, removed with a way back, fetched only when asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from studio.core import guard
from studio.library.model import Model
from studio.ui.main_window import MainWindow
from studio.ui.model_desk import ModelDesk
from studio.ui.models_page import ModelsPage

BOX = Model("style-quick", "Quick", "style", "style.quick", Path("/box/style-quick"), {"q.onnx": "ab"},
            12_000_000, licence="Apache-2.0", is_starter=True)
MINE = Model("mosaic", "Mosaic", "style", "style.fast", Path("/mine/mosaic"), {"weights.pth": "cd"},
             6_700_000)


@pytest.fixture
def page(qtbot: QtBot) -> ModelsPage:
    found = ModelsPage()
    qtbot.addWidget(found)
    found.resize(900, 700)
    found.show()
    return found


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[ModelDesk]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    yield ModelDesk(window)
    window.close()


def press(page: ModelsPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    button.click()


def words(page: ModelsPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_what_is_in_the_box_stays_and_what_was_brought_can_go(page: ModelsPage, qtbot: QtBot) -> None:
    page.show_models([BOX, MINE])
    assert "12.0 MB · Apache-2.0 · style" in words(page)
    assert page.findChild(QPushButton, "model.style-quick.remove") is None
    with qtbot.waitSignal(page.remove_requested) as asked:
        press(page, "model.mosaic.remove")
    assert asked.args == [MINE]
    with qtbot.waitSignal(page.verify_requested) as asked:
        press(page, "model.style-quick.verify")
    assert asked.args == [BOX]


def test_a_card_can_be_read(page: ModelsPage, tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_text("# Trained on open paintings", encoding="utf-8")
    page.show_models([Model("a", "A", "style", "style.quick", tmp_path, {}, 1, card=card)])
    press(page, "model.a.about")
    text = page.findChild(QPlainTextEdit, "model.a.text")
    assert text is not None
    assert not text.isHidden()
    assert "open paintings" in text.toPlainText()


def test_size_licence_and_source_are_there_before_the_button(page: ModelsPage, qtbot: QtBot) -> None:
    page.show_models([BOX])
    for fact in ("575 MB", "BSD-3-Clause", "https://download.pytorch.org/models/vgg19-dcbb9e9d.pth"):
        assert fact in words(page)
    before = guard.connections()
    with qtbot.waitSignal(page.download_requested) as asked:
        press(page, "download.vgg19.go")
    assert asked.args[0].id == "vgg19"
    assert guard.connections() == before


def test_what_is_here_is_not_offered_again(page: ModelsPage) -> None:
    page.show_models([Model("vgg19", "VGG-19", "style", "style.vgg", Path("/m"), {}, 1)])
    assert page.findChild(QPushButton, "download.vgg19.go") is None


def test_removal_waits_for_the_offer_to_undo(desk: ModelDesk, qtbot: QtBot) -> None:
    desk._models = [BOX, MINE]
    desk.remove(MINE)
    assert list(desk.models()) == [BOX]
    notices = desk.parent().notices  # type: ignore[union-attr]
    notices.findChild(QPushButton, "notice.offer").click()
    assert list(desk.models()) == [BOX, MINE]


def test_a_download_that_cannot_connect_says_so(
        desk: ModelDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.core.errors import StudioError
    from studio.library import imports

    def refuse(name: str, **_: object) -> None:
        raise StudioError("There is no connection.", "Try again later.")

    monkeypatch.setattr(imports, "download", refuse)
    desk.download(imports.DOWNLOADS["vgg19"])
    notices = desk.parent().notices  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: [card.message for card in notices.cards()] == ["There is no connection."],
                    timeout=20_000)


def test_models_are_read_off_the_windows_thread(desk: ModelDesk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.changed, timeout=20_000):
        desk.reload()
    assert all(model.is_starter for model in desk.models())


def test_an_image_generator_says_what_it_is_and_can_be_told(page: ModelsPage, qtbot: QtBot) -> None:
    dreamy = Model("dreamy", "Dreamy", "image", "image.checkpoint", Path("/mine/dreamy"), {}, 2_000_000_000,
                   facts={"family": "sd1", "components": "text_encoder, unet, vae", "quantisation": "float16",
                          "expected_memory": 3_100_000_000, "expected_on": "CPU"})
    page.show_models([BOX, dreamy])
    assert ("Stable Diffusion 1 · text_encoder, unet, vae · float16 · about 3.1 GB of memory on CPU"
            in words(page))
    box = page.findChild(QComboBox, "model.dreamy.family")
    assert box is not None
    assert [box.itemData(at) for at in range(box.count())] == ["sd1", "sdxl"]
    assert page.findChild(QComboBox, "model.style-quick.family") is None
    with qtbot.waitSignal(page.family_requested) as asked:
        box.activated.emit(1)
    assert asked.args == [dreamy, "sdxl"]
