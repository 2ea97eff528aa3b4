"""One connection to a project file: queries, transactions, and what they changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from studio.core.events import Event
from studio.project.changes import Changes, Pending
from studio.project.failures import ProjectReadOnly, translated
from studio.project.undo import History, Step

Values = Sequence[Any] | dict[str, Any]


class Database:
    """Wraps a connection in autocommit mode. One thread at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path, read_only_reason: str) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        """Why nothing can be changed, an English sentence; empty if it can."""
        self.changed: Event[Changes] = Event()
        self.history = History(connection, is_writable=not read_only_reason)
        self.connection = connection
        self._pending: Pending | None = None

    def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """Every row of a query."""
        with translated(self.path):
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row of a query, if there is one."""
        with translated(self.path):
            found: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
            return found

    def write(self, sql: str, values: Values = ()) -> int:
        """Run a statement inside a transaction; how many rows it changed."""
        with translated(self.path):
            return self.connection.execute(sql, values).rowcount

    def write_many(self, sql: str, values: Iterable[Values]) -> int:
        """Run a statement for each of ``values``; how many rows were changed."""
        with translated(self.path):
            return self.connection.executemany(sql, values).rowcount

    @contextmanager
    def transaction(self, label: str = "") -> Generator[Pending]:
        """All or nothing. Inside another one it joins that: one commit, one undo step, one event.

        Raises ProjectReadOnly, or StudioError for a full disk; the file is then as it was before.
        """
        if self._pending is not None:
            with self._savepoint():
                yield self._pending
            return
        self._refuse_if_read_only()
        pending, step = Pending(label), None
        with translated(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
        self._pending, mark = pending, self.history.mark()
        try:
            yield pending
            step = self.history.step_since(mark, label)
            self._commit()
        except BaseException:
            self._rollback()
            raise
        finally:
            self._pending = None
        self._announce(pending, step)

    def undo(self) -> None:
        """Take back the newest step; nothing happens if there is none."""
        self._reverse(self.history.undoable, self.history.redoable)

    def redo(self) -> None:
        """Do the step undone last again; nothing happens if there is none."""
        self._reverse(self.history.redoable, self.history.undoable)

    def close(self) -> None:
        """Close the connection; what was not committed is gone."""
        self._rollback()
        self.connection.close()

    def _reverse(self, source: list[Step], target: list[Step]) -> None:
        self._refuse_if_read_only()
        if not source:
            return
        step = source[-1]
        with translated(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                mark = self.history.mark()
                assets = self.history.reverse(step)
                back = self.history.step_since(mark, step.label)
                self._commit()
            except BaseException:
                self._rollback()
                raise
        source.pop()
        if back is not None:
            target.append(back)
        self.changed.emit(Changes(step.label, assets=frozenset(assets), undo=True))

    @contextmanager
    def _savepoint(self) -> Generator[None]:
        self.write("SAVEPOINT inner")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:  # a full disk may already have ended it
                self.connection.execute("ROLLBACK TO inner")
                self.connection.execute("RELEASE inner")
            raise
        self.write("RELEASE inner")

    def _commit(self) -> None:
        with translated(self.path):
            self.connection.execute("COMMIT")

    def _rollback(self) -> None:
        if self.connection.in_transaction:  # SQLite rolls back by itself when the disk is full
            self.connection.execute("ROLLBACK")

    def _announce(self, pending: Pending, step: Step | None) -> None:
        if step is not None:
            self.history.push(step)
            pending.undo = True
        changes = pending.freeze()
        if changes:
            self.changed.emit(changes)

    def _refuse_if_read_only(self) -> None:
        if self.read_only_reason:
            raise ProjectReadOnly("This project cannot be changed here.", self.read_only_reason)
