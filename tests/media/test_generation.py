"""What programs say of how they painted a picture is understood; what only looks like it does no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.media.generation import LONGEST, Generation, parse

USUAL = """a castle, (masterpiece:1.2),
<lora:ink:0.8> at night
Negative prompt: blurry, bad hands,
text
Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 2179987202, Size: 768x512, \
Model hash: 93b79e09ed, Model: dream, Denoising strength: 0.45, Lora hashes: "ink: abc, fog: def", \
TI: "say \\"hi\\", you", Version: v1.9.3"""


def test_the_usual_form() -> None:
    found = parse(USUAL)
    assert found is not None
    assert found.prompt == "a castle, (masterpiece:1.2),\n<lora:ink:0.8> at night"
    assert found.negative == "blurry, bad hands,\ntext"
    assert found.settings == {
        "Steps": "20", "Sampler": "DPM++ 2M", "Schedule type": "Karras", "CFG scale": "7.5",
        "Seed": "2179987202", "Size": "768x512", "Model hash": "93b79e09ed", "Model": "dream",
        "Denoising strength": "0.45", "Lora hashes": "ink: abc, fog: def", "TI": 'say "hi", you',
        "Version": "v1.9.3"}
    assert found.value("cfg SCALE") == "7.5"
    assert found.value("Clip skip") == ""
    assert found.to_text() == USUAL


@pytest.mark.parametrize(("text", "wanted"), [
    ("a cat\nSteps: 20", Generation("a cat", "", {"Steps": "20"})),
    ("Steps: 20, Seed: 5", Generation("", "", {"Steps": "20", "Seed": "5"})),
    ("a cat\nNegative prompt: dog", Generation("a cat", "dog")),
    ("Negative prompt: dog", Generation("", "dog")),
    ("a\r\n\r\nb\r\nSteps: 3,", Generation("a\n\nb", "", {"Steps": "3"})),
    ("a\nSteps: 3, Seed: 1\nTemplate: {a|b}", Generation("a", "", {"Steps": "3", "Seed": "1"})),
    ("a\nSeed: 1, Sampler: X, Size: 8x8", Generation("a", "", {"Seed": "1", "Sampler": "X", "Size": "8x8"})),
    ('a\nSteps: 3, Model: "x', Generation("a", "", {"Steps": "3", "Model": '"x'})),
    ("画\nSteps: 3, 模型: 山", Generation("画", "", {"Steps": "3", "模型": "山"})),
    ("a\nSteps: 3, Steps: 4", Generation("a", "", {"Steps": "3"})),
    ("", None), ("a cat", None), ("one, two: three, four: five, six: seven", None), ("\0\n\n", None),
    ('{"a": 1, "b": 2, "c": 3}', None),
])
def test_what_is_missing_is_missing(text: str, wanted: Generation | None) -> None:
    assert parse(text) == wanted


def test_words_that_look_like_another_part_stay_words() -> None:
    made = Generation("a\nNegative prompt: b\nSteps: 3", "Negative prompt: c", {"Steps": "7"})
    found = parse(made.to_text())
    assert found == Generation("a\n\\Negative prompt: b\n\\Steps: 3", "\\Negative prompt: c", {"Steps": "7"})


def test_a_prompt_without_end_is_cut() -> None:
    found = parse("x" * (LONGEST + 5) + "\nSteps: 2")
    assert found is not None
    assert found.prompt == "x" * LONGEST


@pytest.mark.parametrize("text", [
    "a" * 1_000_000, "a:" * 500_000, "Steps: 1, " + 'a: "' * 250_000, "Steps: 1, " + "b" * 1_000_000,
    "Steps: 1\n" * 110_000, '"' * 1_000_000, "Steps: 1, k: " + "\\" * 1_000_000, "\n" * 1_000_000,
    "Steps: 1, " + 'kk: "\\' * 170_000, " " * 1_000_000 + "x", "Negative prompt:" * 60_000,
])
def test_a_megabyte_of_anything_is_answered(text: str) -> None:
    parse(text)


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=40)
VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
NAMES = st.text(st.sampled_from("abcXYZ019é画 /-"), min_size=2, max_size=12).filter(
    lambda name: name[0].isalnum() and name == name.strip())


def tidy(lines: list[str]) -> str:
    """Lines as the form keeps them."""
    return "\n".join(line.strip() for line in lines).strip()


@given(
    prompt=st.lists(WORDS, max_size=4).map(tidy), negative=st.lists(WORDS, max_size=4).map(tidy),
    settings=st.dictionaries(NAMES, VALUES, max_size=4),
)
def test_there_and_back(prompt: str, negative: str, settings: dict[str, str]) -> None:
    made = Generation(prompt, negative, {"Steps": "20", **settings})
    text = made.to_text()
    found = parse(text)
    assert found is not None
    assert (found.prompt.replace("\\", ""), found.negative.replace("\\", "")) == (
        prompt.replace("\\", ""), negative.replace("\\", ""))
    assert found.settings == made.settings


@given(st.text() | st.text(st.sampled_from('Steps: 1,"\\\nNegative prompt:x'), max_size=80))
def test_any_text_is_answered(text: str) -> None:
    parse(text)
