"""What the model considered, small enough to be kept beside the text: a line of letters."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence

from studio.core.errors import StudioError
from studio.core.text import Token

_SCALE = 10_000
"""Probabilities are kept to a hundredth of a percent."""
_MOST = 64_000_000
"""Bytes that a trace may become."""


def pack(tokens: Sequence[Token]) -> str:
    """``tokens`` as ASCII; about 25 bytes for each with its five alternatives."""
    plain = [[token.text, _whole(token.probability), *(part for text, share in token.others
                                                      for part in (text, _whole(share)))] for token in tokens]
    data = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return base64.b85encode(zlib.compress(data, 6)).decode("ascii")


def unpack(trace: str) -> tuple[Token, ...]:
    """The tokens `pack` was given. Raises StudioError for damage."""
    try:
        packed = zlib.decompressobj()
        data = packed.decompress(base64.b85decode(trace), _MOST)
        if not packed.eof:
            raise ValueError("cut off")
        return tuple(_token(item) for item in json.loads(data))
    except (ValueError, TypeError, zlib.error, KeyError, IndexError, RecursionError) as error:
        raise StudioError("What the model considered here is damaged.", details=repr(error)[:300]) from error


def _token(item: list[str | int]) -> Token:
    pairs = zip(item[2::2], item[3::2], strict=True)
    return Token(str(item[0]), int(item[1]) / _SCALE,
                 tuple((str(text), int(share) / _SCALE) for text, share in pairs))


def _whole(share: float) -> int:
    return round(share * _SCALE)
