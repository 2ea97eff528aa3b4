"""One job's way: out of the project, through the engine process, and back into the project."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from studio.core.jobs import JobState, Outcome, Problem
from studio.engines.messages import PartDone, Progress, Run, Status, Wrote
from studio.project.assets import Asset
from studio.ui.document import Document
from studio.ui.jobs import Job, keep, keep_part, pixels_of, prepare
from studio.ui.lane import Lane
from studio.ui.timings import Timings


class Passage(QObject):
    """Takes one job at a time. The next may start while the results of the last are still being saved."""

    changed = Signal(object)
    """Job: state or progress."""
    previewed = Signal(object, object)
    """Job, QImage."""
    wrote = Signal(object, object)
    """Job, Wrote."""
    ended = Signal(object)
    """Job, committed."""
    is_free = Signal()
    """The next job may start."""

    def __init__(self, document: Document, lane: Lane, spool: Path, timings: Timings,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._lane, self._spool, self._timings = document, lane, spool, timings
        self.current: Job | None = None
        """The job that runs."""
        self._number = 0
        self._is_abandoned = False
        self._unsaved: dict[str, Outcome] = {}
        self._status = Status("queue")
        lane.progressed.connect(self._on_progress)
        lane.previewed.connect(self._on_preview)
        lane.wrote.connect(self._on_wrote)
        lane.part_done.connect(self._on_part)
        lane.ended.connect(self._on_ended)
        lane.status.connect(self._on_status)

    def start(self, job: Job, task: str, device: str) -> None:
        """Begin ``job``; there must be no current one."""
        self.current, self._number, self._is_abandoned = job, 0, False
        job.state, job.started = JobState.RUNNING, time.monotonic()
        self.changed.emit(job)
        work = partial(prepare, job=job.id, request=job.request, task=task, device=device, spool=self._spool)
        self._document.call(work, partial(self._run, job), partial(self._not_prepared, job))

    def stop(self) -> None:
        """Stop the current job; it ends as cancelled."""
        if self.current and not self.current.is_stopping:
            self.current.is_stopping = True
            if self._number:
                self._lane.cancel(self._number)
            self.changed.emit(self.current)

    def finish(self) -> None:
        """End the current job early and keep what is there."""
        if self._number:
            self._lane.finish(self._number)

    def abandon(self) -> None:
        """Stop the current job without a word in the project, which offers it again when opened next."""
        self._is_abandoned = True
        self.stop()

    def save_again(self, job: Job) -> bool:
        """Try once more to save what ``job`` made; False if there is nothing to save."""
        outcome = self._unsaved.pop(job.id, None)
        if outcome:
            job.state = JobState.RUNNING
            self._save(job, outcome)
        return outcome is not None

    def close(self, job: Job, state: JobState, problem: Problem | None = None) -> None:
        """Commit how ``job`` ended without a result, then say so."""
        done = partial(self._closed, job, state, problem)
        self._document.call(lambda project: project.set_job(job.id, state, problem),
                            lambda _: done(), lambda _: done())

    # ---- on the way out

    def _run(self, job: Job, work: Run) -> None:
        if job.is_stopping:
            self._on_ended(0, Outcome(JobState.CANCELLED))
        else:
            job.started = time.monotonic()
            self._number = self._lane.start_run(work)

    def _not_prepared(self, job: Job, problem: Problem) -> None:
        self._on_ended(0, Outcome(JobState.FAILED, problem=problem))

    # ---- under way

    def _on_progress(self, number: int, progress: Progress) -> None:
        if self.current and number == self._number:
            self.current.take(progress)
            self.changed.emit(self.current)

    def _on_preview(self, number: int, image: QImage) -> None:
        if self.current and number == self._number:
            self.previewed.emit(self.current, image)

    def _on_wrote(self, number: int, wrote: Wrote) -> None:
        if self.current and number == self._number:
            self.wrote.emit(self.current, wrote)

    def _on_part(self, number: int, part: PartDone) -> None:
        if self.current and number == self._number:
            job = self.current.id
            self._document.call(lambda project: keep_part(project, job, part))

    def _on_status(self, status: Status) -> None:
        self._status = status

    # ---- on the way back

    def _on_ended(self, number: int, outcome: Outcome) -> None:
        job = self.current
        if job is None or number != self._number:
            return
        self.current, self._number = None, 0
        job.notes, job.seconds, job.fraction, job.eta = outcome.notes, outcome.seconds, None, None
        if outcome.state is JobState.DONE:
            self._save(job, outcome)
        elif self._is_abandoned:
            job.reset()
        else:
            self.close(job, outcome.state, outcome.problem)
        self.is_free.emit()

    def _save(self, job: Job, outcome: Outcome) -> None:
        self._document.call(partial(keep, job=job, outcome=outcome, versions=self._status.versions),
                            partial(self._saved, job, outcome), partial(self._not_saved, job, outcome))

    def _saved(self, job: Job, outcome: Outcome, assets: tuple[Asset, ...]) -> None:
        job.assets = assets
        pixels = pixels_of(outcome)
        self._document.call(lambda project: self._timings.record(job.request, pixels, outcome.seconds),
                            failed=lambda problem: None)  # a lost timing is no news
        self._closed(job, JobState.DONE, None)

    def _not_saved(self, job: Job, outcome: Outcome, problem: Problem) -> None:
        self._unsaved[job.id] = outcome
        self._closed(job, JobState.FAILED, problem)

    def _closed(self, job: Job, state: JobState, problem: Problem | None) -> None:
        job.state, job.problem, job.is_stopping = state, problem, False
        self.changed.emit(job)
        self.ended.emit(job)
