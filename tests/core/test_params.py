from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import StudioError
from studio.core.params import Params, setting


@dataclass(frozen=True, slots=True)
class Paint(Params):
    """Settings of a made-up task."""

    strength: float = setting("float", 1.0, "Strength", low=0.0, high=1.0, step=0.01, unit="x")
    size: int = setting("int", 512, "Size", low=64, high=4096)
    steps: int = setting("int", 3, "Steps")
    least: float = setting("float", 1.0, "Least", low=0.5)
    most: int = setting("int", 1, "Most", high=9)
    wild: bool = setting("bool", False, "Wild")
    way: str = setting("choice", "quick", "Way", choices=(("quick", "Quick"), ("fine", "Fine")))
    words: str = setting("text", "", "Words")
    model: str = setting("model", "", "Model", option="-")

    RENAMED: ClassVar[Mapping[str, str]] = {"amount": "strength"}


def test_declarations_in_order() -> None:
    known = Paint.settings()
    assert list(known) == ["strength", "size", "steps", "least", "most", "wild", "way", "words", "model"]
    assert (known["strength"].low, known["strength"].high, known["strength"].unit) == (0.0, 1.0, "x")
    assert known["model"].option == "-"
    assert known["way"].choices[1] == ("fine", "Fine")


values = st.fixed_dictionaries({}, optional={
    "strength": st.floats(0, 1), "size": st.integers(64, 4096), "steps": st.integers(), "wild": st.booleans(),
    "way": st.sampled_from(["quick", "fine"]), "words": st.text(), "model": st.text()})


@settings(deadline=None)
@given(values)
def test_round_trip(chosen: dict[str, object]) -> None:
    params = Paint.from_json(chosen)
    assert Paint.from_json(params.to_json()) == params
    assert {name: getattr(params, name) for name in chosen} == chosen


def test_missing_are_default_unknown_are_dropped_old_names_are_known() -> None:
    params = Paint.from_json({"amount": 0.25, "gone": 7})
    assert params == Paint(strength=0.25)


def test_numbers_take_the_right_type() -> None:
    params = Paint.from_json({"strength": 1, "size": 99.6})
    assert isinstance(params.strength, float)
    assert params.size == 100
    assert isinstance(params.size, int)


@pytest.mark.parametrize(("data", "said"), [
    ({"strength": 1.5}, "strength goes from 0 to 1; 1.5 is outside."),
    ({"strength": -0.1}, "outside"), ({"size": 63}, "size goes from 64 to 4096; 63 is outside."),
    ({"strength": "0.5"}, "strength needs a number, not '0.5'."),
    ({"strength": float("nan")}, "needs a number"),
    ({"size": True}, "needs a number"), ({"size": None}, "needs a number"),
    ({"steps": float("-inf")}, "needs a number"), ({"size": float("inf")}, "needs a number"),
    ({"least": 0.1}, "least starts at 0.5; 0.1 is outside."),
    ({"most": 10}, "most ends at 9; 10 is outside."),
    ({"wild": 1}, "wild is either on or off, not 1."), ({"words": 7}, "words needs text, not 7."),
    ({"way": "slow"}, "way can be quick, fine, not 'slow'."), ({"model": None}, "model needs text"),
    ({"words": "{braces}", "way": "{x}"}, "not '{x}'"),
])
def test_wrong_values_are_named(data: dict[str, object], said: str) -> None:
    with pytest.raises(StudioError) as caught:
        Paint.from_json(data)
    assert said in str(caught.value)
