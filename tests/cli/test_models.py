"""``atelier models``: list, info, import, verify, remove."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import onnx
import onnx.parser
import pytest
import torch

from tests.cli.conftest import Run
from tests.engines.upscale import tiny as upscale

DARKER = """<ir_version: 8, opset_import: ["" : 17]>
darker (float[1,3,h,w] image) => (float[1,3,h,w] picture) {
  half = Constant<value = float {0.5}>()
  picture = Mul(image, half)
}"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A style network of one's own."""
    path = tmp_path / "My Darker Style.onnx"
    onnx.save(onnx.parser.parse_model(DARKER), path)
    return path


def ids(run: Run) -> list[str]:
    return [model["id"] for model in run("models", "list", "--json").data["models"]]


def test_list_shows_what_is_in_the_box_with_its_licence(run: Run) -> None:
    ran = run("models", "list")
    assert ran.code == 0
    line = next(line for line in ran.out.splitlines() if line.startswith("style-quick"))
    assert "Apache-2.0" in line
    assert "in the box" in line


def test_info_of_a_name_and_of_a_file(run: Run, own: Path) -> None:
    assert run("models", "info", "style-quick", "--json").data["starter"] is True
    data = run("models", "info", own, "--json").data
    assert data["engine"] == "style.onnx"
    assert data["files"] == {own.name: hashlib.sha256(own.read_bytes()).hexdigest()}
    assert "style.onnx" in run("models", "info", own).out


def test_info_of_an_upscaler_says_what_shows_when_it_is_loaded(run: Run, tmp_path: Path) -> None:
    upscale.compact(tmp_path / "Sharp.pth")
    details = run("models", "info", tmp_path / "Sharp.pth", "--json").data["details"]
    assert (details["architecture"], details["scale"], details["channels"], details["half"]) == (
        "RealESRGAN Compact", 2, 3, True)
    assert "architecture  RealESRGAN Compact" in run("models", "info", tmp_path / "Sharp.pth").out


def test_info_of_an_upscaler_that_cannot_be_used_says_why(run: Run, tmp_path: Path) -> None:
    weights = upscale.compact_weights()
    del weights["body.2.bias"]
    torch.save(weights, tmp_path / "m.pth")
    ran = run("models", "info", tmp_path / "m.pth", "--json")
    assert ran.code == 0
    assert "parts missing, or damaged" in ran.data["problem"]


def test_a_model_comes_in_is_whole_and_goes(run: Run, own: Path) -> None:
    before = ids(run)
    taken = run("models", "import", own, "--json").data["models"]
    name = taken[0]["id"]
    assert ids(run) == [*before, name]
    assert run("models", "import", own, "--json").data["models"][0]["id"] == name
    assert ids(run) == [*before, name]
    assert run("models", "verify", name).code == 0
    assert run("models", "remove", name).out == f"Removed {name}.\n"
    assert ids(run) == before
    assert own.is_file()


def test_a_changed_file_is_found(run: Run, own: Path, atelier_home: Path) -> None:
    name = run("models", "import", own, "--json").data["models"][0]["id"]
    stored = next((atelier_home / "models").glob("*/*.onnx"))
    stored.chmod(0o644)
    stored.write_bytes(stored.read_bytes() + b"x")
    ran = run("models", "verify")
    assert ran.code == 1
    assert f"Not as it was made: {name}/{stored.name}." in ran.err
    assert "CHANGED" in ran.out


def test_a_checkpoint_that_would_run_code_is_refused_by_name(run: Run, own: Path, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            import os

            return os.system, ("true",)

    bad = tmp_path / "evil.pth"
    bad.write_bytes(pickle.dumps({"conv1.conv2d.weight": Evil()}))
    ran = run("models", "import", bad, own)
    assert ran.code == 1
    said = [line for line in ran.err.splitlines() if line.startswith("atelier: ")]
    assert len(said) == 1
    assert "evil.pth" in said[0]
    assert "system" in said[0]
    assert len(ran.out.splitlines()) == 1


@pytest.mark.parametrize("name", ["nobody", "missing.onnx", "photo.jpg"])
@pytest.mark.parametrize("verb", ["info", "import", "verify", "remove"])
def test_what_is_no_model_is_a_sentence(
    run: Run, photo: Path, verb: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(photo.parent)
    ran = run("models", verb, name)
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert name in ran.err
    assert photo.is_file()


def test_what_came_in_the_box_stays(run: Run) -> None:
    ran = run("models", "remove", "style-quick")
    assert ran.code == 1
    assert "stays" in ran.err


def test_style_with_ones_own_model_by_name_and_by_path(
    run: Run, own: Path, photo: Path, painting: Path, tmp_path: Path
) -> None:
    name = run("models", "import", own, "--json").data["models"][0]["id"]
    for model in (name, own):
        ran = run("style", photo, painting, "--model", model, "-o", tmp_path / "out.png", "--json")
        assert ran.code == 0, ran.err
        assert ran.data["model"] == str(model)
