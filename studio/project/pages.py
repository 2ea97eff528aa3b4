"""Pages of writing: a snapshot of each and a journal of the edits since, so that to keep a keystroke costs
no more in a novel than in a note."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from studio.core.errors import StudioError
from studio.core.manuscript import Edit, Manuscript
from studio.project.database import Database
from studio.project.failures import damaged

_FOLD = 3_000_000
"""Characters of journal after which it becomes part of the snapshot at once: a long day's writing. To write
a snapshot keeps Python busy for a moment, so it is mostly done when a page is loaded."""
_FOLD_AT_LOAD = 20_000
_PUT = "INSERT INTO page VALUES (?, ?) ON CONFLICT DO UPDATE SET data = excluded.data"
_SIZE = "SELECT coalesce(sum(length(data)), 0) FROM page_edit WHERE panel = ?"


class Pages:
    """One page for each panel that has one. Undo does not cover it: the page has its own."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._sizes: dict[str, int] = {}

    def get(self, panel: str) -> Manuscript:
        """The page as it was left; empty if there is none. Raises ProjectDamaged."""
        page = self._read(panel)
        if not self._db.read_only_reason and self._size(panel) > _FOLD_AT_LOAD:
            self.set(panel, page)
        return page

    def set(self, panel: str, page: Manuscript) -> None:
        """Let the whole page be ``page``."""
        with self._db.transaction():
            self._db.write(_PUT, (panel, _json(page.to_json())))
            self._db.write("DELETE FROM page_edit WHERE panel = ?", (panel,))
        self._sizes[panel] = 0

    def add(self, panel: str, edits: Sequence[Edit]) -> None:
        """Keep ``edits``, made in this order since the last ones."""
        data = _json([edit.to_json() for edit in edits])
        size = self._size(panel) + len(data)
        with self._db.transaction():
            self._db.write("INSERT INTO page_edit (panel, data) VALUES (?, ?)", (panel, data))
        self._sizes[panel] = size
        if size > _FOLD:
            self.set(panel, self._read(panel))

    def _read(self, panel: str) -> Manuscript:
        row = self._db.row("SELECT data FROM page WHERE panel = ?", (panel,))
        rows = self._db.rows("SELECT data FROM page_edit WHERE panel = ? ORDER BY seq", (panel,))
        try:
            page = Manuscript.from_json(json.loads(row[0])) if row else Manuscript()
            return page.apply(*(Edit.from_json(edit) for kept in rows for edit in json.loads(kept[0])))
        except (ValueError, TypeError, RecursionError, StudioError) as error:
            raise damaged(self._db.path, f"page of {panel}: {error!r}"[:300]) from error

    def _size(self, panel: str) -> int:
        if panel not in self._sizes:
            row = self._db.row(_SIZE, (panel,))
            self._sizes[panel] = int(row[0]) if row else 0
        return self._sizes[panel]


def _json(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
