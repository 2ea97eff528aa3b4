"""Texts in a project: pages that are kept, documents that come in and go out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.errors import StudioError
from studio.core.jobs import JobState, ModelRef, Outcome, Output, Request
from studio.core.manuscript import Manuscript, Piece
from studio.media.pages.details import Details
from studio.media.pages.formats import FORMATS, encode
from studio.project.exchange import read_recipe
from studio.project.exporters import EXPORTERS, Exporter, export_assets, exporter_for
from studio.project.facts import kind_of
from studio.project.store import Asset, Project
from studio.project.texts import manuscript_of

TEXTS = [item for item in EXPORTERS if item.kind == "text"]
PAGE = Manuscript((Piece("The wind 🌊 "), Piece("was ", "model", 1, 0), Piece("cold", "model", 1, 1),
                   Piece(" here", "edited", 1, 2)))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "work.atelier") as found:
        yield found


def written(project: Project, task: str = "write", text: str = "Once *upon* a time") -> Asset:
    """A result of the Write panel; its last eleven characters are the model's."""
    output = Output("text", "text/markdown", "Once", text.encode(), 3, {"start": len(text) - 11, "words": 4})
    request = Request(task, 1, {"prompt": "Once"}, seed=3)
    outcome = Outcome(JobState.DONE, (output,), models=(ModelRef("write-small", {"a": "0" * 64}),))
    return project.add_outcome(request, outcome)[0]


def test_a_page_is_kept_with_who_wrote_what(project: Project) -> None:
    written(project)
    asset = project.keep_page("write", "My page", PAGE)
    assert project.content(asset.id).decode() == PAGE.text
    assert (asset.kind, asset.name, asset.origin, asset.panel) == ("text", "My page", "made", "write")
    assert asset.facts["origins"] == {"yours": 11, "model": 8, "edited": 5}
    assert asset.facts["models"] == ["write-small"]
    back = manuscript_of(PAGE.text, asset.facts)
    assert [(piece.text, piece.origin) for piece in back.pieces] == [
        ("The wind 🌊 ", "yours"), ("was cold", "model"), (" here", "edited")]
    assert project.recipe(asset.id) is None
    assert project.can_undo == "Keep a version"
    project.undo()
    assert [item.name for item in project.assets()] == ["Once"]


def test_the_same_page_is_kept_once_and_another_origin_is_another_page(project: Project) -> None:
    first = project.keep_page("write", "a", PAGE)
    assert project.keep_page("write", "b", PAGE) == first
    assert project.keep_page("write", "c", Manuscript.of(PAGE.text)).id != first.id
    project.trash([first.id])
    assert project.keep_page("write", "d", PAGE).id != first.id


def test_facts_that_fit_no_text_harm_nothing() -> None:
    for runs in ([], [0], [9, 5], [1, 10**9], ["x", 3], [1, -2]):
        assert manuscript_of("Text", {"runs": runs}).text == "Text"


def test_a_page_without_models_names_none(project: Project) -> None:
    written(project)
    assert "models" not in project.keep_page("write", "a", Manuscript.of("Mine.")).facts


@pytest.mark.parametrize("exporter", TEXTS, ids=lambda item: item.id)
def test_every_format_carries_the_recipe_where_it_can(
        project: Project, tmp_path: Path, exporter: Exporter) -> None:
    asset = written(project)
    path = tmp_path / f"out{exporter.suffixes[0]}"
    exporter.export(project, asset, path, {"statement": True})
    assert read_recipe(path) == (None if exporter.id == "text" else project.recipe(asset.id))
    assert exporter.encode(project, asset, {}) == exporter.encode(project, asset, {})


@pytest.mark.parametrize(("which", "said"), [
    ("page", "46 % written by a person; 33 % written by a model;"),
    ("result", "39 % written by a person; 61 % written by a model.")])
def test_the_statement_says_who(project: Project, which: str, said: str) -> None:
    made = written(project)
    asset = made if which == "result" else project.keep_page("write", "a", PAGE)
    markdown, text = exporter_for("markdown", "text"), exporter_for("text", "text")
    for exporter in (markdown, text):
        out = exporter.encode(project, asset, {"statement": True}).decode()
        assert said in out
        assert "Models: write-small." in out
        assert said not in exporter.encode(project, asset, {}).decode()


def test_what_came_in_leaves_as_it_came_and_says_nothing_of_who_wrote_it(project: Project) -> None:
    data = "\ufeffGrüße\r\n世界 \"x\"".encode()
    asset = project.import_file(data, "brief.md", "text")
    assert exporter_for("markdown", "text").encode(project, asset, {"statement": True}) == data
    assert b"written by" not in exporter_for("html", "text").encode(project, asset, {"statement": True})


def test_a_word_document_becomes_markdown(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "Story.docx"
    path.write_bytes(encode("# A\n\n*b* 世界 🌊", "docx", Details()))
    assert kind_of(path) == "text"
    asset = project.import_file(path, "Story.docx", "text")
    assert (asset.name, asset.media_type) == ("Story", "text/markdown")
    assert project.content(asset.id).decode() == "# A\n\n*b* 世界 🌊\n"
    assert (asset.facts["words"], asset.facts["opening"]) == (4, "# A *b* 世界 🌊")


def test_an_exported_text_comes_back_without_its_recipe(project: Project, tmp_path: Path) -> None:
    asset = written(project)
    [path] = export_assets(project, [asset], tmp_path / "out", format="markdown")
    assert path.read_text(encoding="utf-8").startswith("---\natelier: ")
    back = project.import_file(path, path.name, "text")
    assert project.content(back.id) == project.content(asset.id)


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("a.txt", b"", "text"), ("a.MD", b"x", "text"), ("a.png", b"text", "image"),
    ("README", b"Some words", "text"),
    ("x", b"\x89PNG\r\n\x1a\n", "image"), ("x.svg", b"<svg xmlns=''/>", "image"), ("x", b"", "image")])
def test_a_file_is_a_text_by_its_name_or_its_letters(
        tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert kind_of(tmp_path / name) == kind
    assert kind_of(tmp_path / "nowhere") == "image"


@pytest.mark.parametrize(("name", "data", "words"), [
    ("a.txt", b"\0\1", "is not text"), ("a.txt", b"a\xff", "is not in UTF-8"), ("a.txt", b"", "is empty"),
    ("a.docx", b"PK\x03\x04 cut off", "is no whole Word document"), ("a.rtf", b"{\\rtf1}", "RTF document")])
def test_what_is_no_text_is_refused_in_words(project: Project, name: str, data: bytes, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        project.import_file(data, name, "text")
    assert not project.assets()


def test_wrong_options_are_said(project: Project) -> None:
    asset = written(project)
    for options, words in (({"author": 3}, "author can be text"), ({"language": "?!"}, "is no language")):
        with pytest.raises(StudioError, match=words):
            exporter_for("epub", "text").encode(project, asset, options)


def test_all_formats_are_exporters() -> None:
    assert [item.id for item in TEXTS] == list(FORMATS)
