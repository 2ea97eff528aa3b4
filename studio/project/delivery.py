"""Where a result goes besides the project, and the batches that are under way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from studio.project.database import Database

_PUT = "INSERT INTO batch VALUES (?, ?) ON CONFLICT DO UPDATE SET data = excluded.data"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file to write once a job is done. ``paths`` are those written; empty until then."""

    folder: str
    """Made if it is missing."""
    template: str = ""
    """Its name, as `studio.project.naming` fills it; "" keeps the result's own."""
    format: str = ""
    """Id of an exporter; "" writes the result as its task encoded it."""
    source: str = ""
    """The file the result is made from."""
    index: int = 1
    """Its number in the batch, for the template."""
    paths: tuple[str, ...] = ()

    def to_json(self) -> str:
        """As the project keeps it. A path that is no text keeps its bytes."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote; unknown fields are ignored. Raises ValueError, TypeError."""
        data = json.loads(text)
        known = {item.name for item in fields(cls)}
        found = {name: value for name, value in data.items() if name in known}
        return cls(**found | {"paths": tuple(found.get("paths", ()))})


class Batches:
    """What was asked of each unfinished batch, as plain JSON values. Undo does not cover it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> dict[str, dict[str, Any]]:
        """By id; those that cannot be read any more are left out."""
        found = {}
        for row in self._db.rows("SELECT id, data FROM batch ORDER BY id"):
            try:
                data = json.loads(row[1])
            except ValueError:
                continue
            if isinstance(data, dict):
                found[str(row[0])] = data
        return found

    def put(self, batch: str, data: Mapping[str, Any]) -> None:
        """Keep what was asked of it."""
        with self._db.transaction():
            self._db.write(_PUT, (batch, json.dumps(dict(data))))

    def forget(self, batch: str) -> None:
        """It is over; nothing happens if it is not known."""
        with self._db.transaction():
            self._db.write("DELETE FROM batch WHERE id = ?", (batch,))
