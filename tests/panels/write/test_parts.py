"""Cards, lists, what fits into the context, and what is kept of every token."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence

import pytest

from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.core.text import Ending, Message, Sampling, Token
from studio.panels.write import cards, trace
from studio.panels.write.cards import Card
from studio.panels.write.params import WriteParams, lines, sampling
from studio.panels.write.prompt import Sheet, view


class Letters:
    """A model whose tokens are characters; 0 begins a document."""

    device, precision, memory, vocabulary, has_template = "cpu", "float32", 1, 1 << 21, False

    def __init__(self, context: int) -> None:
        self.context = context

    def close(self) -> None:
        """Nothing to give back."""

    def tokenise(self, text: str, *, begins: bool = False, marks: bool = False) -> list[int]:
        return [0] * begins + [ord(letter) for letter in text]

    def detokenise(self, tokens: Sequence[int]) -> bytes:
        return "".join(chr(token) for token in tokens if token).encode()

    def count(self, text: str) -> int:
        return len(text)

    def templated(self, messages: Sequence[Message]) -> str:
        raise StudioError("No template.")

    def generate(self, prompt: Sequence[int], sampling: Sampling, cancel: CancelToken,
                 on_token: Callable[[Token], object],
                 on_read: Callable[[int, int], object] = lambda done, total: None) -> Ending:
        return Ending("end", 0, 0.0, 0.0)


def seen(sheet: Sheet, context: int = 400, length: int = 50) -> str:
    """What the model sees, as text."""
    model = Letters(context)
    found = view(sheet, model, length)
    assert len(found.tokens) + length < context or found.fixed > context // 2
    assert found.tokens[0] == 0
    return model.detokenise(found.tokens).decode()


# what fits


def test_a_short_text_is_seen_whole() -> None:
    assert seen(Sheet("One.\nTwo.")) == "One.\nTwo."
    assert view(Sheet("One."), Letters(400), 50).start == 0


def test_memory_and_cards_stand_above_and_the_note_near_the_end() -> None:
    sheet = Sheet("a\nb\nc\nd\ne", "Once.", "Slow.", (Card("Ann", "A sailor.", ("d",)), Card("Bo", "x")))
    assert seen(sheet) == "Once.\nAnn: A sailor.\n\na\nb\n[Slow.]\nc\nd\ne"
    assert view(sheet, Letters(400), 50).cards == ("Ann",)


def test_the_note_of_a_single_line_stands_above_it() -> None:
    assert seen(Sheet("Only this", note="Slow.")) == "[Slow.]\nOnly this"


def test_the_end_of_a_long_text_is_seen_from_the_start_of_a_word() -> None:
    text = " ".join(f"word{at}" for at in range(500))
    shown = seen(Sheet(text))
    assert text.endswith(shown)
    assert shown.startswith("word")
    assert 200 < len(shown) < 350


def test_while_a_story_grows_its_beginning_mostly_stays() -> None:
    rng = random.Random(0)
    text = " ".join(rng.choice(("a", "long", "word")) for _ in range(400))
    starts = []
    for _ in range(100):
        text += f" {rng.choice(('a', 'long', 'word'))}"
        starts.append(view(Sheet(text), Letters(400), 50).start)
    assert starts == sorted(starts)
    assert len(set(starts)) < 12


def test_without_a_word_to_begin_with_it_begins_anywhere() -> None:
    assert 100 < len(seen(Sheet("夜" * 5000))) < 350
    assert 100 < len(seen(Sheet("\n" * 5000 + "x"))) < 350


def test_a_long_answer_takes_at_most_half_of_the_room() -> None:
    found = view(Sheet("word " * 1000), Letters(400), 5000)
    assert 100 < found.shown < 201


def test_much_memory_leaves_no_room() -> None:
    with pytest.raises(StudioError, match="too long: 310 tokens; 300 fit"):
        view(Sheet("a", memory="m" * 307), Letters(400), 50)


def test_nothing_at_all_cannot_be_continued() -> None:
    for sheet in (Sheet(""), Sheet(" \n"), Sheet("", note="Slow."), Sheet("", cards=(Card("A", "b"),))):
        with pytest.raises(StudioError, match="nothing to continue"):
            view(sheet, Letters(400), 50)
    assert seen(Sheet("", "A ship.")) == "A ship.\n\n"


# cards


def test_cards_go_there_and_back() -> None:
    made = (Card("夜", "Night.", ("夜", "dark")), Card("B", "x", (), False))
    assert cards.parse(cards.to_json(made)) == made
    assert cards.parse("") == cards.parse("[]") == ()


def test_cards_of_others_are_read_kindly() -> None:
    [card] = cards.parse(json.dumps([{"name": "A", "text": "t", "words": "an, the ", "colour": 3}]))
    assert card == Card("A", "t", ("an", "the"))


@pytest.mark.parametrize("text", [
    "{", "{}", '["a"]', '[{"name": "A"}]', '[{"name": "A", "text": "t", "words": 3}]', "[" * 9999])
def test_damaged_cards_are_said(text: str) -> None:
    with pytest.raises(StudioError, match="story cards cannot be read"):
        cards.parse(text)


@pytest.mark.parametrize(("words", "text", "is_awake"), [
    (("Ann",), "and ANN came", True), (("Ann",), "Anna came", False), (("",), "anything", False),
    ((), "Name", True), (("the ferry",), "on the\nferry", False), (("夜",), "这夜晚", True),
    (("a.b",), "axb", False), (("c++",), "in c++ now", True)])
def test_a_card_wakes_at_its_words(words: tuple[str, ...], text: str, is_awake: bool) -> None:
    assert bool(cards.awake([Card("Name", "t", words)], text)) is is_awake


def test_a_card_that_is_off_or_empty_sleeps() -> None:
    assert cards.awake([Card("Name", "t", (), False), Card("Name", " ")], "Name") == ()


# settings


def test_lists_have_one_entry_to_a_line() -> None:
    assert lines("a b\n\n\\n\\n\n end") == ("a b", "\n\n", " end")
    assert lines("") == lines("\n\r\n") == ()
    assert lines("a\x0bb\u2028\r\nc") == ("a\x0bb\u2028", "c")


def test_settings_become_a_way_to_choose() -> None:
    found = sampling(WriteParams(length=7, temperature=0.0, stop="x\ny", banned="z", repetition=1.2), 9)
    assert found == Sampling(7, 0.0, 0.95, 0.05, 1.2, stop=("x", "y"), banned=("z",), seed=9)


# what was considered


def test_what_was_considered_is_kept_small() -> None:
    rng = random.Random(1)
    tokens = [Token(rng.choice((" word", "夜", "\n", '"')), rng.randrange(10_000) / 10_000,
                    tuple((f" other{at}", at / 10) for at in range(5))) for _ in range(400)]
    packed = trace.pack(tokens)
    assert trace.unpack(packed) == tuple(tokens)
    assert len(packed) < 400 * 25
    assert trace.unpack(trace.pack([])) == ()


@pytest.mark.parametrize("text", ["", "abc", "!!!!", "夜", trace.pack([Token("a", 1.0)])[:-6]])
def test_a_damaged_trace_is_said(text: str) -> None:
    with pytest.raises(StudioError, match="damaged"):
        trace.unpack(text)
