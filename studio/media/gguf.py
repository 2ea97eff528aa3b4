"""The header of a GGUF file (versions 2 and 3): what it says of itself and its tensors; no weight is read.

Format: github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import math
import mmap
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

MAGIC = b"GGUF"
_STRING, _ARRAY = 8, 9
_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_DEEPEST, _MOST_DIMENSIONS, _LONGEST = 3, 8, 1 << 24
_BLOCKS: Mapping[int, tuple[str, int, int]] = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20), 6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 36), 10: ("Q2_K", 256, 84),
    11: ("Q3_K", 256, 110), 12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176), 14: ("Q6_K", 256, 210),
    15: ("Q8_K", 256, 292), 16: ("IQ2_XXS", 256, 66), 17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98),
    19: ("IQ1_S", 256, 50), 20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136), 24: ("I8", 1, 1), 25: ("I16", 1, 2), 26: ("I32", 1, 4), 27: ("I64", 1, 8),
    28: ("F64", 1, 8), 29: ("IQ1_M", 256, 56), 30: ("BF16", 1, 2), 34: ("TQ1_0", 256, 54),
    35: ("TQ2_0", 256, 66), 39: ("MXFP4", 32, 17),
}
"""ggml_type to its name, and how many numbers take how many bytes."""

Value: TypeAlias = "str | int | float | bool | Array"


class GgufDamage(ValueError):
    """The header contradicts itself or runs out of the file."""


@dataclass(frozen=True, slots=True)
class Array:
    """An array by its description; `Header.items` reads it."""

    kind: int
    """gguf_metadata_value_type of its items."""
    count: int
    offset: int
    """Of its first item, from the file's start."""


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """A tensor by its description."""

    shape: tuple[int, ...]
    """As ggml counts: what lies next to each other first."""
    kind: int
    """ggml_type."""
    offset: int
    """From `Header.data`."""

    @property
    def type(self) -> str:
        """Such as "Q8_0"; "type 99" where it is none that is known here."""
        return _BLOCKS[self.kind][0] if self.kind in _BLOCKS else f"type {self.kind}"

    @property
    def elements(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)

    @property
    def bytes(self) -> int:
        """What it takes in the file; 0 for an unknown type."""
        _, numbers, size = _BLOCKS.get(self.kind, ("", 1, 0))
        return -(-self.elements // numbers) * size


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself."""

    path: Path
    version: int
    metadata: Mapping[str, Value]
    tensors: Mapping[str, TensorInfo]
    data: int
    """Where the weights begin, in bytes."""
    size: int
    """Bytes of the file."""

    @property
    def end(self) -> int:
        """Bytes the file must have at least for all its tensors."""
        ends = (self.data + item.offset + item.bytes for item in self.tensors.values())
        return max(ends, default=self.data)

    def text(self, key: str) -> str:
        """A text of the metadata; "" where there is none."""
        value = self.metadata.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str, default: int = 0) -> int:
        """A whole number of the metadata."""
        value = self.metadata.get(key)
        return int(value) if isinstance(value, int | float) and math.isfinite(value) else default

    def items(self, key: str) -> list[Any]:
        """The items of an array, texts as bytes; [] where there is none. Raises OSError, GgufDamage."""
        array = self.metadata.get(key)
        if not isinstance(array, Array):
            return []
        with _mapped(self.path) as view:
            reader = _Reader(view, array.offset)
            read = reader.item(array.kind)
            return [read() for _ in range(array.count)]


def read_header(path: Path) -> Header:
    """The header of ``path``. Raises GgufDamage, OSError."""
    with _mapped(path) as view:
        reader = _Reader(view)
        try:
            return _header(path, reader, len(view))
        except (struct.error, IndexError, OverflowError, UnicodeDecodeError) as error:
            raise GgufDamage(f"{error!r} at byte {reader.at} of {len(view)}") from error


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _header(path: Path, reader: _Reader, size: int) -> Header:
    if reader.take(4) != MAGIC:
        raise GgufDamage("no GGUF magic")
    version = reader.number("<I")
    if version not in (2, 3):
        raise GgufDamage(f"version {version}")
    tensors, pairs = reader.number("<Q"), reader.number("<Q")
    if max(tensors, pairs) > size // 8:
        raise GgufDamage(f"{tensors} tensors and {pairs} facts in {size} bytes")
    metadata = dict(_pair(reader) for _ in range(pairs))
    infos = dict(_tensor(reader) for _ in range(tensors))
    alignment = metadata.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 0 < alignment <= 1 << 20:
        raise GgufDamage(f"alignment {alignment}")
    return Header(path, version, metadata, infos, -(-reader.at // alignment) * alignment, size)


def _pair(reader: _Reader) -> tuple[str, Value]:
    return reader.text(), reader.value(reader.number("<I"))


def _tensor(reader: _Reader) -> tuple[str, TensorInfo]:
    name, dimensions = reader.text(), reader.number("<I")
    if dimensions > _MOST_DIMENSIONS:
        raise GgufDamage(f"{dimensions} dimensions")
    shape = tuple(reader.number("<Q") for _ in range(dimensions))
    return name, TensorInfo(shape, reader.number("<I"), reader.number("<Q"))


class _Reader:
    """Walks through the header, little-endian."""

    def __init__(self, view: mmap.mmap, at: int = 0) -> None:
        self._view, self.at = view, at

    def take(self, count: int) -> bytes:
        """The next bytes, all of them."""
        if count > len(self._view) - self.at:
            raise GgufDamage(f"{count} bytes wanted at {self.at} of {len(self._view)}")
        self.at += count
        return self._view[self.at - count:self.at]

    def number(self, form: str) -> int:
        """The next number, as struct spells it."""
        found = struct.unpack_from(form, self._view, self.at)[0]
        self.at += struct.calcsize(form)
        return found  # type: ignore[no-any-return]

    def bytes(self) -> bytes:
        """The next string, as it is."""
        length = self.number("<Q")
        if length > _LONGEST:
            raise GgufDamage(f"a text of {length} bytes")
        return self.take(length)

    def text(self) -> str:
        """The next string; bytes that are no UTF-8 become question marks."""
        return self.bytes().decode("utf-8", "replace")

    def value(self, kind: int, depth: int = 0) -> Value:
        """The next value; arrays are passed over."""
        if kind == _STRING:
            return self.text()
        return self._array(depth) if kind == _ARRAY else self.number(_form(kind))

    def item(self, kind: int) -> Callable[[], Any]:
        """What reads one item of an array."""
        form = "" if kind == _STRING else _form(kind)
        return self.bytes if kind == _STRING else lambda: self.number(form)

    def _array(self, depth: int) -> Array:
        kind, count = self.number("<I"), self.number("<Q")
        found = Array(kind, count, self.at)
        if depth > _DEEPEST or count > len(self._view):
            raise GgufDamage(f"an array of {count}")
        if kind in (_STRING, _ARRAY):
            for _ in range(count):
                self._skip(kind, depth)
        else:
            self.take(count * struct.calcsize(_form(kind)))
        return found

    def _skip(self, kind: int, depth: int) -> None:
        if kind == _ARRAY:
            self._array(depth + 1)
            return
        length = self.number("<Q")
        if length > len(self._view) - self.at:
            raise GgufDamage(f"a text of {length} bytes")
        self.at += length


def _form(kind: int) -> str:
    if kind not in _NUMBERS:
        raise GgufDamage(f"value type {kind}")
    return "<" + _NUMBERS[kind]
