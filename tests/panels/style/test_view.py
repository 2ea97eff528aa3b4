"""The Style panel as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.jobs import JobState, Problem, Request
from studio.panels.style import PANEL
from studio.panels.style.view import PREVIEW_SIZE, StyleView
from studio.panels.style.view_samples import sample_files
from studio.ui.reel_model import ASSET_MIME
from tests.ui.fake_services import FakeAsset, FakeJob, FakeProject, drag_in, drag_out, drop, picture_file

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project() -> FakeProject:
    return FakeProject()


@pytest.fixture
def view(qtbot: QtBot, project: FakeProject) -> StyleView:
    view = StyleView(PANEL, project.services())
    qtbot.addWidget(view)
    view.resize(1208, 680)
    view.show()
    return view


@pytest.fixture
def filled(view: StyleView, project: FakeProject) -> StyleView:
    """With a photo and a painting."""
    view.give([project.picture("lake", 120, 80)], "content")
    view.give([project.picture("field", color="#aa8800")], "style")
    return view


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def reel(*assets: FakeAsset) -> QMimeData:
    mime = QMimeData()
    mime.setData(ASSET_MIME, "\n".join(asset.id for asset in assets).encode())
    return mime


def roles(request: Request) -> list[tuple[str, str]]:
    return [(item.role, item.name) for item in request.inputs]


def only(view: StyleView) -> Request:
    (request,) = view.request_list()
    return request


# ---- getting started


def test_an_empty_panel_says_what_to_do(view: StyleView) -> None:
    assert view.stage.page() is view.page.empty
    assert not view.run_bar.button.isEnabled()
    assert view.run_bar.caption.text() == "First, a photo"


def test_the_sample_fills_both_places(view: StyleView) -> None:
    assert sample_files() is not None
    QTest.mouseClick(view.page.empty.sample, LEFT)
    assert len(view.contents.pictures()) == 1
    assert len(view.styles.pictures()) == 1
    assert view.run_bar.button.isEnabled()
    assert view.stage.page() is view.page


def test_a_photo_alone_asks_for_a_painting(view: StyleView, project: FakeProject) -> None:
    view.give([project.picture("lake")])
    assert view.run_bar.caption.text() == "Now a painting to follow"
    assert view.request_list() == []


# ---- drops


def test_drops_on_the_two_halves_of_the_canvas(view: StyleView, tmp_path: Path) -> None:
    photo, painting = picture_file(tmp_path / "photo.png"), picture_file(tmp_path / "painting.png", "#00ff00")
    assert drop(view.stage, files(photo), QPointF(100, 300))
    assert drop(view.stage, files(painting), QPointF(700, 300))
    assert roles(only(view)) == [("content", "photo"), ("style", "painting")]


def test_drops_on_wells_from_files_and_reel(view: StyleView, project: FakeProject, tmp_path: Path) -> None:
    assert drop(view.contents.well, reel(project.picture("from the reel")))
    assert drop(view.styles.cells[0].well, files(picture_file(tmp_path / "one.png", "#111111")))
    assert drop(view.styles.cells[1].well, files(picture_file(tmp_path / "two.png", "#222222")))
    assert drop(view.styles.cells[0].well, files(picture_file(tmp_path / "new.png", "#333333")))
    assert roles(only(view)) == [("content", "from the reel"), ("style", "new"), ("style", "two")]


def test_a_folder_is_a_batch(qtbot: QtBot, view: StyleView, project: FakeProject, tmp_path: Path) -> None:
    for place in range(12):
        picture_file(tmp_path / f"{place:02}.png", width=20 + place)
    view.give([project.picture("field")], "style")
    drop(view.contents.well, files(tmp_path))
    qtbot.waitUntil(lambda: len(view.contents.pictures()) == 12)
    requests = view.request_list()
    assert [request.inputs[0].name for request in requests] == [f"{place:02}" for place in range(12)]
    assert view.contents.well.title() == "12 pictures"
    assert view.run_bar.caption.text() == "12 pictures  ·  about 2 min"


def test_stepping_through_a_batch_and_leaving_one_out(view: StyleView, project: FakeProject) -> None:
    view.give([project.picture(name, 20 + at) for at, name in enumerate("abc")], "content")
    QTest.mouseClick(view.contents.forth, LEFT)
    assert view.contents.current is not None
    assert view.contents.current.name == "b"
    QTest.mouseClick(view.contents.remove, LEFT)
    assert [ref.name for ref in view.contents.pictures()] == ["a", "c"]
    QTest.mouseClick(view.contents.back, LEFT)
    assert view.contents.current.name == "a"


def test_a_bad_file_is_answered_in_place(view: StyleView, tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"nothing")
    drop(view.contents.well, files(bad))
    assert view.stage.error.message.text() == "bad is no picture."
    assert view.contents.pictures() == []


def test_every_place_lights_up_while_a_drag_hovers(qtbot: QtBot, view: StyleView, tmp_path: Path) -> None:
    mime = files(picture_file(tmp_path / "a.png"))
    assert view.stage.zones is not None
    drag_in(view.stage, mime, QPointF(700, 300))
    assert view.stage.zones.isVisible()
    drag_out(view.stage)
    drag_in(view.contents.well, mime, QPointF(20, 20))
    QTest.qWait(90)
    assert view.stage.zones.isVisible()  # from one place to the next it does not flicker
    drag_out(view.contents.well)
    qtbot.waitUntil(lambda: view.stage.zones is not None and not view.stage.zones.isVisible())


def test_the_window_does_not_put_out_what_hovers_here(qtbot: QtBot, view: StyleView, tmp_path: Path) -> None:
    mime = files(picture_file(tmp_path / "a.png"))
    zones = view.stage.zones
    assert zones is not None
    view.offer(mime)
    drag_in(view.stage, mime, QPointF(700, 300))
    view.offer(None)  # the window: the drag left the rest of it
    assert zones.isVisible()
    drag_out(view.stage)
    view.offer(mime)  # the window: it is back over the reel
    QTest.qWait(90)
    assert zones.isVisible()
    view.offer(None)
    assert not zones.isVisible()


def test_two_pictures_on_an_empty_panel_are_photo_and_painting(view: StyleView, project: FakeProject) -> None:
    view.give([project.picture("lake"), project.picture("field")])
    assert roles(only(view)) == [("content", "lake"), ("style", "field")]
    view.taking.swap()
    assert roles(only(view)) == [("content", "field"), ("style", "lake")]


def test_a_fifth_painting_is_answered(qtbot: QtBot, filled: StyleView, project: FakeProject) -> None:
    with qtbot.waitSignal(filled.told) as heard:
        filled.give([project.picture(name) for name in "abcd"], "style")
    assert "four" in heard.args[0]
    assert len(filled.styles.pictures()) == 4


# ---- requests


def test_a_request_says_everything(filled: StyleView, project: FakeProject) -> None:
    filled.give([project.picture("sea")], "style")
    filled.styles.cells[1].fader.slider.setValue(250)
    filled.form.set_values({"strength": 0.4, "keep_colour": True, "size": 1024})
    filled.seed.set_seed(77)
    request = only(filled)
    assert (request.task, request.version, request.seed) == ("style", 1, 77)
    assert request.params["strength"] == 0.4
    assert request.params["size"] == 1024
    assert [item.weight for item in request.inputs if item.role == "style"] == [1.0, 0.25]
    assert PANEL.params.from_json(request.params).to_json() == request.params


def test_the_seed_shown_is_the_seed_of_the_run(qtbot: QtBot, filled: StyleView) -> None:
    filled.seed.set_seed(5)
    with qtbot.waitSignal(filled.run_requested) as first:
        filled.run()
    assert first.args[0][0].seed == 5
    filled.show_job(FakeJob(first.args[0][0], JobState.DONE))
    with qtbot.waitSignal(filled.run_requested) as second:
        filled.run()
    assert second.args[0][0].seed == filled.seed.seed() != 5


def test_a_model_with_its_own_style_needs_no_painting(view: StyleView, project: FakeProject) -> None:
    view.give([project.picture("lake")])
    view.form.set_values({"model": "mosaic"})
    view._on_setting()
    assert roles(only(view)) == [("content", "lake")]
    assert not view.styles.isEnabled()
    view.form.set_values({"model": "mine"})
    view._on_setting()
    assert view.request_list() == []


def test_settings_of_a_result_come_back(view: StyleView, project: FakeProject) -> None:
    assets = [project.picture(name, 30 + at) for at, name in enumerate(("lake", "field", "sea"))]
    lake, field, sea = assets
    view.give([lake], "content")
    view.give([field, sea], "style")
    view.styles.cells[0].fader.slider.setValue(300)
    view.form.set_values({"brush": 2.0, "method": "fine"})
    view.seed.set_seed(9)
    request = only(view)
    view.set_draft({})
    assert view.request_list() == []
    view.set_request(Request.from_json(json.loads(json.dumps(request.to_json()))),
                     {"content": [lake], "style": [field, sea]})
    assert only(view) == request


def test_what_is_missing_from_a_recipe_stays_empty(view: StyleView, project: FakeProject) -> None:
    view.give([project.picture("lake")], "content")
    view.give([project.picture("gone")], "style")
    request = only(view)
    view.set_draft({})
    view.set_request(request, {"content": [project.picture("lake")]})
    assert len(view.contents.pictures()) == 1
    assert view.styles.pictures() == []


# ---- preview and results


def test_a_slider_move_asks_for_one_small_quick_preview(qtbot: QtBot, filled: StyleView) -> None:
    QTest.qWait(60)
    heard: list[Request] = []
    filled.preview_requested.connect(heard.append)
    filled.form.set_values({"method": "fine", "size": 4096})
    field: Any = filled.form.fields["strength"]
    for value in (0.9, 0.8, 0.7):
        field.slider.setValue(round(value * 1000))
    qtbot.waitUntil(lambda: len(heard) == 1)
    QTest.qWait(60)
    assert len(heard) == 1
    assert heard[0].params["size"] == PREVIEW_SIZE
    assert heard[0].params["method"] == "quick"
    assert heard[0].params["strength"] == 0.7


def test_no_preview_while_a_job_runs(qtbot: QtBot, filled: StyleView) -> None:
    QTest.qWait(60)
    filled.show_job(FakeJob(only(filled), fraction=0.3))
    with qtbot.assertNotEmitted(filled.preview_requested, wait=80):
        filled.form.fields["strength"].changed.emit()


def test_a_preview_covers_the_photo_without_moving_it(filled: StyleView) -> None:
    before = filled.canvas.picture_rect()
    small = QImage(256, 171, QImage.Format.Format_RGB888)
    small.fill(QColor("#00ff00"))
    filled.show_preview(small)
    assert filled.canvas.picture_rect() == before
    assert filled.canvas.grab().toImage().pixelColor(before.center().toPoint()) == QColor("#00ff00")


def test_a_result_is_compared_with_its_photo_another_picture_is_not(filled: StyleView,
                                                                    project: FakeProject) -> None:
    result = project.picture("result", 240, 160)
    filled.show_asset(result, project.images[result.sha256])
    assert filled.canvas.before is not None
    assert filled.canvas.after is not None
    other = project.picture("tall", 80, 300)
    filled.show_asset(other, project.images[other.sha256])
    assert filled.canvas.before is None
    filled.show_asset(result, project.images[result.sha256])
    assert filled.canvas.before is not None


def test_a_result_can_be_looked_at_before_anything_is_chosen(view: StyleView, project: FakeProject) -> None:
    result = project.picture("result", 240, 160)
    view.show_asset(result, project.images[result.sha256])
    assert view.stage.page() is view.page


def test_only_fine_can_stop_and_keep(filled: StyleView) -> None:
    quick = only(filled)
    filled.show_job(FakeJob(quick, fraction=0.5))
    assert not filled.run_bar.keep.isVisible()
    fine = Request("style", 1, {**quick.params, "method": "fine"}, quick.inputs)
    filled.show_job(FakeJob(fine, fraction=0.5))
    assert filled.run_bar.keep.isVisible()


def test_a_batch_is_followed_and_every_result_is_remembered(qtbot: QtBot, filled: StyleView,
                                                            project: FakeProject) -> None:
    filled.give([project.picture("a", 100, 80), project.picture("b", 100, 80, "#111111")], "content")
    first, second = filled.request_list()
    made = [project.picture(f"{name} restyled", 200, 160, "#00ff00") for name in "ab"]
    for request, asset in zip((first, second), made, strict=True):
        filled.show_job(FakeJob(request, fraction=0.5, text="Painting"))
        assert filled.run_bar.caption.text() == f"{'1' if request is first else '2'} of 2  ·  Painting"
        assert filled.contents.current is not None
        assert filled.contents.current.sha256 == request.inputs[0].sha256
        filled.show_job(FakeJob(request, JobState.DONE, assets=(asset,)))
    filled.show_asset(made[0], project.images[made[0].sha256])  # comes late, for the one before
    assert filled.contents.at == 0
    filled.contents.go(1)
    qtbot.waitUntil(lambda: filled.canvas.after is not None)


def test_previews_of_another_picture_are_not_shown(filled: StyleView, project: FakeProject) -> None:
    filled.give([project.picture("a", 100, 80), project.picture("b", 100, 80, "#111111")], "content")
    filled.show_job(FakeJob(filled.request_list()[0], fraction=0.5))
    filled.contents.go(1)
    filled.show_preview(QImage(20, 16, QImage.Format.Format_RGB888))
    assert filled.canvas.preview is None


def test_a_late_preview_does_not_cover_the_result(qtbot: QtBot, filled: StyleView,
                                                  project: FakeProject) -> None:
    result = project.picture("result", 240, 160)
    filled.show_asset(result, project.images[result.sha256])
    filled.show_preview(QImage(20, 16, QImage.Format.Format_RGB888))
    assert filled.canvas.preview is None
    with qtbot.waitSignal(filled.preview_requested):
        filled.form.fields["brush"].changed.emit()
    filled.show_preview(QImage(20, 16, QImage.Format.Format_RGB888))
    assert filled.canvas.preview is not None


# ---- masks


def paint_mask(view: StyleView) -> None:
    if not view.canvas.brush.is_on:
        QTest.mouseClick(view.mask_button, LEFT)
    middle = view.canvas.picture_rect().center().toPoint()
    QTest.mousePress(view.canvas, LEFT, pos=middle - QPoint(30, 0))
    QTest.mouseMove(view.canvas, middle)
    QTest.mouseRelease(view.canvas, LEFT, pos=middle)


def run(qtbot: QtBot, view: StyleView) -> list[Request]:
    """Press the button; what was asked for."""
    view.show_job(None)
    with qtbot.waitSignal(view.run_requested) as heard:
        view.run()
    view.show_job(None)
    requests: list[Request] = heard.args[0]
    return requests


def test_a_run_takes_the_mask_along(qtbot: QtBot, filled: StyleView, project: FakeProject) -> None:
    paint_mask(filled)
    (request,) = run(qtbot, filled)
    assert [item.role for item in request.inputs] == ["content", "style", "mask"]
    mask = QImage.fromData(project.blobs[request.inputs[-1].sha256])
    assert (mask.width(), mask.height()) == (120, 80)
    assert mask.isGrayscale()
    assert mask.pixelColor(59, 40).red() == 255
    assert mask.pixelColor(2, 2).red() == 0
    filled.canvas.brush.clear()
    (request,) = run(qtbot, filled)
    assert len(request.inputs) == 2


def test_strokes_are_no_assets_until_a_run(qtbot: QtBot, filled: StyleView, project: FakeProject) -> None:
    before = len(project.assets)
    paint_mask(filled)
    filled.draft()
    assert len(project.assets) == before
    run(qtbot, filled)
    run(qtbot, filled)
    assert len(project.assets) == before + 1


def test_a_mask_that_cannot_be_kept_stops_the_run(qtbot: QtBot, filled: StyleView, project: FakeProject,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    paint_mask(filled)
    monkeypatch.setattr(project, "_import", lambda data, name: Problem("The disk is full."))
    with qtbot.assertNotEmitted(filled.run_requested, wait=200):
        filled.run()
    assert filled.stage.error.message.text() == "The disk is full."


def test_a_preview_is_seen_only_where_the_mask_is(qtbot: QtBot, filled: StyleView) -> None:
    paint_mask(filled)
    filled.canvas.brush.set_on(False)
    small = QImage(120, 80, QImage.Format.Format_RGB888)
    small.fill(QColor("#00ff00"))
    filled.show_preview(small)
    shot, rect = filled.canvas.grab().toImage(), filled.canvas.picture_rect()
    assert shot.pixelColor(rect.center().toPoint() - QPoint(15, 0)) == QColor("#00ff00")
    assert shot.pixelColor(rect.topLeft().toPoint() + QPoint(4, 4)) == QColor("#336699")


def test_a_mask_outlives_a_look_at_another_picture(qtbot: QtBot, filled: StyleView,
                                                   project: FakeProject) -> None:
    paint_mask(filled)
    other = project.picture("tall", 80, 300)
    filled.show_asset(other, project.images[other.sha256])
    assert filled.canvas.before is None
    (request,) = run(qtbot, filled)
    assert len(request.inputs) == 3
    filled.form.fields["brush"].changed.emit()
    qtbot.waitUntil(lambda: filled.canvas.before is not None and filled.canvas.brush.is_painted)


def test_each_picture_of_a_batch_has_its_own_mask(qtbot: QtBot, filled: StyleView,
                                                  project: FakeProject) -> None:
    filled.give([project.picture("a", 100, 80), project.picture("b", 110, 80)], "content")
    paint_mask(filled)
    filled.contents.go(1)  # just after the stroke
    assert not filled.canvas.brush.is_painted
    assert [len(request.inputs) for request in run(qtbot, filled)] == [3, 2]
    filled.contents.go(0)
    assert filled.canvas.brush.is_painted


# ---- drafts


def test_a_draft_brings_everything_back(qtbot: QtBot, filled: StyleView, project: FakeProject) -> None:
    filled.give([project.picture("a", 100, 80), project.picture("b", 110, 80)], "content")
    filled.contents.go(1)
    filled.form.set_values({"strength": 0.3, "brush": 0.5, "keep_colour": True, "model": "mine"})
    filled.seed.set_seed(1234, locked=True)
    filled.styles.cells[0].fader.slider.setValue(500)
    paint_mask(filled)
    qtbot.waitUntil(lambda: len(filled.draft()["masks"]["painted"]) == 1)
    draft = json.loads(json.dumps(filled.draft()))
    again = StyleView(PANEL, project.services())
    qtbot.addWidget(again)
    again.set_draft(draft)
    assert again.draft() == draft
    assert again.request_list() == filled.request_list()
    assert again.seed.is_locked
    again.resize(1208, 680)
    again.show()
    qtbot.waitUntil(lambda: again.canvas.brush.is_painted)


def test_showing_a_draft_is_no_change(qtbot: QtBot, view: StyleView, filled: StyleView) -> None:
    draft = filled.draft()
    with qtbot.assertNotEmitted(view.draft_changed, wait=50):
        view.set_draft(draft)
    with qtbot.waitSignal(view.draft_changed):
        view.form.fields["keep_colour"].toggle.click()  # type: ignore[attr-defined]


@pytest.mark.parametrize("draft", [
    {"params": 3, "seed": "x", "contents": {}, "styles": [1, {"id": 2}], "masks": [], "at": "y"},
    {"masks": {"painted": {"a": "no base 64", "b": 3, "c": "AAAA"}, "used": [1]}},
    {"params": {"strength": 99, "brush": 2.0, "new": 1}, "contents": [None], "at": 7},
    {"styles": [{"id": "a", "sha256": "b", "name": "c", "weight": "heavy"}]}])
def test_a_damaged_draft_opens_as_far_as_it_goes(view: StyleView, draft: dict[str, Any]) -> None:
    view.set_draft(draft)
    json.dumps(view.draft())


def test_another_projects_draft_clears_what_was_there(filled: StyleView) -> None:
    filled.set_draft({})
    assert filled.stage.page() is filled.page.empty
    assert filled.request_list() == []
    assert filled.canvas.before is None


def test_a_picture_that_comes_late_is_not_shown(view: StyleView, project: FakeProject) -> None:
    project.later = []
    first, second = project.picture("first", 50, 50), project.picture("second", 90, 40)
    view.give([first], "content")
    view.give([second], "content")
    project.later.reverse()
    project.answer()
    assert view.canvas.before is not None
    assert view.canvas.before.size.width() == 90
