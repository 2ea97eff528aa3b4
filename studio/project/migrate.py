"""Brings older project files forward, one numbered script at a time, all in one transaction."""

from __future__ import annotations

import sqlite3
from importlib import resources

APPLICATION_ID = 0x41544C52
"""The letters ATLR: marks the file as ours (PRAGMA application_id, bytes 68 to 71)."""
SCHEMA_VERSION = 4
"""What this program writes (PRAGMA user_version, bytes 60 to 63)."""


def create_schema(connection: sqlite3.Connection) -> None:
    """Make an empty project in a new database."""
    # page size and auto_vacuum only take effect before the first table
    connection.executescript(f"""
        PRAGMA page_size = 8192;
        PRAGMA auto_vacuum = INCREMENTAL;
        BEGIN IMMEDIATE;
        PRAGMA application_id = {APPLICATION_ID};
        PRAGMA user_version = {SCHEMA_VERSION};
        {_script('schema.sql')}
        COMMIT;""")


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version a file was written with."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database to `SCHEMA_VERSION`, wholly or not at all."""
    steps = range(version_of(connection) + 1, SCHEMA_VERSION + 1)
    scripts = "\n".join(_migration(step) for step in steps)
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{scripts}\nPRAGMA user_version = {SCHEMA_VERSION};\nCOMMIT;")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _migration(number: int) -> str:
    folder = resources.files("studio.project") / "migrations"
    names = [item.name for item in folder.iterdir() if item.name.startswith(f"{number:04d}_")]
    return _script(f"migrations/{names[0]}")


def _script(name: str) -> str:
    return (resources.files("studio.project") / name).read_text(encoding="utf-8")
