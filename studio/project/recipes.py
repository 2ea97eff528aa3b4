"""How assets were made, and the lineage that follows from it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from studio.core.provenance import Recipe
from studio.project.assets import Asset, Assets
from studio.project.database import Database
from studio.project.failures import damaged

# An input names the asset it was, if it was one; content alone decides where that asset is gone.
_PARENTS = """
SELECT coalesce(
    (SELECT id FROM asset WHERE id = input.source AND sha256 = input.sha256),
    (SELECT id FROM asset WHERE sha256 = input.sha256 AND id <> input.asset ORDER BY seq LIMIT 1)) AS id
FROM recipe_input AS input WHERE input.asset = ? ORDER BY position"""
_CHILDREN = """
SELECT DISTINCT input.asset FROM recipe_input AS input JOIN asset AS me ON me.sha256 = input.sha256
WHERE me.id = :id AND input.asset <> :id AND (input.source = :id OR NOT EXISTS
    (SELECT 1 FROM asset AS other WHERE other.id = input.source AND other.sha256 = input.sha256))"""


class Recipes:
    """The recipes of a project."""

    def __init__(self, database: Database, assets: Assets) -> None:
        self._db, self._assets = database, assets

    def add(self, asset: str, recipe: Recipe) -> None:
        """Store how ``asset`` was made, inside a transaction."""
        with self._db.transaction():
            self._db.write("INSERT INTO recipe VALUES (?, ?)",
                           (asset, json.dumps(recipe.to_json(), ensure_ascii=False)))
            inputs = enumerate(recipe.request.inputs)
            self._db.write_many("INSERT INTO recipe_input VALUES (?, ?, ?, ?)",
                                [(asset, position, item.sha256, item.asset) for position, item in inputs])

    def get(self, asset: str) -> Recipe | None:
        """How it was made; None for what was brought in. Raises StudioError if the recipe is damaged."""
        row = self._db.row("SELECT data FROM recipe WHERE asset = ?", (asset,))
        if row is None:
            return None
        try:
            return Recipe.from_json(json.loads(row[0]))
        except (ValueError, TypeError) as error:
            raise damaged(self._db.path, repr(error)) from error

    def parents(self, asset: str) -> Sequence[Asset]:
        """The assets it was made from, in the order of its inputs, each once; trashed ones too."""
        ids = [row[0] for row in self._db.rows(_PARENTS, (asset,)) if row[0] is not None]
        found = {item.id: item for item in self._assets.among(ids)}
        return [found[item] for item in dict.fromkeys(ids) if item in found]

    def children(self, asset: str) -> Sequence[Asset]:
        """The assets made from it, newest first; trashed ones too."""
        return self._assets.among(row[0] for row in self._db.rows(_CHILDREN, {"id": asset}))
