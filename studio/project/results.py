"""How content gets into a project: results of jobs, and files people bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.core.jobs import AssetKind, JobState, Outcome, Output, Request
from studio.core.provenance import Recipe, recipes_of
from studio.project import scores
from studio.project.assets import Asset, Assets, clean_name, new_id, now
from studio.project.blobs import Blobs, digest
from studio.project.database import Database
from studio.project.facts import describe, of_text, without_suffix
from studio.project.jobs import Jobs
from studio.project.recipes import Recipes
from studio.project.texts import taken_in

Thumbnail = Callable[[bytes | Path, AssetKind], bytes]
"""Makes a small picture of a content; b"" where there is none to make."""


def media_thumbnail(data: bytes | Path, kind: AssetKind) -> bytes:
    """`studio.media.thumbs.thumbnail`, imported when first needed."""
    from studio.media.thumbs import thumbnail

    return thumbnail(data, kind)


class Results:
    """Adds contents with all that belongs to them, each time in one transaction."""

    def __init__(self, database: Database, blobs: Blobs, assets: Assets, recipes: Recipes, jobs: Jobs,
                 thumbnail: Thumbnail) -> None:
        self._db, self._blobs, self._assets = database, blobs, assets
        self._recipes, self._jobs, self._thumbnail = recipes, jobs, thumbnail

    def add_outcome(self, request: Request, outcome: Outcome, job: str,
                    versions: Mapping[str, str]) -> Sequence[Asset]:
        """Keep every output of a finished job, its recipe and thumbnail, and the job as done."""
        if outcome.state is not JobState.DONE:
            raise StudioError("Only a finished job has results to keep.", details=f"state {outcome.state}")
        recipes = recipes_of(request, outcome, versions)
        pictures = [self._small(output) for output in outcome.outputs]
        for output, recipe in zip(outcome.outputs, recipes, strict=True):
            self._blobs.put_ahead(output.data, recipe.digest)
        with self._db.transaction("Add result"):
            assets = [self._add(output, recipe, picture, job)
                      for output, recipe, picture in zip(outcome.outputs, recipes, pictures, strict=True)]
            if job:
                self._jobs.set_state(job, JobState.DONE)
        return assets

    def import_file(self, source: bytes | Path, name: str, kind: AssetKind) -> Asset:
        """Bring a content in. The same content again gives the same asset, out of the trash if it was there.

        Raises StudioError, in words, for what is not a whole file of that kind.
        """
        if kind == "text":
            source, name = taken_in(source, name)
        elif kind == "score":
            source = scores.taken_in(source, name)
        described = describe(source, name, kind)
        picture = self._thumbnail(source, kind)  # decodes it: what cannot be shown is not taken in
        sha256 = digest(source)
        old = self._assets.with_content(sha256, "imported")
        if old is not None:
            if old.is_trashed:
                self._assets.restore((old.id,))
            return self._assets.get(old.id)
        self._blobs.put_ahead(source, sha256)
        clean = clean_name(without_suffix(name)) or "Untitled"
        with self._db.transaction("Import"):
            self._blobs.put(source, sha256)
            size = self._blobs.size(sha256)
            asset = Asset(new_id(), kind, clean, described.media_type, sha256, size, now(), "imported",
                          facts=described.facts)
            self._assets.add(asset)
            self._keep_thumbnail(sha256, picture)
        return asset

    def thumbnail(self, asset: str) -> bytes:
        """Its small picture as a file, b"" if it has none."""
        return self.thumbnails((asset,)).get(asset, b"")

    def thumbnails(self, assets: Sequence[str]) -> dict[str, bytes]:
        """The small pictures of those that have one, with one query."""
        marks = ", ".join("?" * len(assets))
        return {row[0]: row[1] for row in self._db.rows(
            f"SELECT id, data FROM asset JOIN thumbnail USING (sha256) WHERE id IN ({marks})", list(assets))}  # noqa: S608

    def _add(self, output: Output, recipe: Recipe, picture: bytes, job: str) -> Asset:
        clean = clean_name(output.name) or "Untitled"
        asset = Asset(new_id(), output.kind, clean, output.media_type, recipe.digest, output.size, now(),
                      "made", facts=_facts(output), task=recipe.request.task, seed=output.seed, job=job)
        self._blobs.put(output.data, recipe.digest)
        self._assets.add(asset)
        self._recipes.add(asset.id, recipe)
        self._keep_thumbnail(recipe.digest, picture)
        return asset

    def _keep_thumbnail(self, sha256: str, picture: bytes) -> None:
        if picture:
            self._db.write("INSERT INTO thumbnail VALUES (?, ?) ON CONFLICT DO NOTHING", (sha256, picture))

    def _small(self, output: Output) -> bytes:
        if output.thumbnail:
            return output.thumbnail
        with suppress(StudioError, MemoryError):  # a result is never lost for want of its thumbnail
            return self._thumbnail(output.data, output.kind)
        return b""


def _facts(output: Output) -> dict[str, Any]:
    """The task's own, and of a text how it begins."""
    if output.kind != "text":
        return dict(output.facts)
    return of_text(output.read().decode("utf-8", "replace")) | dict(output.facts)
