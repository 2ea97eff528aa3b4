"""What an enlargement will take: only from what others took here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.core.errors import StudioError
from studio.panels.upscale.forecast import Forecast, Measured, print_size
from studio.panels.upscale.params import UpscaleParams

FOUR = UpscaleParams(scale=4.0)


def facts(source: float, seconds: float, *, scale: float = 4.0, memory: float = 400e6) -> dict[str, float]:
    """Of a result from ``source`` megapixels; PNG with 3 bytes a pixel."""
    target = source * scale * scale
    return {"megapixels_in": source, "megapixels_out": target, "seconds": seconds, "bytes": target * 3e6,
            "memory": memory}


@pytest.fixture
def measured(tmp_path: Path) -> Measured:
    return Measured(tmp_path / "kept.json")


def test_nothing_measured_nothing_said(measured: Measured) -> None:
    forecast = measured.forecast(FOUR, 1000, 1000)
    assert forecast == Forecast()
    assert not forecast


def test_one_result_tells_of_larger_ones(measured: Measured) -> None:
    measured.record(FOUR, facts(1.0, 10.0))
    forecast = measured.forecast(FOUR, 2000, 1000)
    assert forecast.seconds == pytest.approx(20.0)
    assert forecast.size == pytest.approx(2 * 16 * 3e6)
    assert forecast.memory is not None
    assert 400e6 < forecast.memory < 450e6, "the result is not held, so memory grows with the picture only"


def test_several_sizes_tell_what_is_the_same_for_all(measured: Measured) -> None:
    for source in (1.0, 2.0, 4.0):
        measured.record(FOUR, facts(source, 3.0 + 5.0 * source))
    assert measured.forecast(FOUR, 2000, 4000).seconds == pytest.approx(43.0)


def test_a_smaller_picture_does_not_take_less_memory_than_measured(measured: Measured) -> None:
    measured.record(FOUR, facts(8.0, 40.0))
    assert measured.forecast(FOUR, 100, 100).memory == 400_000_000


def test_other_work_is_not_mixed_in(measured: Measured) -> None:
    measured.record(FOUR, facts(1.0, 10.0))
    for other in (UpscaleParams(scale=2.0), UpscaleParams(scale=4.0, model="mine")):
        assert measured.forecast(other, 1000, 1000).seconds is None
        assert measured.forecast(other, 1000, 1000).size is not None
    lossy = UpscaleParams(scale=4.0, format="jpeg")
    assert measured.forecast(lossy, 1000, 1000).size is None
    assert measured.forecast(lossy, 1000, 1000).seconds is not None


def test_three_times_is_the_work_of_four_times(measured: Measured) -> None:
    measured.record(FOUR, facts(1.0, 10.0))
    assert measured.forecast(UpscaleParams(scale=3.0), 1000, 1000).seconds == pytest.approx(10.0)


def test_it_is_remembered(tmp_path: Path) -> None:
    Measured(tmp_path / "kept.json").record(FOUR, facts(1.0, 10.0))
    assert Measured(tmp_path / "kept.json").forecast(FOUR, 1000, 1000).seconds == pytest.approx(10.0)


def test_only_the_last_ones_count(measured: Measured) -> None:
    for number in range(30):
        measured.record(FOUR, facts(1.0, 100.0 + number))
    for number in range(12):
        measured.record(FOUR, facts(1.0, 10.0 + number / 1e6))
    assert measured.forecast(FOUR, 1000, 1000).seconds == pytest.approx(10.0, abs=0.01)


def test_a_result_that_is_shown_again_counts_once(measured: Measured) -> None:
    measured.record(FOUR, facts(1.0, 10.0))
    for _ in range(5):
        measured.record(FOUR, facts(1.0, 30.0))
    assert measured.forecast(FOUR, 1000, 1000).seconds == pytest.approx(20.0)


@pytest.mark.parametrize("told", [{}, {"megapixels_in": 0, "megapixels_out": 1}, {"megapixels_in": "x"},
                                  {"megapixels_in": 1.0, "megapixels_out": 16.0}])
def test_facts_that_say_little_do_no_harm(measured: Measured, told: dict[str, object]) -> None:
    measured.record(FOUR, told)
    assert not measured.forecast(FOUR, 1000, 1000)


@pytest.mark.parametrize("kept", [
    "no JSON", "[1, 2]", json.dumps({"work||4": 3, "file|png": [[1], None, "x"]}),
    json.dumps({"work||4": [[0, 1, 2, 3, 4], [1, 1, "a", 3, 4]]}),
    '{"work||4": [[1, 1, NaN, 1, 1e999]], "file|png": [[1, 1, 1, Infinity, 1], [1, 1, 1, -5, 1]]}'])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, kept: str) -> None:
    (tmp_path / "kept.json").write_text(kept, encoding="utf-8")
    assert not Measured(tmp_path / "kept.json").forecast(FOUR, 1000, 1000)


def test_no_size_no_forecast(measured: Measured) -> None:
    with pytest.raises(StudioError, match="no size"):
        measured.forecast(UpscaleParams(by="pixels"), 100, 100)


def test_centimetres_on_paper() -> None:
    assert print_size((254, 508), 254) == pytest.approx((2.54, 5.08))
