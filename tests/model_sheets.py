"""Folders of tiny models as the library keeps them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.engines.music import tiny


def composer(folder: Path, name: str = "tiny") -> Path:
    """A composer of random weights in ``folder``, with its model.json."""
    from studio.library.digests import digest_now

    source = tiny.source(folder)
    files = [{"name": file, "sha256": digest_now(folder / file), "size": (folder / file).stat().st_size}
             for file in source.files]
    sheet = {"id": name, "title": name.title(), "task": "music", "engine": source.engine, "licence": "CC0",
             "files": files, "facts": dict(source.facts)}
    (folder / "model.json").write_text(json.dumps(sheet), encoding="utf-8")
    return folder
