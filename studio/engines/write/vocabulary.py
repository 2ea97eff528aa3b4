"""From tokens back to bytes, by the vocabulary in a GGUF file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from studio.media.gguf import Header

_BYTE = re.compile(rb"<0x([0-9A-Fa-f]{2})>")
_SPECIAL = (2, 3)
"""llama_token_type of those that stand for no text: unknown, control."""


class Vocabulary:
    """What each token is in UTF-8, perhaps a part of a character; marks such as the end of a text are b""."""

    def __init__(self, header: Header) -> None:
        """Reads the tokens. Raises GgufDamage, OSError."""
        tokens = header.items("tokenizer.ggml.tokens")
        types = header.items("tokenizer.ggml.token_type") or [1] * len(tokens)
        spell = of_letters if header.text("tokenizer.ggml.model") == "gpt2" else of_pieces
        self.pieces = [b"" if kind in _SPECIAL else spell(token)
                       for token, kind in zip(tokens, types, strict=False)]

    def __len__(self) -> int:
        return len(self.pieces)


def joined(pieces: Sequence[bytes], tokens: Sequence[int]) -> bytes:
    """The bytes of ``tokens``."""
    return b"".join(pieces[token] for token in tokens)


def of_pieces(token: bytes) -> bytes:
    """SentencePiece: U+2581 is a space, <0x0A> a byte."""
    if found := _BYTE.fullmatch(token):
        return bytes([int(found[1], 16)])
    return token.replace("▁".encode(), b" ")


def of_letters(token: bytes) -> bytes:
    """GPT-2: every byte has a letter of its own; tokens added later are plain text."""
    table = byte_of_letter()
    text = token.decode("utf-8", "replace")
    if all(letter in table for letter in text):
        return bytes(table[letter] for letter in text)
    return token


@cache
def byte_of_letter() -> dict[str, int]:
    """GPT-2's letters for bytes (Radford et al. 2019, bytes_to_unicode): printable ones are themselves."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(256 + at): byte for at, byte in enumerate(others)}
