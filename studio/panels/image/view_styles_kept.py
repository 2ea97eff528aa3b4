"""Styles: words around a prompt, with a small picture of what comes of them; in the box, and one's own."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from studio.core import places
from studio.core.settings import PreferencesFile

HERE = "{prompt}"
"""Where the prompt goes in a template; without it the template comes behind."""
_MOST = 200
_LARGEST = 400_000
"""Letters of a picture that is kept with a style."""


@dataclass(frozen=True, slots=True)
class Style:
    """``template`` goes around the prompt, ``negative`` behind what should not be there."""

    name: str
    template: str
    negative: str = ""
    preview: str = ""
    """A file of assets/image-styles, or "data:" and a PNG in base 64."""

    def picture(self) -> bytes:
        """The file of its preview; b"" where it has none. Raises OSError."""
        if self.preview.startswith("data:"):
            try:
                return base64.b64decode(self.preview.removeprefix("data:"), validate=True)
            except binascii.Error:
                return b""
        name = Path(self.preview).name
        return (places.assets() / "image-styles" / name).read_bytes() if name else b""


def in_the_box() -> tuple[Style, ...]:
    """Those of assets/image-styles.json; their names are English, and translated when shown."""
    try:
        found = json.loads((places.assets() / "image-styles.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return _styles(found)


class OwnStyles:
    """Kept beside the preferences, for all projects."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = PreferencesFile(path or places.config() / "image-styles.json")

    def all(self) -> tuple[Style, ...]:
        """Every one that can be used, in the order they were made."""
        return _styles(self._file.recall("styles", []))

    def keep(self, style: Style) -> None:
        """Keep ``style``, in place of another of its name. Raises OSError."""
        self._write([*(old for old in self.all() if old.name != style.name), style])

    def remove(self, name: str) -> None:
        """Forget it. Raises OSError."""
        self._write([style for style in self.all() if style.name != name])

    def _write(self, styles: Sequence[Style]) -> None:
        self._file.remember("styles", [asdict(style) for style in styles[-_MOST:]])


def data_of(png: bytes) -> str:
    """A small picture as `Style.preview`; "" where it is not small."""
    text = base64.b64encode(png).decode("ascii")
    return f"data:{text}" if text and len(text) <= _LARGEST else ""


def _styles(found: object) -> tuple[Style, ...]:
    entries = found if isinstance(found, list) else []
    return tuple(style for entry in entries if (style := _style(entry)) is not None)


def _style(entry: object) -> Style | None:
    """What was kept, or None where it is damaged."""
    if not isinstance(entry, Mapping):
        return None
    values = [entry.get(name, "") for name in ("name", "template", "negative", "preview")]
    if not all(isinstance(value, str) for value in values) or not values[0] or not (values[1] or values[2]):
        return None
    return Style(*values)
