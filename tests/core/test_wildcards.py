"""Wildcards: drawn with the seed, and nothing typed is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core import prompt_lists
from studio.core.wildcards import drawn, named, names, resolve, settled

LISTS = {"animal": ("fox", "cat {with a hat|asleep}"), "any": ("__animal__", "tree"), "loop": ("__loop__ x",),
         "grow": ("__grow__ __grow__",), "trees/fir": ("fir",)}


def find(name: str) -> tuple[str, ...]:
    return LISTS.get(name, ())


def test_braces_draw_one_of_theirs_and_each_seed_its_own() -> None:
    seen = {drawn("a {red|green|deep blue} fox", seed) for seed in range(40)}
    assert seen == {"a red fox", "a green fox", "a deep blue fox"}
    assert [drawn("{a|b|c|d}", 7, salt) for salt in "xyzuvw"] != [drawn("{a|b|c|d}", 7)] * 6


def test_the_words_of_a_seed_never_change() -> None:
    """Recipes made today are painted the same tomorrow."""
    assert [drawn("{a|b|c|d|e} {a|b|c|d|e}", seed) for seed in (0, 1, 2**32 - 1)] == ["c d", "a e", "d b"]


@pytest.mark.parametrize("prompt", ["", "{prompt}, flat", "a }{ b", "{a", "a|b}", "a|b", "__", "____", "a__b",
                                    "__unknown__", "_ __ _", "({a}:1.2)"])
def test_other_marks_are_text(prompt: str) -> None:
    assert resolve(prompt, 3, find) == prompt


def test_braces_in_braces() -> None:
    assert {drawn("{a {b|c}|d}", seed) for seed in range(40)} == {"a b", "a c", "d"}
    assert {drawn("fox{| in snow}", seed) for seed in range(20)} == {"fox", "fox in snow"}


def test_lists_may_name_lists_and_hold_braces() -> None:
    seen = {resolve("__any__", seed, find) for seed in range(60)}
    assert seen == {"fox", "cat with a hat", "cat asleep", "tree"}
    assert resolve("__trees/fir__", 0, find) == "fir"


def test_lists_that_name_themselves_end() -> None:
    assert named("__loop__", 0, find).startswith("__loop__ x")
    assert len(named("__grow__", 0, find)) <= 100_000


def test_each_place_draws_anew() -> None:
    pairs = {named("__animal__/__animal__", seed, find).count("fox") for seed in range(40)}
    assert pairs == {0, 1, 2}


def test_a_request_settles_lists_and_keeps_braces() -> None:
    params = {"prompt": "__trees/fir__ {a|b}", "style": "{prompt} by __unknown__", "steps": 3, "negative": ""}
    assert settled(params, 1, find) == {**params, "prompt": "fir {a|b}"}
    assert names("__a__ __b__ __a__") == ["a", "b"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab {|}_夜\\", max_size=30), st.integers(0, 2**32 - 1))
def test_nothing_is_an_error(prompt: str, seed: int) -> None:
    assert resolve(prompt, seed, find) == resolve(prompt, seed, find)


def test_list_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_HOME", str(tmp_path))
    folder = tmp_path / "wildcards"
    (folder / "trees").mkdir(parents=True)
    (folder / "animal.txt").write_bytes("\ufefffox\r\n# not this\r\n\r\n  夜 cat \n".encode())
    (folder / "trees" / "fir.txt").write_text("fir", "utf-8")
    (tmp_path / "secret.txt").write_text("key", "utf-8")
    assert list(prompt_lists.find("animal")) == ["fox", "夜 cat"]
    assert list(prompt_lists.find("trees/fir")) == ["fir"]
    assert not prompt_lists.find("../secret")
    assert not prompt_lists.find("absent")
    assert {"animal", "trees/fir"} <= set(prompt_lists.known())


def test_lists_in_the_box() -> None:
    assert {"animal", "colour", "food", "style"} <= set(prompt_lists.known())
    assert "cat" in prompt_lists.find("animal")
