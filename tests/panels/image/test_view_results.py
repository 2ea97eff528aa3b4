"""What the Image panel shows: previews, results, the pictures of a run."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.jobs import JobState, Problem
from studio.panels.image.view import ImageView
from studio.ui import theme
from tests.panels.image.viewing import LEFT, end, has_preview, only, run
from tests.ui.fake_services import FakeJob, FakeProject


def test_a_preview_stands_where_the_picture_will_be(qtbot: QtBot, told: ImageView,
                                                    project: FakeProject) -> None:
    (request,) = run(qtbot, told)
    told.show_job(FakeJob(request, fraction=0.2, text="Painting"))
    told.show_preview(QImage(64, 64, QImage.Format.Format_RGB888))
    assert told.stage.page() is told.page
    assert told.canvas.after is not None
    assert told.canvas.after.size == QSize(512, 512)
    place = told.canvas.picture_rect()
    told.show_preview(QImage(64, 64, QImage.Format.Format_RGB888))
    assert has_preview(told)
    asset = project.add("apple", QImage(512, 512, QImage.Format.Format_RGB888), b"apple")
    told.show_job(FakeJob(request, JobState.DONE, assets=(asset,)))
    told.show_asset(asset, project.images[asset.sha256])
    assert not has_preview(told)
    assert told.canvas.picture_rect() == place, "nothing jumps when it is done"


def test_a_stopped_picture_leaves_what_was_there(qtbot: QtBot, told: ImageView, project: FakeProject) -> None:
    (request,) = run(qtbot, told)
    told.show_job(FakeJob(request, fraction=0.2))
    told.show_preview(QImage(64, 64, QImage.Format.Format_RGB888))
    told.show_job(FakeJob(request, JobState.CANCELLED))
    assert told.canvas.after is None
    assert told.stage.page() is told.page.empty
    (request,) = run(qtbot, told)
    asset = project.add("apple", QImage(512, 512, QImage.Format.Format_RGB888), b"apple")
    told.show_job(FakeJob(request, JobState.DONE, assets=(asset,)))
    told.show_asset(asset, project.images[asset.sha256])
    (request,) = run(qtbot, told)
    told.show_job(FakeJob(request, fraction=0.2))
    told.show_preview(QImage(64, 64, QImage.Format.Format_RGB888))
    told.show_job(FakeJob(request, JobState.CANCELLED))
    assert told.canvas.preview is None
    assert told.canvas.after is not None, "the picture before is back"


def test_a_failure_is_a_card_in_place(qtbot: QtBot, told: ImageView) -> None:
    (request,) = run(qtbot, told)
    told.show_job(FakeJob(request, JobState.FAILED, problem=Problem("The model is gone.", "Choose another.")))
    assert told.stage.error.isVisible()
    assert told.stage.error.message.text() == "The model is gone."
    assert told.run_bar.button.isEnabled()


def test_a_picture_over_one_to_start_from_is_compared_with_it(told: ImageView, project: FakeProject) -> None:
    told.give([project.picture("lake", 96, 64)])
    request = only(told)
    result = project.picture("painted lake", 192, 128, "#00ff00")
    told.show_job(FakeJob(request, JobState.DONE, assets=(result,)))
    told.show_asset(result, project.images[result.sha256])
    assert told.canvas.before is not None
    assert told.canvas.after is not None


def test_stop_and_keep_once_there_is_something(qtbot: QtBot, told: ImageView) -> None:
    (request,) = run(qtbot, told)
    told.show_job(FakeJob(request, fraction=None))
    assert not told.run_bar.keep.isVisible()
    told.show_job(FakeJob(request, fraction=0.4))
    assert told.run_bar.keep.isVisible()
    with qtbot.waitSignal(told.finish_requested):
        QTest.mouseClick(told.run_bar.keep, LEFT)


# ---- the pictures of a run


def test_a_batch_fills_its_strip_as_it_comes(qtbot: QtBot, told: ImageView, project: FakeProject) -> None:
    told.settings.form.set_values({"count": 3})
    assert told.page.strip.isHidden()
    requests = run(qtbot, told)
    strip = told.page.strip
    assert not strip.isHidden()
    assert strip.list.count() == 3
    told.show_job(FakeJob(requests[0], fraction=0.5, text="Painting"))
    assert told.run_bar.caption.text().startswith("1 of 3  ·  Painting")
    told.show_preview(QImage(64, 64, QImage.Format.Format_RGB888))
    end(told, project, requests[0])
    end(told, project, requests[1], unfinished=True)
    assert [asset.name for asset in strip.results()] == ["apple 1", "apple 2"]
    assert strip.list.currentRow() == 1
    told.show_job(FakeJob(requests[2], fraction=0.1))
    late = strip.results()[1]
    told.show_asset(late, project.images[late.sha256])
    assert strip.list.currentRow() == 2, "a result that comes late does not turn back from the one at work"
    told.show_job(FakeJob(requests[2], JobState.QUEUED))
    states = [strip.list.item(at).toolTip().partition(": ")[2] for at in range(3)]
    assert states == ["done", "unfinished", "waiting"]
    told.show_job(FakeJob(requests[2], JobState.CANCELLED))
    assert strip.list.item(2).toolTip() == "Picture 3 of 3, seed 3: stopped"


def test_the_one_that_is_looked_at_stays(qtbot: QtBot, told: ImageView, project: FakeProject) -> None:
    told.settings.form.set_values({"count": 3})
    requests = run(qtbot, told)
    first = end(told, project, requests[0])
    end(told, project, requests[1])
    strip = told.page.strip
    middle = strip.list.visualItemRect(strip.list.item(0)).center()
    QTest.mouseClick(strip.list.viewport(), LEFT, pos=middle)
    shown = told.canvas.after
    assert shown is not None
    assert strip.is_pinned
    told.show_job(FakeJob(requests[2], fraction=0.5))
    told.show_preview(QImage(64, 64, QImage.Format.Format_RGB888))
    third = end(told, project, requests[2])
    assert told.canvas.after is shown, "the next ones do not come before it"
    assert strip.list.currentRow() == 0
    told.show_asset(third, project.images[third.sha256])  # chosen in the reel
    assert told.canvas.after is not shown
    told.show_asset(first, project.images[first.sha256])


def test_arrow_keys_go_through_the_strip(qtbot: QtBot, told: ImageView, project: FakeProject) -> None:
    told.settings.form.set_values({"count": 2})
    for request in run(qtbot, told):
        end(told, project, request)
    strip = told.page.strip
    strip.list.setFocus()
    with qtbot.waitSignal(strip.chosen) as heard:
        QTest.keyClick(strip.list, Qt.Key.Key_Left)
    assert heard.args[0].name == "apple 1"


def test_one_picture_needs_no_strip_and_another_project_clears_it(qtbot: QtBot, told: ImageView) -> None:
    told.settings.form.set_values({"count": 2})
    run(qtbot, told)
    told.show_job(None)
    told.settings.form.set_values({"count": 1})
    run(qtbot, told)
    assert told.page.strip.isHidden()
    told.set_draft({})
    assert told.page.strip.list.count() == 0


def test_both_themes_can_be_drawn(qtbot: QtBot, told: ImageView, project: FakeProject) -> None:
    told.settings.form.set_values({"count": 2})
    run(qtbot, told)
    for name in ("light", "dark"):
        theme.theme().apply(name)
        assert not told.grab().isNull()


def test_a_picture_that_cannot_be_read_is_said(view: ImageView, project: FakeProject) -> None:
    view.show_asset(project.picture("lost"), QImage())
    assert "could not be shown" in view.stage.error.message.text()


def test_an_answered_style_preview_takes_the_picture_on_the_canvas(told: ImageView,
                                                                   project: FakeProject) -> None:
    assert told.settings.style.shown().isNull()
    asset = project.picture("apple", 80, 80, "#ff0000")
    told.show_asset(asset, project.images[asset.sha256])
    assert told.settings.style.shown().pixelColor(3, 3).red() == 255
