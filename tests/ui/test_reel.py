"""The reel: thousands of pictures, merged changes, stars, trash, drags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from studio.core.errors import StudioError
from studio.panels import panels
from studio.project.assets import Asset
from studio.project.changes import Changes
from studio.ui.reel import Reel
from studio.ui.reel_model import ASSET_MIME, Filter


def png(colour: str) -> bytes:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


class Memory:
    """A project in memory, with what the reel asks of one."""

    def __init__(self, count: int) -> None:
        self.kept = {f"a{n:05}": make(n) for n in range(count)}
        self.thumbnails_read: list[str] = []
        self.picture = png("#8F4F0E")

    def assets(self, *, trashed: bool = False) -> list[Asset]:
        return [a for a in reversed(self.kept.values()) if a.is_trashed == trashed]

    def asset(self, asset_id: str) -> Asset:
        if asset_id not in self.kept:
            raise StudioError("This is not in the project any more.")
        return self.kept[asset_id]

    def thumbnail(self, asset_id: str) -> bytes:
        self.thumbnails_read.append(asset_id)
        return self.picture

    def star(self, ids: list[str], stars: int) -> None:
        self.kept |= {i: replace(self.kept[i], stars=stars) for i in ids}

    def trash(self, ids: list[str]) -> None:
        self.kept |= {i: replace(self.kept[i], is_trashed=True) for i in ids}

    def restore(self, ids: list[str]) -> None:
        self.kept |= {i: replace(self.kept[i], is_trashed=False) for i in ids}

    def export_blob(self, _sha256: str, path: Path) -> None:
        path.write_bytes(self.picture)


class MemoryDocument(QObject):
    """Calls at once, in this thread."""

    changed = Signal(object)

    def __init__(self, count: int = 0) -> None:
        super().__init__()
        self.project = Memory(count)

    def call(self, fn: Callable[[Any], Any], then: Callable[[Any], None] | None = None,
             failed: Callable[[Any], None] | None = None) -> None:
        result = fn(self.project)
        if then is not None:
            then(result)


def make(number: int, **more: Any) -> Asset:
    return Asset(id=f"a{number:05}", kind="image", name=f"Picture {number}", media_type="image/png",
                 sha256=f"{number:064x}", size=100, created=f"2026-01-01T00:00:{number:09}",
                 **({"origin": "made", "task": "style"} | more))


@pytest.fixture
def document(qapp: object) -> MemoryDocument:
    return MemoryDocument(30)


@pytest.fixture
def reel(qtbot: QtBot, document: MemoryDocument) -> Any:
    widget = Reel(document, panels())  # type: ignore[arg-type]
    qtbot.addWidget(widget)
    widget.resize(900, 200)
    widget.reload()
    widget.show()
    yield widget
    widget.close_down()


def names(reel: Reel) -> list[str]:
    return [reel.model.asset_at(reel.model.index(row)).id for row in range(reel.model.rowCount())]


def test_newest_come_first(reel: Reel) -> None:
    assert names(reel)[:3] == ["a00029", "a00028", "a00027"]


def test_a_new_result_is_put_first_without_a_reset(reel: Reel, document: MemoryDocument,
                                                   qtbot: QtBot) -> None:
    document.project.kept["a00099"] = make(99)
    with qtbot.assertNotEmitted(reel.model.modelReset), qtbot.waitSignal(reel.model.rowsInserted):
        document.changed.emit(Changes(assets=frozenset({"a00099"})))
    assert names(reel)[0] == "a00099"


def test_an_undone_result_leaves(reel: Reel, document: MemoryDocument) -> None:
    del document.project.kept["a00029"]
    document.changed.emit(Changes(assets=frozenset({"a00029"})))
    assert "a00029" not in names(reel)


@pytest.mark.parametrize(("wanted", "shown"), [
    (Filter(words="23 picture"), ["a00023"]), (Filter(origin="imported"), ["a00003"]),
    (Filter(starred=True), ["a00004"]), (Filter(trashed=True), ["a00005"])])
def test_filters(reel: Reel, document: MemoryDocument, wanted: Filter, shown: list[str]) -> None:
    changed = {"a00003": make(3, origin="imported"), "a00004": make(4, stars=2),
               "a00005": make(5, is_trashed=True)}
    document.project.kept |= changed
    document.changed.emit(Changes(assets=frozenset(changed)))
    reel.model.set_filter(wanted)
    assert names(reel) == shown


def test_keys_give_stars_and_move_to_the_trash(reel: Reel, document: MemoryDocument, qtbot: QtBot) -> None:
    reel.select("a00028")
    qtbot.keyClick(reel._view, Qt.Key.Key_4)
    assert document.project.kept["a00028"].stars == 4
    with qtbot.waitSignal(reel.trashed):
        qtbot.keyClick(reel._view, Qt.Key.Key_Delete)
    assert document.project.kept["a00028"].is_trashed


def test_thumbnails_arrive_and_only_what_is_seen_is_read(qtbot: QtBot) -> None:
    document = MemoryDocument(10_000)
    widget = Reel(document, panels())  # type: ignore[arg-type]
    qtbot.addWidget(widget)
    widget.resize(900, 200)
    widget.reload()
    widget.show()
    first = widget.model.index(0)
    qtbot.waitUntil(lambda: first.data(Qt.ItemDataRole.DecorationRole) is not None)
    assert first.data(Qt.ItemDataRole.DecorationRole).width() > 0
    assert len(document.project.thumbnails_read) < 60
    widget.close_down()


def test_a_drag_carries_ids_and_files(reel: Reel) -> None:
    reel._files.prepare([reel.model.asset_at(reel.model.index(0))])
    mime = reel.model.mimeData([reel.model.index(0)])
    assert bytes(mime.data(ASSET_MIME).data()) == b"a00029"
    assert Path(mime.urls()[0].toLocalFile()).name == "Picture 29.png"


def test_the_menu_of_a_result_offers_its_settings_and_of_the_trash_only_restoring(reel: Reel) -> None:
    made = [action.text() for action in reel.menu([make(1)]).actions()]
    assert {"Use these settings", "Use this seed", "Vary", "Send to", "Export…", "Show lineage"} <= set(made)
    assert [a.text() for a in reel.menu([make(1, is_trashed=True)]).actions()] == ["Restore"]


def test_an_empty_project_says_what_comes_here(qtbot: QtBot) -> None:
    widget = Reel(MemoryDocument(0), panels())  # type: ignore[arg-type]
    qtbot.addWidget(widget)
    widget.show()
    assert widget._empty.isVisible()
    widget.close_down()
