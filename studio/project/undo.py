"""Undo and redo, owned by the document, after SQLite's own recipe (sqlite.org/undoredo.html).

Temporary triggers write what an asset was before each change into a log; a step is a range of that log
with a label. So no operation can forget to be undoable. Both live as long as the connection: a reopened
document starts with nothing to undo, and nothing is lost by that, because undoing an addition only moves
the asset to the trash.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

_SETUP = """
CREATE TEMP TABLE undo_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, asset INTEGER NOT NULL, id TEXT NOT NULL,
    name TEXT NOT NULL, stars INTEGER NOT NULL, trashed TEXT);
CREATE TEMP TRIGGER undo_add AFTER INSERT ON main.asset WHEN new.trashed IS NULL BEGIN
    INSERT INTO undo_log (asset, id, name, stars, trashed)
    VALUES (new.seq, new.id, new.name, new.stars, new.created);
END;
CREATE TEMP TRIGGER undo_change AFTER UPDATE OF name, stars, trashed ON main.asset
WHEN old.name IS NOT new.name OR old.stars IS NOT new.stars OR old.trashed IS NOT new.trashed BEGIN
    INSERT INTO undo_log (asset, id, name, stars, trashed)
    VALUES (old.seq, old.id, old.name, old.stars, old.trashed);
END;
"""
_RANGE = "FROM undo_log WHERE seq BETWEEN ? AND ?"


@dataclass(frozen=True, slots=True)
class Step:
    """A range of the log: first and last sequence number, both included."""

    label: str
    first: int
    last: int


class History:
    """The steps that can be undone and redone, newest last."""

    def __init__(self, connection: sqlite3.Connection, *, is_writable: bool) -> None:
        self._connection = connection
        self.undoable: list[Step] = []
        self.redoable: list[Step] = []
        if is_writable:
            connection.executescript(_SETUP)

    def mark(self) -> int:
        """Where the log stands."""
        row = self._connection.execute("SELECT coalesce(max(seq), 0) FROM undo_log").fetchone()
        return int(row[0])

    def step_since(self, mark: int, label: str) -> Step | None:
        """What was logged after ``mark`` as one step, or None if nothing was."""
        last = self.mark()
        return Step(label, mark + 1, last) if last > mark else None

    def push(self, step: Step) -> None:
        """A new step was committed: what had been undone can no longer be redone."""
        self.undoable.append(step)
        self.redoable.clear()

    def reverse(self, step: Step) -> set[str]:
        """Run the step backwards, inside the caller's transaction; the assets touched.

        The triggers log the way back while this runs.
        """
        span = (step.first, step.last)
        log = self._connection.execute(
            f"SELECT name, stars, trashed, asset, id {_RANGE} ORDER BY seq DESC", span).fetchall()
        self._connection.executemany("UPDATE asset SET name = ?, stars = ?, trashed = ? WHERE seq = ?",
                                     [row[:4] for row in log])
        self._connection.execute(f"DELETE {_RANGE}", span)
        return {row[4] for row in log}

    def clear(self) -> None:
        """Forget everything: what the log would bring back is gone."""
        self._connection.execute("DELETE FROM undo_log")
        self.undoable.clear()
        self.redoable.clear()
