"""The recipe as an XMP property (ISO 16684-1), in several JPEG segments if need be."""

from __future__ import annotations

import hashlib
import html
import json
import struct
from collections.abc import Iterable
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from studio.core.errors import StudioError

NAMESPACE = "urn:atelier:recipe:1:"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NOTE = "http://ns.adobe.com/xmp/note/"
MAIN_HEADER = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_HEADER = b"http://ns.adobe.com/xmp/extension/\0"
_IN_ONE = 60_000
"""Bytes that fit one JPEG segment, whose length is told in 16 bits, with all headers."""


def packet(recipe: str) -> bytes:
    """An XMP packet that holds ``recipe``, JSON text. Raises StudioError if it is not JSON."""
    try:
        plain = json.dumps(json.loads(recipe), separators=(",", ":"))  # ASCII: XML allows not every character
    except (ValueError, RecursionError) as error:
        raise StudioError("This recipe is damaged.", details=repr(error)) from error
    return _wrapped(f'xmlns:atelier="{NAMESPACE}"', f"<atelier:recipe>{html.escape(plain)}</atelier:recipe>")


def recipe(block: bytes) -> str | None:
    """The recipe's JSON text in an XMP packet, or None."""
    return _value(block, NAMESPACE, "recipe")


def is_xmp(content: bytes) -> bool:
    """Whether an APP1 segment of a JPEG is XMP, or a part of it."""
    return content.startswith((MAIN_HEADER, _MORE_HEADER))


def split(block: bytes) -> tuple[bytes, bytes]:
    """(main packet, further segments ready to insert) that carry the packet ``block`` in a JPEG."""
    if len(block) <= _IN_ONE:
        return block, b""
    digest = hashlib.md5(block, usedforsecurity=False).hexdigest().upper().encode()
    main = _wrapped(f'xmlns:xmpNote="{_NOTE}"',
                    f"<xmpNote:HasExtendedXMP>{digest.decode()}</xmpNote:HasExtendedXMP>")
    return main, b"".join(_segment(block, digest, at) for at in range(0, len(block), _IN_ONE))


def from_jpeg(segments: Iterable[tuple[str, bytes]]) -> str | None:
    """The recipe's JSON text from a JPEG's (marker name, content) pairs as Pillow lists them, or None."""
    main, more = parts(segments)
    return recipe(more) or recipe(main) if more else recipe(main)


def parts(segments: Iterable[tuple[str, bytes]]) -> tuple[bytes, bytes]:
    """The main packet and the one its segments make up; b"" for what there is not."""
    blocks = [content for marker, content in segments if marker == "APP1"]
    main = next((block.removeprefix(MAIN_HEADER) for block in blocks if block.startswith(MAIN_HEADER)), b"")
    digest = _value(main, _NOTE, "HasExtendedXMP") if main else None
    return main, _joined(blocks, digest.encode()) if digest else b""


def _segment(block: bytes, digest: bytes, at: int) -> bytes:
    content = _MORE_HEADER + digest + struct.pack(">II", len(block), at) + block[at:at + _IN_ONE]
    return b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content


def _joined(blocks: list[bytes], digest: bytes) -> bytes:
    pieces = {}
    start = len(_MORE_HEADER) + 32
    for block in blocks:
        if block.startswith(_MORE_HEADER + digest):
            pieces[struct.unpack_from(">II", block, start)[1]] = block[start + 8:]
    return b"".join(pieces[at] for at in sorted(pieces))


def _wrapped(names: str, content: str) -> bytes:
    return ('<x:xmpmeta xmlns:x="adobe:ns:meta/">'
            f'<rdf:RDF xmlns:rdf="{_RDF}">'
            f'<rdf:Description rdf:about="" {names}>{content}</rdf:Description>'
            '</rdf:RDF></x:xmpmeta>').encode()


def _value(block: bytes, namespace: str, name: str) -> str | None:
    """A property given as an element or, as other programs rewrite it, as an attribute."""
    try:
        root = defusedxml.ElementTree.fromstring(block.rstrip(b"\0"))
    except (ParseError, DefusedXmlException, ValueError):
        return None
    key = f"{{{namespace}}}{name}"
    found = root.find(f".//{key}")
    if found is not None:
        return str(found.text) if found.text else None
    return next((node.attrib[key] for node in root.iter() if key in node.attrib), None)
