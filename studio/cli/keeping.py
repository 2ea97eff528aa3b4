"""Keeps results and their recipes in a project, for ``--project``."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from studio.cli.inputs import Files
from studio.core.errors import StudioError
from studio.core.jobs import Input, Outcome, Request
from studio.engines.context import versions
from studio.media import files as media_files
from studio.project.facts import kind_of
from studio.project.store import Asset, Project


class Keeper:
    """A project that is made with its first result, so that a failed run leaves no empty one.

    Use it as a context manager. Raises StudioError at once if the project cannot take results.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._project: Project | None = None

    def __enter__(self) -> Self:
        if os.path.lexists(self._path):
            self._project = opened(self._path)
        else:
            media_files.check_target(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._project:
            self._project.close()

    def keep(self, request: Request, outcome: Outcome, files: Files, label: str) -> list[str]:
        """Store inputs, outputs and recipe in one go, undone as ``label``; the ids of what was made."""
        project = self._project = self._project or Project.create(self._path)
        with project.transaction(label):
            inputs = tuple(self._input(project, item, files) for item in request.inputs)
            made = project.add_outcome(
                replace(request, inputs=inputs), outcome, job=None, versions=versions()
            )
        return [asset.id for asset in made]

    def _input(self, project: Project, item: Input, files: Files) -> Input:
        """``item`` tied to its asset: one that is there already, so that lineage is kept, or a new one."""
        known = (asset for asset in project.assets() if asset.sha256 == item.sha256)
        asset = next(known, None) or _brought_in(project, files.paths[item.sha256], item.name)
        return replace(item, asset=asset.id)


def _brought_in(project: Project, path: Path, name: str) -> Asset:
    return project.import_file(path, name, kind_of(path))


def opened(path: Path) -> Project:
    """The project at ``path``, for changing it. Raises StudioError also where it can only be read."""
    project = Project.open(path)
    if project.read_only:
        reason = project.read_only_reason
        with suppress(StudioError):
            project.close()
        raise StudioError("{name} cannot be changed: {reason}", name=path.name, reason=reason)
    return project
