"""Composers are recognised by what their graph takes and gives, and brought in as files or folders."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest

from studio.core import places
from studio.core.engine import COMPOSER
from studio.core.errors import StudioError
from studio.engines.registry import EngineCache
from studio.library.catalog import default, resolve
from studio.library.imports import import_file, verify
from studio.library.inspect import inspect
from tests import model_sheets
from tests.engines.music import tiny

FILE = "music-tiny.onnx"


@pytest.fixture(autouse=True)
def empty_box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "starter_models", lambda: tmp_path / "box")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A composer as the recipe leaves it: the file and model.json."""
    return model_sheets.composer(tmp_path_factory.mktemp("made") / "my-composer", "my-composer")


def test_a_bare_file_says_what_it_is(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.onnx"
    path.write_bytes((folder / FILE).read_bytes())
    found = inspect(path)
    assert (found.kind, found.problem) == ("music.onnx", None)
    assert {name: found.facts[name] for name in tiny.FACTS} == tiny.FACTS
    model = import_file(path)
    assert (model.id, model.task, model.engine) == ("mine", "music", "music.onnx")
    cache = EngineCache(resolve, 1 << 30)
    assert cache.get(COMPOSER, "mine", "cpu").context == tiny.FACTS["context"]
    cache.close()


def test_a_folder_is_brought_in_whole(folder: Path) -> None:
    model = import_file(folder)
    assert (model.id, model.title, model.licence) == ("my-composer", "My-Composer", "CC0")
    assert default().find("my-composer").facts["context"] == tiny.FACTS["context"]
    assert verify("my-composer") == [(FILE, True)]
    assert import_file(folder / FILE) == model  # the same content is one model


def test_one_of_another_vocabulary_is_refused(folder: Path, tmp_path: Path) -> None:
    graph = onnx.load(str(folder / FILE))
    logits = next(value for value in graph.graph.output if value.name == "logits")
    logits.type.tensor_type.shape.dim[-1].dim_value = 400
    onnx.save(graph, str(tmp_path / "old.onnx"))
    with pytest.raises(StudioError, match="knows 400 signs"):
        import_file(tmp_path / "old.onnx")


def test_a_changed_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "my-composer"
    other.mkdir()
    for file in folder.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    (other / FILE).write_bytes(b"no")
    with pytest.raises(StudioError, match="missing or changed"):
        import_file(other)
