"""What is asked of a model that follows instructions, how it is made to fit, and what comes of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from studio.core.jobs import JobState, Outcome
from studio.core.text import Message
from studio.engines.context import WorkContext
from studio.engines.messages import Message as Told
from studio.engines.messages import Wrote
from studio.panels.write import fit, trace
from tests.panels.write.scribe import Rule, Scribe, Study

PASSAGE = "The ferry was late. Mara waited in the rain."
LONG = "\n\n".join(f"Paragraph {at} tells of the river and of Mara, who waits for it." for at in range(60))
Make = Callable[..., Study]


@pytest.fixture
def study(tmp_path: Path) -> Make:
    """Makes one with a scribe of this rule."""
    def make(rule: Rule = lambda prompt: "Answer.", **more: object) -> Study:
        return Study(tmp_path, Scribe(rule, **more))  # type: ignore[arg-type]

    return make


def text_of(outcome: Outcome) -> str:
    assert outcome.problem is None, outcome.problem
    [output] = outcome.outputs
    return output.read().decode()


def refusal(outcome: Outcome) -> str:
    assert outcome.state is JobState.FAILED
    assert outcome.problem is not None
    assert not outcome.problem.is_bug, outcome.problem.details
    return outcome.problem.text


def source_of(prompt: str) -> str:
    """The text that a prompt without memory is about."""
    return prompt.partition("\n\n")[2].removesuffix("\n[assistant] ")


@pytest.mark.parametrize(("do", "manner", "words"), [
    ("rewrite", "shorter", "half as long"), ("rewrite", "longer", "twice as long"),
    ("rewrite", "like a letter", "in this tone: like a letter"), ("rewrite", "", "reads better"),
    ("summarise", "", "in a few sentences"), ("title", "", "five titles"),
    ("translate", "", "into Chinese"), ("translate", "english", "into English"),
    ("translate", "French", "into French"), ("dialogue", "", "between two people"),
    ("dialogue", "Ann and Bo", "between Ann and Bo"), ("poem", "a sonnet", "its form: a sonnet")])
def test_each_task_says_what_it_wants(study: Make, do: str, manner: str, words: str) -> None:
    desk = study()
    outcome = desk.run(do, "Before it.", passage=PASSAGE, manner=manner)
    assert text_of(outcome) == desk.told == "Answer."
    [prompt] = desk.scribe.prompts
    assert prompt.startswith("[system] You are a careful literary editor.")
    assert words in prompt
    assert PASSAGE in prompt
    assert "Before it." not in prompt
    facts = outcome.outputs[0].facts
    assert (facts["do"], facts["start"], facts.get("unseen", 0)) == (do, 0, 0)
    assert "".join(token.text for token in trace.unpack(facts["trace"])) == "Answer."


@pytest.mark.parametrize(("do", "words"), [
    ("rewrite", "改写下面这段文字，压缩到约一半"), ("translate", "翻译成shorter"), ("chat", "你是作家身边")])
def test_a_chinese_text_is_asked_about_in_chinese(study: Make, do: str, words: str) -> None:
    desk = study()
    assert text_of(desk.run(do, "他在雨里等船。", manner="shorter", talk="为什么？"))
    assert words in desk.scribe.prompts[0]


def test_a_chinese_text_becomes_english_and_the_other_way_round(study: Make) -> None:
    desk = study()
    desk.run("translate", "他在雨里等船。")
    desk.run("translate", "Er wartet im Regen.")
    assert "翻译成英文" in desk.scribe.prompts[0]
    assert "into Chinese" in desk.scribe.prompts[1]


def test_without_a_passage_it_is_about_the_whole_document(study: Make) -> None:
    desk = study()
    assert text_of(desk.run("title", "And after.", file=PASSAGE + " "))
    assert f"{PASSAGE} And after." in desk.scribe.prompts[0]


def test_memory_and_awake_cards_and_the_note_are_told(study: Make) -> None:
    desk = study()
    cards = json.dumps([{"name": "Mara", "text": "A pilot."}, {"name": "Tom", "text": "Asleep."}])
    desk.run("rewrite", PASSAGE, memory="A cold land.", note="Slowly.", cards=cards)
    desk.run("summarise", PASSAGE, note="Slowly.")
    told = desk.scribe.prompts[0]
    assert "What is known of the story:\nA cold land.\nMara: A pilot.\n\nDirection: Slowly." in told
    assert "Tom" not in told
    assert "Slowly" not in desk.scribe.prompts[1]


def test_a_long_text_is_rewritten_part_by_part_and_keeps_its_paragraphs(study: Make) -> None:
    desk = study(lambda prompt: source_of(prompt).upper(), context=1500)
    written = text_of(desk.run("rewrite", LONG))
    assert written == desk.told == LONG.upper()
    assert len(desk.scribe.prompts) > 5
    facts = desk.run("translate", LONG).outputs[0].facts
    assert facts["tokens"] >= len(LONG) - 200
    assert facts["prompt_tokens"] > len(LONG)


def test_enough_ends_it_between_the_parts(study: Make) -> None:
    desk, finish = study(lambda prompt: source_of(prompt).upper(), context=1500), threading.Event()

    def emit(ctx: WorkContext, message: Told) -> None:
        if isinstance(message, Wrote):
            finish.set()

    outcome = desk.run("rewrite", LONG, finish=finish, emit=emit)
    assert 0 < len(text_of(outcome)) < len(LONG)
    assert LONG.upper().startswith(text_of(outcome))
    assert outcome.notes == ("Stopped early: the same recipe would write more.",)


def test_a_stop_ends_it(study: Make) -> None:
    def emit(ctx: WorkContext, message: Told) -> None:
        if isinstance(message, Wrote):
            ctx.cancel.cancel()

    assert study(lambda prompt: "word " * 40).run("rewrite", LONG, emit=emit).state is JobState.CANCELLED


def test_a_long_text_is_summarised_by_its_parts(study: Make) -> None:
    desk = study(lambda prompt: f"S{len(prompt) % 7}.", context=1500)
    assert text_of(desk.run("summarise", LONG)).startswith("S")
    assert len(desk.scribe.prompts) > 4
    assert "S" in source_of(desk.scribe.prompts[-1])
    assert "Paragraph" not in desk.scribe.prompts[-1]
    assert desk.told == text_of(desk.run("summarise", LONG))


def test_a_summary_that_is_no_shorter_is_cut(study: Make) -> None:
    desk = study(lambda prompt: "word " * 20, context=1500)
    outcome = desk.run("summarise", LONG, length=100, memory="m" * 1020)
    assert text_of(outcome)
    assert any("saw only the first" in note for note in outcome.notes)


def test_of_a_long_text_the_beginning_counts_for_titles_and_poems(study: Make) -> None:
    desk = study(context=1500)
    outcome = desk.run("title", LONG)
    assert outcome.outputs[0].facts["unseen"] > 0
    assert outcome.notes[0].startswith("The model saw only the first")
    assert "Paragraph 0" in desk.scribe.prompts[0]
    assert "Paragraph 59" not in desk.scribe.prompts[0]


def test_thoughts_are_left_out(study: Make) -> None:
    for said in ("<think>Hm.\n</think>\n\nGood.", "\n <think></think>Good.", "  Good."):
        desk = study(lambda prompt, said=said: said)  # type: ignore[misc]
        assert text_of(desk.run("title", PASSAGE)) == desk.told == "Good."
    assert text_of(study(lambda prompt: "<b>bold</b>").run("title", PASSAGE)) == "<b>bold</b>"
    assert "nothing to add" in refusal(study(lambda prompt: "<think>For ever").run("title", PASSAGE))


# templates


def test_a_template_without_a_system_turn_is_told_in_the_first(study: Make) -> None:
    desk = study(refuses=lambda messages: messages[0].role == "system")
    assert text_of(desk.run("rewrite", PASSAGE)) == "Answer."
    assert desk.scribe.prompts[0].startswith("[user] You are a careful literary editor.")


def test_a_template_that_fails_is_said(study: Make) -> None:
    desk = study(refuses=lambda messages: True)
    for do in ("rewrite", "chat"):
        assert "The chat template of scribe failed" in refusal(desk.run(do, PASSAGE, talk="Why?"))


@pytest.mark.parametrize("do", ["rewrite", "title", "translate", "dialogue", "chat"])
def test_a_model_that_only_writes_on_says_so(study: Make, do: str) -> None:
    desk = study(has_template=False)
    assert "does not follow instructions" in refusal(desk.run(do, PASSAGE, talk="Why?"))


# chat


def test_a_talk_knows_the_page_and_what_was_said(study: Make) -> None:
    desk = study()
    talk = json.dumps([{"role": "user", "text": "Who is she?"}, {"role": "assistant", "text": "Mara."},
                       {"role": "user", "text": "And he?"}])
    assert text_of(desk.run("chat", PASSAGE, talk=talk, passage="late", memory="Cold.")) == "Answer."
    [told] = desk.scribe.prompts
    assert f"The end of the page:\n{PASSAGE}\n\nThe writer has marked this passage:\nlate" in told
    assert told.endswith("[user] Who is she?\n[assistant] Mara.\n[user] And he?\n[assistant] ")


def test_of_a_long_page_the_end_is_in_view(study: Make) -> None:
    desk = study(context=1500)
    outcome = desk.run("chat", LONG, talk="Who is Mara?")
    assert "Paragraph 59" in desk.scribe.prompts[0]
    assert "Paragraph 0 " not in desk.scribe.prompts[0]
    assert outcome.outputs[0].facts["unseen"] > 0


def test_a_talk_without_a_page_and_a_long_one(study: Make) -> None:
    desk = study(context=1500)
    turns = [{"role": ("user", "assistant")[at % 2], "text": f"Turn {at} " * 10} for at in range(41)]
    assert text_of(desk.run("chat", talk=json.dumps(turns)))
    assert "Turn 40" in desk.scribe.prompts[0]
    assert "Turn 0 " not in desk.scribe.prompts[0]


def test_sides_alternate(study: Make) -> None:
    desk = study()
    turns = [("assistant", "Hi."), ("user", "A"), ("user", "B"), ("assistant", "C"), ("user", "D")]
    desk.run("chat", talk=json.dumps([{"role": role, "text": text} for role, text in turns]))
    assert desk.scribe.prompts[0].endswith("[user] A\n\nB\n[assistant] C\n[user] D\n[assistant] ")
    assert "Hi." not in desk.scribe.prompts[0]


@pytest.mark.parametrize(("talk", "words"), [
    ("", "no question"), ("[]", "no question"), ('[{"role": "user", "text": " "}]', "no question"),
    ('[{"role": "user", "text": "a"}, {"role": "assistant", "text": "b"}]', "no question"),
    ("[{", "cannot be read"), ('[{"role": "system", "text": "a"}]', "cannot be read"),
    ("[1]", "cannot be read"), ("[" * 9999, "cannot be read")])
def test_a_damaged_talk_is_said(study: Make, talk: str, words: str) -> None:
    assert words in refusal(study().run("chat", PASSAGE, talk=talk))


# what does not fit, and what is not there


@pytest.mark.parametrize("do", ["rewrite", "summarise", "title", "translate", "dialogue", "poem"])
def test_nothing_to_work_on_is_said(study: Make, do: str) -> None:
    assert "There is no text for this" in refusal(study().run(do, " \n", passage=" "))


@pytest.mark.parametrize("keep", ["start", "end"])
@pytest.mark.parametrize("length", [1, 300, 5000])
def test_a_prompt_leaves_room_for_the_answer(keep: Literal["start", "end"], length: int) -> None:
    scribe = Scribe(lambda prompt: "", 1500)
    tokens, part = fit.fitted(scribe, lambda text: [Message("user", text)], LONG, length, keep)
    assert 1500 - 100 < len(tokens) + min(length, 750) < 1500
    assert LONG.startswith(part) if keep == "start" else LONG.endswith(part)
    assert scribe.detokenise(tokens).decode() == f"[user] {part}\n[assistant] "


@pytest.mark.parametrize("do", ["rewrite", "summarise", "title", "chat"])
def test_memory_that_leaves_no_room_is_said(study: Make, do: str) -> None:
    outcome = study(context=1500).run(do, LONG, memory="m" * 2000, talk="Why?")
    assert "longer than the model can see at once" in refusal(outcome)


@pytest.mark.parametrize("text", [
    "a" * 5_000_000, "夜" * 300_000, "🌲🌲 שלום مرحبا left " * 30_000, "\n" * 9999 + "x"])
@pytest.mark.parametrize("do", ["title", "chat"])
def test_any_long_text_is_taken(study: Make, do: str, text: str) -> None:
    assert text_of(study(context=1500).run(do, text, talk="Why?", length=5))
