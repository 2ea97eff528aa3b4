"""Texts in a project: what comes in, versions of a page that are kept, and who wrote what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from studio.core.manuscript import ORIGINS, Manuscript, Origin, Piece
from studio.project.assets import Asset, Assets, clean_name, new_id, now
from studio.project.blobs import Blobs, digest
from studio.project.database import Database
from studio.project.facts import of_text

_MODELS = """SELECT DISTINCT json_extract(model.value, '$.id') FROM recipe
    JOIN asset ON asset.id = recipe.asset, json_each(recipe.data, '$.models') AS model
    WHERE asset.task = ? OR asset.task LIKE ? || '.%' ORDER BY 1"""


class Texts:
    """The kept versions of pages."""

    def __init__(self, database: Database, blobs: Blobs, assets: Assets) -> None:
        self._db, self._blobs, self._assets = database, blobs, assets

    def keep(self, panel: str, name: str, page: Manuscript) -> Asset:
        """Keep ``page`` as a text; what was kept just so before is that again."""
        text = page.text
        data = text.encode("utf-8", "replace")
        facts: dict[str, Any] = {**of_text(text), "origins": dict(page.origins()), "runs": runs_of(page)}
        if any(count for origin, count in page.origins().items() if origin != "yours"):
            facts["models"] = [row[0] for row in self._db.rows(_MODELS, (panel, panel)) if row[0]]
        old = self._assets.with_content(digest(data), "made")
        if old and not old.is_trashed and old.panel == panel and old.facts.get("runs") == facts["runs"]:
            return old
        clean = clean_name(name) or "Untitled"
        asset = Asset(new_id(), "text", clean, "text/markdown", digest(data), len(data), now(), "made",
                      facts=facts, task=f"{panel}.page")
        with self._db.transaction("Keep a version"):
            self._blobs.put(data, asset.sha256)
            self._assets.add(asset)
        return asset


def taken_in(source: bytes | Path, name: str) -> tuple[bytes | Path, str]:
    """What a project keeps of a text file: its own bytes, but for a recipe; of a Word document Markdown.

    Raises StudioError for what is no text.
    """
    from studio.media.pages.formats import is_docx, read_text
    from studio.media.sources import load

    data = load(source)
    text = read_text(data, name or "This file")
    if is_docx(data):
        return text.encode(), f"{Path(name).stem}.md"
    return (text.encode(), name) if data.startswith(b"---\natelier: ") else (source, name)


def runs_of(page: Manuscript) -> list[int]:
    """Number of an origin and how many characters are of it, again and again."""
    groups = groupby(page.pieces, lambda piece: piece.origin)
    return [part for origin, pieces in groups
            for part in (ORIGINS.index(origin), sum(len(piece.text) for piece in pieces))]


def manuscript_of(text: str, facts: Mapping[str, Any]) -> Manuscript:
    """The page that was kept as ``text``, each part of its origin; what nothing is known of is yours."""
    return Manuscript(tuple(_pieces(text, facts.get("runs", ()))))


def _pieces(text: str, runs: Sequence[Any]) -> Iterator[Piece]:
    at = 0
    if all(isinstance(part, int) and part >= 0 for part in runs):
        for origin, length in zip(runs[::2], runs[1::2], strict=False):
            yield Piece(text[at:at + length], ORIGINS[origin] if origin < len(ORIGINS) else "yours")
            at += length
    yield Piece(text[at:])


def origins_of(asset: Asset, text: str) -> Mapping[Origin, int]:
    """Characters by origin; empty where it is not known, as of what was brought in.

    What a model's result begins with was its prompt, and counts as the person's.
    """
    known = asset.facts.get("origins")
    if isinstance(known, Mapping):
        return {origin: int(known.get(origin, 0)) for origin in ORIGINS}
    if asset.origin != "made":
        return {}
    start = min(int(asset.facts.get("start", 0) or 0), len(text))
    return {"yours": start, "model": len(text) - start, "edited": 0}
