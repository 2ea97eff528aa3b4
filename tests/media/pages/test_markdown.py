"""Markdown read as writers mean it, and written so that it reads the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.media.pages.blocks import Block, Heading, Items, Paragraph, Quote, Rule, Run, Verse, plain
from studio.media.pages.markdown import is_wrapped, parse, without_front_matter
from studio.media.pages.writing import markdown, plain_text
from tests.media.pages.stories import BLOCKS, HOSTILE, STORY

OPENING = "It was the best of times it was the worst of times it was the age of wisdom and of belief"


def kinds(text: str) -> list[type[Block]]:
    return [type(block) for block in parse(text)]


def test_a_story_has_all_its_parts() -> None:
    assert kinds(STORY)[:6] == [Heading, Heading, Paragraph, Paragraph, Rule, Quote]
    (verse,) = [block for block in parse(STORY) if isinstance(block, Verse)]
    assert plain(verse.runs).count("\n") == 2
    lists = [block for block in parse(STORY) if isinstance(block, Items)]
    assert [block.first for block in lists] == [None, 7]


def test_short_lines_are_verse_and_long_ones_paragraphs() -> None:
    assert kinds("one\ntwo") == [Verse]
    assert kinds("one\n" + "a long line of prose " * 6) == [Paragraph, Paragraph]
    assert kinds("字" * 30 + "\n" + "字" * 50) == [Paragraph, Paragraph]


def test_a_text_wrapped_at_a_width_is_joined() -> None:
    words = OPENING.split() * 6
    lines, line = [], ""
    for word in words:
        if len(line) + 1 + len(word) > 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    text = "\n".join([*lines, line])
    assert is_wrapped(text)
    (block,) = parse(text)
    assert isinstance(block, Paragraph)
    assert plain(block.runs) == " ".join(words)
    assert not is_wrapped(STORY)


def test_writers_habits_are_no_markup() -> None:
    assert kinds("A line\n---\nanother") == [Paragraph, Rule, Paragraph]
    assert kinds("    deep\n        deeper") == [Verse]
    assert kinds("before\n\n#\n\nafter") == [Paragraph, Rule, Paragraph]
    (block,) = parse("<b>x</b> &amp; ![cat](c.png)")
    assert isinstance(block, Paragraph)
    assert plain(block.runs) == "<b>x</b> &amp; cat"


@pytest.mark.parametrize(("language", "said"), [
    ("en", "“It’s — he said… ‘so’”"), ("de", "„It’s — he said… ‚so‘“"), ("zh", "“It’s — he said… ‘so’”"),
    ("", "\"It's -- he said... 'so'\"")])
def test_quotes_are_those_of_the_language(language: str, said: str) -> None:
    (block,) = parse("\"It's -- he said... 'so'\"", language=language)
    assert isinstance(block, Paragraph)
    assert plain(block.runs) == said


def test_only_addresses_are_links() -> None:
    (block,) = parse("[a](javascript:x) [b](file:///etc) [c](https://d.e)")
    assert isinstance(block, Paragraph)
    assert {run.link for run in block.runs} == {"", "https://d.e"}


def test_front_matter_is_no_text_but_a_line_of_dashes_is() -> None:
    assert without_front_matter("---\ntitle: x\ntags:\n  - a\n---\n\nText") == "Text"
    assert without_front_matter("---\nText\n---\n") == "---\nText\n---\n"


@pytest.mark.parametrize("line", ["---", "-- -", "-  --", "----", "--\t-", "_ _ _", "- - -"])
def test_a_line_of_dashes_in_a_verse_is_no_change_of_scene(line: str) -> None:
    (block,) = parse(markdown((Verse((Run("0"), Run("\n"), Run(line))),)))
    assert plain_text((block,)).split() == ["0", *line.split()]


@given(BLOCKS)
@settings(max_examples=60)
def test_what_is_written_reads_the_same(blocks: tuple[Block, ...]) -> None:
    once = parse(markdown(blocks))
    assert parse(markdown(once)) == once
    assert plain_text(once).split() == plain_text(blocks).split()


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_any_text_can_be_read_and_written(text: str) -> None:
    once = parse(text)
    assert plain_text(parse(markdown(once))).split() == plain_text(once).split()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_text(text: str) -> None:
    markdown(parse(text))
    plain_text(parse(text, language="en"))


def test_a_story_reads_the_same_once_written() -> None:
    assert parse(markdown(parse(STORY))) == parse(STORY)
