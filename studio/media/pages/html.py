"""A page as one HTML file that looks good on a screen, at night and on paper, and fetches nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files

from studio.media.pages.blocks import BREAK, Block, Code, Heading, Items, Quote, Rule, Run, Verse, plain
from studio.media.pages.languages import is_rightward, words
from studio.media.pages.page import Chapter, Page
from studio.media.pages.typography import is_rightward as reads_rightward

RECIPE_ID = "atelier-recipe"


def html(page: Page) -> bytes:
    """The whole file, in UTF-8."""
    body = "\n".join(_body(page))
    recipe = page.recipe.replace("<", "\\u003c")  # "</script>" in a text must not end the script
    data = f'<script type="application/json" id="{RECIPE_ID}">{recipe}</script>\n' if recipe else ""
    author = f'<meta name="author" content="{escape(page.author)}">\n' if page.author else ""
    return f"""<!DOCTYPE html>
<html {attributes(page)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Atelier">
{author}<title>{escape(page.title)}</title>
<style>
{style("text.css")}{style("html.css")}</style>
{data}</head>
<body>
{body}
</body>
</html>
""".encode()


@cache
def style(name: str) -> str:
    """A style sheet that belongs to this package."""
    return files("studio.media.pages").joinpath("looks", name).read_text(encoding="utf-8")


def attributes(page: Page) -> str:
    """Language and direction, for the outermost element."""
    return f'lang="{escape(page.language)}"' + ("" if is_rightward(page.language) else ' dir="rtl"')


def chapter(part: Chapter, page: Page, *, anchor: str = "", level: int = 2) -> str:
    """One chapter as markup that is HTML and XML alike."""
    named = f' id="{anchor}"' if anchor else ""
    title = f"<h{level}{named}>{inline(part.title)}</h{level}>\n" if part.title else ""
    return title + "\n".join(block(item, page) for item in part.blocks)


def block(item: Block, page: Page) -> str:
    """One block."""
    match item:
        case Heading(level, runs):
            return f"<h{level}>{inline(runs)}</h{level}>"
        case Quote(blocks):
            return "<blockquote>\n" + "\n".join(block(each, page) for each in blocks) + "\n</blockquote>"
        case Items():
            return _list(item, page)
        case Code(text):
            return f"<pre><code>{escape(text, quote=False)}</code></pre>"
        case Rule():
            return "<hr/>"
        case Verse(runs):
            return f'<p class="verse"{_direction(runs, page)}>{inline(runs)}</p>'
        case _:
            return f"<p{_direction(item.runs, page)}>{inline(item.runs)}</p>"


def inline(runs: Iterable[Run]) -> str:
    """Letters with their looks."""
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    if run == BREAK:
        return "<br/>\n"
    text = escape(run.text, quote=False)
    marks = {"code": run.code, "del": run.strike, "em": run.emphasis, "strong": run.strong}
    for name in (name for name, is_on in marks.items() if is_on):
        text = f"<{name}>{text}</{name}>"
    return f'<a href="{escape(run.link)}">{text}</a>' if run.link else text


def _list(item: Items, page: Page) -> str:
    name = "ul" if item.first is None else "ol"
    start = f' start="{item.first}"' if item.first not in (None, 1) else ""
    inside = "\n".join(f"<li>{_tight(blocks, page)}</li>" for blocks in item.items)
    return f"<{name}{start}>\n{inside}\n</{name}>"


def _tight(blocks: tuple[Block, ...], page: Page) -> str:
    return "\n".join(block(each, page) for each in blocks)


def _direction(runs: Iterable[Run], page: Page) -> str:
    """Said where a paragraph reads against the page."""
    goes_right = reads_rightward(plain(runs))
    return "" if goes_right == is_rightward(page.language) else f' dir="{"ltr" if goes_right else "rtl"}"'


def _body(page: Page) -> Iterable[str]:
    yield "<main>"
    if page.has_title:
        by = f'\n<p class="author">{escape(page.author, quote=False)}</p>' if page.author else ""
        yield f"<header>\n<h1>{escape(page.title, quote=False)}</h1>{by}\n</header>"
    if page.has_contents:
        yield _contents(page)
    for number, part in enumerate(page.chapters, start=1):
        yield f"<section>\n{chapter(part, page, anchor=f'part-{number}')}\n</section>"
    if page.statement:
        yield f'<footer>\n<p class="statement">{escape(page.statement, quote=False)}</p>\n</footer>'
    yield "</main>"


def _contents(page: Page) -> str:
    lines = "\n".join(f'<li><a href="#part-{number}">{escape(plain(part.title), quote=False)}</a></li>'
                      for number, part in enumerate(page.chapters, start=1) if part.title)
    return f'<nav aria-label="{words(page.language)["contents"]}">\n<ol>\n{lines}\n</ol>\n</nav>'
