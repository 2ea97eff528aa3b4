"""What stands in the panels' forms, and facts about the document itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from studio.project.assets import clean_name
from studio.project.database import Database

_PUT_DRAFT = "INSERT INTO draft VALUES (?, ?) ON CONFLICT DO UPDATE SET data = excluded.data"
_PUT_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"


class Drafts:
    """Every panel's draft. Undo does not cover it: fields have their own."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, panel: str) -> dict[str, Any]:
        """What was in the panel's form; empty if nothing was, or if it cannot be read any more."""
        row = self._db.row("SELECT data FROM draft WHERE panel = ?", (panel,))
        try:
            data = json.loads(row[0]) if row else {}
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    def set(self, panel: str, data: Mapping[str, Any]) -> None:
        """Keep what is in the panel's form: plain JSON values."""
        text = json.dumps(dict(data), ensure_ascii=False)
        row = self._db.row("SELECT data FROM draft WHERE panel = ?", (panel,))
        if row is None or row[0] != text:
            with self._db.transaction() as pending:
                self._db.write(_PUT_DRAFT, (panel, text))
                pending.drafts.add(panel)


class Title:
    """The document's title; its file name until it gets one."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self) -> str:
        """The title, never empty."""
        row = self._db.row("SELECT value FROM meta WHERE key = 'title'")
        return str(row[0]) if row and row[0] else clean_name(self._db.path.stem)

    def set(self, title: str) -> None:
        """Give it another title; an empty one means the file's name."""
        with self._db.transaction() as pending:
            self._db.write(_PUT_META, ("title", clean_name(title)))
            pending.title = True
