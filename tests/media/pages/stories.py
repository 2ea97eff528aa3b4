"""Texts that try a format: every kind of block, three scripts, and what is no text but looks like mark-up."""

from __future__ import annotations

from hypothesis import strategies as st

from studio.media.pages.blocks import (
    BREAK,
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Verse,
    joined,
)

STORY = """# The Ferryman's "Winter"

## The river in October

The ferry lay where he had left it -- low & black against the reeds <b>no tag</b> {{name}} #set text(red).

"You talk to the boat again," said *Marta*. He took the **lamp**, ~~once~~ ***twice***, `a_b = 1`...

***

> Nothing crosses the river alone.
> So my father said.

### What the book said

- the second post, at dusk
- the heron, *again*
  1. nested
  2. twice

7. First the rope.
8. Then the lamp.

## Song

Black water, take the lantern,
black water, take the oar;
I carried you my brother.

## 渡口

他说："今年的霜来得早。"没有人回答他 🚣🏽‍♀️ 👨‍👩‍👧，只有钟声。

هذا النص من اليمين إلى اليسار، ومعه كلمة river في الوسط.

```
POST 2   18:40   <ice>
```

[a link](https://example.org/a?b=1&c=2) and ![a picture of it](x.png).
"""

HOSTILE = (
    "", "   \n\n ", "#", "# ", "\0\x01\x0b\x0c\ufffe", "\ud800 half", "</script><script>alert(1)</script>",
    "]]> <!-- & &amp; &#0;", '#eval("1")\n#import "/etc/passwd"\n$ x $ @ref <label> \\ // /* ', "-" * 5000,
    "> " * 300 + "deep", "  " * 200 + "- a", "\n".join("  " * n + "- a" for n in range(60)), "*" * 3000,
    "[" * 2000, "`" * 999, "🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 50, "\u202e\u202d\u2066\u2069 turned \u200f\u200e", "a" * 20_000,
    "字" * 5000,
    "1. a\n\n99999999999. b\n\n000. c", "[x](javascript:alert(1)) [y](file:///etc/passwd) <https://a.b>",
    "---\ntitle: x\n---\n\n---\n***\n___", "﷽" * 40, "Z̸̡̛͖̙͙̞a" * 60)
"""None of these may break an export."""

_LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Zs"),
                                 exclude_characters="\ufffe\uffff"), min_size=1, max_size=8)
_SIGNS = ("the", "river", "渡口", "🚣", "نص", "*", "_", "#", "1.", "-", ">", "`", "[a](b)", "~~", "\\", "---",
          "2)", "+")
_WORDS = st.lists(st.one_of(_LETTERS, st.sampled_from(_SIGNS)), min_size=1, max_size=5).map(" ".join)


@st.composite
def _runs(draw: st.DrawFn) -> Runs:
    """Plain words with some that are marked, spaces between them, so that marks always hold."""
    words = draw(st.lists(st.tuples(_WORDS, st.sampled_from(["", "", "strong", "emphasis", "strike"])),
                          min_size=1, max_size=3))
    found: list[Run] = []
    for number, (text, look) in enumerate(words):
        if number:
            found.append(Run(" "))
        found.append(Run(text, look == "strong", look == "emphasis", look == "strike"))
    return joined(found)


@st.composite
def _verse(draw: st.DrawFn) -> Verse:
    lines = draw(st.lists(_WORDS.filter(lambda text: len(text) < 30), min_size=2, max_size=4))
    return Verse(tuple(part for line in lines for part in (Run(line), BREAK))[:-1])


_SIMPLE: st.SearchStrategy[Block] = st.one_of(st.builds(Paragraph, _runs()), _verse())
BLOCKS: st.SearchStrategy[tuple[Block, ...]] = st.lists(st.one_of(
    _SIMPLE, st.builds(Heading, st.integers(1, 6), _runs()), st.just(Rule()),
    st.builds(Code, st.text("ab `~\n*", min_size=1).filter(lambda text: text.strip() == text)),
    st.builds(Quote, st.tuples(_SIMPLE)),
    st.builds(Items, st.lists(st.tuples(_SIMPLE), min_size=1, max_size=3).map(tuple),
              st.sampled_from([None, 1, 7]))), max_size=5).map(tuple)
"""Any text that Markdown can say."""
