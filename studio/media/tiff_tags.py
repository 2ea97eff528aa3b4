"""EXIF in TIFF: camera and place have directories of their own, the rest is among the tags (EXIF 2.32)."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

CAMERA, GPS, XMP = 0x8769, 0x8825, 0x02BC
_WORDS = (0x010E, 0x010F, 0x0110, 0x0132, 0x013B, 0x8298)
"""ImageDescription, Make, Model, DateTime, Artist, Copyright: what a TIFF shares with EXIF."""
_SHAPE = '{"shape":'
"""How the description begins that tifffile gives its own files."""
_BYTE, _ASCII, _LONG, _UNDEFINED, _LONG8 = 1, 2, 4, 7, 16
_BIG_MARK = 43
Tag = tuple[int, int, int, Any, bool]


def exif_of(data: bytes) -> bytes | None:
    """The EXIF block of a TIFF file, without the tags that describe its pixels; None if there is nothing."""
    found, made = Image.Exif(), Image.Exif()
    found.load_from_fp(io.BytesIO(data))
    for tag in _WORDS:
        if isinstance(value := found.get(tag), str) and value.strip() and not value.startswith(_SHAPE):
            made[tag] = value
    for tag in (CAMERA, GPS):
        if part := found.get_ifd(tag):
            made[tag] = dict(part)
    return made.tobytes() if len(made) else None


def of_exif(exif: bytes) -> list[Tag]:
    """tifffile's extra tags for the words of an EXIF block; the rest is for `put_directories`."""
    block = _loaded(exif)
    return [(tag, _ASCII, 0, value, True) for tag in _WORDS
            if isinstance(value := block.get(tag), str) and value.isascii() and value]


def put_directories(file: BinaryIO, exif: bytes) -> None:
    """Add the camera's and the place's directories of ``exif`` to a TIFF of one page; tifffile cannot."""
    block = _loaded(exif)
    parts = {tag: part for tag in (CAMERA, GPS) if (part := block.get_ifd(tag))}
    form = _form(file)
    places = {tag: _append(file, _directory(values, _end(file), form)) for tag, values in parts.items()}
    if places:
        _rewrite(file, form, [(tag, form.offset_type, 1, place) for tag, place in places.items()])


def bytes_of(file: BinaryIO, tag: int) -> bytes | None:
    """The value of a tag of bytes in the first directory, None if it is not there."""
    form = _form(file)
    for entry in _entries(file, form):
        number, kind, count, place = struct.unpack(form.entry, entry)
        if number == tag and kind in (_BYTE, _UNDEFINED):
            if count <= form.offset_size:
                return entry[-form.offset_size:][:count]
            file.seek(place)
            return file.read(count)
    return None


def replace_bytes(file: BinaryIO, tag: int, value: bytes) -> None:
    """Give the first directory the tag of bytes ``tag``, more than 8 of them, in place of one it has."""
    form = _form(file)
    _rewrite(file, form, [(tag, _BYTE, len(value), _append(file, value))])


@dataclass(frozen=True, slots=True)
class _Form:
    """How TIFF and BigTIFF write numbers of a directory."""

    first: int
    """Where the header tells the offset of the first directory."""
    offset: str
    count: str
    entry: str
    offset_type: int
    head: bytes

    @property
    def offset_size(self) -> int:
        return struct.calcsize(self.offset)


_SMALL = _Form(4, "<I", "<H", "<HHII", _LONG, b"II*\0\x08\0\0\0")
_BIG = _Form(8, "<Q", "<Q", "<HHQQ", _LONG8, b"II+\0\x08\0\0\0" + b"\0" * 8)


def _form(file: BinaryIO) -> _Form:
    """Raises ValueError for a big-endian file."""
    file.seek(0)
    head = file.read(4)
    if head not in (b"II*\0", b"II+\0"):
        raise ValueError(f"TIFF header {head!r}")
    return _BIG if head[2] == _BIG_MARK else _SMALL


def _rewrite(file: BinaryIO, form: _Form, more: list[tuple[int, int, int, int]]) -> None:
    """Write the first directory once more, at the end, with ``more`` (tag, type, count, offset)."""
    new = {item[0] for item in more}
    entries = [entry for entry in _entries(file, form) if int.from_bytes(entry[:2], "little") not in new]
    entries += [struct.pack(form.entry, *item) for item in more]
    entries.sort(key=lambda entry: int.from_bytes(entry[:2], "little"))
    last = b"\0" * form.offset_size  # no further page
    start = _append(file, struct.pack(form.count, len(entries)) + b"".join(entries) + last)
    file.seek(form.first)
    file.write(struct.pack(form.offset, start))


def _entries(file: BinaryIO, form: _Form) -> list[bytes]:
    file.seek(form.first)
    file.seek(_number(file, form.offset))
    count = _number(file, form.count)
    return [file.read(struct.calcsize(form.entry)) for _ in range(count)]


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])


def _end(file: BinaryIO) -> int:
    """The end of the file, on an even byte as the standard wants."""
    end = file.seek(0, 2)
    return end + end % 2


def _append(file: BinaryIO, content: bytes) -> int:
    """Where ``content`` now lies."""
    start = _end(file)
    file.seek(start)
    file.write(content)
    return start


def _loaded(exif: bytes) -> Image.Exif:
    block = Image.Exif()
    block.load(exif)
    return block


def _directory(values: dict[int, Any], start: int, form: _Form) -> bytes:
    directory = ImageFileDirectory_v2(ifh=form.head)
    for tag, value in values.items():
        directory[tag] = value
    return bytes(directory.tobytes(start))
