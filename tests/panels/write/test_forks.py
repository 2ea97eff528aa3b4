"""Where the text forked, without a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.manuscript import Piece
from studio.core.text import Token
from studio.panels.write.forks import PAGE, Forks, pack, trace_of


def chain() -> Forks:
    """Fork 1 in the page: 2, 3. Fork 4 in option 2: 5, 6. Fork 7 in option 6: 8."""
    forks, _ = Forks.none().begin(PAGE, 10)
    forks, _ = forks.another(1, 11)
    forks, _ = forks.begin(2, 12)
    forks, _ = forks.another(4, 13)
    forks, _ = forks.begin(6, 14)
    return forks


def test_numbers_are_given_once() -> None:
    forks = chain()
    assert (set(forks.forks), set(forks.options), forks.last) == ({1, 4, 7}, {2, 3, 5, 6, 8}, 8)
    assert forks.without(8).begin(PAGE, 0)[1] == 10


def test_who_lies_in_whom() -> None:
    forks = chain()
    assert forks.siblings(5) == (5, 6)
    assert forks.siblings(99) == ()
    assert forks.path(8) == (2, 6, 8)
    assert forks.below(2) == {2, 5, 6, 8}
    assert forks.below(3) == {3}
    assert [(depth, fork.id) for depth, fork in forks.walk()] == [(0, 1), (1, 4), (2, 7)]


def test_the_page_says_which_one_is_shown() -> None:
    forks, spans = chain(), {2: (10, 20), 6: (20, 30), 8: (34, 40)}
    assert [forks.shown(fork, spans) for fork in (1, 4, 7)] == [2, 6, 8]
    assert forks.shown(1, {3: (10, 12)}) == 3
    assert forks.shown(4, {3: (10, 12)}) == 0
    assert forks.regions(spans) == {2: (10, 40), 6: (20, 40), 8: (34, 40)}


def test_an_option_whose_own_text_is_gone_is_where_those_in_it_are() -> None:
    assert chain().regions({8: (5, 9)}) == {2: (5, 9), 6: (5, 9), 8: (5, 9)}
    assert chain().shown(1, {8: (5, 9)}) == 2


@pytest.mark.parametrize(("place", "option"), [(10, PAGE), (11, 2), (20, 2), (21, 6), (33, 6), (40, 8),
                                               (41, PAGE)])
def test_the_innermost_one_at_a_place(place: int, option: int) -> None:
    assert chain().at(place, {2: (10, 20), 6: (20, 30), 8: (34, 40)}) == option


def test_a_split_takes_along_what_lies_in_the_rest() -> None:
    forks = chain().changed(2, asset="a", kept=pack([Piece("x")]))
    split, tail = forks.split(2, [4])
    assert split.options[tail].asset == "a"
    assert split.path(8) == (2, tail, 6, 8)
    assert split.siblings(tail) == (tail,)
    untouched, tail = forks.split(2, [7])  # it lies deeper, and moves with the one it lies in
    assert untouched.path(8) == (2, 6, 8)


def test_one_that_came_to_nothing_can_be_taken_back() -> None:
    forks = chain()
    assert forks.without(8).forks.keys() == {1, 4}
    assert forks.without(6) is forks, "a fork lies in it"
    assert forks.without(5).siblings(6) == (6,)
    assert forks.without(99) is forks


def test_a_word_chosen_by_the_person_comes_first() -> None:
    word, rest = Token(" sea", 0.1, ((" hill", 0.4), (" sea", 0.1))), (Token(" was", 0.7),)
    forks, option = Forks.none().begin(PAGE, 0, lead=word)
    assert trace_of(forks.options[option], rest) == (word, *rest)
    forks, plain = forks.begin(PAGE, 0)
    assert trace_of(forks.options[plain], rest) == rest


def full() -> Forks:
    kept = (Piece(" and", "model", 3, 0), Piece(" so", "edited", 3, 1), Piece(" I said"))
    lead = Token(" sea", 0.25, ((" hill", 0.5),))
    return chain().changed(3, kept=pack(kept), asset="a1", key="k").changed(5, lead=lead)


def test_a_damaged_text_is_none() -> None:
    for damage in ("x", "[[", "[[9, 1, 1]]", "{}", "[" * 50_000):
        assert chain().changed(2, kept=damage).options[2].pieces == ()
    assert full().options[3].pieces[2] == Piece(" I said")


def test_it_goes_through_the_draft() -> None:
    forks = full()
    assert Forks.from_json(json.loads(json.dumps(forks.to_json()))) == forks


@pytest.mark.parametrize("damage", [None, [], "x", {"forks": 3}, {"options": [[1]], "forks": [[1, 2]]},
                                    {"forks": [[1, 2, 2]], "options": [[2, 1, 0, "", "", [], None]]}])
def test_damage_leaves_no_forks(damage: Any) -> None:
    found = Forks.from_json(damage)
    assert not found.forks
    assert not found.options


@given(st.data())
def test_any_damage_leaves_forks_that_hold_together(data: st.DataObject) -> None:
    values: Any = json.loads(json.dumps(full().to_json()))
    where = values[data.draw(st.sampled_from(["forks", "options"]))]
    entry = data.draw(st.sampled_from(where))
    at = data.draw(st.integers(0, len(entry) - 1))
    entry[at] = data.draw(st.sampled_from([None, -1, 2, 4, 7, 99, "x", [], {}, True]))
    found = Forks.from_json(values)
    for option in found.options.values():
        assert option.id in found.forks[option.fork].options
        assert found.path(option.id)[-1] == option.id
    assert len(list(found.walk())) == len(found.forks)
    assert all(number in found.options for fork in found.forks.values() for number in fork.options)
