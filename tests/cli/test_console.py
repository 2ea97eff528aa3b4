"""Results on standard output, the rest on standard error, a bar only on a terminal."""

from __future__ import annotations

import io
import json

import pytest

from studio.cli.console import Console
from studio.cli.tables import amount, table
from studio.core.errors import StudioError
from studio.core.jobs import Problem


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def consoles(*, err: io.StringIO | None = None, **how: bool) -> tuple[Console, io.StringIO, io.StringIO]:
    out, said = io.StringIO(), err or io.StringIO()
    return Console(out=out, err=said, **how), out, said


def test_json_is_one_object_and_nothing_else() -> None:
    console, out, err = consoles(is_json=True)
    console.result({"outputs": ["é.png"]}, ["é.png"])
    assert json.loads(out.getvalue()) == {"outputs": ["é.png"]}
    assert out.getvalue().count("\n") == 1
    assert not err.getvalue()


def test_quiet_keeps_json_and_failures() -> None:
    console, out, err = consoles(is_json=True, is_quiet=True)
    console.say("news")
    console.progress("it", 0.5, "text", {})
    console.result({}, [])
    console.problem(StudioError("It broke.", "Mend it."))
    assert out.getvalue() == "{}\n"
    assert err.getvalue() == "atelier: It broke. Mend it.\n"


def test_quiet_without_json_says_nothing() -> None:
    console, out, _ = consoles(is_quiet=True)
    console.result({}, ["a line"])
    assert not out.getvalue()


def test_a_failure_is_one_line() -> None:
    console, _, err = consoles()
    console.problem(Problem("{name} is\nlost.", "Look\nfor it.", {"name": "x"}), "a.png")
    assert err.getvalue() == "atelier: a.png: x is lost. Look for it.\n"


def test_a_file_is_named_once() -> None:
    console, _, err = consoles()
    console.problem(StudioError("a.png is empty."), "a.png")
    assert err.getvalue() == "atelier: a.png is empty.\n"


def test_without_a_terminal_progress_is_a_line_every_tenth() -> None:
    console, _, err = consoles()
    for step in range(101):
        console.progress("a", step / 100, "Tile {n}", {"n": step})
    console.progress("a", None, "Looking", {})
    lines = err.getvalue().splitlines()
    assert len(lines) == 12
    assert lines[0] == "a: 0% Tile 0"
    assert lines[-1] == "a: Looking"
    assert "\r" not in err.getvalue()


def test_on_a_terminal_progress_is_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    console, _, err = consoles(err=Terminal())
    console.progress("photo.jpg", 0.5, "Painting " * 20, {})
    shown = err.getvalue()
    assert "50%" in shown
    assert "\n" not in shown
    assert len(shown.removeprefix("\r\x1b[K")) < 60
    console.say("done")
    assert err.getvalue().endswith("\r\x1b[Kdone\n")


def test_a_narrow_encoding_still_gets_json() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Console(is_json=True, out=out).result({"name": "画"}, [])
    assert json.loads(out.buffer.getvalue()) == {"name": "画"}  # type: ignore[attr-defined]


def test_tables_line_up_wide_letters() -> None:
    assert table([("画", "1"), ("ab", "22")]) == ["画  1", "ab  22"]
    assert table([]) == []


@pytest.mark.parametrize(("count", "text"), [(0, "0 bytes"), (1500, "1.5 KB"), (20_000_000, "20.0 MB")])
def test_amounts(count: int, text: str) -> None:
    assert amount(count) == text
