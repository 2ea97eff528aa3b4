"""``atelier write``, by the same code as every panel's command, before its page is there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from studio.cli import entry
from studio.core.panel import PanelSpec
from studio.media.pages.details import Details
from studio.media.pages.formats import encode
from studio.panels.write.params import ROLES, WriteParams
from studio.project.exchange import read_recipe
from studio.project.store import Project
from tests import gguf_files

SPEC = PanelSpec(id="write", title="Write", icon="write", verb="Continue", params=WriteParams,
                 task="studio.panels.write.task:WriteTask", view="", roles=ROLES, makes="text")


@pytest.fixture(autouse=True)
def panel(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the panel were listed."""
    monkeypatch.setattr(entry, "panels", lambda: (SPEC,))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A tiny model file."""
    return gguf_files.model(tmp_path / "tiny.gguf")


def atelier(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    code = entry.main([str(word) for word in argv])
    said = capsys.readouterr()
    return code, said.out, said.err


def answer(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> dict[str, Any]:
    code, out, err = atelier(capsys, *argv, "--json", "--quiet")
    assert code == 0, err
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def write(model: Path, *more: str | Path) -> Sequence[str | Path]:
    return ("write", "--model", model, "--length", "12", "--seed", "3", "--device", "cpu", *more)


def test_a_prompt_becomes_a_markdown_file_with_its_recipe(
        model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "story.md"
    found = answer(capsys, *write(model, "--prompt", "The wind and", "-o", out))
    assert found["outputs"] == [str(out)]
    assert found["seed"] == 3
    assert "The wind and" in out.read_text(encoding="utf-8")
    recipe = read_recipe(out)
    assert recipe is not None
    assert (recipe.request.task, recipe.seed, recipe.request.params["prompt"]) == ("write", 3, "The wind and")
    assert recipe.models[0].files


def test_the_same_seed_gives_the_same_file(model: Path, tmp_path: Path,
                                           capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt"):
        answer(capsys, *write(model, "--prompt", "The wind and", "-o", tmp_path / name))
    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "b.txt").read_bytes()


def test_a_file_is_continued(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "river.txt"
    story.write_text("夜の河は the wind", encoding="utf-8")
    out = tmp_path / "river.md"
    answer(capsys, *write(model, "--file", story, "-o", out))
    assert "夜の河は the wind" in out.read_text(encoding="utf-8")
    assert story.read_text(encoding="utf-8") == "夜の河は the wind"


@pytest.mark.parametrize("ending", ["docx", "epub", "html", "pdf"])
def test_documents_are_written_with_their_recipe(model: Path, tmp_path: Path, ending: str,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"story.{ending}"
    answer(capsys, *write(model, "--prompt", "The wind and", "-o", out))
    recipe = read_recipe(out)
    assert recipe is not None
    assert recipe.request.params["prompt"] == "The wind and"


def test_a_word_document_is_continued_and_kept_as_markdown(model: Path, tmp_path: Path,
                                                           capsys: pytest.CaptureFixture[str]) -> None:
    story, path = tmp_path / "river.docx", tmp_path / "a.atelier"
    story.write_bytes(encode("# The river\n\nthe *wind*", "docx", Details()))
    answer(capsys, *write(model, "--file", story, "-o", tmp_path / "a.md", "--project", path))
    assert "# The river\n\nthe *wind*" in (tmp_path / "a.md").read_text(encoding="utf-8")
    with Project.open(path) as project:
        made, brought = project.assets()
        assert project.parents(made.id) == [brought]
        assert (brought.kind, brought.media_type, brought.name) == ("text", "text/markdown", "river")


def test_it_can_be_kept_in_a_project(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.atelier"
    answer(capsys, *write(model, "--prompt", "The wind", "-o", tmp_path / "a.md", "--project", path))
    with Project.open(path) as project:
        [asset] = project.assets()
        assert (asset.kind, asset.facts["ending"] in ("length", "end")) == ("text", True)
        assert project.content(asset.id).decode().startswith("The wind")


@pytest.mark.parametrize(("argv", "code", "words"), [
    (("--prompt", ""), 1, "There is nothing to continue."),
    (("--prompt", "a", "--length", "0"), 2, "goes from 1 to 8192"),
    (("--prompt", "a", "-o", "a.odt"), 2, "must end in .md, .txt, .docx"),
    (("--file", "nowhere.txt"), 1, "There is no file nowhere.txt")])
def test_mistakes_are_said(model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
                           tmp_path: Path, argv: tuple[str, ...], code: int, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    found, _, err = atelier(capsys, *write(model), *argv)
    assert (found, words in err) == (code, True), err
    assert {path.name for path in tmp_path.iterdir()} == {"tiny.gguf"}


def test_binary_and_broken_files_are_said(model: Path, tmp_path: Path,
                                          capsys: pytest.CaptureFixture[str]) -> None:
    for data, words in ((b"\0\1\2", "is not text"), (b"a\xff", "is not in UTF-8")):
        (tmp_path / "bad.txt").write_bytes(data)
        code, _, err = atelier(capsys, *write(model, "--file", tmp_path / "bad.txt"))
        assert code == 1
        assert err.splitlines()[-1].startswith("atelier: bad.txt")
        assert words in err


def test_models_are_imported_told_of_and_verified(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [made] = answer(capsys, "models", "import", model)["models"]
    assert (made["id"], made["task"], made["engine"], made["licence"]) == (
        "tiny", "write", "write.gguf", "apache-2.0")
    assert "quantisation" in atelier(capsys, "models", "info", "tiny")[1]
    assert answer(capsys, "models", "verify", "tiny")["models"] == {"tiny": {"weights.gguf": True}}
    out = model.parent / "a.txt"  # with some seeds the model says nothing
    words = ("--model", "tiny", "--prompt", "a", "--length", "3", "--seed", "1", "-o", out)
    assert atelier(capsys, "write", *words)[0] == 0
    assert answer(capsys, "models", "info", model)["details"]["context"] == gguf_files.CONTEXT


def test_a_damaged_model_is_refused(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model.write_bytes(model.read_bytes()[:-2000])
    for argv in (("models", "import", model), ("models", "info", model), write(model, "--prompt", "a")):
        code, _, err = atelier(capsys, *argv)
        assert code == 1
        assert "cut off" in err
