"""Sentences, and the ones that say most; verse without instructions; who can do what."""

from __future__ import annotations

import random
import string
from typing import Any

import pytest

from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.panels.write import abilities, verse
from studio.panels.write.params import WriteParams
from studio.panels.write.presets import PRESETS
from studio.panels.write.sentences import paragraphs, parts, sentences
from studio.panels.write.summary import summarise
from tests.panels.write.conftest import Desk

THEME = ["The old ferry crossed the grey river every morning.",
         "Mara steered the old ferry across the grey river.",
         "Every morning the grey river carried the old ferry and Mara."]
ASIDES = ["Somebody had painted a gate green once.", "Bread costs four coins in town nowadays, they say.",
          "Snow fell upon distant hills without any sound.", "A dog barked twice behind some wooden fence.",
          "Letters came rarely, and nobody answered them."]


@pytest.mark.parametrize(("text", "expected"), [
    ("Mr. Smith said “Go!” He went... and then J. R. left.", ["Mr. Smith said “Go!”",
                                                             "He went... and then J. R. left."]),
    ('"Why?" she asked. It cost 3.5 pounds. End', ['"Why?" she asked.', "It cost 3.5 pounds.", "End"]),
    ("他说：“走吧！”走了。为什么？我不知道……也许",
     ["他说：“走吧！”", "走了。", "为什么？", "我不知道……", "也许"]),
    ("One. two", ["One. two"]), ("", []), ("...", ["..."])])
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


def test_paragraphs_make_up_the_text() -> None:
    text = "a\nb\n\nc\n \n\n\td  \n\n"
    assert "".join(piece + gap for piece, gap in paragraphs(text)) == text
    assert [piece for piece, _ in paragraphs(text)] == ["a\nb", "c", "d  "]


@pytest.mark.parametrize("most", [5, 12, 40, 10_000])
def test_parts_fit_and_nothing_is_lost(most: int) -> None:
    rng = random.Random(most)
    made = ["".join(rng.choice(string.ascii_letters + "   ..夜。") for _ in range(rng.randrange(1, 90)))
            for _ in range(30)]
    text = "\n\n".join(made)
    found = list(parts(text, most, len))
    assert all(len(piece) <= most for piece, _ in found)
    assert "".join("".join(piece.split()) for piece, _ in found) == "".join(text.split())
    assert max(len(piece) for piece, _ in found) > most // 2 or most > len(text)


def test_the_sentences_that_say_most_are_picked_in_their_order() -> None:
    story = [*ASIDES[:2], THEME[0], *ASIDES[2:4], THEME[1], ASIDES[4], THEME[2]]
    text = "# A title about the old grey ferry.\n\n" + " ".join(story[:5]) + "\n\n" + "\n".join(story[5:])
    assert summarise(text, CancelToken()) == tuple(THEME)


def test_a_chinese_text_and_its_verses() -> None:
    lines = ("有人把大门漆成了绿色的样子。", "河上的老渡船每天清晨过河。", "玛拉撑着河上的老渡船过河。",
             "山上无声地下起了一场大雪。", "每天清晨玛拉的老渡船都在河上。")
    assert summarise("\n".join(lines), CancelToken()) == (lines[1], lines[2], lines[4])


def test_a_long_text_is_worked_in_groups() -> None:
    rng = random.Random(0)
    said: list[float] = []
    words = ["".join(rng.choice(string.ascii_lowercase) for _ in range(5)) for _ in range(300)]
    text = " ".join(" ".join(rng.choices(words, k=9)).capitalize() + "." for _ in range(450))
    found = summarise(text, CancelToken(), said.append)
    assert len(found) == 12
    assert [text.index(sentence) for sentence in found] == sorted(text.index(sentence) for sentence in found)
    assert said == sorted(said)
    assert 0 <= said[0] < said[-1] < 1


def test_too_few_sentences_and_a_stop() -> None:
    with pytest.raises(StudioError, match="too few sentences"):
        summarise("One is here. Two is here. Three.", CancelToken())
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        summarise(" ".join(THEME + ASIDES), stopped)


# with a model that only goes on writing


def test_its_summary_is_the_text_s_own_sentences(desk: Desk) -> None:
    outcome = desk.run(" ".join(THEME + ASIDES), do="summarise")
    assert outcome.problem is None
    [output] = outcome.outputs
    assert all(line in THEME + ASIDES for line in output.read().decode().split("\n\n"))
    assert (output.facts["picked"], output.facts["start"]) == (True, len(output.read().decode()))
    assert "picked from the text, word for word" in outcome.notes[0]


def test_its_poem_begins_with_what_it_was_given(desk: Desk) -> None:
    for text, begun in (("Rain on the Roof", "Rain on the Roof\n\n"), ("春雨", "春雨\n"),
                        ("Prose.\n\nRain falls,\nthe roof", "Rain falls,\nthe roof\n")):
        outcome = desk.run(text, do="poem")
        assert outcome.problem is None
        assert outcome.outputs[0].read().decode().startswith(begun)
        assert outcome.outputs[0].facts["start"] == len(begun)
        assert outcome.outputs[0].facts["prompt_tokens"] > len(verse.example(text)) // 2


def test_a_chinese_poem_ends_with_its_stanza() -> None:
    assert verse.ends("春雨") == ("\n\n",)
    assert verse.ends("Rain") == ()
    assert "床前" in verse.example("春雨")
    assert verse.signed("春雨\n") == "春雨\n无名氏\n"
    assert all(verse.signed(begun) == begun for begun in ("Rain\n\n", "春雨。\n", "春雨，\n夜\n"))
    assert verse.beginning("It rained all day.\n") == "It rained all day.\n"


@pytest.mark.parametrize("do", ["rewrite", "title", "translate", "dialogue", "chat"])
def test_it_says_what_it_cannot(desk: Desk, do: str) -> None:
    outcome = desk.run("A text.", do=do, talk="Why?")
    assert outcome.problem is not None
    assert "tiny does not follow instructions; it only writes on" in outcome.problem.text


# who can do what, and presets


@pytest.mark.parametrize(("facts", "can"), [
    ({}, ("continue", "summarise", "poem")), ({"chat": False}, ("continue", "summarise", "poem")),
    ({"follows_instructions": False}, ("continue", "summarise", "poem")),
    ({"chat": True}, abilities.EVERYTHING), ({"follows_instructions": True}, abilities.EVERYTHING)])
def test_a_template_makes_all_the_difference(facts: dict[str, Any], can: tuple[str, ...]) -> None:
    assert abilities.abilities(facts) == can
    for task in abilities.EVERYTHING:
        assert bool(abilities.why_not(facts, task)) is (task not in can)
        assert abilities.task_label(facts, task)
        assert abilities.task_about(facts, task)


def test_the_summary_of_a_model_that_writes_none_is_called_otherwise() -> None:
    assert abilities.task_label({}, "summarise") == "Key sentences"
    assert abilities.task_label({"chat": True}, "summarise") == "Summarise"
    assert abilities.task_about({}, "poem") != abilities.task_about({"chat": True}, "poem")


def test_presets_hold_settings_that_there_are() -> None:
    for preset in PRESETS:
        WriteParams.from_json(preset.settings)
        assert set(preset.settings) <= set(WriteParams.settings())
    assert len({preset.title for preset in PRESETS}) == len(PRESETS)
