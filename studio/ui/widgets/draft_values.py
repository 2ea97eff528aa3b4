"""Values read back from a draft: what is missing or damaged falls back to an empty panel's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef


def entries(value: object) -> list[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def settings(value: object) -> Mapping[str, Any]:
    """Settings by name, or none."""
    return value if isinstance(value, Mapping) else {}


def whole(value: object, default: int) -> int:
    """A whole number, or ``default``."""
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def restore_batch(batch: PictureBatch, pictures: object, at: object) -> None:
    """The pictures of ``batch`` as its references' JSON values gave them, with the one at ``at`` in front."""
    refs = [PictureRef.from_json(item) for item in entries(pictures)]
    batch.set_pictures([ref for ref in refs if ref is not None], whole(at, 0))
