"""Wells: real drops, the clipboard, the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QThreadPool, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.ui.reel_model import ASSET_MIME
from studio.ui.widgets.intake import Dropped
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.weighted_wells import WeightedWells
from studio.ui.widgets.well import Well, _thumbnail
from tests.ui.fake_services import FakeProject, drag_in, drag_out, drop, picture_file

REF = PictureRef("a1", "f" * 64, "lake", 640, 480)


@pytest.fixture
def well(qtbot: QtBot) -> Well:
    well = Well("content", "Drop a photo", "Restyle this")
    qtbot.addWidget(well)
    well.resize(288, 64)
    well.show()
    return well


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def taken(well: Well) -> list[Dropped]:
    found: list[Dropped] = []
    well.dropped.connect(found.append)
    return found


def test_files_are_taken_in_order(well: Well, tmp_path: Path) -> None:
    found = taken(well)
    paths = [picture_file(tmp_path / name) for name in ("b ñ 画.png", "a.png")]
    assert drop(well, files(*paths))
    assert found == [Dropped(paths=tuple(paths))]


def test_a_folder_is_taken(well: Well, tmp_path: Path) -> None:
    found = taken(well)
    assert drop(well, files(tmp_path))
    assert found[0].has_folder


def test_assets_of_the_reel_win_over_their_files(well: Well, tmp_path: Path) -> None:
    found = taken(well)
    mime = files(picture_file(tmp_path / "x.png"))
    mime.setData(ASSET_MIME, b"id-1\nid-2")
    assert drop(well, mime)
    assert found == [Dropped(assets=("id-1", "id-2"))]


def test_a_picture_from_another_program(well: Well) -> None:
    found = taken(well)
    image = QImage(8, 6, QImage.Format.Format_RGB888)
    image.fill(QColor("#123456"))
    mime = QMimeData()
    mime.setImageData(image)
    assert drop(well, mime)
    (data, _name), = found[0].data
    assert QImage.fromData(data).pixelColor(3, 3) == QColor("#123456")


def test_what_is_no_picture_goes_on_to_the_window(well: Well, tmp_path: Path) -> None:
    found = taken(well)
    model = tmp_path / "net.onnx"
    model.write_bytes(b"x")
    assert not drop(well, files(model))
    mime = QMimeData()
    mime.setText("hello")
    assert not drop(well, mime)
    assert found == []


def test_it_lights_up_while_a_drag_hovers(well: Well, tmp_path: Path) -> None:
    drag_out(well)
    dark = well.grab().toImage().pixelColor(250, 20)
    heard: list[object] = []
    well.hovered.connect(heard.append)
    mime = files(picture_file(tmp_path / "x.png"))
    drag_in(well, mime, QPointF(20, 20))
    assert well.grab().toImage().pixelColor(250, 20) != dark
    drag_out(well)
    assert well.grab().toImage().pixelColor(250, 20) == dark
    assert heard[0] is not None
    assert heard[-1] is None


def test_ctrl_v_pastes(well: Well) -> None:
    found = taken(well)
    image = QImage(8, 6, QImage.Format.Format_RGB888)
    image.fill(1)
    QGuiApplication.clipboard().setImage(image)
    QTest.keyClick(well, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(found[0].data) == 1
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_opens_the_chooser(qtbot: QtBot, well: Well, key: Qt.Key) -> None:
    with qtbot.waitSignal(well.browse_requested):
        QTest.keyClick(well, key)


def test_a_click_opens_the_chooser(qtbot: QtBot, well: Well) -> None:
    with qtbot.waitSignal(well.browse_requested):
        QTest.mouseClick(well, Qt.MouseButton.LeftButton)


def test_delete_and_the_cross_take_the_picture_out(qtbot: QtBot, well: Well) -> None:
    with qtbot.assertNotEmitted(well.clear_requested):
        QTest.keyClick(well, Qt.Key.Key_Delete)
    well.show_picture(REF)
    with qtbot.waitSignal(well.clear_requested):
        QTest.keyClick(well, Qt.Key.Key_Delete)
    with qtbot.waitSignal(well.clear_requested), qtbot.assertNotEmitted(well.browse_requested):
        QTest.mouseClick(well.clear_button, Qt.MouseButton.LeftButton)


def test_it_says_what_it_holds(well: Well) -> None:
    assert well.accessibleName() == "Drop a photo"
    well.show_picture(REF)
    assert well.accessibleName() == "Drop a photo: lake"
    well.show_picture(REF, 12)
    assert well.title() == "12 pictures"


def test_the_thumbnail_appears(qtbot: QtBot, well: Well) -> None:
    well.show_picture(REF)
    image = QImage(640, 480, QImage.Format.Format_RGB888)
    image.fill(QColor("#22aa44"))
    well.show_image(image)
    qtbot.waitUntil(lambda: well.grab().toImage().pixelColor(40, 32) == QColor("#22aa44"))


def test_a_late_thumbnail_of_an_earlier_picture_is_dropped(qtbot: QtBot, well: Well) -> None:
    well.show_picture(REF)
    image = QImage(640, 480, QImage.Format.Format_RGB888)
    image.fill(QColor("#22aa44"))
    well.show_image(image)
    well.show_picture(PictureRef("b", "e" * 64, "other"))
    QThreadPool.globalInstance().waitForDone()
    QTest.qWait(20)
    assert well.grab().toImage().pixelColor(40, 32) != QColor("#22aa44")


@pytest.mark.parametrize(("width", "height"), [(30000, 1), (1, 30000), (6000, 4000), (1, 1), (900, 100)])
def test_thumbnails_stay_small(width: int, height: int) -> None:
    small = _thumbnail(QImage(width, height, QImage.Format.Format_RGB888))
    assert 0 < small.width() * small.height() <= 3 * 320 * 320


# ---- several with faders


@pytest.fixture
def wells(qtbot: QtBot) -> WeightedWells:
    project = FakeProject()
    wells = WeightedWells("style", ("Drop a painting", "One more", "Paint like this"), 4,
                          lambda ref, then: project.services().load_image(ref.sha256, then))
    qtbot.addWidget(wells)
    wells.resize(288, 300)
    wells.show()
    return wells


def ref(name: str) -> PictureRef:
    return PictureRef(name, name * 8, name, 10, 10)


def test_one_free_well_follows_the_filled_ones(wells: WeightedWells) -> None:
    assert [cell.isVisible() for cell in wells.cells] == [True, False, False, False]
    wells.put([ref("a"), ref("b")], 0)
    assert [cell.isVisible() for cell in wells.cells] == [True, True, True, False]


def test_no_more_than_four(wells: WeightedWells) -> None:
    assert wells.put([ref(name) for name in "abcdef"], 0) == 2
    assert [item.name for item, _ in wells.pictures()] == ["a", "b", "c", "d"]


def test_a_drop_on_a_filled_well_replaces_it_and_keeps_its_weight(wells: WeightedWells) -> None:
    wells.set_pictures([(ref("a"), 0.3), (ref("b"), 1.0)])
    wells.put([ref("c")], 0)
    assert [(item.name, weight) for item, weight in wells.pictures()] == [("c", 0.3), ("b", 1.0)]


def test_faders_show_from_the_second_painting_on(wells: WeightedWells) -> None:
    wells.put([ref("a")], 0)
    assert not wells.cells[0].fader.isVisible()
    wells.put([ref("b")], 1)
    assert wells.cells[0].fader.isVisible()


def test_a_fader_changes_its_weight(qtbot: QtBot, wells: WeightedWells) -> None:
    wells.put([ref("a"), ref("b")], 0)
    slider = wells.cells[1].fader.slider
    with qtbot.waitSignal(wells.changed):
        slider.setValue(400)
    assert wells.pictures()[1][1] == 0.4
    QTest.mouseDClick(slider, Qt.MouseButton.LeftButton)
    assert wells.pictures()[1][1] == 1.0


def test_removing_moves_the_others_up(wells: WeightedWells) -> None:
    wells.set_pictures([(ref("a"), 0.3), (ref("b"), 0.7)])
    QTest.mouseClick(wells.cells[0].well.clear_button, Qt.MouseButton.LeftButton)
    assert [(item.name, weight) for item, weight in wells.pictures()] == [("b", 0.7)]
