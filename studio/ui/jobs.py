"""A job as the window shows it, and how it gets from the project to an engine process and back."""

from __future__ import annotations

import time
import uuid
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.core.jobs import JobState, Outcome, Problem, Request
from studio.engines.context import write_part
from studio.engines.messages import PartDone, Progress, Run
from studio.project.assets import Asset
from studio.project.delivery import Delivery
from studio.project.jobs import JobRow
from studio.project.store import Project

_TELLING = 0.05
"""Share of a job that must be done before its speed says when it ends."""


@dataclass(eq=False, slots=True)
class Job:
    """One request on its way. Changed by the `Runner` only, in the UI thread."""

    id: str
    request: Request
    label: str
    panel: str
    batch: str = ""
    """Jobs submitted together share one."""
    delivery: Delivery | None = None
    """Where its result goes besides the project."""
    state: JobState = JobState.QUEUED
    fraction: float | None = None
    """How far it is, 0 to 1; None where unknown."""
    text: str = ""
    """What it does now: a template for ``values``."""
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()
    """What it made, once it is done."""
    started: float | None = None
    """`time.monotonic` of its start."""
    seconds: float = 0.0
    """How long it took, once it ended."""
    eta: float | None = None
    """Seconds left, as far as one can tell."""
    is_stored: bool = False
    """Whether the project has it; it does not start before."""
    is_stopping: bool = False

    def reset(self) -> None:
        """Back to the state of a new one."""
        self.state, self.problem, self.fraction, self.text, self.eta = JobState.QUEUED, None, None, "", None
        self.started, self.is_stopping, self.notes, self.assets = None, False, (), ()

    def take(self, progress: Progress) -> None:
        """Note how far it is."""
        self.fraction, self.text, self.values = progress.fraction, progress.text, progress.values
        if self.started is not None and self.fraction and self.fraction > _TELLING:
            self.eta = (time.monotonic() - self.started) * (1 - self.fraction) / self.fraction

    def row(self) -> JobRow:
        """As the project keeps it."""
        return JobRow(self.id, self.request, self.label, self.state, panel=self.panel, problem=self.problem,
                      batch=self.batch, delivery=self.delivery)


def new_jobs(requests: Sequence[Request], panel: str, label: str | Sequence[str], batch: str = "",
             delivery: Delivery | None = None) -> list[Job]:
    """A job for each request; several share a batch. ``label`` is one for all, or one each."""
    batch = batch or (uuid.uuid4().hex if len(requests) > 1 else "")
    labels = [label] * len(requests) if isinstance(label, str) else label
    return [Job(uuid.uuid4().hex, request, name, panel, batch, delivery)
            for request, name in zip(requests, labels, strict=True)]


def restored(row: JobRow) -> Job:
    """The job of an earlier session; one that was running waits again."""
    state = row.state if row.state.is_final else JobState.QUEUED
    return Job(row.id, row.request, row.label, row.panel, row.batch, row.delivery, state, problem=row.problem,
               is_stored=True)


# ---- on the project's thread


@contextmanager
def _spooling() -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise StudioError("A temporary file could not be written: {reason}.",
                          "Free some space and try again.",
                          details=repr(error), reason=error.strerror or "unknown reason") from error


def prepare(project: Project, job: str, request: Request, task: str, device: str, spool: Path) -> Run:
    """Mark the job as running; lay its inputs and finished parts out as files. Raises StudioError."""
    project.set_job(job, JobState.RUNNING)
    parts = spool / "parts" / job
    with _spooling():
        for key, data in project.parts(job).items():
            write_part(parts, key, data)
    return Run(0, task, request, lay_out(project, request, spool), device, parts)


def lay_out(project: Project, request: Request, spool: Path) -> dict[str, Path]:
    """Write the request's inputs to files, unless they are there already. Raises StudioError."""
    folder = spool / "inputs"
    with _spooling():
        folder.mkdir(parents=True, exist_ok=True)
    paths = {item.sha256: folder / item.sha256 for item in request.inputs}
    for sha256, path in paths.items():
        if not path.exists():
            project.export_blob(sha256, path)
    return paths


def keep_part(project: Project, job: str, part: PartDone) -> None:
    """Keep a finished piece in the project. Raises StudioError."""
    with _spooling():
        data = part.path.read_bytes()
    project.finish_part(job, part.key, data)


def keep(project: Project, job: Job, outcome: Outcome, versions: Mapping[str, str]) -> tuple[Asset, ...]:
    """Commit what a job made, and that it is done. Raises StudioError."""
    made = tuple(project.add_outcome(job.request, outcome, job=job.id, versions=versions))
    for output in outcome.outputs:
        output.discard()
    return made


def move(project: Project, job: str, before: str | None) -> None:
    """Put a job before another one, or at the end. Raises StudioError."""
    order = [row.id for row in project.jobs() if row.id != job]
    project.move_job(job, order.index(before) if before in order else len(order))


def enqueue_again(project: Project, row: JobRow) -> None:
    """Let a job wait again; one that was never stored is stored now. Raises StudioError."""
    if any(known.id == row.id for known in project.jobs()):
        project.set_job(row.id, JobState.QUEUED)
    else:
        project.add_jobs([row])


def pixels_of(outcome: Outcome) -> int:
    """Pixels of all pictures made."""
    return sum(int(output.facts.get("width", 0)) * int(output.facts.get("height", 0))
               for output in outcome.outputs)
