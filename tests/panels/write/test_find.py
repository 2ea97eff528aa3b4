"""Finding text in a page."""

from __future__ import annotations

from itertools import count

import pytest

from studio.core.errors import StudioError
from studio.panels.write.find import Query, find_all

TEXT = "The sea. 🌲 Seaside, the SEA\nand the sea夜海夜"


def found(query: Query, replacement: str = "") -> list[str]:
    data = TEXT.encode("utf-16-le")
    return [data[item.start * 2:item.end * 2].decode("utf-16-le")
            for item in find_all(TEXT, query, replacement)]


@pytest.mark.parametrize(("query", "places"), [
    (Query("sea"), ["sea", "Sea", "SEA", "sea"]), (Query("SEA", has_case=True), ["SEA"]),
    (Query("the", is_whole=True), ["The", "the", "the"]), (Query("se", is_whole=True), []),
    (Query("夜", is_whole=True), ["夜", "夜"]), (Query("🌲"), ["🌲"]), (Query("."), ["."]),
    (Query("s.a", is_pattern=True), ["sea", "Sea", "SEA", "sea"]), (Query("^and", is_pattern=True), ["and"]),
    (Query("SEA\nand"), ["SEA\nand"]), (Query(""), []), (Query("x*", is_pattern=True), [])])
def test_every_place(query: Query, places: list[str]) -> None:
    assert found(query) == places


def test_groups_are_filled_in() -> None:
    matches = find_all("one two", Query(r"(\w+) (?P<b>\w+)", is_pattern=True), r"\g<b> \1 🌲")
    assert [item.instead for item in matches] == ["two one 🌲"]
    assert [item.instead for item in find_all("a.b", Query("."), r"\1")] == [r"\1"]


@pytest.mark.parametrize(("query", "replacement"), [(Query("(", is_pattern=True), ""),
                                                    (Query("(?au)sea", is_pattern=True), ""),
                                                    (Query("((a{1000}){1000}){1000}", is_pattern=True), ""),
                                                    (Query("a{" + "9" * 5000 + "}", is_pattern=True), ""),
                                                    (Query("(s)ea", is_pattern=True), r"\2")])
def test_what_is_no_pattern_is_a_sentence(query: Query, replacement: str) -> None:
    with pytest.raises(StudioError, match="no pattern"):
        find_all(TEXT, query, replacement)


def test_a_pattern_that_takes_too_long_ends() -> None:
    clock = count()
    with pytest.raises(StudioError, match="too long"):
        find_all("a\n" * 50, Query("a", is_pattern=True), clock=lambda: float(next(clock)))


@pytest.mark.parametrize("pattern", ["(a|aa)+$", "(?R)"])
def test_a_pattern_that_runs_away_in_one_paragraph_is_stopped(pattern: str) -> None:
    with pytest.raises(StudioError, match="too long"):
        find_all("sea\n" + "a" * 60 + "!", Query(pattern, is_pattern=True))


def test_places_are_not_without_end() -> None:
    assert len(find_all("a\n" * 100_100, Query("a"))) == 100_000
