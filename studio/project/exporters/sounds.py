"""Sound as WAV, FLAC and Ogg, of scores and of recordings, and the stems of a score; the recipe inside."""

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
from studio.project.exporters.base import Writer, number
from studio.project.store import Project


@dataclass(frozen=True, slots=True)
class SoundExporter:
    """One format for sound.

    Options: ``bits`` 16 or 24 (WAV, FLAC and stems; default 16, of a recording its own), ``quality`` 1 to
    100 (Ogg; default 60), and of scores ``reverb`` 0 to 100, the room's share in percent (default 20), and
    ``font``, the SoundFont by name (default: the piece's own). A recording that was brought in and has
    this format already leaves byte for byte.
    """

    id: Literal["wav", "flac", "ogg", "stems"]
    title: str
    suffixes: tuple[str, ...]
    kind: AssetKind
    also: tuple[AssetKind, ...] = ()

    def encode(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> bytes:
        """The file."""
        made = io.BytesIO()
        self.write(project, asset, options, made)
        return made.getvalue()

    def prepare(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> Writer:
        """In two: what is returned renders or encodes, and needs no project. Raises StudioError for a
        SoundFont that is not there."""
        _check(options)
        data, recipe = project.content(asset.id), project.recipe(asset.id)
        text = to_text(recipe) if recipe else ""
        if asset.kind == "score":
            return partial(_render, data, asset.name, self.id, text, dict(options))
        if recipe is None and asset.media_type == f"audio/{self.id}" and "bits" not in options:
            return lambda file: _put(data, file)
        return partial(_encode, data, asset.name, self.id, text, dict(options))

    def write(self, project: Project, asset: Asset, options: Mapping[str, Any], file: BinaryIO) -> None:
        """The same into ``file``."""
        self.prepare(project, asset, options)(file)

    def export(self, project: Project, asset: Asset, path: Path, options: Mapping[str, Any]) -> None:
        """Write to ``path``, whole or not at all."""
        write_atomic(path, partial(self.write, project, asset, options))


def _check(options: Mapping[str, Any]) -> None:
    number(options, "bits", 16, (16, 24))
    number(options, "quality", 60, range(1, 101))
    number(options, "reverb", 20, range(101))
    if font := options.get("font"):
        from studio.media.sound.fonts import find

        find(str(font))


def _put(data: bytes, file: BinaryIO) -> None:
    file.write(data)


def _render(data: bytes, name: str, form: Literal["wav", "flac", "ogg", "stems"], recipe: str,
            options: Mapping[str, Any], file: BinaryIO) -> None:
    from studio.media.arrangement_midi import read_arrangement
    from studio.media.scores.publish import Hearing, publish
    from studio.media.sound.fonts import find

    font = find(str(options["font"])).path if options.get("font") else None
    hearing = Hearing(font, number(options, "reverb", 20, range(101)) / 100,
                      number(options, "bits", 16, (16, 24)),
                      number(options, "quality", 60, range(1, 101)) / 100)
    publish(read_arrangement(data, name), form, file, recipe=recipe, hearing=hearing)


def _encode(data: bytes, name: str, form: Literal["wav", "flac", "ogg", "stems"], recipe: str,
            options: Mapping[str, Any], file: BinaryIO) -> None:
    from studio.media.scores.publish import publish_recording

    bits = number(options, "bits", 16, (16, 24)) if "bits" in options else None
    publish_recording(data, name, form, file, recipe=recipe, bits=bits,
                      quality=number(options, "quality", 60, range(1, 101)) / 100)


WAV = SoundExporter("wav", "WAV", (".wav",), "audio", ("score",))
FLAC = SoundExporter("flac", "FLAC", (".flac",), "audio", ("score",))
OGG = SoundExporter("ogg", "Ogg Vorbis", (".ogg", ".oga"), "audio", ("score",))
STEMS = SoundExporter("stems", "Stems (WAV)", (".zip",), "score")
