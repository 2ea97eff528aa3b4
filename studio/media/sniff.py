"""Tells what a file is from its first bytes, whatever its name says."""

from __future__ import annotations

from studio.core.errors import StudioError

READABLE = "Pictures can be JPEG, PNG, WebP, TIFF, GIF, BMP, AVIF or PSD."
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "JPEG"), (0, b"\x89PNG\r\n\x1a\n", "PNG"), (0, b"GIF8", "GIF"), (8, b"WEBP", "WEBP"),
    (0, b"II*\0", "TIFF"), (0, b"MM\0*", "TIFF"), (0, b"II+\0", "TIFF"), (0, b"MM\0+", "TIFF"),
    (0, b"BM", "BMP"), (0, b"8BPS", "PSD"), (0, b"qoif", "QOI"), (0, b"\0\0\1\0", "ICO"),
    (4, b"jP  \r\n", "JPEG2000"), (0, b"\xff\x4f\xff\x51", "JPEG2000"),
    *((0, b"P%d" % kind, "PPM") for kind in range(1, 7)),
)
_STRANGERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\x0a", "JPEG XL picture"), (4, b"JXL \r\n", "JPEG XL picture"),
    (0, b"FUJIFILMCCD-RAW", "camera raw file"), (8, b"CR\x02", "camera raw file"),
    (0, b"IIRO", "camera raw file"), (0, b"IIU\0", "camera raw file"), (4, b"ftypcrx", "camera raw file"),
    (0, b"%PDF", "PDF document"), (0, b"%!PS", "PostScript document"), (0, b"gimp xcf", "GIMP document"),
    (0, b"PK\x03\x04", "ZIP archive"), (0, b"SQLite format 3", "database or Atelier project"),
    (4, b"ftyp", "film"), (0, b"\x1aE\xdf\xa3", "film"), (8, b"AVI ", "film"),
    (8, b"WAVE", "sound"), (0, b"ID3", "sound"), (0, b"fLaC", "sound"), (0, b"OggS", "sound"),
    (0, b"MThd", "score"), (0, b"GGUF", "language model"), (0, b"\x7fELF", "program"), (0, b"MZ", "program"),
)
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})


def kind(head: bytes) -> str:
    """Pillow's name of the picture format that ``head``, the first bytes (4 KB are plenty), belongs to.

    Raises StudioError naming what it is instead, where that is known.
    """
    if head[4:8] == b"ftyp" and (found := _of_brand(head)):
        return found
    for offset, magic, name in _MAGIC:
        if head[offset:offset + len(magic)] == magic and head[8:11] != b"CR\x02":
            return name
    raise _stranger(head)


def _of_brand(head: bytes) -> str:
    """AVIF and HEIC share a container; the brands tell them apart (ISO/IEC 14496-12, 4.3)."""
    end = min(int.from_bytes(head[:4], "big"), 256)
    brands = {head[8:12], *(head[at:at + 4] for at in range(16, end, 4))}
    if brands & _AVIF:
        return "AVIF"
    if brands & _HEIC:
        raise StudioError("HEIC pictures cannot be read here.", "Save it as JPEG or PNG.")
    return ""


def _stranger(head: bytes) -> StudioError:
    for offset, magic, name in _STRANGERS:
        if head[offset:offset + len(magic)] == magic:
            return StudioError("This is not a picture that can be read here but a {what}.", READABLE,
                               what=name)
    if b"<svg" in head[:2048].lower():
        return StudioError("SVG drawings cannot be read here.", "Save it as JPEG or PNG.")
    if is_text(head):
        return StudioError("This is text, not a picture.", READABLE)
    return StudioError("This is not a picture that can be read here.", READABLE)


def is_text(head: bytes) -> bool:
    """Whether it reads as UTF-8 without control characters; a character cut at the end is forgiven."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            return False
        text = head[:error.start].decode("utf-8")
    return all(letter.isprintable() or letter in "\r\n\t\f\ufeff" for letter in text)
