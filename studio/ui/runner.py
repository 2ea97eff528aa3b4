"""The queue: one job at a time on its own engine process, every result committed before it is shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from studio.core import places
from studio.core.jobs import JobState, Problem, Request
from studio.engines import spool
from studio.engines.messages import HostSettings, Status
from studio.project.delivery import Delivery
from studio.project.jobs import JobRow
from studio.ui.document import Document
from studio.ui.jobs import Job, enqueue_again, move, new_jobs, restored
from studio.ui.lane import Lane
from studio.ui.passage import Passage
from studio.ui.previews import Previews, Wish
from studio.ui.timings import Timings

_LOW_MEMORY = 2 << 30
"""Bytes free below which the interactive lane gives up its models before a job starts."""


@dataclass(frozen=True, slots=True)
class Stats:
    """For the status bar."""

    memory: int = 0
    """Bytes the engine processes hold."""
    device: str = ""
    """Where the last job ran: cpu, cuda or mps; empty before the first."""
    models: tuple[str, ...] = ()


class Runner(QObject):
    """Works the queue of the open project off, in order. Signals come in the UI thread.

    A job is in the project before it starts, and its results are before `ended` says so; a window that
    is killed at any moment finds the rest of the queue again. One job's failure never stops the others.
    """

    changed = Signal(object)
    """Job: state or progress."""
    previewed = Signal(object, object)
    """Job, QImage: how it looks so far."""
    wrote = Signal(object, object)
    """Job, Wrote: more of the text it writes."""
    ended = Signal(object)
    """Job in a final state, already committed."""
    queue_changed = Signal()
    """Jobs came, went or changed places; or the queue was paused or goes on."""
    stats_changed = Signal(object)
    """Stats."""

    def __init__(self, document: Document, tasks: Mapping[str, str], *, host: HostSettings | None = None,
                 memory_share: float = 0.5, device: str = "auto", parent: QObject | None = None) -> None:
        """``tasks`` maps `Request.task` to the task's ``module:class``. ``memory_share`` of the free memory
        may be kept by warm models. ``host`` changes how engine processes are set up (tests)."""
        super().__init__(parent)
        self.device = device
        """What jobs from now on are to run on: auto, cpu, cuda or mps."""
        self._document, self._tasks, self._spool = document, dict(tasks), spool.folder()
        self._jobs: list[Job] = []
        self._is_paused = self._is_closed = False
        self._halted: Callable[[], None] | None = None
        self._statuses: dict[str, Status] = {}
        self._timings = Timings()
        settings = host or HostSettings("", self._spool, self._spool, memory_share=memory_share / 2)
        self._lane, self._quick = (self._make_lane(name, settings) for name in ("queue", "preview"))
        self._previews = Previews(self._quick, document, self._spool, self)
        self._passage = Passage(document, self._lane, self._spool, self._timings, self)
        self._passage.changed.connect(self._on_changed)
        self._passage.previewed.connect(self.previewed)
        self._passage.wrote.connect(self.wrote)
        self._passage.ended.connect(self._on_ended)
        self._passage.is_free.connect(self._pump)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_closed)

    # ---- what there is

    def jobs(self) -> list[Job]:
        """The queue in order: what waits, runs, and has ended in this session."""
        return list(self._jobs)

    @property
    def current(self) -> Job | None:
        """The job that runs."""
        return self._passage.current

    @property
    def waiting(self) -> list[Job]:
        """The jobs still to come, in order."""
        return [job for job in self._jobs if job.state is JobState.QUEUED]

    @property
    def is_paused(self) -> bool:
        """Whether nothing new starts until `resume`; so it is when a queue was found in a project."""
        return self._is_paused

    @property
    def lanes(self) -> tuple[Lane, Lane]:
        """The queue's lane and the interactive one."""
        return self._lane, self._quick

    @property
    def stats(self) -> Stats:
        """What the engine processes hold, and where they run."""
        found = [self._statuses[name] for name in ("queue", "preview") if name in self._statuses]
        device = next((status.device for status in found if status.device), "")
        models = tuple(dict.fromkeys(model for status in found for model in status.models))
        return Stats(sum(status.memory for status in found), device, models)

    def estimate(self, request: Request, pixels: int) -> float | None:
        """Seconds the request will take here for so many pixels; None if nothing like it was ever run."""
        return self._timings.estimate(request, pixels)

    # ---- what one can ask for

    def submit(self, requests: Sequence[Request], *, panel: str, label: str | Sequence[str],
               front: bool = False, batch: str = "", delivery: Delivery | None = None) -> list[Job]:
        """Put jobs at the end of the queue, or first in it. They are stored, then run.

        A queue on hold stays so while jobs wait in it; an empty one goes on. ``batch`` joins them to a batch
        that is under way; ``delivery`` says where their results go besides the project.
        """
        jobs, waiting = new_jobs(requests, panel, label, batch, delivery), self.waiting
        self._is_paused = self._is_paused and bool(waiting)
        at = self._jobs.index(waiting[0]) if front and waiting else len(self._jobs)
        self._jobs[at:at] = jobs
        rows = [job.row() for job in jobs]
        self._document.call(lambda project: project.add_jobs(rows, front=front),
                            lambda _: self._on_stored(jobs), partial(self._on_refused, jobs))
        self.queue_changed.emit()
        return jobs

    def stop(self, job: Job) -> None:
        """End it now, whether it waits or runs, and go on with the next; finished parts are kept."""
        if job is self.current:
            self._passage.stop()
        elif job.state is JobState.QUEUED:
            job.state, job.is_stopping = JobState.CANCELLED, True
            self._passage.close(job, JobState.CANCELLED)

    def skip(self, job: Job) -> None:
        """Leave it out and go on with the next; `retry` brings it back."""
        self.stop(job)

    def finish(self, job: Job) -> None:
        """End a running job early and keep what is there as its result."""
        if job is self.current:
            self._passage.finish()

    def stop_now(self) -> None:
        """Stop what runs and hold the rest."""
        self.pause()
        self._passage.stop()

    def stop_after_this(self) -> None:
        """Let the running job end and hold the rest."""
        self.pause()

    def pause(self) -> None:
        """Start nothing new until `resume`."""
        self._is_paused = True
        self.queue_changed.emit()

    def resume(self) -> None:
        """Go on with the queue."""
        self._is_paused = False
        self.queue_changed.emit()
        self._pump()

    def retry(self, job: Job) -> None:
        """Do a failed or stopped job again; a result that could not be saved is only saved again."""
        if job.state not in (JobState.FAILED, JobState.CANCELLED) or job.is_stopping:
            return
        job.reset()
        if not self._passage.save_again(job):
            job.is_stored = False
            row = job.row()
            self._document.call(lambda project: enqueue_again(project, row),
                                lambda _: self._on_stored([job]), partial(self._on_refused, [job]))
        self.changed.emit(job)
        self.queue_changed.emit()

    def move(self, job: Job, position: int) -> None:
        """Make a waiting job the ``position``-th of those that wait, from 0."""
        if job.state is not JobState.QUEUED:
            return
        others = [other for other in self.waiting if other is not job]
        before = others[position] if position < len(others) else None
        self._jobs.remove(job)
        self._jobs.insert(self._jobs.index(before) if before else len(self._jobs), job)
        self._document.call(partial(move, job=job.id, before=before.id if before else None))
        self.queue_changed.emit()

    def remove(self, job: Job) -> None:
        """Forget a job that does not run; what it made stays in the project."""
        if job in self._jobs and job.state is not JobState.RUNNING:
            self._jobs.remove(job)
            self._document.call(lambda project: project.remove_job(job.id))
            self.queue_changed.emit()

    def preview(self, request: Request, then: Callable[[QImage], None],
                failed: Callable[[Problem], None] | None = None,
                said: Callable[[str], None] | None = None) -> None:
        """A quick look on a process of its own: the newest replaces older ones, nothing is stored. ``said``
        hears an answer that is a text."""
        self._previews.ask(Wish(request, self._tasks[request.task], self.device, then, failed, said))

    def warm(self, task: str) -> None:
        """Start the interactive process and import what ``task`` needs, so that the first look is quick."""
        self._quick.warm(self._tasks[task])

    def restore(self, rows: Sequence[JobRow]) -> None:
        """Offer the queue of a project: it waits until `resume`. Jobs known already are left as they are."""
        known, over = {job.id for job in self._jobs}, (JobState.DONE, JobState.CANCELLED)
        news = [restored(row) for row in rows if row.id not in known and row.state not in over]
        self._jobs = news + self._jobs
        self._is_paused = self._is_paused or any(job in news for job in self.waiting)
        self.queue_changed.emit()

    def reload(self) -> None:
        """Offer the queue of the open project, as happens by itself whenever one is opened."""
        self._document.call(lambda project: project.jobs(), self.restore)

    def halt(self, then: Callable[[], None]) -> None:
        """Make ready for another project: what runs is stopped, and offered again when this one is opened
        next; then ``then`` is called."""
        self._previews.cancel()
        self._halted = then
        if self.current:
            self._passage.abandon()
        else:
            self._pump()

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Stop everything and wait for it; whether all ended in time. What ran is offered again next time."""
        self._is_closed = True
        end = time.monotonic() + timeout_ms / 1000
        for lane in self.lanes:
            lane.begin_shutdown()
        done = [lane.shutdown(max(0, round((end - time.monotonic()) * 1000))) for lane in self.lanes]
        return all(done)

    # ---- what happens

    def _make_lane(self, name: str, settings: HostSettings) -> Lane:
        log = places.cache() / "logs" / f"{self._spool.parent.name}-{self._spool.name[:8]}-{name}.log"
        lane = Lane(replace(settings, name=name, spool=self._spool / name, log=log), self,
                    decodes_results=name == "preview")
        lane.status.connect(self._on_status)
        return lane

    def _pump(self) -> None:
        """Start the next job if there is one and it may."""
        if self.current or self._is_closed:
            return
        if self._halted:
            self._leave()
        elif not self._is_paused:
            job = next((job for job in self.waiting if job.is_stored), None)
            if job:
                self._quick.trim(_LOW_MEMORY)
                self._passage.start(job, self._tasks.get(job.request.task, job.request.task), self.device)

    def _leave(self) -> None:
        then, self._halted = self._halted, None
        self._jobs, self._is_paused = [], False
        self.queue_changed.emit()
        if then:
            then()

    def _on_opened(self) -> None:
        self._jobs, self._is_paused = [], False
        if not self._document.read_only:
            self._document.call(lambda project: project.forget_over_jobs())
        self.reload()

    def _on_closed(self) -> None:
        if self._is_closed:  # not before: finished parts may still be on their way into the project
            spool.remove(self._spool)

    def _on_stored(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            job.is_stored = True
        self._pump()

    def _on_refused(self, jobs: Sequence[Job], problem: Problem) -> None:
        for job in jobs:
            job.state, job.problem = JobState.FAILED, problem
            self.changed.emit(job)
            self.ended.emit(job)

    def _on_changed(self, job: Job) -> None:
        self.changed.emit(job)

    def _on_ended(self, job: Job) -> None:
        self.ended.emit(job)
        self.queue_changed.emit()

    def _on_status(self, status: Status) -> None:
        self._statuses[status.name] = status
        self.stats_changed.emit(self.stats)
