"""The Write task: it goes on where a text ends, tells what it does, and says what it cannot use."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from studio.core.jobs import JobState, Outcome
from studio.engines.context import WorkContext
from studio.engines.messages import Message, Progress, Wrote
from studio.panels.write import trace
from tests.panels.write.conftest import Desk

STORY = "The house stood above the river, and the wind came in and out of it.\n" * 12
CARDS = '[{"name": "Mara", "text": "Mara is the ferryman.", "words": ["Mara", "ferry"]}]'


def text_of(outcome: Outcome) -> str:
    assert outcome.problem is None, outcome.problem
    [output] = outcome.outputs
    return output.read().decode()


def refusal(outcome: Outcome) -> str:
    assert outcome.state is JobState.FAILED
    assert outcome.problem is not None
    assert not outcome.problem.is_bug, outcome.problem.details
    return outcome.problem.text


def test_it_goes_on_where_the_prompt_ends(desk: Desk) -> None:
    outcome = desk.run("The wind and")
    whole = text_of(outcome)
    facts = outcome.outputs[0].facts
    assert whole.startswith("The wind and")
    assert whole[facts["start"]:] == text_of(desk.run("The wind and", whole=False))
    assert facts["start"] == len("The wind and")
    assert (outcome.outputs[0].kind, outcome.outputs[0].media_type) == ("text", "text/markdown")
    assert [model.id for model in outcome.models] == ["tiny"]
    assert (outcome.device, outcome.precision) == ("cpu", "float32")


def test_the_facts_tell_of_speed_and_of_every_token(desk: Desk) -> None:
    outcome = desk.run("The wind and", whole=False)
    facts = outcome.outputs[0].facts
    assert 0 < facts["tokens"] <= 30
    assert facts["tokens_per_second"] > 0
    assert 0 < facts["first_seconds"] <= facts["seconds"]
    assert facts["ending"] in ("length", "end")
    tokens = trace.unpack(facts["trace"])
    assert "".join(token.text for token in tokens) == text_of(outcome)
    assert all(len(token.others) == 5 for token in tokens)


def test_the_text_is_told_while_it_is_written(desk: Desk) -> None:
    written = text_of(desk.run("The wind and", whole=False))
    assert "".join(message.text for message in desk.said if isinstance(message, Wrote)) == written
    assert any(isinstance(message, Progress) and message.text == "Writing" for message in desk.said)


def test_the_same_seed_gives_the_same_text(desk: Desk) -> None:
    first = [text_of(desk.run(STORY[:200 + at], at)) for at in range(6)]
    assert first == [text_of(desk.run(STORY[:200 + at], at)) for at in range(6)]
    assert text_of(desk.run(STORY, 1, whole=False)) != text_of(desk.run(STORY, 2, whole=False))


def test_a_file_is_continued_and_named_after(desk: Desk) -> None:
    outcome = desk.run(file=STORY.encode(), name="river house.md")
    assert text_of(outcome).startswith(STORY)
    assert outcome.outputs[0].name == "river house"
    both = text_of(desk.run("And then", file=b"One.\r\n"))
    assert both.startswith("One.\nAnd then")


def test_it_is_called_by_its_first_words(desk: Desk) -> None:
    story = "# The long road\n\nIt went over hills and through woods and over other hills again"
    name = desk.run(story).outputs[0].name
    assert name.startswith("The long road It went over")
    assert len(name) <= 60


def test_one_space_where_two_would_meet(desk: Desk) -> None:
    with_space, without = (text_of(desk.run(f"The wind{end}", whole=False)) for end in (" ", ""))
    assert with_space == without.removeprefix(" ")


def test_a_long_text_is_seen_from_the_end(desk: Desk) -> None:
    outcome = desk.run(STORY * 40)
    facts = outcome.outputs[0].facts
    assert facts["unseen"] > 0
    assert any("The model saw only the last" in note for note in outcome.notes)
    assert text_of(outcome).startswith(STORY * 40)
    assert facts["prompt_tokens"] + 30 <= 256


@pytest.mark.parametrize("text", ["a" * 5_000_000, "夜" * 60_000, "🌲🌲 שלום مرحبا left " * 3000,
                                  "x\u0301" * 9000, "\n" * 70_000 + "end", "word " * 100_000])
def test_any_long_text_is_continued(desk: Desk, text: str) -> None:
    assert text_of(desk.run(text, length=3, whole=False))


def test_memory_note_and_cards_change_what_is_written(desk: Desk) -> None:
    story = "It was late. The ferry came.\n" * 3
    plain = text_of(desk.run(story, 3))
    settings: list[dict[str, Any]] = [{"memory": "A cold land."}, {"note": "Be sad."}, {"cards": CARDS}]
    made = [desk.run(story, 3, **setting) for setting in settings]
    assert len({plain, *map(text_of, made)}) == 4
    assert made[2].outputs[0].facts["cards"] == "Mara"
    assert "cards" not in desk.run("Nobody came.", cards=CARDS).outputs[0].facts


def test_stop_words_and_banned_phrases(desk: Desk) -> None:
    plain = text_of(desk.run("The wind", whole=False))
    letter = next(letter for letter in plain if letter.isprintable() and letter.isascii() and letter != " ")
    assert letter.lower() not in text_of(desk.run("The wind", whole=False, banned=f"{letter}\nzq")).lower()
    later = next(letter for letter in plain[5:] if letter not in plain[:5] + "\n\\")
    stopped = desk.run("The wind", whole=False, stop=f"zq\n{later}")
    assert text_of(stopped) == plain[:plain.index(later)]
    assert stopped.outputs[0].facts["ending"] == "stop"


def test_enough_keeps_what_is_there(desk: Desk) -> None:
    finish = threading.Event()

    def emit(ctx: WorkContext, message: Message) -> None:
        if isinstance(message, Wrote):
            finish.set()

    whole = text_of(desk.run("The wind and", whole=False, length=120))
    outcome = desk.run("The wind and", whole=False, length=120, finish=finish, emit=emit)
    assert 0 < len(text_of(outcome)) < len(whole)
    assert whole.startswith(text_of(outcome))
    assert outcome.notes == ("Stopped early: the same recipe would write more.",)


def test_a_stop_ends_it(desk: Desk) -> None:
    def emit(ctx: WorkContext, message: Message) -> None:
        if isinstance(message, Wrote):
            ctx.cancel.cancel()

    assert desk.run("The wind", length=200, emit=emit).state is JobState.CANCELLED


@pytest.mark.parametrize(("given", "words"), [
    ({"prompt": ""}, "nothing to continue"), ({"prompt": " \n\t "}, "nothing to continue"),
    ({"file": b"\x89PNG\r\n\0\0\0"}, "story.txt is not text"),
    ({"file": b"One.\nTwo \xff three."}, "story.txt is not in UTF-8: line 2 has a broken letter"),
    ({"prompt": "A", "cards": "{"}, "story cards cannot be read"),
    ({"prompt": "A", "memory": "word " * 300}, "Memory, story cards and note are too long"),
    ({"prompt": "A", "length": 0}, "length goes from 1 to 8192"),
    ({"prompt": "A", "temperature": "hot"}, "temperature needs a number"),
])
def test_what_it_cannot_use_is_said(desk: Desk, given: dict[str, Any], words: str) -> None:
    assert words in refusal(desk.run(**given))


def test_memory_alone_is_enough_to_begin(desk: Desk) -> None:
    assert text_of(desk.run("", memory="A poem about the wind."))


def test_utf_16_is_read(desk: Desk) -> None:
    assert text_of(desk.run(file="夜の森は".encode("utf-16"))).startswith("夜の森は")
