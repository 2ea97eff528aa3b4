"""The document: one crash-safe file that holds everything made and how.

There is no Save: what a method here has done is on the disk when it returns.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO, Self

from studio.core.events import Event
from studio.core.jobs import AssetKind, JobState, Outcome, Problem, Request
from studio.core.manuscript import Edit, Manuscript
from studio.core.provenance import Recipe
from studio.project import checks, opening
from studio.project.assets import Asset, Assets
from studio.project.blobs import BlobFile, Blobs
from studio.project.changes import Changes, Pending
from studio.project.delivery import Batches
from studio.project.drafts import Drafts, Title
from studio.project.jobs import JobRow, Jobs
from studio.project.pages import Pages
from studio.project.recipes import Recipes
from studio.project.results import Results, Thumbnail, media_thumbnail
from studio.project.texts import Texts
from studio.project.trash import Trash

_BUFFER = 1 << 16
__all__ = ["Asset", "Changes", "JobRow", "Project"]


class Project:
    """An open document. One thread at a time; synchronous. Every method may raise StudioError: damaged
    file, full disk, drive gone; nothing is half done then. Methods that change something raise
    ProjectReadOnly where `read_only`.
    """

    def __init__(self, opened: opening.Opened, thumbnail: Thumbnail = media_thumbnail) -> None:
        self._opened, self._db = opened, opened.database
        self._blobs, self._assets, self._jobs = Blobs(self._db), Assets(self._db), Jobs(self._db)
        self._recipes = Recipes(self._db, self._assets)
        self._results = Results(self._db, self._blobs, self._assets, self._recipes, self._jobs, thumbnail)
        self._batches = Batches(self._db)
        self._drafts, self._title, self._trash = Drafts(self._db), Title(self._db), Trash(self._db)
        self._pages, self._texts = Pages(self._db), Texts(self._db, self._blobs, self._assets)

    @classmethod
    def create(cls, path: Path, *, thumbnail: Thumbnail = media_thumbnail) -> Self:
        """Make a new project at ``path`` and open it. An existing file is refused, never replaced."""
        opening.create(path)
        return cls.open(path, thumbnail=thumbnail)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, thumbnail: Thumbnail = media_thumbnail) -> Self:
        """Open a project; `read_only_reason` says why if it can only be read.

        Raises StudioError for what is no whole project; the file is then exactly as it was.
        """
        opened = opening.open_database(path, read_only=read_only)
        try:
            project = cls(opened, thumbnail)
            if not project.read_only:
                project._jobs.requeue_interrupted()
                project._trash.sweep_interrupted()
        except BaseException:
            opened.close()
            raise
        return project

    def close(self) -> None:
        """Give the file back. Safe more than once."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # The document

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._db.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return bool(self._db.read_only_reason)

    @property
    def read_only_reason(self) -> str:
        """Why not, an English sentence; empty if it can be changed."""
        return self._db.read_only_reason

    @property
    def changed(self) -> Event[Changes]:
        """Emitted after each commit, in the thread that made it."""
        return self._db.changed

    @property
    def title(self) -> str:
        """What the person calls it; the file's name at first."""
        return self._title.get()

    @title.setter
    def title(self, title: str) -> None:
        self._title.set(title)

    def transaction(self, label: str) -> AbstractContextManager[Pending]:
        """Make several changes one: all or nothing, one undo step, one `changed`."""
        return self._db.transaction(label)

    def integrity_check(self) -> list[str]:
        """What is wrong with the file, every content read; empty if it is sound. Takes a while."""
        return checks.problems(self._db, self._blobs)

    # Undo

    @property
    def can_undo(self) -> str | None:
        """What undo would take back, an English label, or None."""
        steps = self._db.history.undoable
        return steps[-1].label if steps else None

    @property
    def can_redo(self) -> str | None:
        """What redo would do again, or None."""
        steps = self._db.history.redoable
        return steps[-1].label if steps else None

    def undo(self) -> None:
        """Take the newest step back; adding is undone by moving to the trash."""
        self._db.undo()

    def redo(self) -> None:
        """Do it again."""
        self._db.redo()

    # Contents

    def put_blob(self, source: bytes | Path) -> str:
        """Keep a content that is no asset, such as a painted mask; its SHA-256."""
        return self._blobs.put(source)

    def blob(self, sha256: str) -> bytes:
        """A content by its SHA-256, checked."""
        return self._blobs.read(sha256)

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """A content piece by piece, a megabyte or less each; ProjectDamaged comes at its end, if at all."""
        return self._blobs.chunks(sha256)

    def content_file(self, sha256: str) -> BinaryIO:
        """A content as a file to read here and there in, unchecked. Raises StudioError if it is not here."""
        return io.BufferedReader(BlobFile(self._blobs, sha256), _BUFFER)

    def has_blob(self, sha256: str) -> bool:
        """Whether the content is here."""
        return self._blobs.has(sha256)

    def export_blob(self, sha256: str, path: Path) -> None:
        """Write a content to a file, whole or not at all, a piece at a time."""
        from studio.media.files import write_atomic

        pieces = self._blobs.chunks(sha256)
        write_atomic(path, lambda file: file.writelines(pieces))

    # Assets

    def add_outcome(self, request: Request, outcome: Outcome, *, job: str | None = None,
                    versions: Mapping[str, str] | None = None) -> Sequence[Asset]:
        """Keep the results of a finished job, in one transaction that also marks the job as done."""
        return self._results.add_outcome(request, outcome, job or "", versions or {})

    def import_file(self, source: Path | bytes, name: str = "", kind: AssetKind = "image") -> Asset:
        """Bring a file in, under ``name`` or its own. The same content again gives the same asset."""
        named = name or (source.name if isinstance(source, Path) else "")
        return self._results.import_file(source, named, kind)

    def assets(self, *, trashed: bool = False, since: str | None = None) -> Sequence[Asset]:
        """The reel or the trash, newest first; only what came after the asset ``since``, if given."""
        return self._assets.newest(trashed=trashed, since=since)

    def assets_among(self, ids: Iterable[str]) -> Sequence[Asset]:
        """Those of ``ids`` that exist, newest first: one query, for views that follow `changed`."""
        return self._assets.among(ids)

    def asset(self, asset: str) -> Asset:
        """One asset. Raises StudioError if there is none."""
        return self._assets.get(asset)

    def made_by(self, job: str) -> Sequence[Asset]:
        """What a job made, in order."""
        return self._assets.made_by(job)

    def content(self, asset: str) -> bytes:
        """Its bytes as they were made or brought in, checked."""
        return self._blobs.read(self._assets.get(asset).sha256)

    def thumbnail(self, asset: str) -> bytes:
        """A small JPEG or WebP of it, b"" if there is none."""
        return self._results.thumbnail(asset)

    def thumbnails(self, assets: Sequence[str]) -> dict[str, bytes]:
        """Many thumbnails with one query, by asset."""
        return self._results.thumbnails(assets)

    def recipe(self, asset: str) -> Recipe | None:
        """How it was made; None for what was brought in."""
        return self._recipes.get(asset)

    def parents(self, asset: str) -> Sequence[Asset]:
        """What it was made from."""
        return self._recipes.parents(asset)

    def children(self, asset: str) -> Sequence[Asset]:
        """What was made from it."""
        return self._recipes.children(asset)

    def rename(self, asset: str, name: str) -> None:
        """Call it something else."""
        self._assets.rename(asset, name)

    def star(self, assets: Iterable[str], stars: int) -> None:
        """Give each 0 to 5 stars."""
        self._assets.star(assets, stars)

    def trash(self, assets: Iterable[str]) -> None:
        """Move to the trash."""
        self._assets.trash(assets)

    def restore(self, assets: Iterable[str]) -> None:
        """Take out of the trash."""
        self._assets.restore(assets)

    def empty_trash(self) -> int:
        """Delete what is in the trash for good, and what only that needed; bytes freed. Not undoable."""
        return self._trash.empty()

    # The queue and the forms

    def jobs(self) -> Sequence[JobRow]:
        """Every job, in order; what was running when the program ended is queued again."""
        return self._jobs.all()

    def add_jobs(self, jobs: Sequence[JobRow], *, front: bool = False) -> Sequence[JobRow]:
        """Put jobs at the end of the queue, or before all that wait."""
        return self._jobs.add(jobs, front=front)

    def set_job(self, job: str, state: JobState, problem: Problem | None = None) -> None:
        """Keep how far a job is."""
        self._jobs.set_state(job, state, problem)

    def move_job(self, job: str, position: int) -> None:
        """Put a job at another place; the others close up."""
        self._jobs.move(job, position)

    def remove_job(self, job: str) -> None:
        """Forget a job and its parts."""
        self._jobs.remove(job)

    def forget_over_jobs(self) -> None:
        """Forget the jobs that are done and delivered, or were stopped: the queue does not grow for ever."""
        self._jobs.forget_over()

    def set_delivered(self, job: str, paths: Sequence[str]) -> None:
        """Note the files that a job's result was written to."""
        self._jobs.set_delivered(job, paths)

    def undelivered(self) -> Sequence[JobRow]:
        """The jobs that are done, but whose result is not yet where it was to go."""
        return self._jobs.undelivered()

    @property
    def batches(self) -> Batches:
        """The batches that are not over."""
        return self._batches

    def finish_part(self, job: str, key: str, data: bytes) -> None:
        """Keep a finished piece of a long job."""
        self._jobs.finish_part(job, key, data)

    def parts(self, job: str) -> dict[str, bytes]:
        """The finished pieces of a job that is not done."""
        return self._jobs.parts(job)

    def draft(self, panel: str) -> dict[str, Any]:
        """What stood in a panel's form."""
        return self._drafts.get(panel)

    def set_draft(self, panel: str, data: Mapping[str, Any]) -> None:
        """Keep what stands in a panel's form."""
        self._drafts.set(panel, data)

    def page(self, panel: str) -> Manuscript:
        """The page of writing in a panel; empty if nothing was written."""
        return self._pages.get(panel)

    def set_page(self, panel: str, page: Manuscript) -> None:
        """Let the whole page of a panel be ``page``."""
        self._pages.set(panel, page)

    def add_edits(self, panel: str, edits: Sequence[Edit]) -> None:
        """Keep what was edited on a panel's page; costs what changed, not the length of the page."""
        self._pages.add(panel, edits)

    def keep_page(self, panel: str, name: str, page: Manuscript) -> Asset:
        """Keep a version of a panel's page as a text in the reel; `texts.manuscript_of` gives it back."""
        return self._texts.keep(panel, name, page)
