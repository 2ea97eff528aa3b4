"""Errors and events."""

from __future__ import annotations

import pickle

from studio.core.errors import OutOfMemory, StudioError, fill
from studio.core.events import Event


def test_error_texts() -> None:
    error = StudioError("{name} has {count:,} pixels.", "Save {name} smaller.", name="a", count=1234567)
    assert error.message == "a has 1,234,567 pixels."
    assert error.hint == "Save a smaller."
    assert str(error) == "a has 1,234,567 pixels. Save a smaller."
    assert str(StudioError("Just this.")) == "Just this."
    assert isinstance(OutOfMemory("x"), StudioError)


def test_braces_in_values_and_in_plain_text_stay() -> None:
    assert str(StudioError("{name} is odd.", name="{0}")) == "{0} is odd."
    assert fill("{not a value}", {}) == "{not a value}"


def test_errors_survive_the_way_between_processes() -> None:
    error = StudioError("{name} is cut off.", "Get it again.", details="d", name="a")
    assert error.values == {"name": "a"}
    assert pickle.loads(pickle.dumps(StudioError("plain"))).template == "plain"


def test_event_tells_all_in_order_until_they_leave() -> None:
    event: Event[int] = Event()
    seen: list[tuple[str, int]] = []
    leave = event.connect(lambda value: seen.append(("a", value)))
    event.connect(lambda value: seen.append(("b", value)))
    event.emit(1)
    leave()
    event.emit(2)
    assert seen == [("a", 1), ("b", 1), ("b", 2)]


def test_a_listener_may_leave_while_it_is_told() -> None:
    event: Event[int] = Event()
    seen: list[int] = []
    leave = event.connect(lambda value: (seen.append(value), leave()))  # type: ignore[misc]
    event.connect(seen.append)
    event.emit(1)
    event.emit(2)
    assert seen == [1, 1, 2]
