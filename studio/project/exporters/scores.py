"""Scores as MIDI and MusicXML, with the recipe inside."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal

from studio.core.jobs import AssetKind
from studio.media.files import write_atomic
from studio.project.assets import Asset
from studio.project.exchange import to_text
from studio.project.exporters.base import Writer
from studio.project.store import Project


@dataclass(frozen=True, slots=True)
class ScoreExporter:
    """One format for notes on paper. No options. What was brought in as MIDI leaves as the project has it."""

    id: Literal["midi", "musicxml"]
    title: str
    suffixes: tuple[str, ...]
    kind: AssetKind = "score"
    also: tuple[AssetKind, ...] = ()

    def encode(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> bytes:
        """The file."""
        made = io.BytesIO()
        self.write(project, asset, options, made)
        return made.getvalue()

    def prepare(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> Writer:
        """In two: what is returned sets the score, and needs no project."""
        recipe = project.recipe(asset.id)
        text = to_text(recipe) if recipe else ""
        return partial(_write, project.content(asset.id), self.id, text, asset.name)

    def write(self, project: Project, asset: Asset, options: Mapping[str, Any], file: BinaryIO) -> None:
        """The same into ``file``."""
        self.prepare(project, asset, options)(file)

    def export(self, project: Project, asset: Asset, path: Path, options: Mapping[str, Any]) -> None:
        """Write to ``path``, whole or not at all."""
        write_atomic(path, partial(self.write, project, asset, options))


def _write(data: bytes, form: Literal["midi", "musicxml"], recipe: str, name: str, file: BinaryIO) -> None:
    from studio.media.arrangement_midi import read_arrangement
    from studio.media.scores.publish import publish

    if form == "midi" and not recipe:
        file.write(data)
    else:
        publish(read_arrangement(data, name), form, file, recipe=recipe)


MIDI = ScoreExporter("midi", "MIDI", (".mid", ".midi"))
MUSICXML = ScoreExporter("musicxml", "MusicXML", (".musicxml",))
