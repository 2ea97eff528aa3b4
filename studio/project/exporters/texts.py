"""Texts as Markdown, plain text, Word, EPUB, HTML and PDF, with the recipe inside where there is a place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from studio.core.errors import StudioError
from studio.core.jobs import AssetKind
from studio.media import manuscript
from studio.media.files import write_atomic
from studio.media.pages.details import Details
from studio.media.pages.formats import FORMATS, Form, encode
from studio.media.pages.languages import guess
from studio.media.pages.statement import statement
from studio.project.assets import Asset
from studio.project.exchange import to_text
from studio.project.exporters.base import Writer
from studio.project.store import Project
from studio.project.texts import origins_of

OPTIONS = ("title", "author", "language", "statement", "typographic", "paper")


@dataclass(frozen=True, slots=True)
class TextExporter:
    """One format for texts.

    Options: ``title`` (default: the text's own first heading, else its name), ``author``, ``language`` (a
    BCP 47 tag; default: guessed), ``statement`` (true adds who wrote how much), ``typographic`` (false leaves
    quotes and dashes as they were typed), ``paper`` ("a5", "a4", "letter": of a PDF).
    """

    id: Form
    kind: AssetKind = "text"
    also: tuple[AssetKind, ...] = ()

    @property
    def title(self) -> str:
        """As in the window."""
        return FORMATS[self.id].title

    @property
    def suffixes(self) -> tuple[str, ...]:
        """With the dot, the usual one first."""
        return FORMATS[self.id].suffixes

    def encode(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> bytes:
        """The document; what was brought in leaves as Markdown or text just as it came."""
        return self._encoder(project, asset, options)()

    def prepare(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> Writer:
        """`write` in two: what is returned does the long work, wherever, and needs no project."""
        return partial(_put, self._encoder(project, asset, options))

    def _encoder(self, project: Project, asset: Asset, options: Mapping[str, Any]) -> Callable[[], bytes]:
        data = project.content(asset.id)
        own = {"text/markdown": "markdown", "text/plain": "text"}.get(asset.media_type)
        if asset.origin == "imported" and own == self.id:
            return lambda: data
        text = manuscript.decode(data, asset.name)
        details = _details(project, asset, text, options)
        return partial(encode, text, self.id, details, paper=str(options.get("paper", "a5")))

    def write(self, project: Project, asset: Asset, options: Mapping[str, Any], file: BinaryIO) -> None:
        """The same into ``file``."""
        file.write(self.encode(project, asset, options))

    def export(self, project: Project, asset: Asset, path: Path, options: Mapping[str, Any]) -> None:
        """Write to ``path``, whole or not at all."""
        write_atomic(path, self.encode(project, asset, options))


def _put(encoder: Callable[[], bytes], file: BinaryIO) -> None:
    file.write(encoder())


def _details(project: Project, asset: Asset, text: str, options: Mapping[str, Any]) -> Details:
    recipe = project.recipe(asset.id)
    said = {name: options.get(name, "") for name in ("title", "author", "language")}
    if wrong := next((name for name, value in said.items() if not isinstance(value, str)), None):
        raise StudioError("{name} can be text here, not {value}.", name=wrong, value=said[wrong])
    models = [model.id for model in recipe.models] if recipe else asset.facts.get("models", ())
    language = said["language"] or guess(text)
    closing = statement(origins_of(asset, text), models, language) if options.get("statement") else ""
    return Details(said["title"] or asset.name, said["author"], said["language"], closing,
                   to_text(recipe) if recipe else "", asset.created,
                   is_typographic=bool(options.get("typographic", True)))


MARKDOWN, TEXT, DOCX, EPUB, HTML, PDF = (TextExporter(form) for form in FORMATS)
