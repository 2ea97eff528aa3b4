"""Tells what a SoundFont holds, from its tables."""

from __future__ import annotations

from pathlib import Path

from studio.library.networks import Network

MAGIC = b"sfbk"
"""Eight bytes into the file."""


def read(path: Path) -> Network:
    """The SoundFont at ``path``. Raises StudioError: cut off, damaged, or without sound."""
    from studio.media.sound import fonts, hydra  # numpy, which the window starts without

    found = hydra.read(path)
    facts = {"container": "sf3" if found.is_compressed else "sf2", "instruments": len(found.presets),
             "drums": any(bank == 128 for bank, _ in found.presets), "name": found.name}
    return Network(fonts.ENGINE, "SoundFont", facts)
