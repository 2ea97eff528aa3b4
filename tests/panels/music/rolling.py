"""Hands on the piano roll for tests: drags, clicks and keys where notes are; a player without sound."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.core.arrangement import Arrangement, Strip
from studio.core.jobs import JobState, Request
from studio.core.score import TICKS, Key, Metre, Note, Score, Tempo, Track
from studio.core.text import Token
from studio.media.arrangement_midi import write_arrangement
from studio.panels.music.live import Passage, encode
from studio.panels.music.view import MusicView
from tests.ui.fake_services import FakeAsset, FakeJob, FakeProject

CTRL, ALT, SHIFT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
                    Qt.KeyboardModifier.ShiftModifier)
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
BAR = 4 * TICKS


def piece() -> Arrangement:
    """Four bars: a melody of quarter notes from C4 up, a bass, and a beat."""
    melody = tuple(Note(at * TICKS, 60 + at % 8, TICKS, 80) for at in range(16))
    bass = tuple(Note(at * BAR, 48, BAR, 70) for at in range(4))
    beat = tuple(Note(at * TICKS, 36 if at % 2 == 0 else 38, TICKS // 4, 100) for at in range(16))
    score = Score((Track(melody, 73), Track(bass, 32), Track(beat, 0, drums=True)), (Tempo.of(120),),
                  (Metre(0, 4, 4),), (Key(0, 0),), length=4 * BAR)
    return Arrangement(score, (Strip(), Strip(), Strip()))


def start(view: MusicView, arrangement: Arrangement) -> None:
    """Put ``arrangement`` on the roll, with nothing to undo and every note in view."""
    view.page.sheet.show(arrangement)
    view.page.roll.set_zoom(36.0, 11)
    view.page.roll.look_at_pitch(60)
    view.page.roll.setFocus()
    QApplication.processEvents()


def notes(view: MusicView, track: int = 0) -> tuple[Note, ...]:
    """Those of a track, as they are now."""
    return view.page.sheet.arrangement.score.tracks[track].notes


def middle(view: MusicView, note: Note) -> QPoint:
    """Where ``note`` is on the roll."""
    area = view.page.roll.map
    return area.rect(note.start, note.length, note.pitch).center().toPoint()


def place(view: MusicView, tick: int, pitch: int) -> QPoint:
    """Where a note would be."""
    area = view.page.roll.map
    return QPointF(area.x_of(tick) + 1, area.y_of(pitch) + area.row / 2).toPoint()


def drag(view: MusicView, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """Press, move in two steps, let go."""
    port = view.page.roll.viewport()
    QTest.mousePress(port, LEFT, keys, start)
    for point in ((start + end) / 2, end):
        QTest.mouseMove(port, point)
        move(view, point, keys)
    QTest.mouseRelease(port, LEFT, keys, end)


def move(view: MusicView, point: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """The pointer with the button held, as Qt tells it."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    port = view.page.roll.viewport()
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), port.mapToGlobal(QPointF(point)), LEFT, LEFT,
                        keys)
    QApplication.sendEvent(port, event)


def click(view: MusicView, point: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """Press and let go."""
    QTest.mouseClick(view.page.roll.viewport(), LEFT, keys, point)


def key(view: MusicView, *names: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    """Keys on the roll."""
    for name in names:
        QTest.keyClick(view.page.roll, name, keys)


class FakePlayer(QObject):
    """Plays when told to, as fast as a test wants."""

    moved = Signal(int)
    state_changed = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.state, self.reason, self.tick = "stopped", "", 0
        self.arrangement: Arrangement | None = None
        self.loop: tuple[int, int] | None = None
        self.volume, self.grows, self.is_closed = 0.0, False, False

    def set_arrangement(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement

    def set_grows(self, grows: bool) -> None:
        self.grows = grows

    def play(self, from_tick: int | None = None) -> None:
        self.tick = self.tick if from_tick is None else from_tick
        self._be("playing")

    def pause(self) -> None:
        self._be("paused")

    def stop(self) -> None:
        self._be("stopped")
        self.go(0)

    def seek(self, tick: int) -> None:
        self.tick = tick

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        self.loop = loop

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def close(self, timeout_ms: int = 5000) -> bool:
        self.is_closed = True
        return True

    def go(self, tick: int) -> None:
        """Time goes on."""
        self.tick = tick
        self.moved.emit(tick)

    def _be(self, state: str) -> None:
        self.state = state
        self.state_changed.emit()


class Composer:
    """Composes what a test tells it, by way of the view's own signals."""

    def __init__(self, view: MusicView, project: FakeProject) -> None:
        self.view, self.project = view, project
        self.requests: list[Request] = []
        self.told: list[str] = []
        view.run_requested.connect(self._on_run)
        view.told.connect(self.told.append)

    def begin(self, at: int = 0) -> FakeJob:
        """Request number ``at`` runs now."""
        self.job = FakeJob(self.requests[at])
        self.view.show_job(self.job)
        return self.job

    def tell(self, *notes: Note, bar: int = 0) -> None:
        """A finished bar, in two halves, as a stream brings it."""
        line = encode(Passage(bar, bar * BAR, BAR, "4/4", 120.0, ((0, Track(notes, 0)),)))
        for half in (line[:20], line[20:]):
            self.view.show_written(self.job, [Token(half, 1.0)])

    def end(self, arrangement: Arrangement, name: str = "piece") -> FakeAsset:
        """It is done and kept."""
        asset = score_asset(self.project, arrangement, name)
        self.job.state, self.job.assets = JobState.DONE, (asset,)
        self.view.show_job(self.job)
        self.view.show_asset(asset, QImage())
        return asset

    def _on_run(self, requests: Sequence[Request]) -> None:
        self.requests = list(requests)


def score_asset(project: FakeProject, arrangement: Arrangement, name: str = "piece") -> FakeAsset:
    """A score of the project."""
    data = write_arrangement(arrangement)
    sha256 = hashlib.sha256(data + name.encode()).hexdigest()
    asset = FakeAsset(f"id-{sha256[:6]}", name, sha256, "score")
    project.assets[asset.id], project.blobs[sha256] = asset, data
    return asset


def shifted(by: int) -> Arrangement:
    """`piece`, transposed: another one."""
    made = piece()
    return replace(made, score=made.score.transposed(by))
