"""Changes a few properties of an XMP packet (ISO 16684-1) and leaves all else as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from studio.media import xmp

_END = re.compile(rb"</([\w.-]+):RDF\s*>")
_INSIDE = re.compile(rb"<([\w.-]+):RDF\b[^>]*>(.*)</\1:RDF\s*>", re.DOTALL)
_EMPTY = re.compile(rb'<rdf:Description rdf:about="" xmlns:(atelier|xmpNote)="[^"]*"></rdf:Description>')
"""What is left of a description of ours."""
_OURS = (b"atelier:recipe", b"xmpNote:HasExtendedXMP")


def with_recipe(block: bytes | None, recipe: str) -> bytes:
    """``block`` with ``recipe``, JSON text, in place of one that was there; it may be None.

    A packet that cannot be read gives way. Raises StudioError as `xmp.packet` does.
    """
    own = xmp.packet(recipe)
    clean = cleaned(block)
    return own if clean is None else _joined(clean, own)


def whole(segments: Iterable[tuple[str, bytes]]) -> bytes | None:
    """The XMP of a JPEG, from (marker name, content) pairs as Pillow lists them, as one packet; or None."""
    main, more = xmp.parts(segments)
    clean, rest = cleaned(main), cleaned(more)
    return _joined(clean, rest) if clean and rest else clean or rest


def cleaned(block: bytes | None) -> bytes | None:
    """``block`` without a recipe of ours and upright; None if there is none or it cannot be read."""
    if not block:
        return None
    made = block.rstrip(b"\0 \n\r\t")
    for name in _OURS:
        made = re.sub(rb"<%b>[^<]*</%b>" % (name, name), b"", made)
        made = re.sub(rb"\s%b\s*=\s*(\"[^\"]*\"|'[^']*')" % name, b"", made)
    made = _set(_EMPTY.sub(b"", made), b"tiff:Orientation", 1)
    return made if b":Description" in made and _is_readable(made) else None


def sized(block: bytes, width: int, height: int) -> bytes:
    """``block`` with the picture's new size where it tells one."""
    for name, value in ((b"exif:PixelXDimension", width), (b"exif:PixelYDimension", height),
                        (b"tiff:ImageWidth", width), (b"tiff:ImageLength", height)):
        block = _set(block, name, value)
    return block


def _set(block: bytes, name: bytes, value: int) -> bytes:
    """A number given as an element or an attribute, if it is there."""
    block = re.sub(rb"(<%b>)[^<]*(</%b>)" % (name, name), rb"\g<1>%d\g<2>" % value, block)
    return re.sub(rb"(\s%b\s*=\s*[\"'])[^\"']*([\"'])" % name, rb"\g<1>%d\g<2>" % value, block)


def _joined(main: bytes, more: bytes) -> bytes:
    """``main`` with the descriptions of ``more``; ``main`` alone if the two do not go together."""
    ends, inside = list(_END.finditer(main)), _INSIDE.search(more)
    if not ends or inside is None:
        return main
    at = ends[-1].start()
    made = main[:at] + inside[2] + main[at:]
    return made if _is_readable(made) else main


def _is_readable(block: bytes) -> bool:
    try:
        defusedxml.ElementTree.fromstring(block)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return False
    return True
