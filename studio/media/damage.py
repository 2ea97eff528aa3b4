"""Finds out whether a picture that did not decode is cut off or damaged, from container lengths alone."""

from __future__ import annotations

import io
import struct
import zlib

from studio.core.errors import StudioError

ANOTHER = "Ask for it again, or copy it once more from where it came."


def explain(data: bytes, kind: str, error: Exception) -> StudioError:
    """The sentence for a picture of ``kind`` (see `sniff.kind`) that raised ``error`` when decoded."""
    try:
        is_cut, expected = _LENGTHS.get(kind, _unknown)(data)
    except (struct.error, IndexError, ValueError, KeyError, TypeError, zlib.error):
        is_cut, expected = False, None
    details = f"{kind}: {error!r}"
    if is_cut or "truncated" in str(error).lower():
        return _cut_off(len(data), expected, details)
    return StudioError("This {kind} picture is damaged and cannot be read.", ANOTHER,
                       kind=kind, details=details)


def is_cut_off(data: bytes, kind: str) -> bool:
    """Whether bytes are missing at the end, where the container tells."""
    try:
        return _LENGTHS.get(kind, _unknown)(data)[0]
    except (struct.error, IndexError, ValueError, KeyError, TypeError, zlib.error):
        return False


def _cut_off(there: int, expected: int | None, details: str) -> StudioError:
    if expected is None or expected <= there:
        if there < 10_000:
            return StudioError("This file is cut off: only {there:,} bytes are there.", ANOTHER, there=there,
                               details=details)
        return StudioError("This file is cut off: only {there:,} KB are there.", ANOTHER, there=there // 1000,
                           details=details)
    if expected < 10_000:
        return StudioError("This file is cut off: {there:,} of {expected:,} bytes are there.", ANOTHER,
                           there=there, expected=expected, details=details)
    return StudioError("This file is cut off: {there:,} of {expected:,} KB are there.", ANOTHER,
                       there=there // 1000, expected=-(-expected // 1000), details=details)


def _unknown(data: bytes) -> tuple[bool, int | None]:
    return False, None


def _riff(data: bytes) -> tuple[bool, int | None]:
    expected = 8 + int(struct.unpack_from("<I", data, 4)[0])
    return len(data) < expected, expected


def _bmp(data: bytes) -> tuple[bool, int | None]:
    expected = int(struct.unpack_from("<I", data, 2)[0])
    return len(data) < expected, expected


def _png(data: bytes) -> tuple[bool, int | None]:
    at = 8
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        at += 12 + length
        if name == b"IEND":
            return at > len(data), at
    return True, None


def _jpeg(data: bytes) -> tuple[bool, int | None]:
    return data.rfind(b"\xff\xd9", max(0, len(data) - 100_000)) < 0, None


def _gif(data: bytes) -> tuple[bool, int | None]:
    return not data.rstrip(b"\0").endswith(b";"), None


def _boxes(data: bytes) -> tuple[bool, int | None]:
    """ISO base media (AVIF): a row of boxes, each with its length first."""
    at = 0
    while at + 8 <= len(data):
        size = int(struct.unpack_from(">I", data, at)[0])
        if size < 8:  # 0 runs to the end, 1 has a 64-bit length: not used by pictures
            return False, None
        at += size
    return at != len(data), at if at > len(data) else None


def _tiff(data: bytes) -> tuple[bool, int | None]:
    import tifffile

    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            page = file.pages.first
            ends = [at + size for at, size in zip(page.dataoffsets, page.databytecounts, strict=False)]
    except (tifffile.TiffFileError, struct.error):
        return True, None  # the directory itself lies beyond the end
    return max(ends, default=0) > len(data), max(ends, default=0)


_LENGTHS = {"WEBP": _riff, "BMP": _bmp, "PNG": _png, "JPEG": _jpeg, "GIF": _gif, "AVIF": _boxes,
            "JPEG2000": _boxes, "TIFF": _tiff}
