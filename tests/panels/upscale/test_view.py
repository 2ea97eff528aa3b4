"""The Upscale panel as a person uses it: pictures, sizes, forecasts, drafts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from studio.core.jobs import Request
from studio.panels.upscale import PANEL
from studio.panels.upscale.view import UpscaleView
from studio.ui.reel_model import ASSET_MIME
from tests.panels.upscale.viewing import LEFT, files, finish, lines, only, press, type_in
from tests.ui.fake_services import FakeProject, drag_in, drag_out, drop, picture_file

# ---- getting started


def test_an_empty_panel_says_what_to_do(view: UpscaleView) -> None:
    assert view.stage.page() is view.empty
    assert not view.run_bar.button.isEnabled()
    assert view.run_bar.caption.text() == "First, a picture"
    assert lines(view) == []


def test_the_sample_is_one_press_away(view: UpscaleView) -> None:
    QTest.mouseClick(view.empty.sample, LEFT)
    assert len(view.batch.pictures()) == 1
    assert view.run_bar.button.isEnabled()
    assert view.stage.page() is view.canvas


# ---- drops


def test_a_drop_on_the_canvas_and_one_on_the_well(view: UpscaleView, project: FakeProject,
                                                  tmp_path: Path) -> None:
    assert drop(view.stage, files(picture_file(tmp_path / "one.png")))
    assert [item.name for item in only(view).inputs] == ["one"]
    mime = QMimeData()
    mime.setData(ASSET_MIME, project.picture("from the reel").id.encode())
    assert drop(view.batch.well, mime)
    assert [(item.role, item.name) for item in only(view).inputs] == [("picture", "from the reel")]


def test_a_dropped_folder_is_a_batch(qtbot: QtBot, view: UpscaleView, tmp_path: Path) -> None:
    for place in range(5):
        picture_file(tmp_path / f"{place}.png", width=20 + place)
    drop(view.stage, files(tmp_path))
    qtbot.waitUntil(lambda: len(view.batch.pictures()) == 5)
    assert [request.inputs[0].name for request in view.request_list()] == list("01234")
    assert view.run_bar.caption.text().startswith("5 pictures")


def test_a_bad_file_is_answered_in_place(view: UpscaleView, tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"nothing")
    drop(view.stage, files(bad))
    assert view.stage.error.message.text() == "bad is no picture."


def test_a_hovering_drag_lights_the_places_that_take_it(qtbot: QtBot, view: UpscaleView,
                                                        tmp_path: Path) -> None:
    zones = view.stage.zones
    assert zones is not None
    drag_in(view.stage, files(picture_file(tmp_path / "a.png")), QPointF(300, 300))
    assert zones.isVisible()
    drag_out(view.stage)
    qtbot.waitUntil(lambda: not zones.isVisible())


# ---- how large


def test_the_new_size_is_always_said(filled: UpscaleView) -> None:
    assert lines(filled)[:2] == ["400 × 300  →  1600 × 1200 px", "1.9 MP  ·  13.5 × 10.2 cm at 300 dpi"]
    press(filled, "param.scale.2")
    assert lines(filled)[0] == "400 × 300  →  800 × 600 px"
    assert only(filled).params["scale"] == 2.0


def test_any_factor_can_be_typed(filled: UpscaleView) -> None:
    type_in(filled, "param.scale.number", "2.5")
    assert lines(filled)[0] == "400 × 300  →  1000 × 750 px"
    pressed = [button for button in filled.findChildren(QAbstractButton)
               if button.objectName().startswith("param.scale.") and button.isChecked()]
    assert pressed == []


def test_only_the_fields_that_matter_are_shown(filled: UpscaleView) -> None:
    def shown() -> set[str]:
        names = ("scale", "width", "height", "print_width", "print_height", "dpi")
        return {name for name in names if filled.form.fields[name].isVisible()}

    assert shown() == {"scale"}
    press(filled, "param.by.pixels")
    assert shown() == {"width", "height"}
    press(filled, "param.by.print")
    assert shown() == {"print_width", "print_height", "dpi"}


def test_another_way_to_say_it_begins_with_the_same_size(filled: UpscaleView) -> None:
    press(filled, "param.by.pixels")
    assert lines(filled)[0] == "400 × 300  →  1600 × 1200 px"
    press(filled, "param.by.print")
    assert lines(filled)[0] == "400 × 300  →  1594 × 1196 px"  # 13.5 cm: a millimetre is enough on paper
    type_in(filled, "param.print_width.number", "30")
    type_in(filled, "param.dpi.number", "254")
    assert lines(filled)[0] == "400 × 300  →  3000 × 2250 px"


def test_without_a_size_there_is_nothing_to_do(filled: UpscaleView) -> None:
    press(filled, "param.by.pixels")
    type_in(filled, "param.width.number", "0")
    assert filled.request_list() == []
    assert not filled.run_bar.button.isEnabled()
    assert filled.run_bar.caption.text() == "Now a size"
    assert lines(filled) == ["There is no size to enlarge to.", "Give a width, a height or both."]


def test_quality_and_seed_show_where_they_count(filled: UpscaleView) -> None:
    assert not filled.form.fields["quality"].isVisible()
    assert not filled.seed.isVisible()
    filled.form.set_values({"format": "jpeg", "grain": 0.3})
    filled.form.fields["format"].changed.emit()
    assert filled.form.fields["quality"].isVisible()
    assert filled.seed.isVisible()


def test_clean_rests_where_the_model_has_nothing_that_cleans(qtbot: QtBot, project: FakeProject) -> None:
    plain: Any = replace(project.models[0], id="upscale-photo")
    object.__setattr__(plain, "facts", {"networks": [{"scale": 4, "clean": 0}]})
    project.models.append(plain)
    view = UpscaleView(PANEL, project.services())
    qtbot.addWidget(view)
    assert not view.form.fields["clean"].isEnabled()
    plain.facts["networks"].append({"scale": 4, "clean": 1})
    view.reload_models()
    assert view.form.fields["clean"].isEnabled()
    for name, can_clean in (("mine", False), ("not here", True)):
        view.form.set_values({"model": name})
        view.form.fields["model"].changed.emit()
        assert view.form.fields["clean"].isEnabled() is can_clean


# ---- what it takes


def test_there_is_no_forecast_before_anything_was_measured(filled: UpscaleView) -> None:
    assert lines(filled)[2] == "Time, memory and file size: not measured yet"


def test_a_result_makes_the_forecast(qtbot: QtBot, filled: UpscaleView, project: FakeProject) -> None:
    finish(filled, project)
    qtbot.waitUntil(lambda: "about" in lines(filled)[2])
    assert lines(filled)[2] == "about 6 s · 500 MB memory · 3 MB file"
    assert filled.run_bar.caption.text() == "about 6 s"
    press(filled, "param.scale.3")
    assert lines(filled)[2] == "about 6 s · 500 MB memory · 2 MB file"


def test_the_next_start_knows_what_was_measured(qtbot: QtBot, filled: UpscaleView,
                                                project: FakeProject) -> None:
    finish(filled, project)
    qtbot.waitUntil(lambda: "about" in lines(filled)[2])
    later = UpscaleView(PANEL, project.services())
    qtbot.addWidget(later)
    later.give([project.assets[only(filled).inputs[0].asset]])
    qtbot.waitUntil(lambda: later.fields.forecast.seconds == pytest.approx(6.0))


# ---- settings and drafts


def test_the_seed_shown_is_the_seed_of_the_run(qtbot: QtBot, filled: UpscaleView) -> None:
    filled.seed.set_seed(5)
    with qtbot.waitSignal(filled.run_requested) as heard:
        filled.run()
    assert heard.args[0][0].seed == 5


def test_settings_of_a_result_come_back(filled: UpscaleView, project: FakeProject) -> None:
    lake = project.assets[only(filled).inputs[0].asset]
    filled.form.set_values({"by": "print", "print_height": 20.0, "dpi": 150, "format": "tiff", "grain": 0.2})
    filled.seed.set_seed(9)
    request = only(filled)
    filled.set_draft({})
    assert filled.request_list() == []
    filled.set_request(Request.from_json(json.loads(json.dumps(request.to_json()))), {"picture": [lake]})
    assert only(filled) == request
    assert filled.form.fields["dpi"].isVisible()


def test_a_part_of_a_recipe_becomes_the_whole(filled: UpscaleView, project: FakeProject) -> None:
    request = only(filled)
    part = replace(request, params={**request.params, "crop": "0,0,10,10"})
    filled.set_request(part, {"picture": [project.assets[request.inputs[0].asset]]})
    assert only(filled) == request


def test_a_draft_brings_everything_back(qtbot: QtBot, filled: UpscaleView, project: FakeProject) -> None:
    filled.give([project.picture("a", 40, 30), project.picture("b", 50, 30)])
    filled.batch.go(1)
    filled.form.set_values({"by": "pixels", "width": 900, "clean": 0.4, "format": "webp", "model": "mine"})
    filled.seed.set_seed(77, locked=True)
    draft = json.loads(json.dumps(filled.draft()))
    again = UpscaleView(PANEL, project.services())
    qtbot.addWidget(again)
    with qtbot.assertNotEmitted(again.draft_changed, wait=30):
        again.set_draft(draft)
    assert again.draft() == draft
    assert again.request_list() == filled.request_list()


@pytest.mark.parametrize("draft", [
    {"params": 3, "seed": "x", "pictures": {}, "at": "y"},
    {"params": {"scale": 99, "clean": 2.0, "new": 1}, "pictures": [None, {"id": 2}], "at": 7},
    {"params": {"by": "pixels", "crop": "1,2,3,4"}, "pictures": [
        {"id": "a", "sha256": "b", "name": "c", "width": 0, "height": -3}]}])
def test_a_damaged_draft_opens_as_far_as_it_goes(view: UpscaleView, draft: dict[str, Any]) -> None:
    view.set_draft(draft)
    json.dumps(view.draft())
    view.request_list()


@pytest.mark.parametrize("act", [lambda view: view.form.fields["keep_metadata"].toggle.click(),
                                 lambda view: press(view, "param.scale.2"), lambda view: view.seed.roll()])
def test_every_change_goes_into_the_draft(qtbot: QtBot, filled: UpscaleView,
                                          act: Callable[[UpscaleView], object]) -> None:
    with qtbot.waitSignal(filled.draft_changed):
        act(filled)
