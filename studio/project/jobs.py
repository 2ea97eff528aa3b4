"""The queue, kept so that it survives a restart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from studio.core.errors import StudioError
from studio.core.jobs import JobState, Problem, Request
from studio.project.assets import now
from studio.project.database import Database
from studio.project.delivery import Delivery
from studio.project.failures import damaged

_OVER = """(state = 'cancelled' OR state = 'done'
    AND coalesce(json_array_length(delivery, '$.paths'), 1) > 0)"""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as the project keeps it."""

    id: str
    request: Request
    label: str
    state: JobState = JobState.QUEUED
    position: int = 0
    """Its place among all jobs, 0 first. Given by the project when it is added."""
    panel: str = ""
    problem: Problem | None = None
    batch: str = ""
    """Jobs submitted together share one."""
    delivery: Delivery | None = None
    """Where its result goes besides the project."""


class Jobs:
    """The queue of a project. Undo does not cover it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> Sequence[JobRow]:
        """Every job, in order."""
        try:
            return [_job(row) for row in self._db.rows("SELECT * FROM job ORDER BY position, rowid")]
        except (ValueError, TypeError, KeyError) as error:
            raise damaged(self._db.path, repr(error)) from error

    def add(self, jobs: Sequence[JobRow], *, front: bool = False) -> Sequence[JobRow]:
        """Put jobs at the end of the queue, or before all that wait; the rows with their positions."""
        with self._db.transaction() as pending:
            created = now()
            for job in jobs:
                request = json.dumps(job.request.to_json(), ensure_ascii=False)
                self._db.write("INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (
                    job.id, job.panel, job.label, request, job.state, self._count(), job.batch,
                    _problem_json(job.problem), created, job.delivery and job.delivery.to_json()))
                pending.jobs.add(job.id)
            if front:
                for offset, job in enumerate(jobs):
                    self.move(job.id, self._first_waiting(jobs) + offset)
        places = {row[0]: row[1] for row in self._db.rows("SELECT id, position FROM job")}
        return [replace(job, position=places[job.id]) for job in jobs]

    def set_state(self, job: str, state: JobState, problem: Problem | None = None) -> None:
        """Keep how far a job is; its finished parts go once it is done."""
        with self._db.transaction() as pending:
            self._db.write("UPDATE job SET state = ?, problem = ? WHERE id = ?",
                           (state, _problem_json(problem), job))
            if state is JobState.DONE:
                self._db.write("DELETE FROM part WHERE job = ?", (job,))
            pending.jobs.add(job)

    def move(self, job: str, position: int) -> None:
        """Put a job at ``position``; the others close up."""
        order = [row[0] for row in self._db.rows("SELECT id FROM job ORDER BY position, rowid")]
        if job not in order:
            raise StudioError("This job is not in the queue any more.", details=f"job {job}")
        order.remove(job)
        order.insert(max(position, 0), job)
        self._number(order)

    def remove(self, job: str) -> None:
        """Forget a job and its parts; nothing happens if it is gone."""
        with self._db.transaction() as pending:
            self._db.write("DELETE FROM job WHERE id = ?", (job,))
            pending.jobs.add(job)
            self._number([row[0] for row in self._db.rows("SELECT id FROM job ORDER BY position, rowid")])

    def set_delivered(self, job: str, paths: Sequence[str]) -> None:
        """Note the files that a job's result was written to."""
        row = self._db.row("SELECT delivery FROM job WHERE id = ?", (job,))
        if row is not None and row[0] is not None:
            delivery = replace(Delivery.from_json(row[0]), paths=tuple(paths))
            with self._db.transaction() as pending:
                self._db.write("UPDATE job SET delivery = ? WHERE id = ?", (delivery.to_json(), job))
                pending.jobs.add(job)

    def undelivered(self) -> Sequence[JobRow]:
        """The jobs that are done, but whose result is not yet where it was to go."""
        return [job for job in self.all()
                if job.state is JobState.DONE and job.delivery is not None and not job.delivery.paths]

    def forget_over(self) -> None:
        """Forget the jobs that are done and delivered, or were stopped; their results and recipes stay."""
        over = [row[0] for row in self._db.rows(f"SELECT id FROM job WHERE {_OVER}")]  # noqa: S608 - a literal
        if over:
            with self._db.transaction() as pending:
                self._db.write(f"DELETE FROM job WHERE {_OVER}")  # noqa: S608 - a literal
                pending.jobs.update(over)
                self._number([row[0] for row in self._db.rows("SELECT id FROM job ORDER BY position, rowid")])

    def requeue_interrupted(self) -> None:
        """Offer the jobs that were running when the program ended again."""
        running = [row[0] for row in self._db.rows("SELECT id FROM job WHERE state = 'running'")]
        if running:
            with self._db.transaction() as pending:
                self._db.write("UPDATE job SET state = 'queued' WHERE state = 'running'")
                pending.jobs.update(running)

    def finish_part(self, job: str, key: str, data: bytes) -> None:
        """Keep a finished piece of a job."""
        with self._db.transaction():
            self._db.write("INSERT INTO part VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
                           (job, key, data))

    def parts(self, job: str) -> dict[str, bytes]:
        """The finished pieces of an unfinished job."""
        found = self._db.rows("SELECT key, data FROM part WHERE job = ? ORDER BY rowid", (job,))
        return {row[0]: row[1] for row in found}

    def _number(self, order: Sequence[str]) -> None:
        with self._db.transaction() as pending:
            self._db.write_many("UPDATE job SET position = ? WHERE id = ? AND position <> ?",
                                [(position, job, position) for position, job in enumerate(order)])
            pending.jobs.update(order)

    def _count(self) -> int:
        return int((self._db.row("SELECT count(*) FROM job") or (0,))[0])

    def _first_waiting(self, new: Sequence[JobRow]) -> int:
        ids = json.dumps([job.id for job in new])
        row = self._db.row("""SELECT min(position) FROM job WHERE state = 'queued'
            AND id NOT IN (SELECT value FROM json_each(?))""", (ids,))
        return self._count() if row is None or row[0] is None else int(row[0])


def _problem_json(problem: Problem | None) -> str | None:
    return None if problem is None else json.dumps(asdict(problem), ensure_ascii=False)


def _job(row: sqlite3.Row) -> JobRow:
    problem = None if row["problem"] is None else Problem(**json.loads(row["problem"]))
    request = Request.from_json(json.loads(row["request"]))
    delivery = None if row["delivery"] is None else Delivery.from_json(row["delivery"])
    return JobRow(row["id"], request, row["label"], JobState(row["state"]), row["position"], row["panel"],
                  problem, row["batch"], delivery)
