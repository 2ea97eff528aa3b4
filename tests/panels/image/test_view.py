"""The Image panel as a person uses it: words, settings, drops."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core import places
from studio.core.jobs import Request
from studio.panels.image import PANEL
from studio.panels.image.view import SAMPLE, TOLD_BELOW, ImageView
from studio.panels.image.view_said import Said
from studio.ui.reel_model import ASSET_MIME
from tests.panels.image.viewing import LEFT, files, only, run, type_prompt
from tests.ui.fake_services import FakeJob, FakeProject, drop, picture_file

# ---- getting started


def test_an_empty_panel_asks_for_words(view: ImageView) -> None:
    assert view.stage.page() is view.page.empty
    assert not view.run_bar.button.isEnabled()
    assert view.run_bar.caption.text() == "First, what to paint"


def test_the_sample_fills_in_words(view: ImageView) -> None:
    QTest.mouseClick(view.page.empty.sample, LEFT)
    assert view.settings.prompt.prompt() == SAMPLE
    assert view.run_bar.button.isEnabled()
    assert only(view).params["prompt"] == SAMPLE


def test_keys_alone_make_a_picture(qtbot: QtBot, view: ImageView) -> None:
    view.focus_first()
    assert view.focusWidget() is view.settings.prompt.edit
    QTest.keyClicks(view.settings.prompt.edit, "an owl")
    with qtbot.waitSignal(view.run_requested) as heard:
        view._run_action.trigger()
    assert heard.args[0][0].params["prompt"] == "an owl"


# ---- requests


def test_a_request_says_everything(told: ImageView, project: FakeProject) -> None:
    told.settings.form.set_values({"model": "dream", "guidance": 5.5, "steps": 30, "seamless": True})
    told.settings.refresh()
    told.settings.prompt.negative.set_text("text")
    told.settings.style.set_template("ink drawing of {prompt}, black ink on white paper, hatching")
    told.settings.size.set_value("768x1344")
    told.settings.scheduler.set_value("euler")
    told.settings.add_ons.set_value("ink:0.5")
    told.settings.decoder.set_value("sharp")
    told.settings.seed.set_seed(77)
    request = only(told)
    assert (request.task, request.version, request.seed) == ("image", 1, 77)
    wanted = {"prompt": "a red apple", "negative": "text, colour, photograph", "model": "dream",
              "guidance": 5.5, "steps": 30, "seamless": True, "size": "768x1344", "scheduler": "euler",
              "add_ons": "ink:0.5", "decoder": "sharp", "count": 1, "do": "paint",
              "style": "ink drawing of {prompt}, black ink on white paper, hatching"}
    assert {name: request.params[name] for name in wanted} == wanted
    assert PANEL.params.from_json(request.params).to_json() == request.params


def test_each_of_several_pictures_has_a_seed_of_its_own(told: ImageView) -> None:
    told.settings.form.set_values({"count": 4})
    told.settings.seed.set_seed(2**32 - 2)
    requests = told.request_list()
    assert [request.seed for request in requests] == [2**32 - 2, 2**32 - 1, 0, 1]
    assert all(request.params["count"] == 1 for request in requests)
    told.refresh_run()
    assert told.run_bar.caption.text() == "4 pictures  ·  about 50 s"


def test_every_picture_to_start_from_is_painted(told: ImageView, project: FakeProject) -> None:
    told.settings.form.set_values({"count": 2})
    told.give([project.picture("lake"), project.picture("sea", 30)])
    assert [(request.inputs[0].name, request.seed) for request in told.request_list()] == [
        ("lake", 1), ("lake", 2), ("sea", 1), ("sea", 2)]


def test_lists_are_drawn_when_a_run_begins_and_stand_in_its_requests(qtbot: QtBot, view: ImageView) -> None:
    folder = places.wildcards()
    folder.mkdir(parents=True)
    (folder / "tint.txt").write_text("red\ngreen\nblue\n")
    type_prompt(view, "a __tint__ {fox|owl}")
    view.settings.form.set_values({"count": 6})
    prompts = {request.params["prompt"] for request in run(qtbot, view)}
    assert len(prompts) > 1
    assert prompts <= {f"a {tint} {{fox|owl}}" for tint in ("red", "green", "blue")}
    assert view.settings.prompt.prompt() == "a __tint__ {fox|owl}", "the field keeps its words"


def test_a_new_run_gets_a_new_seed_unless_it_is_locked(qtbot: QtBot, told: ImageView) -> None:
    first = run(qtbot, told)[0].seed
    told.show_job(None)
    second = run(qtbot, told)[0].seed
    assert first != second == told.settings.seed.seed()
    told.set_seed(5)
    for _ in range(2):
        told.show_job(None)
        assert run(qtbot, told)[0].seed == 5


def test_a_folder_is_painted_over_with_the_same_words(told: ImageView, project: FakeProject) -> None:
    told.give([project.picture("lake")])
    template = told.template()
    assert template is not None
    assert (template.inputs, template.params["prompt"]) == ((), "a red apple")
    told.settings.prompt.set_texts(" ", "")
    assert told.template() is None


def test_settings_of_a_result_come_back(told: ImageView, project: FakeProject) -> None:
    lake = project.picture("lake")
    told.give([lake])
    told.settings.form.set_values({"model": "dream", "strength": 0.3})
    told.settings.refresh()
    told.settings.style.combo.setCurrentText("Ink drawing")
    told.settings.prompt.negative.set_text("text")
    told.settings.size.set_value("640x960")
    told.settings.add_ons.set_value("ink:0.8, gone:1.2")
    request = only(told)
    told.set_draft({})
    assert told.request_list() == []
    assert told.pictures.pictures() == []
    told.set_request(Request.from_json(json.loads(json.dumps(request.to_json()))), {"picture": [lake]})
    assert only(told) == request
    assert told.settings.prompt.negative.text() == "text", "the style's own stays out of the field"
    assert told.canvas.before is not None


def test_a_request_without_a_picture_clears_the_well(told: ImageView, project: FakeProject) -> None:
    request = only(told)
    told.give([project.picture("lake")])
    told.set_request(request, {})
    assert told.pictures.pictures() == []
    assert told.canvas.before is None


def test_drafts_go_round_and_damaged_ones_do_no_harm(told: ImageView, project: FakeProject) -> None:
    told.settings.form.set_values({"count": 3, "model": "gone"})
    told.settings.size.set_value("100x100")
    told.settings.prompt.negative.set_text("fog")
    told.give([project.picture("lake")])
    draft = json.loads(json.dumps(told.draft()))
    wanted = told.request_list()
    told.set_draft({})
    told.set_draft(draft)
    assert told.draft() == draft
    assert told.request_list() == wanted
    told.set_draft({"params": {"prompt": 3, "size": None, "count": "x", "style": []}, "seed": "a",
                    "pictures": 7, "tools": 3})
    assert told.request_list() == []


def test_reset_keeps_words_pictures_and_model(told: ImageView, project: FakeProject) -> None:
    told.give([project.picture("lake")])
    told.settings.form.set_values({"model": "dream", "steps": 44})
    told.settings.size.set_value("640x960")
    told.settings.reset()
    request = only(told)
    assert (request.params["steps"], request.params["size"], request.params["model"]) == (0, "", "dream")
    assert request.params["prompt"] == "a red apple"
    assert request.inputs


# ---- fields that fit the model


def test_fields_follow_the_model(view: ImageView) -> None:
    settings = view.settings
    fields = settings.form.fields
    models = [fields["model"].combo.itemData(at) for at in range(fields["model"].combo.count())]  # type: ignore[attr-defined]
    assert models == ["image-small", "dream", "stream", "gleam"], "add-ons and decoders paint nothing"
    seen = {"image-small": (True, False, False, False), "dream": (False, True, True, True),
            "stream": (False, False, True, False)}
    for model, wanted in seen.items():
        settings.form.set_values({"model": model})
        settings.refresh()
        assert (not fields["transparent"].isHidden(), not settings.scheduler.isHidden(),
                not settings.add_ons.isHidden(), not fields["seamless"].isHidden()) == wanted, model
    assert not settings.prompt.negative.isVisible(), "Flux knows no negative prompt"
    type_prompt(view, "x")
    settings.prompt.negative.set_text("fog")
    assert only(view).params["negative"] == ""


def test_what_was_chosen_for_another_model_waits_in_its_field(told: ImageView) -> None:
    settings = told.settings
    settings.form.set_values({"model": "dream", "seamless": True})
    settings.add_ons.set_value("ink:1")
    settings.scheduler.set_value("ddim")
    settings.decoder.set_value("sharp")
    chosen = {name: only(told).params[name] for name in ("seamless", "add_ons", "scheduler", "decoder")}
    assert list(chosen.values()) == [True, "ink:1", "ddim", "sharp"]
    settings.form.set_values({"model": "image-small"})
    assert [only(told).params[name] for name in chosen] == [False, "", "default", ""], "it refuses them"
    settings.form.set_values({"model": "dream"})
    assert {name: only(told).params[name] for name in chosen} == chosen


def test_a_model_that_starts_from_no_picture_is_given_none(told: ImageView, project: FakeProject) -> None:
    told.give([project.picture("lake")])
    told.settings.form.set_values({"model": "gleam"})
    told.settings.refresh()
    assert told.pictures.isHidden()
    assert only(told).inputs == ()
    assert told.settings.size.pixels() == (1024, 1024)
    told.settings.form.set_values({"model": "dream"})
    told.settings.refresh()
    assert not told.pictures.isHidden()
    assert [item.name for item in only(told).inputs] == ["lake"]


def test_sizes_follow_the_model(view: ImageView) -> None:
    view.settings.form.set_values({"model": "dream"})
    view.settings.refresh()
    assert view.settings.size.pixels() == (1024, 1024)
    view.settings.form.set_values({"model": "image-small"})
    view.settings.refresh()
    assert view.settings.size.pixels() == (512, 512)


def test_add_ons_for_other_models_cannot_be_chosen(view: ImageView) -> None:
    view.settings.form.set_values({"model": "dream"})
    view.settings.refresh()
    actions = {action.text(): action for action in view.settings.add_ons.menu().actions()}
    assert actions["Ink"].isEnabled()
    assert not actions["Fog"].isEnabled()
    actions["Ink"].trigger()
    assert view.settings.add_ons.value() == "ink:1"
    number: Any = view.findChild(object, "add_on1.weight")
    number.setValue(0.4)
    assert view.settings.add_ons.value() == "ink:0.4"
    remove: Any = view.findChild(object, "add_on1.remove")
    QTest.mouseClick(remove, LEFT)
    assert view.settings.add_ons.value() == ""


def test_strength_shows_with_a_picture_which_has_a_size(view: ImageView, project: FakeProject) -> None:
    assert view.settings.form.fields["strength"].isHidden()
    assert view.settings.size.combo.itemText(0) == "Best  ·  512 × 512"
    view.give([project.picture("lake", 300, 200)])
    assert not view.settings.form.fields["strength"].isHidden()
    assert view.settings.size.combo.itemText(0) == "As the picture"
    assert view.settings.size.pixels() == (300, 200)
    assert only(view).params["size"] == ""


def test_a_picture_needs_no_words(view: ImageView, project: FakeProject) -> None:
    view.give([project.picture("lake")])
    assert only(view).params["prompt"] == ""
    assert view.run_bar.button.isEnabled()


# ---- the count


def test_words_are_counted_when_typing_rests(qtbot: QtBot, view: ImageView) -> None:
    with qtbot.waitSignal(view.preview_requested) as heard:
        type_prompt(view, "a pomelo")
    request = heard.args[0]
    assert (request.params["do"], request.params["prompt"]) == ("count", "a pomelo")
    assert PANEL.params.from_json(request.params).to_json() == request.params
    answer = json.dumps({"count": 1, "limit": 16, "cut": "", "read": [["pomelo", "melon"]]})
    view.show_said(request, answer)
    assert view.settings.prompt.count.text() == "1 of 16 words"
    assert "melon" in view.settings.prompt.said.text()
    view.show_said(Request("image", 1, {**request.params, "prompt": "older"}), '{"count": 9}')
    assert view.settings.prompt.count.text() == "1 of 16 words", "an answer that comes late is of other words"
    view.show_said(request, "broken")
    assert view.settings.prompt.count.text() == ""


def test_nothing_is_counted_while_it_works_or_without_words(qtbot: QtBot, told: ImageView) -> None:
    told.show_job(FakeJob(only(told), fraction=0.2))
    with qtbot.assertNotEmitted(told.preview_requested, wait=0):
        told._ask_count()
    told.show_job(None)
    with qtbot.waitSignal(told.preview_requested):
        told._ask_count()
    told.settings.prompt.edit.clear()
    with qtbot.assertNotEmitted(told.preview_requested, wait=0):
        told._ask_count()


def test_notes_that_stand_below_the_prompt_are_not_told_again(told: ImageView) -> None:
    from studio.panels.image import diffusion, sticker

    notes = ["It knows other words for: aple → apple.", "It reads 8 words; it left out: x.", "Another."]
    assert told.news(notes) == notes
    told.settings.prompt.show_said(Said(3, 8, "x", (("aple", "apple"),)))
    assert told.news(notes) == ["Another."]
    source = "".join(inspect.getsource(module) for module in (sticker, diffusion))
    assert all(f'"{start}' in source for start in TOLD_BELOW), "that is how they begin"


# ---- drops


def test_a_picture_dropped_on_the_canvas_or_the_well_is_where_to_start(view: ImageView, tmp_path: Path,
                                                                      project: FakeProject) -> None:
    type_prompt(view, "x")
    assert drop(view.stage, files(picture_file(tmp_path / "one.png")), QPointF(200, 300))
    assert [item.name for item in only(view).inputs] == ["one"]
    mime = QMimeData()
    mime.setData(ASSET_MIME, project.picture("from the reel").id.encode())
    assert drop(view.pictures.well, mime)
    assert [item.name for item in only(view).inputs] == ["from the reel"]


def test_a_picture_dropped_on_the_words_is_not_typed(view: ImageView, tmp_path: Path) -> None:
    mime = files(picture_file(tmp_path / "one.png"))
    assert not view.settings.prompt.edit.canInsertFromMimeData(mime)
    drop(view.settings.prompt.edit.viewport(), mime)
    assert view.settings.prompt.prompt() == ""


def test_a_bad_file_is_answered_in_place(view: ImageView, tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"nothing")
    drop(view.stage, files(bad), QPointF(200, 300))
    assert view.stage.error.message.text() == "bad is no picture."
    assert view.pictures.pictures() == []
