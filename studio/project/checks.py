"""Looks at a whole project file, every byte of content included."""

from __future__ import annotations

import sqlite3

from studio.core.errors import StudioError
from studio.project.blobs import Blobs
from studio.project.database import Database


def problems(database: Database, blobs: Blobs) -> list[str]:
    """What is wrong, in a technical word each; empty if the file is sound."""
    try:
        found = [str(row[0]) for row in database.rows("PRAGMA integrity_check") if row[0] != "ok"]
        orphans = database.rows("PRAGMA foreign_key_check")
        found += [f"{row[0]}: row {row[1]} refers to nothing" for row in orphans]
        contents = [row[0] for row in database.rows("SELECT sha256 FROM blob WHERE is_complete")]
    except StudioError as error:
        return [error.details or str(error)]
    except sqlite3.Error as error:
        return [repr(error)]
    return found + [problem for sha256 in contents if (problem := _content_problem(blobs, sha256))]


def _content_problem(blobs: Blobs, sha256: str) -> str:
    try:
        for _ in blobs.chunks(sha256):
            pass
    except StudioError as error:
        return error.details or str(error)
    return ""
