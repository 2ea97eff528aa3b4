"""Word documents of others: what they hold that is no text, and those that are traps."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import StudioError
from studio.media.pages.details import Details
from studio.media.pages.docx_parts import element
from studio.media.pages.docx_read import read_docx
from studio.media.pages.formats import encode, is_docx, read_text
from tests.media.pages.stories import STORY


def made(fill: Callable[[Any], None]) -> bytes:
    """A document as python-docx, and so Word's own template, makes it."""
    document = docx.Document()
    fill(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """``data`` with one part more, or another one in its place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return made.getvalue()


def test_words_own_styles_are_understood() -> None:
    def fill(document: Any) -> None:
        document.add_heading("The book", 0)
        document.add_heading("One", 1)
        document.add_paragraph("Some ").add_run("bold").bold = True
        document.add_paragraph("a", style="List Bullet")
        document.add_paragraph("b", style="List Bullet")
        document.add_paragraph("c", style="List Number")
        document.add_paragraph("said", style="Intense Quote")
        document.add_paragraph("* * *")
        document.add_paragraph("")
        document.add_paragraph("end")
    assert read_docx(made(fill)) == ("# The book\n\n## One\n\nSome **bold**\n\n- a\n- b\n\n1. c\n\n> said\n\n"
                                     "***\n\nend\n")


def test_changes_are_taken_as_accepted_and_what_is_hidden_stays_so() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("The ")._p
        for text in ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>",
                     "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
                     "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>",
                     '<w:r><w:t xml:space="preserve"> river</w:t><w:noBreakHyphen/><w:t>side</w:t></w:r>'):
            paragraph.append(element(text))
    assert read_docx(made(fill)) == "The new river\u2011side\n"


def test_tables_are_read_cell_by_cell_and_breaks_are_lines() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
        document.add_paragraph("one\ntwo")
    assert read_docx(made(fill)) == "left\n\nright\n\none\ntwo\n"


def test_links_to_the_web_stay_and_others_are_text() -> None:
    def fill(document: Any) -> None:
        from studio.media.pages import docx_parts

        for address in ("https://example.org/a", "file:///etc/passwd", "https://a.b/x) y"):
            paragraph = document.add_paragraph()
            run = paragraph.add_run("here")
            key = paragraph.part.relate_to(address, docx_parts.LINK, is_external=True)
            around = element(f'<w:hyperlink r:id="{key}"/>')
            paragraph._p.append(around)
            around.append(run._r)
    assert read_docx(made(fill)) == "[here](https://example.org/a)\n\nhere\n\nhere\n"


def test_macros_and_pictures_are_left_where_they_are() -> None:
    data = with_part(encode("Text.", "docx", Details()), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0 evil")
    assert read_docx(data) == "Text.\n"


def test_a_template_that_would_be_fetched_is_not() -> None:
    """The guard of the tests would count a connection; here nothing even looks for one."""
    data = encode("Text.", "docx", Details())
    rels = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type='
            '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
            'Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>')
    assert read_docx(with_part(data, "word/_rels/settings.xml.rels", rels.encode())) == "Text.\n"


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    data = with_part(encode("Text.", "docx", Details()), "word/media/a.bmp", bytes(300_000_000))
    with pytest.raises(StudioError, match="far too much"):
        read_docx(data, "bomb.docx")


def test_entities_do_not_multiply() -> None:
    lol = "<!DOCTYPE d [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY a{n} '{('&a' + (str(n - 1) if n else '') + ';') * 10}'>" for n in range(12)) + "]>"
    body = ('<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            "<w:t>&a11;</w:t></w:r></w:p></w:body></w:document>")
    data = with_part(encode("Text.", "docx", Details()), "word/document.xml", (lol + body).encode())
    try:
        assert len(read_docx(data)) < 1000
    except StudioError as error:
        assert "damaged" in str(error)  # noqa: PT017 - either answer is a good one


@pytest.mark.parametrize(("data", "words"), [
    (b"PK words", "is no whole Word document"), (b"PK", "is no whole Word document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Word file, or has a password"),
    (encode("x", "epub", Details()), "is no Word document"),
    (encode("x", "docx", Details())[:-900], "is no whole Word document")])
def test_what_is_no_document_is_said(data: bytes, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        read_text(data, "story.docx")


@pytest.mark.parametrize(("data", "words"), [
    (b"{\\rtf1 hello}", "RTF document"), (b"%PDF-1.7", "PDF document"),
    (b"PK\x03\x04" + bytes(99), "not text"),
    (b"\x00\x01", "not text")])
def test_strangers_are_named(data: bytes, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        read_text(data, "story.txt")


def test_a_damaged_part_is_said() -> None:
    data = encode(STORY, "docx", Details())
    for name, content in (("word/document.xml", b"<w:document"), ("[Content_Types].xml", b""),
                          ("word/_rels/document.xml.rels", b"<x/>"), ("word/numbering.xml", b"<w:x")):
        broken = with_part(data, name, content)
        assert is_docx(broken)
        try:
            read_docx(broken, "a.docx")
        except StudioError as error:
            assert "damaged" in str(error)  # noqa: PT017


@given(st.data())
@settings(max_examples=40)
def test_damage_anywhere_is_a_sentence_or_a_text(data: st.DataObject) -> None:
    whole = bytearray(_WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_docx(bytes(whole))
    except StudioError as error:
        assert error.message  # noqa: PT017


_WHOLE = encode("# A\n\ntext *b*\n\n- c", "docx", Details())
