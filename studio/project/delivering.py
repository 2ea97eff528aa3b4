"""Writes the result of a finished job where it was to go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.core.errors import StudioError
from studio.media import embed
from studio.media.files import write_atomic, writing_problem
from studio.project import naming
from studio.project.assets import Asset
from studio.project.batch.finished import Finished
from studio.project.delivery import Delivery
from studio.project.exchange import to_text
from studio.project.exporters import EXPORTERS, export_assets
from studio.project.jobs import JobRow
from studio.project.store import Project

_ENDINGS = {"image/gif": ".gif", "image/apng": ".png"}
"""Of what leaves the project as it is, with its recipe, because no exporter writes it."""


def deliver(project: Project, job: JobRow) -> tuple[Path, ...]:
    """Write what ``job`` made and note that; the files. What is there from an earlier try is not made twice.

    Raises StudioError: no room, read-only, the folder cannot be made, the result is in the trash.
    """
    if job.delivery is None:
        return ()
    assets = project.made_by(job.id)
    if not assets:
        raise StudioError("The result of {name} is not in the project any more.", "Take it out of the trash.",
                          name=job.label)
    finished = Finished()
    paths = tuple(_old(project, asset, job.delivery, finished) or _write(project, asset, job.delivery)
                  for asset in assets)
    project.set_delivered(job.id, [str(path) for path in paths])
    return paths


def _old(project: Project, asset: Asset, delivery: Delivery, finished: Finished) -> Path | None:
    recipe = project.recipe(asset.id)
    if recipe is None:
        return None
    values = naming.values_of(_called(asset, delivery), recipe, delivery.index)
    stem = naming.fill(_template(delivery), values)
    return finished.find(Path(delivery.folder), recipe.request, naming.safe(stem), only_named_so=True)


def _write(project: Project, asset: Asset, delivery: Delivery) -> Path:
    folder = Path(delivery.folder)
    own = asset.media_type.rpartition("/")[2]
    if not delivery.format and asset.kind == "image" and own not in {item.id for item in EXPORTERS}:
        return _as_it_is(project, asset, delivery)
    [path] = export_assets(project, [_called(asset, delivery)], folder, format=delivery.format or own,
                           template=_template(delivery), first=delivery.index)
    return path


def _as_it_is(project: Project, asset: Asset, delivery: Delivery) -> Path:
    folder, recipe = Path(delivery.folder), project.recipe(asset.id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writing_problem(folder, error) from error
    values = naming.values_of(_called(asset, delivery), recipe, delivery.index)
    stem = naming.safe(naming.fill(_template(delivery), values))
    names = naming.candidates(stem, _ENDINGS.get(asset.media_type, ""))
    path = next(path for name in names if not (path := folder / name).exists())
    text = to_text(recipe) if recipe else ""
    write_atomic(path, lambda file: embed.put(project.pieces(asset.sha256), file, text))
    return path


def _template(delivery: Delivery) -> str:
    return delivery.template or "{name}"


def _called(asset: Asset, delivery: Delivery) -> Asset:
    """``asset`` under the name of the file it was made from, where a template asks for a name."""
    if not (delivery.template and delivery.source):
        return asset
    return replace(asset, name=Path(delivery.source).stem)
