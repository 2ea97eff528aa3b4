"""One batch at work: finds the files, brings them into the project, queues them, and keeps the report."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from studio.core.errors import StudioError
from studio.core.jobs import JobState, Problem, Request, problem_of
from studio.media.sources import reading_problem, size_of
from studio.project.batch.finished import Finished, request_in
from studio.project.batch.folders import Found, Listing, holds, walk
from studio.project.batch.report import Report, Row, readable
from studio.project.batch.settle import Settling
from studio.project.jobs import JobRow
from studio.project.store import Project
from studio.ui.batch_order import BatchOrder
from studio.ui.document import Document
from studio.ui.drops import PICTURES
from studio.ui.jobs import Job
from studio.ui.runner import Runner
from studio.ui.translation import problem_texts
from studio.ui.widgets.background import in_background

_SOON_MS = 300
"""After the folder changed; several changes are one look."""
_LOOK_MS = 1000
"""Between looks while a file is not whole yet."""
_SELDOM_MS = 5000
"""Between looks at a folder whose system does not tell of changes."""


class BatchRun(QObject):
    """Takes one file after the other, so that the first result does not wait for the last file to be read."""

    changed = Signal()
    """The report or the number of files grew."""
    over = Signal()
    """Everything has ended and nothing more is waited for."""

    def __init__(self, order: BatchOrder, document: Document, runner: Runner,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.order, self.report = order, Report()
        self._document, self._runner = document, runner
        self._files = Files(order)
        self._todo: list[Found] = []
        self._known: dict[Path, int] = {}
        self._pending: dict[str, str] = {}
        self._is_looking = self._is_preparing = self._is_stopped = self._is_over = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _: self._soon.start(_SOON_MS))
        runner.ended.connect(self._on_ended)

    @property
    def count(self) -> int:
        """Files found so far."""
        return len(self._known)

    @property
    def ended(self) -> int:
        """Files that are done, skipped or failed."""
        return len(self.report.rows)

    @property
    def is_watching(self) -> bool:
        """Whether it waits for files still to come."""
        return self.order.watch and not self._is_stopped

    def start(self, rows: Sequence[JobRow] = ()) -> None:
        """Begin, or go on with ``rows``, the jobs that are in the queue from last time."""
        for row in rows:
            self._adopt(row)
        self._look()

    def stop(self) -> None:
        """Take no more files, and stop the jobs that wait or run."""
        self._is_stopped = True
        self._todo.clear()
        for job in self._jobs():
            self._runner.stop(job)
        self._end_if_over()

    def deliver(self, row: JobRow) -> None:
        """The result of ``row`` is written."""
        if row.delivery is not None and row.batch == self.order.id:
            self._end(row.id, Row(row.delivery.source, "done", row.delivery.paths))

    def refuse(self, row: JobRow, problem: Problem) -> None:
        """The result of ``row`` is in the project, but could not be written."""
        if row.delivery is not None and row.batch == self.order.id:
            self._end(row.id, Row(row.delivery.source, "failed", reason=_words(problem)))

    # ---- which files

    def _look(self) -> None:
        """Look at the folder off the UI thread, once at a time."""
        if not self._is_looking and not self._is_stopped and not self._is_over:
            self._is_looking = True
            in_background(self, self._files.look, self._take)

    def _take(self, seen: Listing) -> None:
        self._is_looking = False
        for folder, error in seen.unread:
            self.report.add(Row(str(folder), "failed", reason=_words(problem_of(error))))
        news = [found for found in seen.files if not self._is_stopped
                and (self.order.watch or found.path not in self._known)]
        for found in news:
            self._known.setdefault(found.path, len(self._known) + 1)
        self._todo += news
        if self.is_watching:
            self._watch({str(found.path.parent) for found in seen.files} | {str(self.order.folder)})
        self._next()

    def _watch(self, folders: set[str]) -> None:
        """Look again when the system tells of a change, and now and then in case it does not."""
        if news := sorted(folders - set(self._watcher.directories())):
            self._watcher.addPaths(news)
        self._soon.start(_LOOK_MS if self._files.is_waiting else _SELDOM_MS)

    # ---- one file after the other

    def _next(self) -> None:
        if self._is_preparing:
            return
        if not self._todo:
            self._end_if_over()
            return
        self._is_preparing = True
        found = self._todo.pop(0)
        in_background(self, partial(self._files.prepare, found), partial(self._prepared, found))

    def _prepared(self, found: Found, answer: str | Row | StudioError) -> None:
        if isinstance(answer, Row):
            self._settle(answer)
        elif isinstance(answer, StudioError):
            self._fail(found, _words(problem_of(answer)))
        else:
            self._document.call(partial(_bring, found.path), partial(self._submit, found),
                                partial(self._not_brought, found))

    def _submit(self, found: Found, brought: tuple[str, str]) -> None:
        if not self._is_stopped:
            order, (asset, sha256) = self.order, brought
            name = readable(found.path.name)
            request = order.request_for(sha256, name, asset)
            delivery = order.delivery_for(found, self._known[found.path])
            [job] = self._runner.submit([request], panel=order.panel, label=name, batch=order.id,
                                        delivery=delivery)
            self._pending[job.id] = str(found.path)
        self._go_on()

    def _not_brought(self, found: Found, problem: Problem) -> None:
        self._fail(found, _words(problem))

    def _fail(self, found: Found, reason: str) -> None:
        """A file that is still being written, in a folder that is watched, gets another chance."""
        if self.order.watch and self._files.postpone(found.path):
            self._go_on()
        else:
            self._settle(Row(str(found.path), "failed", reason=reason))

    def _settle(self, row: Row) -> None:
        self.report.add(row)
        self._go_on()

    def _go_on(self) -> None:
        self._is_preparing = False
        self.changed.emit()
        self._next()

    # ---- jobs

    def _adopt(self, row: JobRow) -> None:
        if row.delivery is None:
            return
        path = row.delivery.source
        self._known[Path(path)] = row.delivery.index
        self._files.pass_over(Path(path))
        if row.state is JobState.FAILED and row.problem is not None:
            self.report.add(Row(path, "failed", reason=_words(row.problem)))
        elif not row.state.is_final:
            self._pending[row.id] = path

    def _jobs(self) -> list[Job]:
        return [job for job in self._runner.jobs() if job.batch == self.order.id and not job.state.is_final]

    def _on_ended(self, job: Job) -> None:
        """Done is said once it is delivered."""
        if job.batch != self.order.id or job.delivery is None or job.state is JobState.DONE:
            return
        reason = _words(job.problem) if job.problem else self.tr("It was stopped.")
        if job.state is JobState.CANCELLED and not self._jobs() and self._todo:
            self.stop()  # all that was queued was stopped at once: so is the rest
        self._end(job.id, Row(job.delivery.source, "failed", reason=reason))

    def _end(self, job: str, row: Row) -> None:
        self._pending.pop(job, None)
        self.report.add(row)
        self.changed.emit()
        self._end_if_over()

    def _end_if_over(self) -> None:
        """Look once more before the end: files may have come meanwhile."""
        is_busy = self._todo or self._pending or self._is_preparing or self._is_looking
        if is_busy or self.is_watching or self._is_over:
            return
        if self._is_stopped or self._files.is_done:
            self._is_over = True
            self._runner.ended.disconnect(self._on_ended)
            self.over.emit()
        else:
            self._look()


class Files:
    """The part that reads disks; one call at a time, off the UI thread."""

    def __init__(self, order: BatchOrder) -> None:
        self._order = order
        self._settling = Settling()
        self._finished = Finished(with_seed=False)
        self._passed_over: set[Path] = set()
        self._seen: set[Path] = set()
        self.is_done = False
        """Whether the last look found nothing new."""

    @property
    def is_waiting(self) -> bool:
        """Whether a file is there that is not whole yet."""
        return self._settling.is_waiting

    def look(self) -> Listing:
        """The files to take now: all where nobody waits for more, else those that are whole. Never raises."""
        order = self._order
        listing = walk(order.folder, PICTURES, deep=order.deep, without=order.out)
        fresh = [found for found in listing.files if found.path not in self._passed_over]
        if order.watch:
            ready = set(self._settling.look(found.path for found in fresh))
            return Listing([found for found in fresh if found.path in ready])
        news = [found for found in fresh if found.path not in self._seen]
        self.is_done = not news
        unread = [] if self._seen else listing.unread
        self._seen.update(found.path for found in news)
        return Listing(news, unread)

    def prepare(self, found: Found) -> str | Row | StudioError:
        """Its SHA-256; or why it is skipped, or what is wrong with it. Never raises."""
        try:
            sha256 = _digest(found.path)
        except StudioError as error:
            return error
        request = self._order.request_for(sha256, readable(found.path.name))
        if self._is_own(found, request):
            return Row(str(found.path), "skipped", reason="It was made by this command.")
        old = self._finished.find(self._order.folder_for(found), request, found.path.stem) \
            if self._order.skip else None
        return Row(str(found.path), "skipped", (str(old),), "It is there already.") if old else sha256

    def postpone(self, path: Path) -> bool:
        """Whether somebody may still be writing to it; then it comes again."""
        is_young = self._settling.is_young(path)
        if is_young:
            self._settling.postpone(path)
        return is_young

    def pass_over(self, path: Path) -> None:
        """It is in the queue already."""
        self._passed_over.add(path)

    def _is_own(self, found: Found, request: Request) -> bool:
        if not holds(self._order.out, found.path):
            return False
        made = request_in(found.path)
        return made is not None and made.task == request.task


def _words(problem: Problem) -> str:
    """What happened and what to do, in the person's language."""
    return " ".join(filter(None, problem_texts(problem)))


def _digest(path: Path) -> str:
    size_of(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise reading_problem(path, error) from error


def _bring(path: Path, project: Project) -> tuple[str, str]:
    """The asset and the SHA-256 of a file, in the project now."""
    asset = project.import_file(path, path.stem)
    return asset.id, asset.sha256
