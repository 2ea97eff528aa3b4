"""What is being dropped: one answer for every kind of thing, in an order that is safe.

`classify` is pure: it looks at names, and at no file's content but whether it is a folder, and one with
a model. Whether a picture can be read is found out when it is brought in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

Kind = Literal["picture", "text", "score", "sound", "folder", "project", "model", "image data", "text data",
               "web", "unknown"]

PICTURES = frozenset((".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".tif", ".tiff", ".bmp", ".gif",
                      ".heic", ".heif", ".avif", ".jp2", ".ppm", ".pgm", ".ico", ".psd", ".mpo"))
MODELS = frozenset((".onnx", ".pth", ".pt", ".model", ".safetensors", ".gguf", ".sf2", ".sf3", ".ckpt",
                    ".bin"))
TEXTS = frozenset((".txt", ".text", ".md", ".markdown", ".docx"))
SCORES = frozenset((".mid", ".midi", ".rmi", ".kar", ".musicxml", ".xml", ".mxl", ".abc"))
SOUNDS = frozenset((".wav", ".flac", ".ogg", ".oga", ".mp3"))
PROJECT = ".atelier"
_MODEL_INSIDE = ("config.json", "model_index.json")
"""What a folder with a language model has, or one with an image generator."""


_NAME = 60
"""Letters of a name that is made up from a text."""


@dataclass(frozen=True, slots=True)
class Drop:
    """One thing dropped."""

    kind: Kind
    path: Path | None = None
    data: bytes = b""
    """An encoded picture or UTF-8, where there is no file."""
    text: str = ""
    """The address, where it is on the web; else a name."""

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return self.path.name if self.path is not None else self.text


def classify(mime: QMimeData) -> list[Drop]:
    """Everything in ``mime``, in order; empty if there is nothing to take.

    Files win over picture data, picture data over web addresses: browsers send all three at once, and
    only the first two can be had without a connection.
    """
    files = [_file(Path(url.toLocalFile())) for url in mime.urls() if url.isLocalFile()]
    if files:
        return files
    if data := _picture_data(mime):
        return [Drop("image data", data=data, text=_web_name(mime))]
    web = list(dict.fromkeys(_addresses(mime)))
    if web:
        return [Drop("web", text=address) for address in web]
    if words := mime.text().strip():
        return [Drop("text data", data=_utf8(mime.text()), text=_first_words(words))]
    return [Drop("unknown")] if mime.formats() else []


def kinds(drops: Sequence[Drop]) -> set[Kind]:
    """The kinds among ``drops``."""
    return {drop.kind for drop in drops}


def pictures_in(folder: Path, most: int = 10_000) -> list[Path]:
    """The pictures in ``folder``, not in folders inside it, by name. Raises OSError."""
    found = (path for path in folder.iterdir()
             if path.suffix.lower() in PICTURES and not path.name.startswith("."))
    return sorted(found, key=lambda path: path.name.casefold())[:most]


def _file(path: Path) -> Drop:
    ending = path.suffix.lower()
    if path.is_dir():
        return Drop("model" if any((path / name).is_file() for name in _MODEL_INSIDE) else "folder", path)
    if ending == PROJECT:
        return Drop("project", path)
    if ending in MODELS:
        return Drop("model", path)
    kinds: tuple[tuple[Kind, frozenset[str]], ...] = (
        ("text", TEXTS), ("score", SCORES), ("sound", SOUNDS), ("picture", PICTURES))
    return Drop(next((kind for kind, endings in kinds if ending in endings), "unknown"), path)


def _utf8(text: str) -> bytes:
    return text.replace("\r\n", "\n").encode("utf-8", "replace")


def _first_words(text: str) -> str:
    """A name for what has none."""
    line = " ".join(text[:400].split())
    return line if len(line) <= _NAME else line[:_NAME].rsplit(" ", 1)[0] + "…"


def _picture_data(mime: QMimeData) -> bytes:
    """The encoded picture, as it came if possible, so that nothing is lost."""
    for form in ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif"):
        if mime.hasFormat(form) and (data := bytes(mime.data(form).data())):
            return data
    if not mime.hasImage():
        return b""
    image = mime.imageData()
    return _as_png(image) if isinstance(image, QImage) and not image.isNull() else b""


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _addresses(mime: QMimeData) -> Iterator[str]:
    for url in mime.urls():
        if url.scheme() in ("http", "https", "ftp"):
            yield url.toString()
    words = mime.text().split()
    if all(QUrl(word).scheme() in ("http", "https", "ftp") for word in words):  # a text may name an address
        yield from words


def _web_name(mime: QMimeData) -> str:
    for address in _addresses(mime):
        if name := Path(QUrl(address).path()).stem:
            return name
    return ""
