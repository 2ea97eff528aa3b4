from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from studio.core import places
from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.library import imports
from studio.library.catalog import default
from studio.library.digests import digest_of
from studio.library.imports import import_file, remove, verify
from tests.library import makers


@pytest.fixture(autouse=True)
def empty_box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A box without models, so that these tests do not depend on what is shipped."""
    monkeypatch.setattr(places, "starter_models", lambda: tmp_path / "box")
    return tmp_path / "box"


def left_over() -> list[str]:
    return [entry.name for entry in places.user_models().glob(".*")]


def test_a_file_is_copied_described_and_listed(tmp_path: Path) -> None:
    path = makers.torch_file(tmp_path / "Starry Night (v2).model", makers.fast_style(6, old=True))
    before = path.read_bytes()
    seen: list[tuple[int, int]] = []
    model = import_file(path, progress=lambda done, total: seen.append((done, total)))
    assert (model.id, model.title, model.engine, model.task) == (
        "starry-night-v2", "Starry Night (v2)", "style.fast", "style")
    assert model.path == places.user_models() / "starry-night-v2"
    assert model.files == {"weights.pth": digest_of(path)}
    assert model.facts["width"] == 6
    assert not model.is_starter
    assert (model.path / "weights.pth").read_bytes() == before == path.read_bytes()
    assert default().find("starry-night-v2") == model
    assert seen[-1] == (len(before), len(before))
    assert not left_over()


@pytest.mark.parametrize(("maker", "name"), [
    (makers.onnx_file, "weights.onnx"),
    (lambda path: makers.safetensors_file(path, makers.fast_style()), "weights.safetensors"),
    (lambda path: makers.torch_file(path, makers.fast_style(), legacy=True), "weights.pth"),
])
def test_the_suffix_goes_by_content(tmp_path: Path, maker: Any, name: str) -> None:
    assert list(import_file(maker(tmp_path / "liar.onnx")).files) == [name]


def test_the_same_content_is_one_model(tmp_path: Path) -> None:
    first = import_file(makers.onnx_file(tmp_path / "a.onnx"))
    shutil.copy(tmp_path / "a.onnx", tmp_path / "b.onnx")
    assert import_file(tmp_path / "b.onnx") == first
    assert import_file(first.path) == first
    assert len(default().models()) == 1


def test_other_content_of_the_same_name_gets_another_id(tmp_path: Path) -> None:
    names = []
    for opset in (13, 14, 15):
        (tmp_path / str(opset)).mkdir()
        names.append(import_file(makers.onnx_file(tmp_path / str(opset) / "My Style.onnx", opset=opset)).id)
    assert names == ["my-style", "my-style-2", "my-style-3"]


@pytest.mark.parametrize(("name", "wanted"), [
    ("画.onnx", "画"), ("año nuevo.onnx", "año-nuevo"), ("🎨.onnx", "model"), ("vgg19.onnx", "vgg19-2"),
    ("a 'b' \"c\".onnx", "a-b-c"), ("x" * 245 + ".onnx", "x" * 48), ("...onnx.onnx", "onnx"),
    ("картина.onnx", "картина"),
])
def test_ids_from_any_name(tmp_path: Path, name: str, wanted: str) -> None:
    assert import_file(makers.onnx_file(tmp_path / name)).id == wanted


def test_what_is_no_model_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pth").write_bytes(b"cposix\nsystem\n(S'true'\ntR.")
    with pytest.raises(StudioError, match=r"would run code when opened \(posix.system\)"):
        import_file(tmp_path / "a.pth")
    with pytest.raises(StudioError, match="is a folder"):
        import_file(tmp_path)
    assert not default().models()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    path = makers.onnx_file(tmp_path / "a.onnx")

    def fail(*_: object) -> None:
        raise OSError(code, "no")
    monkeypatch.setattr(imports.os, "fsync", fail)
    with pytest.raises(StudioError, match=r"disk is full|read-only"):
        import_file(path)
    assert not default().models()
    assert not left_over()
    assert path.exists()


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        import_file(makers.onnx_file(tmp_path / "a.onnx"), cancel=token)
    assert not default().models()
    assert not left_over()


def test_verify_finds_changes(tmp_path: Path) -> None:
    model = import_file(makers.onnx_file(tmp_path / "a.onnx"))
    assert verify(model.id) == [("weights.onnx", True)]
    with (model.path / "weights.onnx").open("r+b") as file:
        file.write(b"\x09")
    assert verify(model.id) == [("weights.onnx", False)]
    (model.path / "weights.onnx").unlink()
    assert verify(model.id) == [("weights.onnx", False)]
    with pytest.raises(StudioError, match="no model nope"):
        verify("nope")


def test_verify_of_a_file_anywhere(tmp_path: Path) -> None:
    assert verify(str(makers.onnx_file(tmp_path / "a.onnx"))) == [("a.onnx", True)]


def test_remove(tmp_path: Path) -> None:
    path = makers.onnx_file(tmp_path / "a.onnx")
    model = import_file(path)
    remove(model.id)
    assert not default().models()
    assert not left_over()
    assert path.exists()
    with pytest.raises(StudioError, match="no model"):
        remove(model.id)


def test_only_what_somebody_brought_can_be_removed(tmp_path: Path, empty_box: Path) -> None:
    path = makers.onnx_file(tmp_path / "a.onnx")
    model = import_file(path)
    shutil.copytree(model.path, empty_box / model.id)
    with pytest.raises(StudioError, match="came with Atelier and stays"):
        remove(model.id)
    with pytest.raises(StudioError, match="is not in the library"):
        remove(str(path))
    assert path.exists()
    assert (empty_box / model.id / "weights.onnx").exists()


def test_a_model_folder_from_another_machine(tmp_path: Path) -> None:
    model = import_file(makers.onnx_file(tmp_path / "a.onnx"))
    copy = tmp_path / "usb stick"
    shutil.copytree(model.path, copy)
    (copy / "README.md").write_text("# Card")
    sheet = json.loads((copy / "model.json").read_text())
    (copy / "model.json").write_text(json.dumps(sheet | {"licence": "CC0"}))
    remove(model.id)
    again = import_file(copy)
    assert (again.id, again.files, again.licence) == (model.id, model.files, "CC0")
    assert again.card
    assert again.facts == model.facts
    remove(again.id)
    (copy / "weights.onnx").write_bytes(b"changed")
    with pytest.raises(StudioError, match=r"weights.onnx of this model is missing or changed"):
        import_file(copy)
