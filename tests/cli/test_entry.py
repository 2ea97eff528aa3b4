"""Exit codes, and what a person reads when something ends badly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studio import __version__
from studio.cli import entry
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]


def test_help_lists_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for name in ("style", "models", "project"):
        assert name in ran.out


def test_version(run: Run) -> None:
    assert run("--version").out == f"Atelier {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["paint"],
        [],
        ["models"],
        ["project", "burn"],
        ["style"],
        ["style", "a.jpg"],
        ["models", "list", "--nonsense"],
        ["photo.jpg"],
    ],
)
def test_wrong_usage_is_exit_2(run: Run, words: list[str]) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert "usage: atelier" in ran.err
    assert not ran.out


def test_a_new_panel_has_a_command_at_once(run: Run, panels: None) -> None:
    ran = run("copying", "--help")
    assert ran.code == 0
    assert "100% is all of it." in ran.out
    assert run("style", "a", "b").code == 2


def test_a_bug_is_a_sentence_and_a_file(run: Run, panels: None, photo: Path, atelier_home: Path) -> None:
    ran = run("copying", photo, "w", "--way", "crash")
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith(
        "atelier: Something went wrong inside Atelier. The details are in "
    )
    kept = list((atelier_home / "cache").glob("crash-*.txt"))
    assert len(kept) == 1
    assert "RuntimeError: an accident" in kept[0].read_text()


def test_a_bug_of_our_own_is_caught_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise LookupError("ours")

    monkeypatch.setattr(entry, "build_parser", broken)
    ran = run("models", "list")
    assert ran.code == 1
    assert ran.err.count("\n") == 1


def test_stopping_is_exit_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "build_parser", stopped)
    assert run("models", "list").code == 130


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    words = [sys.executable, "-m", "studio", "style", "--help"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert not process.stderr.read()


def test_ctrl_c_stops_and_leaves_nothing(photo: Path, tmp_path: Path) -> None:
    """The real thing: another process, a real signal, while a task runs."""
    import signal

    code = (
        "import sys, studio.cli.entry as entry; from tests.cli import copying\n"
        "entry.panels = lambda: (copying.PANEL,)\n"
        "sys.exit(entry.main(sys.argv[1:]))"
    )
    words = ["copying", str(photo), "w", "--way", "wait", "-o", str(tmp_path / "out.png")]
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        assert "Turning" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read() == "Stopped.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]
