"""What a person sees in the reel: names, stars, trash."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from studio.core.errors import StudioError
from studio.core.jobs import AssetKind
from studio.project.database import Database
from studio.project.failures import damaged

Origin = Literal["made", "imported"]
_COLUMNS = """asset.id, kind, name, media_type, asset.sha256, coalesce(blob.size, 0) AS size,
    created, origin, stars, trashed IS NOT NULL AS is_trashed, facts, task, seed, job
    FROM asset LEFT JOIN blob ON blob.sha256 = asset.sha256"""
_INSERT = """INSERT INTO asset
    (id, kind, name, media_type, sha256, created, origin, stars, facts, task, seed, job)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_LONGEST_NAME = 200
"""Characters of an asset's name."""


@dataclass(frozen=True, slots=True)
class Asset:
    """Something made here or brought in."""

    id: str
    kind: AssetKind
    name: str
    media_type: str
    sha256: str
    size: int
    """Bytes of the content."""
    created: str
    """ISO 8601, UTC."""
    origin: Origin
    stars: int = 0
    """0 to 5."""
    is_trashed: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Width, height, seconds of sound, words: what a list shows."""
    task: str = ""
    seed: int = 0
    job: str = ""

    @property
    def panel(self) -> str:
        """The panel whose task made it; tasks are named after their panel."""
        return self.task.partition(".")[0]


class Assets:
    """The assets of a project."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def newest(self, *, trashed: bool = False, since: str | None = None) -> list[Asset]:
        """Newest first: the reel, or the trash; only what came after asset ``since``, if given."""
        after = "seq > coalesce((SELECT seq FROM asset WHERE id = ?), 0)"
        return self._where(f"(trashed IS NOT NULL) = ? AND {after}", (trashed, since))

    def get(self, asset: str) -> Asset:
        """One asset. Raises StudioError if there is none of that id."""
        found = self.among((asset,))
        if not found:
            raise StudioError("This is not in the project any more.", details=f"asset {asset}")
        return found[0]

    def among(self, ids: Iterable[str]) -> list[Asset]:
        """Those of ``ids`` that exist, newest first, with one query."""
        return self._where("asset.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))

    def made_by(self, job: str) -> list[Asset]:
        """What a job made, in the order it was made; the trash is left out."""
        return self._where("job = ? AND trashed IS NULL", (job,))[::-1]

    def with_content(self, sha256: str, origin: Origin) -> Asset | None:
        """The first asset of that content and origin."""
        found = self._where("asset.sha256 = ? AND origin = ?", (sha256, origin))
        return found[-1] if found else None

    def add(self, asset: Asset) -> None:
        """Store a new asset, inside a transaction; its content is there already."""
        with self._db.transaction() as pending:
            facts = json.dumps(dict(asset.facts), ensure_ascii=False)
            self._db.write(_INSERT, (
                asset.id, asset.kind, asset.name, asset.media_type, asset.sha256, asset.created, asset.origin,
                asset.stars, facts, asset.task, signed(asset.seed), asset.job))
            pending.assets.add(asset.id)

    def rename(self, asset: str, name: str) -> None:
        """Give it another name; an empty one is refused."""
        if not (clean := clean_name(name)):
            raise StudioError("A name needs at least one letter.")
        self._update("Rename", (asset,), "name = ?", clean)

    def star(self, assets: Iterable[str], stars: int) -> None:
        """Give each 0 to 5 stars."""
        if not 0 <= stars <= 5:
            raise StudioError("There can be 0 to 5 stars, not {stars}.", stars=stars)
        self._update("Change stars", assets, "stars = ?", stars)

    def trash(self, assets: Iterable[str]) -> None:
        """Move to the trash, where they stay until it is emptied."""
        self._update("Move to trash", assets, "trashed = coalesce(trashed, ?)", now())

    def restore(self, assets: Iterable[str]) -> None:
        """Take out of the trash."""
        self._update("Restore", assets, "trashed = ?", None)

    def _update(self, label: str, assets: Iterable[str], change: str, value: object) -> None:
        ids = list(dict.fromkeys(assets))
        with self._db.transaction(label) as pending:
            query = f"UPDATE asset SET {change} WHERE id = ?"  # noqa: S608 change is a literal above
            if self._db.write_many(query, [(value, asset) for asset in ids]) < len(ids):
                raise StudioError("This is not in the project any more.")
            pending.assets.update(ids)

    def _where(self, condition: str, values: Sequence[object]) -> list[Asset]:
        query = f"SELECT {_COLUMNS} WHERE {condition} ORDER BY seq DESC"
        try:
            return [_asset(row) for row in self._db.rows(query, values)]
        except ValueError as error:
            raise damaged(self._db.path, repr(error)) from error


def new_id() -> str:
    """An id that no other asset or job has."""
    return uuid.uuid4().hex


def now() -> str:
    """The time as the project keeps it: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def clean_name(name: str) -> str:
    """``name`` on one line, without control characters, at most 200 characters."""
    # a lone surrogate stands for a byte of a file name that is no text; SQLite cannot store it
    text = name.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_NAME].strip()


def signed(number: int) -> int:
    """An unsigned 64-bit seed as the signed one SQLite stores."""
    return number - (1 << 64) if number >= 1 << 63 else number


def _unsigned(number: int) -> int:
    return number + (1 << 64) if number < 0 else number


def _asset(row: sqlite3.Row) -> Asset:
    # by position, in the order of _COLUMNS: a reel lists ten thousand of these
    facts = json.loads(row[10])
    if not isinstance(facts, dict):
        raise ValueError("facts are not an object")
    return Asset(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], bool(row[9]), facts,
                 row[11], _unsigned(row[12]), row[13])
