"""Texts among the settings, and what they mean."""

from __future__ import annotations

import pytest

from studio.core.errors import StudioError
from studio.media.masking import Margins
from studio.panels.image.params import ImageParams
from studio.panels.image.wish import add_ons, margins, size, styled, wish


@pytest.mark.parametrize(("text", "expected"), [
    ("", None), (" ", None), ("512x768", (512, 768)), ("512", (512, 512)), (" 64 X 32 ", (64, 32)),
    ("64×32", (64, 32)), ("8,4096", (8, 4096))])
def test_sizes(text: str, expected: tuple[int, int] | None) -> None:
    assert size(text) == expected


@pytest.mark.parametrize("text", ["x", "1x", "64x64x64", "-5", "64.5", "9" * 40, "7x64", "64x4097", "٦٤"])
def test_what_is_no_size(text: str) -> None:
    if text == "٦٤":  # digits of another script are digits
        assert size(text) == (64, 64)
        return
    with pytest.raises(StudioError):
        size(text)


def test_styles_go_around_prompts() -> None:
    assert styled(" cat ", "a {prompt}, flat") == "a cat, flat"
    assert styled("cat", "flat") == "cat, flat"
    assert styled("", "a {prompt}") == ""
    assert styled("cat {prompt}", "{prompt}") == "cat {prompt}"


def test_margins_and_add_ons() -> None:
    assert margins("1, 2,3,4") == Margins(1, 2, 3, 4)
    assert not margins("")
    assert add_ons("ink:0.8, fog ,, C:\\loras\\a.safetensors, /b/c.safetensors:-1") == (
        ("ink", 0.8), ("fog", 1.0), ("C:\\loras\\a.safetensors", 1.0), ("/b/c.safetensors", -1.0))


def test_wildcards_of_each_text_are_its_own() -> None:
    params = ImageParams(prompt="{a|b}", style="{prompt} {a|b}", negative="{a|b}", other_prompt="{a|b}")
    made = [wish(params, seed) for seed in range(60)]
    seen = {(one.prompt, one.negative, one.other_prompt) for one in made}
    assert len(seen) > 8
    assert {one[0] for one in seen} == {"a a", "a b", "b a", "b b"}
