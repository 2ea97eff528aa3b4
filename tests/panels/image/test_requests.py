"""From what was asked for to one request a picture."""

from __future__ import annotations

from studio.panels.image import PANEL
from studio.panels.image.params import ImageParams
from studio.panels.image.requests import each


def test_each_picture_has_a_seed_of_its_own() -> None:
    made = each({"prompt": "an apple", "count": 3}, 2**32 - 2)
    assert [seed for _, seed in made] == [2**32 - 2, 2**32 - 1, 0]
    assert all(params == {"prompt": "an apple", "count": 1} for params, _ in made)


def test_lists_are_drawn_for_each_seed_and_braces_stay() -> None:
    made = each({"prompt": "__thing__ {a|b}", "count": 20}, 5, lambda name: ("fox", "tree"))
    assert {params["prompt"] for params, _ in made} == {"fox {a|b}", "tree {a|b}"}
    assert each({"prompt": "__thing__", "count": 1}, 7, lambda name: ("fox", "tree"))[0] == (
        {"prompt": made[2][0]["prompt"].split()[0], "count": 1}, 7)


def test_the_panel_says_so() -> None:
    params = ImageParams(prompt="a cat", count=2).to_json()
    assert [seed for _, seed in PANEL.each(params, 1)] == [1, 2]
