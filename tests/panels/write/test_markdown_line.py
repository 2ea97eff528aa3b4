"""What the marks in a paragraph mean while it is written."""

from __future__ import annotations

import pytest

from studio.panels.write.markdown_line import Span, parse


@pytest.mark.parametrize(("text", "kind", "level", "prefix"), [
    ("It was.", "text", 0, 0), ("", "blank", 0, 0), ("  ", "blank", 0, 0), ("# One", "heading", 1, 2),
    ("###   Three", "heading", 3, 6), ("#tag", "text", 0, 0), ("####### no", "text", 0, 0),
    ("# ", "text", 0, 0), ("> said", "quote", 0, 2), (">", "quote", 0, 1), ("- one", "list", 0, 2),
    ("12. twelve", "list", 0, 4), ("  * deep", "list", 0, 4), ("-5 degrees", "text", 0, 0),
    ("***", "rule", 0, 0),
    ("- - -", "rule", 0, 0), ("--", "text", 0, 0)])
def test_what_a_paragraph_is(text: str, kind: str, level: int, prefix: int) -> None:
    line = parse(text)
    assert (line.kind, line.level, line.prefix) == (kind, level, prefix)


@pytest.mark.parametrize(("text", "words"), [
    ("a *soft* word", {"em": ["soft"]}), ("**bold** and *soft*", {"strong": ["bold"], "em": ["soft"]}),
    ("***both***", {"both": ["both"]}), ("_soft_", {"em": ["soft"]}), ("snake_case_name", {}),
    ("2 * 3 * 4", {}), ("`a*b*c`", {"code": ["a*b*c"]}), (r"\*not\*", {}), ("夜*很*静", {"em": ["很"]}),
    ("🌲 *sea* 🌲", {"em": ["sea"]}), ("*", {}), ("* *", {}), ("*open", {})])
def test_emphasis(text: str, words: dict[str, list[str]]) -> None:
    data = text.encode("utf-16-le")
    found: dict[str, list[str]] = {}
    for span in parse(text).spans:
        part = data[span.start * 2:(span.start + span.length) * 2].decode("utf-16-le")
        if span.style == "mark":
            assert not set(part) - set("*_`\\#>- ")
        else:
            found.setdefault(span.style, []).append(part)
    assert found == words


def test_marks_are_named() -> None:
    assert parse("# A *b*").spans == (Span(0, 2, "mark"), Span(4, 1, "mark"), Span(6, 1, "mark"),
                                      Span(5, 1, "em"))


def test_a_very_long_paragraph_takes_no_time() -> None:
    assert parse("*a " * 100_000).spans == ()
    assert parse("*a " * 2000).spans == ()
