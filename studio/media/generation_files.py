"""Where picture files keep what programs say of how they were painted: `studio.media.generation`'s text.

PNG: a text under "parameters", and ComfyUI's graph under "prompt". JPEG, WebP, AVIF and TIFF: the user's
comment in EXIF (EXIF 2.32, 4.6.5); ComfyUI puts its graph among the words about the camera.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import iTXt

from studio.core.errors import StudioError
from studio.media import comfy, decode, generation, sniff, sources
from studio.media.generation import Generation
from studio.media.png_rows import chunk, text_chunk

KEYWORD = b"parameters"
_GRAPH = "prompt"
_CAMERA, _COMMENT = 0x8769, 0x9286
_MAKE, _MODEL = 0x010F, 0x0110
_UNICODE, _ASCII = b"UNICODE\0", b"ASCII\0\0\0"
_HEADER = 33
"""Bytes of a PNG before its second chunk."""
_KINDS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF")


def find(source: Path | bytes) -> Generation | None:
    """What another program says in a picture of how it was painted; None where it says nothing.

    Headers are read, no pixels. Raises StudioError only where the file itself cannot be read.
    """
    head = sources.head(source)
    try:
        kind = sniff.kind(head)
    except StudioError:
        return None
    if kind not in _KINDS:
        return None
    with decode.quiet():
        try:
            file = io.BytesIO(source) if isinstance(source, bytes) else source
            with Image.open(file, formats=(kind,)) as image:
                return _of_png(image) if kind == "PNG" else _of_exif(image.getexif())
        except Exception:  # noqa: BLE001 - a picture too damaged for its header says nothing
            return None


def png_chunk(text: str) -> bytes:
    """A chunk as other programs write it: tEXt where Latin-1 has all its letters, else iTXt."""
    plain = text.replace("\0", "")
    try:
        return chunk(b"tEXt", KEYWORD + b"\0" + plain.encode("latin-1"))
    except UnicodeEncodeError:
        return text_chunk(KEYWORD, plain)


def into_png(data: bytes, text: str) -> bytes:
    """The PNG ``data``, which has no such text yet, with ``text``; as it is where that is ""."""
    return data[:_HEADER] + png_chunk(text) + data[_HEADER:] if text else data


def into_exif(exif: bytes | None, text: str) -> bytes | None:
    """An EXIF block, of a picture that may have one, with ``text`` as its comment; as it is where that is "".

    Big-endian, and so is the comment: most programs that read it expect no other.
    """
    if not text:
        return exif
    block = Image.Exif()
    if exif:
        block.load(exif)
    block.endian = ">"
    block.get_ifd(_CAMERA)[_COMMENT] = _UNICODE + text.encode("utf-16-be", "replace")
    return block.tobytes()


def _of_png(image: Image.Image) -> Generation | None:
    told, graph = image.info.get("parameters"), image.info.get(_GRAPH)
    found = generation.parse(_mended(told)) if isinstance(told, str) else None
    return found or (comfy.parse(_mended(graph)) if isinstance(graph, str) else None)


def _mended(text: str) -> str:
    """Some write UTF-8 where the standard wants Latin-1."""
    if isinstance(text, iTXt) or text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _of_exif(block: Image.Exif) -> Generation | None:
    found = generation.parse(_comment(block.get_ifd(_CAMERA).get(_COMMENT)))
    graphs = [value.partition(":") for tag in (_MODEL, _MAKE) if isinstance(value := block.get(tag), str)]
    return found or next((made for name, _, text in graphs
                          if name == _GRAPH and (made := comfy.parse(text))), None)


def _comment(value: Any) -> str:
    if not isinstance(value, bytes):
        return value if isinstance(value, str) else ""
    code, rest = value[:8], value[8:]
    if code == _UNICODE:
        return _wide(rest)
    return (rest if code in (_ASCII, b"\0" * 8) else value).decode("utf-8", "replace")


def _wide(data: bytes) -> str:
    """UTF-16 of either order; the standard does not say which, and files do not either."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    high, low = data[::2].count(0), data[1::2].count(0)  # of most scripts' spaces, digits and marks
    return data.decode("utf-16-be" if high >= low else "utf-16-le", "replace")
