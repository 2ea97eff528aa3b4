from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from studio.core import places
from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.library.catalog import Catalog, default, resolve
from studio.library.digests import digest_of
from tests.library import makers


def folder(root: Path, name: str, **more: Any) -> Path:
    made = root / name
    made.mkdir(parents=True)
    (made / "net.onnx").write_bytes(name.encode())
    data = {"id": name, "title": name.title(), "task": "style", "engine": "style.quick", "version": "1",
            "files": [{"name": "net.onnx", "sha256": digest_of(made / "net.onnx"), "size": len(name)}],
            "licence": "Apache-2.0", "input": {"multiple": 8}, "facts": {"margin": 60}} | more
    (made / "model.json").write_text(json.dumps(data), encoding="utf-8")
    return made


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    folder(tmp_path / "box", "quick")
    folder(tmp_path / "box", "trunk", engine="style.trunk")
    folder(tmp_path / "mine", "wave", title="A wave")
    (tmp_path / "box" / "quick" / "README.md").write_text("# Quick")
    return Catalog(tmp_path / "box", tmp_path / "mine")


def test_those_in_the_box_come_first(catalog: Catalog) -> None:
    assert [(model.id, model.is_starter) for model in catalog.models()] == [
        ("quick", True), ("trunk", True), ("wave", False)]


def test_all_that_is_known(catalog: Catalog, tmp_path: Path) -> None:
    model = catalog.find("quick")
    assert model.title == "Quick"
    assert model.task == "style"
    assert model.size == 5
    assert model.licence == "Apache-2.0"
    assert model.card == tmp_path / "box" / "quick" / "README.md"
    assert model.source() == ModelSource(
        "quick", "style.quick", tmp_path / "box" / "quick", dict(model.files), {"multiple": 8, "margin": 60})
    assert catalog.find("wave").card is None


def test_id_counts_not_the_folder_and_the_box_wins(catalog: Catalog, tmp_path: Path) -> None:
    folder(tmp_path / "mine", "quick", title="Impostor")
    folder(tmp_path / "mine", "renamed", id="other")
    assert catalog.find("quick").is_starter
    assert catalog.find("other").path.name == "renamed"
    assert [model.id for model in catalog.models()] == ["quick", "trunk", "wave", "other"]


def test_unknown_names_list_what_there_is(catalog: Catalog) -> None:
    with pytest.raises(StudioError, match=r"There is no model nope. There are: quick, trunk, wave."):
        catalog.find("nope")
    for name in ("", "..", "."):
        with pytest.raises(StudioError):
            catalog.find(name)
    with pytest.raises(StudioError, match=r"There is no file gone.onnx"):
        catalog.find("/somewhere/gone.onnx")
    with pytest.raises(StudioError, match="nor any other"):
        Catalog(Path("/nowhere"), Path("/nowhere")).find("x")


@pytest.mark.parametrize("text", ["{", "[]", "{}", '"x"', "\xff", '{"id": "x"}', "[" * 100_000])
def test_a_damaged_model_hides_no_other(catalog: Catalog, tmp_path: Path, text: str) -> None:
    (tmp_path / "mine" / "bad").mkdir()
    (tmp_path / "mine" / "bad" / "model.json").write_text(text, encoding="latin-1")
    assert [model.id for model in catalog.models()] == ["quick", "trunk", "wave"]
    with pytest.raises(StudioError, match="The model in bad is damaged"):
        catalog.find(tmp_path / "mine" / "bad")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b/c", "a/..", "a//b", "/a", "a/",
                                  "..", "", "c:x", "a\\b", "a/c:x"])
def test_files_stay_in_their_folder(catalog: Catalog, tmp_path: Path, name: str) -> None:
    folder(tmp_path / "mine", "sly", files=[{"name": name, "sha256": "0" * 64, "size": 1}])
    assert "sly" not in [model.id for model in catalog.models()]


def test_a_path_to_a_file_or_a_folder(catalog: Catalog, tmp_path: Path) -> None:
    path = makers.onnx_file(tmp_path / "画 style.onnx")
    model = catalog.find(str(path))
    assert (model.engine, model.task, model.title, model.path) == ("style.onnx", "style", "画 style", path)
    assert model.files == {"画 style.onnx": digest_of(path)}
    assert model.facts["layout"] == "nchw"
    assert catalog.find(tmp_path / "box" / "trunk").engine == "style.trunk"
    (tmp_path / "words.pth").write_text("words")
    with pytest.raises(StudioError, match="text, not a model"):
        catalog.find(tmp_path / "words.pth")


def test_digest_follows_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = digest_of(path)
    path.write_bytes(b"other")
    assert digest_of(path) != first
    with pytest.raises(StudioError, match="no file"):
        digest_of(tmp_path / "gone")


def test_resolve_knows_the_person_s_models() -> None:
    folder(places.user_models(), "mine")
    assert resolve("mine").engine == "style.quick"
    assert default().find("mine").path == places.user_models() / "mine"


def test_the_models_in_the_box_are_as_their_sheets_say() -> None:
    for model in Catalog(places.starter_models(), Path("/nowhere")).models():
        assert model.card, model.id
        assert model.licence, model.id
        for name, digest in model.files.items():
            assert digest_of(model.path / name) == digest, (model.id, name)
        assert model.size == sum((model.path / name).stat().st_size for name in model.files)
