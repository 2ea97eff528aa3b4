"""What the tests of the command line share."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from studio.cli import entry
from tests.cli import copying
from tests.media.pictures import gradient, saved


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The JSON object on standard output; nothing else may be there."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process."""

    def call(*words: object) -> Ran:
        code = entry.main([str(word) for word in words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def panels(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own panels in place of the real ones."""
    monkeypatch.setattr("studio.cli.entry.panels", lambda: (copying.PANEL, copying.PAIR))
    monkeypatch.setattr("studio.panels.panels", lambda: (copying.PANEL, copying.PAIR))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A small photograph in a folder of its own."""
    path = tmp_path / "in" / "photo.jpg"
    path.parent.mkdir()
    path.write_bytes(saved(gradient(40, 60), "JPEG"))
    return path


@pytest.fixture
def painting(tmp_path: Path) -> Path:
    """A small painting elsewhere."""
    path = tmp_path / "painting.png"
    path.write_bytes(saved(gradient(64, 64)[::-1].copy(), "PNG"))
    return path
