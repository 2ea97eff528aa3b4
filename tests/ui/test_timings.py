"""How long it will take, from how long it took."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.ui.timings import Timings, kind_of, predict
from tests.fakes import request


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    assert Timings(tmp_path / "t.json").estimate(request("style"), 1_000_000) is None


def test_it_is_remembered_for_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    Timings(path).record(request("style", method="quick"), 1_000_000, 2.0)
    timings = Timings(path)
    assert timings.estimate(request("style", method="quick"), 2_000_000) == pytest.approx(4.0)
    assert timings.estimate(request("style", method="fine"), 1_000_000) is None


def test_different_sizes_give_a_line() -> None:
    assert predict([(1.0, 3.0), (2.0, 5.0), (4.0, 9.0)], 3.0) == pytest.approx(7.0)


def test_a_line_that_makes_no_sense_is_not_used() -> None:
    assert predict([(1.0, 9.0), (4.0, 1.0)], 4.0) == pytest.approx(8.0)


def test_only_what_decides_is_compared() -> None:
    assert kind_of(request("style", seed=1, strength=0.5)) == kind_of(request("style", seed=2, strength=0.7))
    assert kind_of(request("style", steps=10)) != kind_of(request("style", steps=20))


def test_a_sheet_says_nothing_about_a_picture() -> None:
    alone, sheet = request("image", sheet_x="", sheet_y=""), request("image", sheet_x="", sheet_y="seed=1,2")
    assert kind_of(alone) == kind_of(request("image"))
    assert kind_of(sheet) != kind_of(alone)
    assert kind_of(sheet) == kind_of(request("image", sheet_x="seed=3,4"))


@pytest.mark.parametrize("text", ["[", "[]", '{"style": 3}', '{"style": [["a", 1]]}', '{"style": [[1]]}'])
def test_a_damaged_file_is_like_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(text)
    timings = Timings(path)
    assert timings.estimate(request("style"), 1) is None
    timings.record(request("style"), 1_000_000, 1.0)
    assert timings.estimate(request("style"), 1_000_000)
