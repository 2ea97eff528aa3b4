"""The whole window as a person meets it: opened, named, reached by keyboard, closed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QObject, Qt, QTranslator, QUrl
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.app import Studio, make_application
from studio.core import places
from studio.core.jobs import JobState, Request
from studio.core.provenance import Recipe
from studio.core.settings import PreferencesFile
from studio.library.downloads import DOWNLOADS
from studio.media.encode import encode
from studio.media.picture import Picture
from studio.project.store import JobRow, Project
from studio.ui.main_window import MainWindow
from studio.ui.workroom import Workroom

PAGES = ("models", "preferences", "shortcuts", "licences")


@pytest.fixture
def studio(qtbot: QtBot) -> Iterator[Studio]:
    found = opened(qtbot)
    yield found
    found.window.close()


def opened(qtbot: QtBot, path: Path | None = None) -> Studio:
    kept = PreferencesFile()
    make_application(kept)
    found = Studio(kept)
    qtbot.addWidget(found.window)
    found.window.show()
    with qtbot.waitSignal(found.ready, timeout=30_000):
        found.start(path)
    qtbot.waitUntil(lambda: room(found).document.is_open, timeout=30_000)
    return found


def room(studio: Studio) -> Workroom:
    assert studio.room is not None
    return studio.room


def picture(path: Path, colour: Qt.GlobalColor = Qt.GlobalColor.darkCyan) -> Path:
    image = QImage(64, 48, QImage.Format.Format_RGB888)
    image.fill(colour)
    assert image.save(str(path))
    return path


def notices(studio: Studio) -> list[str]:
    return [card.message for card in studio.window.notices.cards()]


# ---- what is there


def test_a_first_start_makes_a_project_and_shows_the_first_panel(studio: Studio) -> None:
    assert room(studio).document.path == places.documents() / "Untitled.atelier"
    assert studio.window.page == "style"
    assert studio.window.topline.title.text() == "Untitled"
    assert studio.window.status.offline.text().endswith("0")
    assert not notices(studio)


def test_only_panels_that_work_are_on_the_rail(studio: Studio) -> None:
    names = {button.objectName() for button in studio.window.rail.findChildren(QAbstractButton)}
    assert names == {f"rail.{spec.id}" for spec in studio.panels} | {"rail.models", "rail.preferences"}


def test_the_smallest_window_holds_everything(studio: Studio, qtbot: QtBot) -> None:
    studio.window.resize(1024, 680)
    qtbot.waitUntil(lambda: studio.window.size().toTuple() == (1024, 680))
    for part in (studio.window.rail, studio.window.status, studio.window.reel_holder, studio.window.pages):
        place = part.rect().translated(part.mapTo(studio.window, part.rect().topLeft()))
        assert studio.window.rect().contains(place)


@pytest.mark.parametrize("page", ["", *PAGES])
def test_every_control_is_named_for_screen_readers_and_tests(studio: Studio, page: str, qtbot: QtBot) -> None:
    show(studio, page, qtbot)
    nameless = [f"{type(w).__name__} {w.objectName()!r} in {w.parent().objectName()!r}"
                for w in focusable(studio.window) if not w.accessibleName() or not w.objectName()]
    assert not nameless


@pytest.mark.parametrize("page", ["", *PAGES])
def test_what_can_be_pressed_is_large_enough(studio: Studio, page: str, qtbot: QtBot) -> None:
    show(studio, page, qtbot)
    small = [f"{w.objectName()} {w.width()}x{w.height()}" for w in focusable(studio.window)
             if isinstance(w, QAbstractButton | QLineEdit) and min(w.width(), w.height()) < 32
             and not isinstance(w.parent(), QAbstractSpinBox) and w.parent().objectName() != "notices"]
    assert not small


def test_every_label_and_action_is_translated(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every text is marked: what is shown without the mark was not translated."""
    translator = Marks()
    app = make_application(PreferencesFile())
    app.installTranslator(translator)
    try:
        studio = opened(qtbot)
        for page in PAGES:
            show(studio, page, qtbot)
        device = studio.window.status.device
        data = {"Untitled", device.toolTip(), device.text(), *(known.title for known in DOWNLOADS.values()),
                *(model.title for model in room(studio).models.models())}
        plain = {text for text in texts(studio.window) - data if not is_translated(text)}
        studio.window.close()
    finally:
        app.removeTranslator(translator)
    assert not plain, "\n".join(sorted(plain))


def test_no_two_actions_share_a_shortcut(studio: Studio) -> None:
    keys = [key.toString() for action in studio.window.actions_ for key in action.shortcuts()
            if action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut]
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


def test_every_action_of_the_menus_is_in_the_palette(studio: Studio, qtbot: QtBot) -> None:
    studio.window.actions_["palette"].trigger()
    palette = room(studio)._palette
    assert palette is not None
    rows = [palette.list.item(row) for row in range(palette.list.count())]
    shown = {row.data(Qt.ItemDataRole.UserRole).text() for row in rows}
    usable = {a.text() for a in menu_actions(studio) if a.isEnabled() and a.isVisible()}
    assert usable <= shown


def test_tab_reaches_the_whole_window(studio: Studio, qtbot: QtBot) -> None:
    studio.window.activateWindow()
    seen, widget = set(), studio.window.nextInFocusChain()
    while widget is not studio.window and widget not in seen:
        seen.add(widget)
        widget = widget.nextInFocusChain()
    missing = [w.objectName() for w in focusable(studio.window) if w not in seen]
    assert not missing


# ---- projects


def test_renaming_the_project_is_kept(studio: Studio, qtbot: QtBot) -> None:
    title = studio.window.topline.title
    title.setText("Winter sketches")
    title.editingFinished.emit()
    qtbot.waitUntil(lambda: room(studio).document.title == "Winter sketches")
    assert studio.window.windowTitle().startswith("Winter sketches")


def test_a_new_project_gets_a_free_name_and_both_are_recent(studio: Studio, qtbot: QtBot) -> None:
    studio.window.actions_["new"].trigger()
    second = places.documents() / "Untitled 2.atelier"
    qtbot.waitUntil(lambda: room(studio).document.path == second, timeout=10_000)
    assert room(studio).projects.recent() == [second, places.documents() / "Untitled.atelier"]


def test_the_last_project_is_opened_again_with_its_draft(qtbot: QtBot, tmp_path: Path) -> None:
    first = opened(qtbot, tmp_path / "mine.atelier")
    room(first).drops.import_pictures([picture(tmp_path / "photo.png")])
    view = room(first).panels.any_view()
    qtbot.waitUntil(lambda: "photo" in str(view.draft()), timeout=10_000)
    first.window.close()
    again = opened(qtbot)
    assert room(again).document.path == tmp_path / "mine.atelier"
    qtbot.waitUntil(lambda: "photo" in str(room(again).panels.any_view().draft()), timeout=10_000)
    again.window.close()


def test_a_damaged_project_is_reported_and_not_touched(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "broken.atelier"
    path.write_bytes(b"SQLite format 3\0" + b"nonsense" * 500)
    before = path.read_bytes()
    studio = opened(qtbot, path)
    card = studio.window.notices.cards()[0]
    assert card.kind == "bad"
    assert room(studio).document.path != path
    assert path.read_bytes() == before
    studio.window.close()


def test_a_second_window_reads_only_and_offers_a_copy(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shared.atelier"
    with Project.create(path):
        studio = opened(qtbot, path)
        assert studio.window.banner.isVisible()
        assert studio.window.banner.text()
        assert studio.window.topline.title.isReadOnly()
        room(studio).projects.save_copy(tmp_path / "copy.atelier")
        qtbot.waitUntil(lambda: (tmp_path / "copy.atelier").is_file(), timeout=10_000)
        studio.window.close()
    with Project.open(tmp_path / "copy.atelier") as copy:
        assert copy.integrity_check() == []


def test_the_trash_is_emptied_only_after_a_second_word(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    studio.window.actions_["trash.empty"].trigger()
    assert notices(studio) == ["Empty the trash? This cannot be undone."]


def test_the_rest_of_the_queue_is_offered_and_waits(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "half.atelier"
    with Project.create(path) as project:
        asked = Request("style", 1, {})
        project.add_jobs([JobRow(f"job-{n}", asked, f"Job {n}", JobState.QUEUED, panel="style")
                          for n in range(3)])
    studio = opened(qtbot, path)
    words = "The queue of last time is still here: 3 waiting."
    qtbot.waitUntil(lambda: words in notices(studio), timeout=10_000)
    assert room(studio).runner.is_paused
    assert studio.window.status.queue.text() == "Paused · 3 waiting"
    studio.window.close()


# ---- drops


def drop(studio: Studio, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    room(studio).drops.take(mime)


def test_a_dropped_picture_is_kept_and_used(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    drop(studio, picture(tmp_path / "photo.png"))
    qtbot.waitUntil(lambda: room(studio).reel.model.count() == 1, timeout=10_000)
    qtbot.waitUntil(lambda: "photo" in str(room(studio).panels.any_view().draft()), timeout=10_000)


def test_a_dropped_folder_brings_its_pictures_and_one_bad_file_stops_nothing(
        studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, colour in (("a.png", Qt.GlobalColor.red), ("b.png", Qt.GlobalColor.blue)):
        picture(folder / name, colour)
    (folder / "c.png").write_bytes(b"no picture at all")
    drop(studio, folder)
    qtbot.waitUntil(lambda: room(studio).reel.model.count() == 2, timeout=10_000)
    qtbot.waitUntil(lambda: any(card.kind == "bad" for card in studio.window.notices.cards()), timeout=10_000)


@pytest.mark.parametrize(("name", "content"), [("essay.docx", b"PK words"), ("empty.png", b"")])
def test_what_is_not_understood_is_answered_in_words(
        studio: Studio, tmp_path: Path, qtbot: QtBot, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    drop(studio, tmp_path / name)
    qtbot.waitUntil(lambda: bool(notices(studio)), timeout=10_000)
    assert "inside Atelier" not in notices(studio)[0]


def test_a_web_address_is_answered_without_connecting(studio: Studio) -> None:
    mime = QMimeData()
    mime.setText("https://example.org/picture.jpg")
    room(studio).drops.take(mime)
    assert notices(studio) == ["Atelier is offline; save the picture first."]
    assert studio.window.status.offline.text().endswith("0")


def test_a_dropped_project_is_opened(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    with Project.create(tmp_path / "other.atelier"):
        pass
    drop(studio, tmp_path / "other.atelier")
    qtbot.waitUntil(lambda: room(studio).document.path == tmp_path / "other.atelier", timeout=10_000)


def test_an_unusable_model_is_refused_in_words(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "evil.pth").write_bytes(b"not a model")
    drop(studio, tmp_path / "evil.pth")
    qtbot.waitUntil(lambda: bool(notices(studio)), timeout=10_000)
    assert studio.window.notices.cards()[0].kind == "bad"
    assert "inside Atelier" not in notices(studio)[0]


def test_an_exported_result_offers_its_settings(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    request = Request("style", 1, {"strength": 0.25}, seed=77)
    recipe = Recipe(request, 0, 77, "digest").to_json()
    found = Picture(np.full((20, 30, 3), 90, np.uint8))
    (tmp_path / "made.png").write_bytes(encode(found, "png", recipe=json.dumps(recipe)))
    drop(studio, tmp_path / "made.png")
    qtbot.waitUntil(lambda: any("carries its settings" in words for words in notices(studio)), timeout=20_000)
    offers = studio.window.notices.findChildren(QPushButton, "notice.offer")
    next(button for button in offers if button.text() == "Use its settings").click()
    view = room(studio).panels.any_view()
    qtbot.waitUntil(lambda: view.draft()["params"]["strength"] == 0.25, timeout=10_000)


def test_where_the_window_stood_is_remembered(qtbot: QtBot) -> None:
    first = opened(qtbot)
    first.window.fold_reel.setChecked(False)
    places_of_first = first.window.places()
    first.window.close()
    again = opened(qtbot)
    assert PreferencesFile().recall("window") == places_of_first
    assert not again.window.reel_holder.isVisible()
    again.window.close()


@pytest.mark.parametrize("kept", [None, "nonsense", {"geometry": "§§"}, {"geometry": 7, "reel": "perhaps"}])
def test_a_place_that_makes_no_sense_is_ignored(qtbot: QtBot, kept: object) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.restore_places(kept)
    assert window.width() >= 1024


# ---- helpers


class Marks(QTranslator):
    """Marks everything that passes through translation."""

    def translate(self, context: str, text: str, comment: str = "", n: int = -1) -> str:
        return f"«{text}»"

    def isEmpty(self) -> bool:
        return False


def show(studio: Studio, page: str, qtbot: QtBot) -> None:
    if page:
        studio.window.show_page(page)
        qtbot.wait(50)


def focusable(window: QWidget) -> list[QWidget]:
    """What Tab stops at, leaving out the inner parts of Qt's own widgets."""
    return [w for w in window.findChildren(QWidget)
            if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()
            and not w.objectName().startswith("qt_") and not isinstance(w.parent(), QAbstractSpinBox)
            and not (isinstance(w.parent(), QAbstractScrollArea) and w.parent().viewport() is w)]


def menu_actions(studio: Studio) -> list[QAction]:
    bar = studio.window.menuBar()
    return [action for top in bar.actions() if top.menu() for action in top.menu().actions()
            if not action.isSeparator() and action.menu() is None]


def is_translated(text: str) -> bool:
    """Whether it carries the mark, or holds no words at all: numbers, keys, "512 × 512"."""
    keys = {"Ctrl", "Shift", "Alt", "Del", "Ins", "Esc", "Enter", "Return", "Up", "Down"}
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in keys]
    return "«" in text or not words


def texts(root: QObject) -> set[str]:
    """Everything a person can read or hear."""
    found: set[str] = set()
    for thing in root.findChildren(QObject):
        if isinstance(thing, QLabel | QAbstractButton | QAction):
            found.add(thing.text().replace("&", ""))
            found.add(thing.toolTip())
        if isinstance(thing, QWidget):
            found.add(thing.accessibleName())
    return found
