"""Finds and brings in assets of the open project for whoever holds no project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studio.core.jobs import Request
from studio.core.manuscript import Manuscript
from studio.media.manuscript import decode
from studio.project.store import Asset, Project

if TYPE_CHECKING:
    from studio.ui.document import Document
    from studio.ui.panel_view import AssetLike


def find(document: Document, asset: str, then: Callable[[Asset | None], None]) -> None:
    """An asset by its id, or None."""
    document.call(lambda project: project.asset(asset), then, lambda _: then(None))


def import_bytes(document: Document, data: bytes, name: str, then: Callable[[Any], None]) -> None:
    """Bring an encoded picture in; answers an asset or a Problem."""
    document.call(lambda project: project.import_file(data, name), then, then)


def load_text(document: Document, asset: AssetLike, then: Callable[[Any], None]) -> None:
    """What a text asset says; answers a str or a Problem."""
    document.call(lambda project: decode(project.content(asset.id), asset.name), then, then)


def load_bytes(document: Document, asset: AssetLike, then: Callable[[Any], None]) -> None:
    """What an asset's file holds; answers bytes or a Problem."""
    document.call(lambda project: project.content(asset.id), then, then)


def keep_page(document: Document, panel: str, name: str, page: Manuscript,
              then: Callable[[Any], None]) -> None:
    """Keep ``page`` of ``panel`` as a text; answers its asset or a Problem."""
    document.call(lambda project: project.keep_page(panel, name, page), then, then)


def inputs_of(document: Document, request: Request, then: Callable[[dict[str, list[Asset]]], None]) -> None:
    """The inputs of ``request`` that are in the project, by role, in order."""
    document.call(lambda project: _inputs(project, request), then)


def recipe_of(document: Document, asset: AssetLike, then: Callable[[Any], None]) -> None:
    """The request that made an asset, with its seed, and its inputs by role; None where nothing made it."""
    document.call(lambda project: _recipe(project, asset.id), then, lambda _: then(None))


def _recipe(project: Project, asset: str) -> tuple[Request, dict[str, list[Asset]]] | None:
    if (recipe := project.recipe(asset)) is None:
        return None
    request = replace(recipe.request, seed=recipe.seed)
    return request, _inputs(project, request)


def _inputs(project: Project, request: Request) -> dict[str, list[Asset]]:
    by_content = {asset.sha256: asset for trashed in (True, False)
                  for asset in project.assets(trashed=trashed)}
    found: dict[str, list[Asset]] = {}
    for item in request.inputs:
        if item.sha256 in by_content:
            found.setdefault(item.role, []).append(by_content[item.sha256])
    return found
