"""The start: what is loaded when, seen in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from studio.app import Studio, make_application
from studio.core import places
from studio.core.settings import PreferencesFile
from studio.panels.style import PANEL
from studio.panels.style.view import StyleView
from studio.ui.early import Early
from studio.ui.quick import set_by_name
from tests.ui.fake_services import FakeProject, drop

_SCRIPT = """
import json, sys
from PySide6 import QtCore
from studio.app import Studio, make_application
from studio.core.settings import PreferencesFile
kept = PreferencesFile(); app = make_application(kept); studio = Studio(kept); studio.window.show()
app.processEvents()
from PySide6 import QtWidgets
shown = sorted(sys.modules), "Qt" in vars(QtCore) or "QStyle" in vars(QtWidgets)
def ready(): QtCore.QTimer.singleShot(300, studio.window.close)
studio.ready.connect(ready); studio.start(None); app.exec()
print(json.dumps([shown[0], shown[1], sorted(sys.modules)]))
"""
MODEL_LIBRARIES = {"torch", "torchvision", "torchaudio", "onnx", "onnxruntime", "transformers", "diffusers"}
Loaded = tuple[set[str], bool, set[str]]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Modules loaded when the window was shown, whether the namespace Qt was, and those of the end."""
    import os

    environment = {**os.environ, "ATELIER_HOME": str(tmp_path_factory.mktemp("start")),
                   "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", _SCRIPT], env=environment, capture_output=True, text=True,
                          timeout=120, check=True)
    shown, has_qt, in_the_end = json.loads(done.stdout.splitlines()[-1])
    return set(shown), has_qt, set(in_the_end)


def test_the_window_shows_before_anything_heavy_is_loaded(loaded: Loaded) -> None:
    shown, has_qt, _ = loaded
    assert not shown & {"numpy", "PIL", "psutil", "sqlite3", "imagecodecs", "studio.ui.workroom"}
    assert not has_qt, "PySide6.QtCore.Qt or QStyle was asked for too soon: see studio.ui.quick"
    assert "studio.panels.style.view" not in shown


def test_of_the_panels_only_the_first_empty_place_is_loaded(loaded: Loaded) -> None:
    """So that the start does not grow with every panel and every setting."""
    parts = {name for name in loaded[0] if name.startswith("studio.panels.") and name.count(".") > 2}
    assert parts == {"studio.panels.style.view_first"}


def test_the_windows_process_never_loads_a_model_library(loaded: Loaded) -> None:
    assert not loaded[2] & MODEL_LIBRARIES


def test_values_are_set_by_name(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    set_by_name(button, toolButtonStyle="ToolButtonTextUnderIcon")
    assert button.toolButtonStyle().name == "ToolButtonTextUnderIcon"


def test_a_wrong_name_is_an_error(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    with pytest.raises(ValueError, match="textFormat"):
        set_by_name(label, textFormat="Fancy")
    with pytest.raises(ValueError, match="flavour"):
        set_by_name(label, flavour="Sweet")


# ---- the first moment


@pytest.fixture
def studio(qtbot: QtBot) -> Iterator[Studio]:
    """A window that was shown, with nothing behind it yet."""
    kept = PreferencesFile()
    make_application(kept)
    found = Studio(kept)
    qtbot.addWidget(found.window)
    found.window.show()
    qtbot.waitExposed(found.window)
    yield found
    found.window.close()


def begin(studio: Studio, qtbot: QtBot) -> StyleView:
    """Start it, and wait until its project is open."""
    with qtbot.waitSignal(studio.ready, timeout=30_000):
        studio.start(None)
    qtbot.waitUntil(lambda: studio.room is not None and studio.room.document.is_open, timeout=30_000)
    view = studio.window.made_page("style")
    assert isinstance(view, StyleView)
    return view


def test_the_first_frame_is_the_panels_empty_place(studio: Studio, qtbot: QtBot) -> None:
    first = studio.entrance.findChild(QPushButton, "empty.sample")
    assert first is not None
    assert first.isVisible()
    before = first.mapTo(studio.window, first.rect().center()), first.size()
    view = begin(studio, qtbot)
    button = view.page.empty.sample
    assert button.isVisible()
    assert (button.mapTo(studio.window, button.rect().center()), button.size()) == before


def test_the_keyboard_is_at_the_first_well_and_keys_rename_nothing(studio: Studio, qtbot: QtBot) -> None:
    view = begin(studio, qtbot)
    focus = studio.window.focusWidget()
    assert focus is view.contents.well
    title = studio.window.topline.title.text()
    qtbot.keyClicks(focus, "xyz")
    assert studio.window.topline.title.text() == title == "Untitled"


def test_with_a_picture_the_keyboard_is_at_the_canvas(studio: Studio, qtbot: QtBot) -> None:
    view = begin(studio, qtbot)
    view.try_sample()
    qtbot.waitUntil(lambda: view.canvas.before is not None, timeout=30_000)
    view.focus_first()
    assert studio.window.focusWidget() is view.canvas


def test_the_main_settings_need_no_scrolling(studio: Studio, qtbot: QtBot) -> None:
    """At 1280 x 800, with the reel open and pictures in the wells."""
    view = begin(studio, qtbot)
    assert (studio.window.width(), studio.window.height()) == (1280, 800)
    assert studio.window.reel_holder.isVisible()
    view.try_sample()
    qtbot.waitUntil(lambda: bool(view.contents.pictures() and view.styles.pictures()), timeout=30_000)
    QApplication.processEvents()
    for name in ("method", "strength", "keep_colour", "brush"):
        assert not is_hidden(view.form.fields[name]), name
    assert not is_hidden(view.run_bar.button)


def is_hidden(widget: QWidget) -> bool:
    """Whether some of it cannot be seen."""
    return widget.visibleRegion().boundingRect() != widget.rect()


def test_an_error_before_anything_is_there_is_told(studio: Studio) -> None:
    studio.tell_error(RuntimeError("half a module"))
    [card] = studio.window.notices.cards()
    assert card.message == "Something went wrong inside Atelier."


def test_a_picture_dropped_into_the_first_frame_is_taken(studio: Studio, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(places.assets() / "samples" / "lake.jpg"))])
    assert drop(studio.entrance, mime)
    view = begin(studio, qtbot)
    qtbot.waitUntil(lambda: [ref.name for ref in view.contents.pictures()] == ["lake"], timeout=30_000)


def test_a_button_pressed_in_the_first_frame_does_its_work(studio: Studio, qtbot: QtBot) -> None:
    button = studio.entrance.findChild(QPushButton, "empty.sample")
    assert button is not None
    button.click()
    view = begin(studio, qtbot)
    qtbot.waitUntil(lambda: bool(view.contents.pictures() and view.styles.pictures()), timeout=30_000)


def test_what_a_panel_asks_for_before_there_is_a_project_is_done_then(qtbot: QtBot) -> None:
    project, early = FakeProject(), Early(PANEL)
    view = early.make()
    qtbot.addWidget(view)
    assert isinstance(view, StyleView)
    view.try_sample()
    early.connect(project.services())
    view.reload_models()
    assert not project.assets, "connected, but not open yet"
    early.release()
    qtbot.waitUntil(lambda: bool(view.contents.pictures() and view.styles.pictures()), timeout=30_000)
    assert early.is_touched
    assert [model.id for model in view.services.models()] == ["mosaic", "mine"]
