"""Who wrote how much, and in which language it is said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.manuscript import ORIGINS
from studio.media.pages.languages import guess
from studio.media.pages.statement import statement


def test_shares_are_said_with_the_models() -> None:
    assert statement({"yours": 72, "model": 20, "edited": 8}, ["write-small", "tiny"]) == (
        "72 % written by a person; 20 % written by a model; 8 % written by a model and edited by a person. "
        "Models: write-small, tiny.")
    assert statement({"yours": 1, "model": 3}, ["write-small"], "zh-Hans") == (
        "25%人写的；75%模型写的。模型：write-small。")
    assert statement({"yours": 5}) == "100 % written by a person."
    assert statement({}) == ""


@given(st.fixed_dictionaries({origin: st.integers(0, 10**7) for origin in ORIGINS}))
def test_percents_add_up_and_nothing_that_is_there_is_zero(counts: dict[str, int]) -> None:
    said = [int(share) for share in re.findall(r"(\d+) %", statement(counts))]  # type: ignore[arg-type]
    assert sum(said) == (100 if sum(counts.values()) else 0)
    assert len(said) == sum(count > 0 for count in counts.values())
    assert 0 not in said


@pytest.mark.parametrize(("text", "language"), [
    ("He said that the river was cold and she did not hear it.", "en"),
    ("Er sagte nicht, dass der Fluss und das Ufer kalt sind.", "de"),
    ("Elle ne savait pas que les rives et la barque étaient dans l'eau.", "fr"),
    ("No se sabía por qué el río y los puentes eran así.", "es"),
    ("床前明月光，疑是地上霜。", "zh"), ("夜の河は静かだった。灯りが見える。", "ja"),
    ("강물은 차가웠다.", "ko"),
    ("Река была холодная.", "ru"), ("هذا النص", "ar"), ("שלום", "he"), ("", "en"), ("123 🚣", "en"),
    ("He called it 渡口, and the others did not know that it was hers.", "en")])
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert guess(text) == language
