"""The tools of the Image panel in its view: mask, room around, playground, sheets, variations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.jobs import JobState, Request
from studio.panels.image import PANEL
from studio.panels.image.params import TASK, VERSION, ImageParams
from studio.panels.image.view import ImageView
from studio.panels.image.view_play import GRID_LOOK, LOOK
from studio.panels.image.view_vary import COUNT, FAR, NEAR, can_vary, variations
from tests.ui.fake_services import FakeAsset, FakeJob, FakeModel, FakeProject

LEFT = Qt.MouseButton.LeftButton
SHEET: dict[str, Any] = {"x": "steps", "xs": [5, 10], "y": "seed", "ys": [3, 4], "left": 20, "top": 20,
                         "cell_width": 100, "cell_height": 100}


@pytest.fixture
def project() -> FakeProject:
    found = FakeProject()
    found.models = [FakeModel("image-small", "Stickers", "image.sticker"),
                    FakeModel("mine", "Mine", "image.checkpoint")]
    return found


@pytest.fixture
def view(qtbot: QtBot, project: FakeProject) -> ImageView:
    view = ImageView(PANEL, project.services())
    qtbot.addWidget(view)
    view.resize(1208, 680)
    view.show()
    view.settings.prompt.use("a red apple")
    return view


@pytest.fixture
def filled(view: ImageView, project: FakeProject) -> ImageView:
    """With a picture to start from."""
    view.give([project.picture("lake", 120, 80)], "picture")
    return view


def only(view: ImageView) -> Request:
    (request,) = view.request_list()
    return request


def paint_mask(view: ImageView) -> None:
    view.bench.mask.button.click()
    middle = view.canvas.picture_rect().center().toPoint()
    QTest.mousePress(view.canvas, LEFT, pos=middle)
    QTest.mouseMove(view.canvas, middle + QPoint(30, 0))
    QTest.mouseRelease(view.canvas, LEFT, pos=middle + QPoint(30, 0))
    view.bench.mask.button.click()


def run(qtbot: QtBot, view: ImageView) -> list[Request]:
    with qtbot.waitSignal(view.run_requested) as heard:
        view.run()
    return list(heard.args[0])


def made(project: FakeProject, name: str, facts: dict[str, Any] | None = None, **params: Any) -> FakeAsset:
    """A result with its recipe."""
    image = QImage(220, 220, QImage.Format.Format_RGB888)
    image.fill("#447799")
    asset = project.add(name, image, name.encode())
    asset = replace(asset, facts={**asset.facts, **(facts or {})})
    settings = {**ImageParams(prompt="a pear").to_json(), **params}
    project.recipes[asset.id] = Request(TASK, VERSION, settings, seed=3), {}
    return asset


# ---- mask and room around


def test_tools_for_a_picture_wait_for_one(view: ImageView, project: FakeProject) -> None:
    assert not view.settings.below_picture.isVisible()
    view.give([project.picture("lake", 120, 80)])
    assert view.settings.below_picture.isVisible()
    assert view.bench.mask.button.isEnabled()


def test_a_run_takes_mask_and_edge_along(qtbot: QtBot, filled: ImageView, project: FakeProject) -> None:
    paint_mask(filled)
    filled.bench.mask.set_values({"grow": 4, "feather": 2})
    (request,) = run(qtbot, filled)
    assert [item.role for item in request.inputs] == ["picture", "mask"]
    assert (request.params["grow"], request.params["feather"], request.params["invert"]) == (4, 2, False)
    mask = QImage.fromData(project.blobs[request.inputs[1].sha256])
    assert (mask.width(), mask.height()) == (120, 80)
    assert mask.pixelColor(60, 40).red() == 255
    assert mask.pixelColor(2, 2).red() == 0


def test_a_request_with_a_mask_comes_back(qtbot: QtBot, filled: ImageView, project: FakeProject) -> None:
    paint_mask(filled)
    filled.bench.extend.drag((8, 0, 16, 0))
    filled.bench.mask.set_values({"invert": True})
    (request,) = run(qtbot, filled)
    filled.show_job(FakeJob(request, JobState.DONE))
    assets = {item.role: [next(one for one in project.assets.values() if one.sha256 == item.sha256)]
              for item in request.inputs}
    filled.set_draft({})
    assert not filled.settings.below_picture.isVisible()
    filled.settings.prompt.use("else")
    assert only(filled).params["invert"] is False
    filled.set_request(request, assets)
    assert only(filled) == request
    assert request.params["extend"] == "8,0,16,0"
    plain = replace(request, inputs=request.inputs[:1], params={**request.params, "invert": False})
    filled.set_request(plain, assets)  # of the same picture, without a mask: none is left over
    assert only(filled) == plain
    assert not filled.canvas.brush.is_painted


def test_a_draft_keeps_what_the_tools_hold(qtbot: QtBot, filled: ImageView, project: FakeProject) -> None:
    paint_mask(filled)
    bench = filled.bench
    bench.extend.drag((0, 8, 0, 0))
    bench.play.set_values({"variation": 0.5, "variation_seed": 9, "aside": -0.3})
    bench.maker.set_texts("steps=1,2", "")
    qtbot.waitUntil(lambda: len(filled.draft()["tools"]["mask"]["masks"]["painted"]) == 1)
    draft = filled.draft()
    filled.set_draft({})
    assert bench.maker.texts() == ("", "")
    assert bench.play.values()["variation"] == 0.0
    filled.set_draft(draft)
    assert filled.draft()["tools"] == draft["tools"]
    assert only(filled).params["extend"] == "0,8,0,0"


@pytest.mark.parametrize("tools", [3, {"mask": 3, "extend": 4, "play": [], "sheet": "x"},
                                   {"mask": {"edge": {"grow": "much"}}, "play": {"aside": 9, "toward": "x"},
                                    "sheet": [1, 2]}])
def test_a_damaged_draft_is_passed_over(filled: ImageView, tools: Any) -> None:
    filled.set_draft({"tools": tools})
    assert filled.bench.play.values()["aside"] == 0.0
    assert filled.bench.mask.values() == {"grow": 0, "feather": 0, "invert": False}


def test_a_mask_from_elsewhere_needs_its_picture_first(qtbot: QtBot, view: ImageView,
                                                       project: FakeProject) -> None:
    with qtbot.waitSignal(view.told):
        view.give([project.picture("mask", 120, 80, "#ffffff")], "mask")
    view.give([project.picture("lake", 120, 80)], "picture")
    view.give([project.picture("mask", 120, 80, "#ffffff")], "mask")
    assert [item.role for item in only(view).inputs] == ["picture", "mask"]
    assert view.canvas.brush.is_painted


def test_brush_and_handles_take_turns(filled: ImageView) -> None:
    bench = filled.bench
    bench.extend.button.click()
    assert bench.handles.is_on
    bench.mask.button.click()
    assert not bench.extend.button.isChecked()
    bench.extend.button.click()
    assert not filled.canvas.brush.is_on


def test_a_result_makes_way_for_the_handles(filled: ImageView, project: FakeProject) -> None:
    result = project.picture("result", 300, 100)
    filled.show_asset(result, project.images[result.sha256])
    filled.bench.extend.button.click()
    assert filled.bench.handles.is_on
    assert filled.canvas.before is not None


def test_what_was_painted_beyond_the_edges_is_not_laid_over_what_it_began_with(
        filled: ImageView, project: FakeProject) -> None:
    request = only(filled)
    filled.show_job(FakeJob(request, fraction=0.5))
    wide = project.picture("wide", 240, 80)
    filled.show_preview(project.images[wide.sha256])
    filled.show_job(FakeJob(request, JobState.DONE, assets=(wide,)))
    filled.show_asset(wide, project.images[wide.sha256])
    assert not filled.canvas.can_compare
    assert filled.canvas.after is not None
    assert filled.canvas.after.size.width() == 240
    alike = project.picture("alike", 240, 160)
    filled.show_asset(alike, project.images[alike.sha256])
    assert filled.canvas.can_compare


# ---- playground


def test_moving_about_asks_for_small_quick_looks(qtbot: QtBot, view: ImageView) -> None:
    QTest.qWait(60)
    heard: list[Request] = []
    view.preview_requested.connect(heard.append)
    pad = view.bench.play.pad
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        QTest.keyClick(pad, key)
    qtbot.waitUntil(lambda: any(one.params["do"] == "paint" for one in heard))
    (look,) = [one for one in heard if one.params["do"] == "paint"]
    assert (look.params["size"], look.params["steps"]) == (LOOK["size"], LOOK["steps"])
    assert (look.params["aside"], look.params["along"]) == (0.1, -0.05)
    assert only(view).params["size"] == ""
    image = QImage(64, 64, QImage.Format.Format_RGB888)
    image.fill("#22aa44")
    view.show_answer(look, image)
    assert view.stage.page() is view.page
    assert view.canvas.grab().toImage().pixelColor(view.canvas.rect().center()).green() > 150


def test_a_look_is_of_the_whole_picture(qtbot: QtBot, filled: ImageView) -> None:
    paint_mask(filled)
    run(qtbot, filled)
    filled.show_job(None)
    QTest.qWait(60)
    heard: list[Request] = []
    filled.preview_requested.connect(heard.append)
    filled.bench.extend.drag((8, 8, 8, 8))
    filled.bench.play.changed.emit()
    qtbot.waitUntil(lambda: any(one.params["do"] == "paint" for one in heard))
    (look,) = [one for one in heard if one.params["do"] == "paint"]
    assert [item.role for item in look.inputs] == ["picture"]
    assert look.params["extend"] == ""


def test_a_look_that_made_way_for_a_count_is_asked_for_again(qtbot: QtBot, view: ImageView) -> None:
    QTest.qWait(60)
    heard: list[Request] = []
    view.preview_requested.connect(heard.append)
    view.bench.play.changed.emit()
    qtbot.waitUntil(lambda: len(heard) == 1)
    counting = view.settings.counting()
    view.show_said(counting, '{"count": 3, "limit": 16}')
    assert heard[1] == heard[0]
    view.show_answer(heard[0], QImage(64, 64, QImage.Format.Format_RGB888))
    view.show_said(counting, '{"count": 3, "limit": 16}')
    assert len(heard) == 2


def test_no_look_while_a_picture_is_made(qtbot: QtBot, view: ImageView) -> None:
    QTest.qWait(60)
    view.show_job(FakeJob(only(view), fraction=0.2))
    with qtbot.assertNotEmitted(view.preview_requested, wait=80):
        view.bench.play.changed.emit()


def test_only_the_kind_in_the_box_wanders(view: ImageView) -> None:
    play = view.bench.play
    play.set_values({"aside": 0.5, "variation": 0.25, "variation_seed": 4})
    assert only(view).params["aside"] == 0.5
    view.settings.form.set_values({"model": "mine"})
    view.settings.form.changed.emit("model")
    assert not play.has_room
    assert only(view).params["aside"] == 0.0
    assert only(view).params["variation"] == 0.25


def test_a_first_step_towards_another_seed_finds_one(view: ImageView) -> None:
    play = view.bench.play
    play.variation.slider.setValue(300)
    assert play.values()["variation"] == 0.3
    assert play.values()["variation_seed"] > 0


def test_the_grid_is_a_sheet(qtbot: QtBot, view: ImageView) -> None:
    with qtbot.waitSignal(view.run_requested) as heard:
        view.bench.play.grid.click()
    (request,) = heard.args[0]
    assert request.params["sheet_x"] == "aside=-1,-0.71,-0.43,-0.14,0.14,0.43,0.71,1"
    assert request.params["sheet_y"].startswith("along=-1,")
    assert not view.bench.play.grid.isEnabled()  # until it is done
    assert (request.params["size"], request.params["steps"]) == (GRID_LOOK["size"], GRID_LOOK["steps"])
    assert view.bench.play.grid_time.text() == "64 pictures  ·  about 12 s"


def test_a_picture_of_the_grid_is_taken_at_full_size(view: ImageView, project: FakeProject) -> None:
    x, y = view.bench.play.grid_axes()
    view.settings.form.set_values({"steps": 20})
    facts = {"x": "aside", "xs": [-1.0, 1.0], "y": "along", "ys": [0.5]}
    asset = made(project, "grid", {"sheet": SHEET | facts}, sheet_x=x, sheet_y=y, **GRID_LOOK)
    view.show_asset(asset, project.images[asset.sha256])
    view.bench.picker.taken.emit({"aside": 1.0, "along": 0.5})
    request = only(view)
    assert (request.params["aside"], request.params["along"]) == (1.0, 0.5)
    assert (request.params["size"], request.params["steps"]) == ("", 20)
    assert view.bench.play_fold.button.isChecked()


def test_previews_of_a_sheet_keep_its_shape(view: ImageView) -> None:
    request = only(view)
    sheet = replace(request, params={**request.params, "sheet_x": "steps=1,2,3,4"})
    view.show_job(FakeJob(sheet, fraction=0.1))
    image = QImage(400, 100, QImage.Format.Format_RGB888)
    image.fill("#22aa44")
    view.show_preview(image)
    assert view.canvas.after is not None
    assert (view.canvas.after.size.width(), view.canvas.after.size.height()) == (400, 100)


def test_the_pad_goes_with_mouse_and_home(view: ImageView) -> None:
    pad = view.bench.play.pad
    view.bench.play_fold.set_open(True)
    QTest.mouseClick(pad, LEFT, pos=QPoint(pad.width() - 2, pad.height() // 2))
    assert (pad.aside, abs(pad.along) < 0.05) == (1.0, True)
    assert "1" in pad.accessibleDescription()
    QTest.keyClick(pad, Qt.Key.Key_Home)
    assert (pad.aside, pad.along) == (0.0, 0.0)


# ---- sheets


def test_a_sheet_is_one_request(qtbot: QtBot, view: ImageView) -> None:
    view.settings.form.set_values({"count": 4})
    view.bench.maker.set_texts("steps=5,10", "seed=3,4")
    with qtbot.waitSignal(view.run_requested) as heard:
        view.bench.maker.button.click()
    (request,) = heard.args[0]
    assert (request.params["sheet_x"], request.params["sheet_y"]) == ("steps=5,10", "seed=3,4")
    assert request.params["count"] == 1
    assert not view.bench.maker.button.isEnabled()
    view.show_job(FakeJob(request, JobState.DONE))
    assert view.bench.maker.button.isEnabled()
    assert all(not one.params["sheet_x"] for one in view.request_list())


def test_no_words_no_sheet(view: ImageView) -> None:
    view.bench.maker.set_texts("steps=5,10", "")
    view.settings.prompt.use("")
    assert not view.bench.maker.button.isEnabled()
    assert not view.bench.play.grid.isEnabled()


def test_a_sheet_waits_for_the_mask(qtbot: QtBot, filled: ImageView) -> None:
    paint_mask(filled)
    filled.bench.maker.set_texts("steps=5,10", "")
    with qtbot.waitSignal(filled.run_requested) as heard:
        filled.bench.maker.button.click()
    assert [item.role for item in heard.args[0][0].inputs] == ["picture", "mask"]


def test_a_click_on_a_cell_takes_its_settings_and_leaves_the_sheet(qtbot: QtBot, view: ImageView,
                                                                   project: FakeProject) -> None:
    asset = made(project, "sheet", {"sheet": SHEET}, sheet_x="steps=5,10", sheet_y="seed=3,4", guidance=2.0)
    view.show_asset(asset, project.images[asset.sha256])
    with qtbot.waitSignal(view.told) as heard:
        QTest.mouseClick(view.canvas, LEFT, pos=view.canvas.to_point(QPointF(170 / 220, 170 / 220)).toPoint())
    request = only(view)
    assert (request.params["steps"], request.seed, request.params["guidance"]) == (10, 4, 2.0)
    assert request.params["prompt"] == "a pear"
    assert request.params["sheet_x"] == ""
    assert heard.args == ["Taken over: Steps 10  ·  Seed 4"]
    assert view.canvas.after is not None
    assert view.stage.page() is view.page
    assert view.bench.picker.isVisible()
    assert not view.bench.vary.isEnabled()


def test_what_comes_over_a_sheet_is_no_sheet(view: ImageView, project: FakeProject) -> None:
    asset = made(project, "sheet", {"sheet": SHEET}, sheet_x="steps=5,10", sheet_y="seed=3,4")
    view.show_asset(asset, project.images[asset.sha256])
    view.show_preview(project.images[asset.sha256])
    assert not view.bench.picker.isVisible()


# ---- variations


def test_variations_of_the_picture_shown(qtbot: QtBot, view: ImageView, project: FakeProject) -> None:
    assert not view.bench.vary.isEnabled()
    asset = made(project, "pear")
    view.show_asset(asset, project.images[asset.sha256])
    view.bench.play_fold.set_open(True)
    with qtbot.waitSignal(view.run_requested) as heard:
        view.bench.vary.near.click()
    requests = heard.args[0]
    assert len(requests) == COUNT
    assert {(one.seed, one.params["prompt"], one.params["variation"]) for one in requests} == {
        (3, "a pear", NEAR)}
    assert len({one.params["variation_seed"] for one in requests}) == COUNT


def test_a_picture_that_was_brought_in_has_no_variations(view: ImageView, project: FakeProject) -> None:
    photo = project.picture("photo")
    view.show_asset(photo, project.images[photo.sha256])
    assert not view.bench.vary.isEnabled()


def test_far_is_farther_and_near_a_variation_is_near_it() -> None:
    base = Request(TASK, VERSION, ImageParams(prompt="x").to_json(), seed=3)
    assert {one.params["variation"] for one in variations(base, is_far=True)} == {FAR}
    varied = replace(base, params={**base.params, "variation": 0.98, "variation_seed": 5})
    near = variations(varied, is_far=False)
    assert [one.params["variation"] for one in near] == [0.88, 0.93, 0.97, 0.92]  # folded back at the end
    assert {one.params["variation_seed"] for one in near} == {5}
    assert len({tuple(one.params.items()) for one in near}) == COUNT
    low = replace(base, params={**base.params, "variation": 0.02, "variation_seed": 5})
    assert all(0 <= one.params["variation"] <= 1 for one in variations(low, is_far=False))


@pytest.mark.parametrize(("request_", "can"), [
    (None, False), (Request("style", 1, {}), False), (Request(TASK, 1, {"sheet_x": "steps=1,2"}), False),
    (Request(TASK, 1, {}), True)])
def test_what_can_be_varied(request_: Request | None, can: bool) -> None:
    assert can_vary(request_) is can
