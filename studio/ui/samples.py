"""The pictures that came with Atelier, to try things with."""

from __future__ import annotations

import json
from pathlib import Path

from studio.core import places


def first_sample(kind: str) -> Path | None:
    """The first "photo" or "painting" of assets/samples, or None where there is none."""
    folder = places.assets() / "samples"
    try:
        listed = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
        name: str = next(item["file"] for item in listed if item["kind"] == kind)
        return folder / name
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
