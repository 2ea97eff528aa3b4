"""Arrangements as settings carry them: text."""

from __future__ import annotations

import base64
import binascii

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.media.arrangement_midi import read_arrangement, write_arrangement


def packed(arrangement: Arrangement) -> str:
    """The bytes of `write_arrangement` in base64. Raises StudioError as that does."""
    return base64.b64encode(write_arrangement(arrangement)).decode("ascii")


def unpacked(text: str) -> Arrangement:
    """What `packed` was given. Raises StudioError for damage."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise StudioError("The notes on the page are damaged.", details=repr(error)) from error
    return read_arrangement(data, "The page")
