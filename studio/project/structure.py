"""Whether a file that says it is a project has a project's tables, undamaged."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from studio.project.failures import damaged
from studio.project.migrate import SCHEMA_VERSION, create_schema, version_of

_COLUMNS = """SELECT part.name, piece.name, piece.type
    FROM sqlite_schema AS part, pragma_table_xinfo(part.name) AS piece WHERE part.type = 'table'"""
_NOT_CODE = re.compile(r"--[^\n]*|\s+")
_BIG = frozenset({"blob_chunk", "thumbnail", "part"})
"""Contents, which have a check of their own when they are read: looking at them all takes too long."""
Names = frozenset[tuple[str, ...]]


def check_structure(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ProjectDamaged unless all tables are there as they were made, the small ones sound, and nothing
    in the file runs by itself. Of a newer schema only the columns known here are asked for.

    Also lets sqlite3.Error through.
    """
    columns, statements = _expected()
    newer = version_of(connection) > SCHEMA_VERSION
    missing = columns - _columns(connection) if newer else statements - _statements(connection)
    if missing:
        raise damaged(path, f"missing in the schema: {sorted(missing)}")
    extra = connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchall()
    if extra:
        raise damaged(path, f"unexpected in the schema: {[row[0] for row in extra]}")
    for table in sorted({column[0] for column in columns} - _BIG):
        answer = connection.execute(f"PRAGMA quick_check({table})").fetchone()[0]
        if answer != "ok":
            raise damaged(path, f"{table}: {answer}")


@cache
def _expected() -> tuple[Names, Names]:
    """Columns and statements of a new project."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        create_schema(connection)
        return _columns(connection), _statements(connection)


def _columns(connection: sqlite3.Connection) -> Names:
    """(table, column, type) of every column."""
    return frozenset((row[0], row[1], row[2]) for row in connection.execute(_COLUMNS))


def _statements(connection: sqlite3.Connection) -> Names:
    """(type, name, table, SQL without comments and spaces) of everything that was created."""
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return frozenset((row[0], row[1], row[2], _NOT_CODE.sub("", row[3])) for row in found)
