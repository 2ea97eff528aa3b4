"""The queue in the window: the chip, the list, the menu, and the chips for device and memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.core import guard
from studio.core.errors import StudioError
from studio.ui.notices import Offer
from studio.ui.parts import Parts
from studio.ui.widgets.background import in_background

if TYPE_CHECKING:
    from studio.project.store import JobRow
    from studio.ui.jobs import Job
    from studio.ui.queue_view import QueueView
    from studio.ui.runner import Stats

_LOOK_MS = 2000
"""How often memory and connections are read."""
_NAMES = {"cpu": "CPU", "cuda": "NVIDIA GPU", "mps": "Apple GPU"}


class QueueDesk(QObject):
    """Keeps chip and list in step with the runner."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._runner, self._window, self._document = parts.runner, parts.window, parts.document
        self._status = parts.window.status
        self._view: QueueView | None = None
        self._runner.queue_changed.connect(self._on_queue)
        self._runner.changed.connect(self._on_job)
        self._runner.stats_changed.connect(self._on_stats)
        self._status.queue.clicked.connect(self.toggle)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._wanted = parts.kept.preferences.device

    def start(self) -> None:
        """Show the device, memory and connections from now on; the menus are there."""
        self._timer.start()
        self.set_device(self._wanted)
        self._look()
        self._on_queue()

    def toggle(self) -> None:
        """Open the list, or close it."""
        if self._view is not None and self._view.isVisible():
            self._view.hide()
            return
        from studio.ui.queue_view import QueueView

        if self._view is None:
            self._view = QueueView(self._window.room, self._runner)
            self._view.hidden.connect(lambda: self._status.queue.setChecked(False))
        self._status.queue.setChecked(True)
        self._view.refresh()
        self._view.open_view()

    def pause_or_go_on(self) -> None:
        """Pause the queue, or go on with it."""
        if self._runner.is_paused:
            self._runner.resume()
        else:
            self._runner.pause()

    def stop_now(self) -> None:
        """Stop what runs; the rest goes on."""
        if self._runner.current:
            self._runner.stop(self._runner.current)

    def skip(self) -> None:
        """Leave the running job out."""
        if self._runner.current:
            self._runner.skip(self._runner.current)

    def offer_rest(self) -> None:
        """A project was opened: offer the queue it still has."""
        self._document.call(lambda project: project.jobs(), self._offer)

    def set_device(self, wanted: str) -> None:
        """What jobs are to run on from now on."""
        self._runner.device = wanted
        in_background(self, partial(_describe, wanted), partial(self._show_device, wanted))

    def _offer(self, rows: Sequence[JobRow]) -> None:
        self._runner.restore(rows)
        if self._runner.is_paused and (count := len(self._runner.waiting)):
            self._window.notices.show_notice(
                self.tr("The queue of last time is still here: {count} waiting.").format(count=count),
                Offer(self.tr("Go on"), self._runner.resume), Offer(self.tr("Show"), self._open), seconds=0)

    def _open(self) -> None:
        if self._view is None or not self._view.isVisible():
            self.toggle()

    def _on_queue(self) -> None:
        self._show_count()
        if self._view is not None and self._view.isVisible():
            self._view.refresh()

    def _on_job(self, job: Job) -> None:
        self._show_count()
        if self._view is not None and self._view.isVisible():
            self._view.refresh_job(job)

    def _show_count(self) -> None:
        current = self._runner.current
        self._status.show_queue(len(self._runner.waiting), int(current is not None),
                                current.fraction if current else None, paused=self._runner.is_paused)
        has_work = current is not None or bool(self._runner.waiting)
        actions = self._window.actions_
        if "queue.pause" not in actions:
            return
        actions["queue.pause"].setText(self.tr("Go on with the queue") if self._runner.is_paused
                                       else self.tr("Pause the queue"))
        actions["queue.pause"].setEnabled(has_work)
        for name in ("queue.stop", "queue.after", "queue.skip"):
            actions[name].setEnabled(current is not None)

    def _on_stats(self, stats: Stats) -> None:
        if stats.device:
            self._status.device.say(_NAMES.get(stats.device, stats.device),
                                    self.tr("The last job ran on: {device}").format(device=stats.device))

    def _show_device(self, wanted: str, found: tuple[str, str]) -> None:
        kind, name = found
        self._status.device.say(_NAMES.get(kind or wanted, wanted), name, tone="muted" if kind else "warn")

    def _look(self) -> None:
        import psutil  # late: it takes a while, and the first look can wait

        memory = psutil.virtual_memory()
        self._status.show_memory(memory.total - memory.available, memory.total)
        self._status.show_connections(guard.connections())


def _describe(wanted: str) -> tuple[str, str]:
    """Kind and name of the device for ``wanted``; no kind, and why, where it cannot be had."""
    from studio.engines import devices

    try:
        device = devices.choose(wanted)
    except StudioError as error:
        return "", str(error)
    return device.kind, device.name
