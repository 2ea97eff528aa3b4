"""A page as a PDF, set by Typst: justified, hyphenated, with chapters, running heads and numbers.

The text goes in as JSON and is only ever shown, so nothing in it can be a command; no package is fetched and
no file but the template is read.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from studio.core.errors import StudioError
from studio.media.pages.blocks import Block, Items, Quote, plain
from studio.media.pages.languages import is_rightward, words
from studio.media.pages.page import Page
from studio.media.pages.typography import is_ideographic
from studio.media.pages.typography import is_rightward as reads_rightward

PAPERS = ("a5", "a4", "letter")
RECIPE_NAME = "atelier-recipe.json"
_FONT = "Libertinus Serif"
"""Comes with Typst."""
_MONO = ("DejaVu Sans Mono",)
_ASIAN = {
    "zh": ("Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", "STSong", "SimSun", "NSimSun",
           "AR PL UMing CN", "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei",
           "WenQuanYi Zen Hei"),
    "ja": ("Source Han Serif", "Noto Serif CJK JP", "Hiragino Mincho ProN", "Yu Mincho", "MS Mincho",
           "Noto Sans CJK JP"),
    "ko": ("Source Han Serif K", "Noto Serif CJK KR", "AppleMyungjo", "Batang", "Noto Sans CJK KR")}
_OTHERS = (
    "Noto Naskh Arabic", "Amiri", "Noto Serif Hebrew", "Noto Serif Devanagari", "Noto Serif Thai",
    "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Geeza Pro", "Arial",
    "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", "Noto Sans Symbols", "Noto Sans Symbols 2",
    "DejaVu Sans")


def pdf(page: Page, *, paper: str = "a5") -> bytes:
    """The whole file, on one of `PAPERS`. Raises StudioError where Typst finds no way."""
    import typst

    data = _data(page, paper)
    fonts = _fonts(needs_system=not _is_latin(data))
    data["fonts"] = _families(page.language, fonts)
    data["asian"] = _families("zh" if page.language[:2] not in _ASIAN else page.language, fonts)[1:]
    data["mono"] = [*_MONO, *data["fonts"]]
    template = files("studio.media.pages").joinpath("looks", "pdf.typ")
    with as_file(template) as path, tempfile.TemporaryDirectory(prefix="atelier-") as empty:
        try:
            made = typst.compile(str(path), format="pdf", font_paths=fonts, package_path=empty,
                                 package_cache_path=empty, sys_inputs={"page": json.dumps(data)},
                                 timestamp=int(page.created.timestamp()))
        except typst.TypstError as error:
            raise StudioError("This text could not be set as PDF.", "Export it as DOCX or HTML.",
                              details=str(error)[:2000]) from error
    return made if isinstance(made, bytes) else b"".join(made or ())


@cache
def _fonts(*, needs_system: bool) -> Any:
    """Looking through the system's fonts takes a while, and Latin text can do without."""
    import typst

    return typst.Fonts(include_system_fonts=needs_system)


def _families(language: str, fonts: Any) -> list[str]:
    """Those that are here, in the order in which they are asked for a letter."""
    here = set(fonts.families())
    own = language.partition("-")[0]
    asian = [*_ASIAN.get(own, ()), *(name for names in _ASIAN.values() for name in names)]
    return list(dict.fromkeys(name for name in (_FONT, *asian, *_OTHERS) if name in here))


def _is_latin(data: Any) -> bool:
    letters = set(json.dumps(data, ensure_ascii=False))
    return all(letter < "\u0530" or "\u2000" <= letter < "\u2070" for letter in letters)


def _data(page: Page, paper: str) -> dict[str, Any]:
    made = page.created
    return {"title": page.title, "author": page.author, "language": page.language,
            "statement": page.statement, "recipe": page.recipe, "words": dict(words(page.language)),
            "created": {"year": made.year, "month": made.month, "day": made.day},
            "rightward": is_rightward(page.language), "paper": paper, "is-book": page.is_book,
            "has-contents": page.has_contents, "has-title": page.has_title,
            "chapters": [{"title": [asdict(run) for run in chapter.title],
                          "blocks": _blocks(chapter.blocks)} for chapter in page.chapters]}


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:
    kind = type(block).__name__
    if isinstance(block, Quote):
        return {"kind": kind, "blocks": _blocks(block.blocks)}
    if isinstance(block, Items):
        return {"kind": kind, "first": block.first, "items": [_blocks(item) for item in block.items]}
    data = asdict(block) | {"kind": kind}
    if "runs" in data:
        text = plain(getattr(block, "runs", ()))
        data |= {"rightward": reads_rightward(text), "asian": is_ideographic(text)}
    if "level" in data:
        data["level"] -= 1  # there the title is none of them
    return data
