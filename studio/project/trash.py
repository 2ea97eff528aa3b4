"""Emptying the trash: the one thing that cannot be undone."""

from __future__ import annotations

import json

from studio.project.database import Database
from studio.project.failures import translated

_PAGES_PER_COMMIT = 2048
"""How much the file shrinks at a time, so that no other reader waits long."""
_STILL_NEEDED = """
EXISTS (SELECT 1 FROM asset WHERE asset.sha256 = blob.sha256)
OR EXISTS (SELECT 1 FROM recipe_input WHERE recipe_input.sha256 = blob.sha256)
OR EXISTS (SELECT 1 FROM job WHERE state <> 'done' AND instr(request, blob.sha256))
OR EXISTS (SELECT 1 FROM draft WHERE instr(data, blob.sha256))"""


class Trash:
    """Frees what nothing needs any more."""

    def __init__(self, database: Database) -> None:
        self._db = database
        row = database.row("SELECT coalesce(max(id), 0) FROM blob")
        # contents that came in after this may be about to be used by a job not yet submitted
        self._last_old_blob = int(row[0]) if row else 0

    def sweep_interrupted(self) -> None:
        """Remove what an interrupted `Blobs.put` left: nothing can refer to it yet.

        A content marked incomplete that something does refer to is damage, and left as it is.
        """
        interrupted = f"FROM blob WHERE NOT is_complete AND NOT ({_STILL_NEEDED})"
        if self._db.row(f"SELECT 1 {interrupted} LIMIT 1"):
            with self._db.transaction():
                self._db.write(f"DELETE {interrupted}")

    def empty(self) -> int:
        """Delete trashed assets, and contents that no asset, recipe, waiting job or draft needs.

        Inputs of the recipes of live assets stay, so that these can be made again. Forgets what could be
        undone. Bytes freed.
        """
        before = self._file_size()
        with self._db.transaction() as pending:
            trashed = [row[0] for row in self._db.rows("SELECT id FROM asset WHERE trashed IS NOT NULL")]
            candidates = [row[0] for row in self._db.rows("""
                SELECT sha256 FROM asset WHERE trashed IS NOT NULL UNION
                SELECT recipe_input.sha256 FROM recipe_input JOIN asset ON asset.id = recipe_input.asset
                WHERE trashed IS NOT NULL""")]
            self._db.write("DELETE FROM asset WHERE trashed IS NOT NULL")
            self._db.write(f"""DELETE FROM blob WHERE is_complete AND
                (id <= ? OR sha256 IN (SELECT value FROM json_each(?))) AND NOT ({_STILL_NEEDED})""",  # noqa: S608
                (self._last_old_blob, json.dumps(candidates)))
            pending.assets.update(trashed)
            pending.undo = True
            self._db.history.clear()
        self._shrink()
        return max(before - self._file_size(), 0)

    def _shrink(self) -> None:
        while self._pragma("freelist_count"):
            left = self._pragma("freelist_count")
            with translated(self._db.path):
                # executescript, as execute stops after the first page
                self._db.connection.executescript(f"PRAGMA incremental_vacuum({_PAGES_PER_COMMIT})")
            if self._pragma("freelist_count") >= left:
                return

    def _file_size(self) -> int:
        return self._pragma("page_count") * self._pragma("page_size")

    def _pragma(self, name: str) -> int:
        row = self._db.row(f"PRAGMA {name}")
        return int(row[0]) if row else 0
