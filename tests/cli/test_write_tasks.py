"""``atelier write --do``: tasks from the command line, with models by their files and folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.cli import entry
from tests import gguf_files, model_folders
from tests.cli.test_write import SPEC, atelier

STORY = ("The old ferry crossed the grey river every morning. Bread costs four coins in town nowadays. "
         "Mara steered the old ferry across the grey river. Snow fell without any sound upon the hills. "
         "Every morning the grey river carried the old ferry and Mara.\n")


@pytest.fixture(autouse=True)
def panel(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the panel were listed."""
    monkeypatch.setattr(entry, "panels", lambda: (SPEC,))


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A text file."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_key_sentences_of_a_file(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "short.txt"
    code, _, err = atelier(capsys, "write", "--file", story, "--do", "summarise", "--model",
                           gguf_files.model(tmp_path / "m.gguf"), "-o", out)
    assert code == 0, err
    found = out.read_text(encoding="utf-8")
    assert "Mara steered the old ferry across the grey river." in found
    assert "Bread" not in found
    assert "picked from the text, word for word" in err


def test_a_model_that_only_writes_on_refuses_the_rest(story: Path, tmp_path: Path,
                                                      capsys: pytest.CaptureFixture[str]) -> None:
    model = gguf_files.model(tmp_path / "m.gguf")
    code, _, err = atelier(capsys, "write", "--file", story, "--do", "chat", "--talk", "Who is Mara?",
                           "--model", model)
    assert code == 1
    assert "m.gguf does not follow instructions; it only writes on" in err


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_model_with_a_template_answers(story: Path, tmp_path: Path, kind: str,
                                         capsys: pytest.CaptureFixture[str]) -> None:
    model = (gguf_files.model(tmp_path / "m.gguf", tokenizer__chat_template=gguf_files.TEMPLATE,
                              llama__context_length=4096) if kind == "file"
             else model_folders.model(tmp_path / "m", max_position_embeddings=4096))
    out = tmp_path / "answer.md"
    code, _, err = atelier(capsys, "write", "--file", story, "--do", "chat", "--talk", "Who?",
                           "--model", model, "--length", "12", "--seed", "1", "--temperature", "1", "-o", out)
    assert code == 0, err
    assert out.read_text(encoding="utf-8")
    assert "The old ferry" not in out.read_text(encoding="utf-8")
