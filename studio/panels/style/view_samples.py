"""The photograph and the painting that came with Atelier."""

from __future__ import annotations

import json
from pathlib import Path

from studio.core import places


def sample_files() -> tuple[Path, Path] | None:
    """The first photograph and the first painting of assets/samples, or None where there are none."""
    folder = places.assets() / "samples"
    try:
        listed = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
        first = {kind: folder / next(item["file"] for item in listed if item["kind"] == kind)
                 for kind in ("photo", "painting")}
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
    return first["photo"], first["painting"]
