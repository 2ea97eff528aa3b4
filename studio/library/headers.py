"""The tensors of a safetensors file, from its header."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from safetensors import SafetensorError, safe_open

from studio.library.tensors import Tensor, Tensors, cut_off, damaged

_TYPES = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16", "I64": "int64",
          "I32": "int32", "I16": "int16", "I8": "int8", "U8": "uint8", "BOOL": "bool"}
_MOST = 100_000_000
"""Bytes of header; the format's own limit."""


def looks_like(head: bytes, size: int) -> bool:
    """Whether a file of ``size`` bytes that begins with ``head`` (9 bytes or more) has such a header."""
    return len(head) > 8 and head[8:9] == b"{" and size > 8


def read(path: Path) -> Tensors:
    """Tensors by name. Raises StudioError: cut off, or damaged."""
    _check_length(path)
    try:
        with safe_open(path, framework="numpy") as file:
            slices = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118 - it is no dict
            return {name: Tensor(tuple(part.get_shape()), _dtype(part.get_dtype()))
                    for name, part in slices.items()}
    except (SafetensorError, OSError, ValueError) as error:
        raise damaged(repr(error)) from error


def _dtype(name: str) -> str:
    return _TYPES.get(name, name.lower())


def _check_length(path: Path) -> None:
    """The library refuses files of the wrong length too, but cannot say how much is missing."""
    size = path.stat().st_size
    if size < 8:
        raise cut_off(size, 8)
    with path.open("rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        if length > _MOST:
            raise damaged(f"a header of {length} bytes")
        if size < 8 + length:
            raise cut_off(size, 8 + length)
        try:
            header = json.loads(file.read(length))
            ends = [item["data_offsets"][1] for name, item in header.items() if name != "__metadata__"]
            expected = 8 + length + max(map(int, ends), default=0)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
            raise damaged(repr(error)) from error
    if size < expected:
        raise cut_off(size, expected)
