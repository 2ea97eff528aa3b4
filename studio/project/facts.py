"""What a list shows of a content: its media type and a few facts, without decoding it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.core.jobs import AssetKind
from studio.project import scores

_BY_FORMAT = {
    "JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "TIFF": "image/tiff",
    "GIF": "image/gif", "BMP": "image/bmp", "DIB": "image/bmp", "AVIF": "image/avif", "JPEG2000": "image/jp2",
    "PSD": "image/vnd.adobe.photoshop", "QOI": "image/qoi", "ICO": "image/x-icon",
    "PPM": "image/x-portable-anymap"}
_BY_SUFFIX = {".md": "text/markdown", ".markdown": "text/markdown", ".docx": "text/markdown",
              ".txt": "text/plain", ".text": "text/plain", ".wav": "audio/wav", ".flac": "audio/flac",
              ".ogg": "audio/ogg", ".mp3": "audio/mpeg", ".oga": "audio/ogg",
              **dict.fromkeys(scores.SUFFIXES, scores.MEDIA_TYPE)}
_BY_KIND: Mapping[AssetKind, str] = {"text": "text/plain", "audio": "audio/wav", "score": "audio/midi",
                                     "image": "application/octet-stream"}
TEXTS = frozenset({".md", ".markdown", ".txt", ".text", ".docx"})
"""Endings of what is a text, or becomes one."""
_OPENING = 240
"""Characters of a text that a list shows."""
SOUNDS = frozenset({".wav", ".flac", ".ogg", ".oga", ".mp3"})
"""Endings of recordings."""
_PICTURES = frozenset({
    ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif", ".bmp", ".avif", ".jp2", ".psd", ".qoi",
    ".ico", ".ppm", ".pgm", ".pnm", ".heic"})


@dataclass(frozen=True, slots=True)
class Described:
    """A content as `describe` found it."""

    media_type: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def kind_of(path: Path) -> AssetKind:
    """What a file is: by its name, and where that says nothing, by its first bytes; a picture if in doubt."""
    ending = path.suffix.lower()
    by_name: Mapping[frozenset[str], AssetKind] = {
        TEXTS: "text", _PICTURES: "image", scores.SUFFIXES: "score", SOUNDS: "audio"}
    if known := next((kind for endings, kind in by_name.items() if ending in endings), None):
        return known
    from studio.media import sniff

    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except (OSError, ValueError):
        return "image"
    if head.startswith(b"MThd"):
        return "score"
    return "text" if head and sniff.is_text(head) and b"<svg" not in head[:2048].lower() else "image"


def of_text(text: str) -> dict[str, Any]:
    """What a list shows of a text."""
    from studio.media.manuscript import count_words

    return {"words": count_words(text), "opening": " ".join(text[:4 * _OPENING].split())[:_OPENING]}


def describe(source: bytes | Path, name: str, kind: AssetKind) -> Described:
    """Media type and facts; a picture's go by its header. Raises StudioError if it is not of that kind."""
    if kind == "image":
        return _picture(source)
    if kind == "score":
        return Described(scores.MEDIA_TYPE, scores.facts(_loaded(source)))
    if kind == "audio":
        return _sound(source, name)
    media_type = _BY_SUFFIX.get(Path(name).suffix.lower(), _BY_KIND[kind])
    return Described(media_type, _words(source, name) if kind == "text" else {})


def without_suffix(name: str) -> str:
    """``name`` without the suffix of a known kind of file; "v1.5" keeps its dot."""
    suffix = Path(name).suffix
    known = suffix.lower() in _PICTURES or suffix.lower() in _BY_SUFFIX
    return name[:-len(suffix)] if known and len(suffix) < len(name) else name


def _picture(source: bytes | Path) -> Described:
    from studio.media.picture import probe  # costs Pillow, which opening a project does not need

    found = probe(source)
    facts: dict[str, Any] = {"width": found.width, "height": found.height}
    if found.frames > 1:
        facts["frames"] = found.frames
    return Described(_BY_FORMAT.get(found.format, "application/octet-stream"), facts)


def _loaded(source: bytes | Path) -> bytes:
    from studio.media.sources import load

    return load(source)


def _sound(source: bytes | Path, name: str) -> Described:
    """Told by its header; raises StudioError for what is no sound."""
    import io

    import soundfile

    from studio.media.sources import head

    head(source)  # says what is wrong with the file itself
    try:
        found = soundfile.info(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (soundfile.SoundFileError, OSError, ValueError) as error:
        raise StudioError("{name} cannot be read as sound.", "Save it as WAV, FLAC, Ogg or MP3.",
                          name=name or "This file", details=str(error)) from error
    kind = {"WAV": "audio/wav", "WAVEX": "audio/wav", "FLAC": "audio/flac", "OGG": "audio/ogg",
            "MP3": "audio/mpeg"}.get(found.format, "application/octet-stream")
    return Described(kind, {"seconds": round(found.duration, 3), "rate": found.samplerate,
                            "channels": found.channels})


def _words(source: bytes | Path, name: str) -> dict[str, Any]:
    from studio.media.manuscript import decode

    return of_text(decode(_loaded(source), name or "This file"))
