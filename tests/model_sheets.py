"""Folders of tiny models as the library keeps them."""

from __future__ import annotations

import json
from pathlib import Path

from studio.core.engine import ModelSource
from tests.engines.image import tiny_sticker
from tests.engines.music import tiny


def composer(folder: Path, name: str = "tiny") -> Path:
    """A composer of random weights in ``folder``, with its model.json."""
    return _described(folder, tiny.source(folder), "music", name)


def sticker_painter(folder: Path, name: str = "tiny") -> Path:
    """A sticker painter of random weights in ``folder``, with its model.json."""
    return _described(folder, tiny_sticker.source(folder), "image", name)


def _described(folder: Path, source: ModelSource, task: str, name: str) -> Path:
    from studio.library.digests import digest_now

    files = [{"name": file, "sha256": digest_now(folder / file), "size": (folder / file).stat().st_size}
             for file in source.files]
    sheet = {"id": name, "title": name.title(), "task": task, "engine": source.engine, "licence": "CC0",
             "files": files, "facts": dict(source.facts)}
    (folder / "model.json").write_text(json.dumps(sheet), encoding="utf-8")
    return folder
