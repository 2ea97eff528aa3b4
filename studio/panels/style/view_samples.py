"""The photograph and the painting that came with Atelier."""

from __future__ import annotations

from pathlib import Path

from studio.ui.samples import first_sample


def sample_files() -> tuple[Path, Path] | None:
    """The first photograph and the first painting of the samples, or None where one is missing."""
    photo, painting = first_sample("photo"), first_sample("painting")
    return None if photo is None or painting is None else (photo, painting)
