"""The tensors of a torch checkpoint, zip or older, without torch and without unpickling."""

from __future__ import annotations

import io
import math
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.library import pickles
from studio.library.tensors import SIZES, Tensor, Tensors, cut_off, damaged, runs_code

_MOST_PICKLE = 8_000_000
"""Bytes; names and shapes of the largest networks take a fraction of that."""
_MAGIC = 0x1950A86A20F9469CFC6C
"""First value of a checkpoint written before torch 1.6."""
_WRAPPERS = ("model_state_dict", "state_dict", "params_ema", "params-ema", "params", "model", "net", "g_ema",
             "generator", "netG")


def is_torch_zip(path: Path) -> bool:
    """Whether it is a zip with a pickle where torch puts it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith(("/data.pkl", "/constants.pkl")) for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def read_zip(path: Path) -> tuple[Tensors, str]:
    """Tensors by name, and the key they were found under ("" at the top). Raises StudioError."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_zip(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError, OSError,
            ValueError, KeyError, struct.error) as error:
        raise damaged(repr(error)) from error


def read_legacy(path: Path) -> tuple[Tensors, str]:
    """The same of a file written before torch 1.6, or of a bare pickle, which holds no tensors."""
    with path.open("rb") as file:
        stream = io.BytesIO(file.read(_MOST_PICKLE))
    first = pickles.walk(stream)
    if first != _MAGIC:
        return _tensors(first)
    _version, system = pickles.walk(stream), pickles.walk(stream)
    if not isinstance(system, dict) or not system.get("little_endian", True):
        raise StudioError("This model was written on a machine with another byte order.",
                          "Ask for a safetensors version.")
    value, keys = pickles.walk(stream), pickles.walk(stream)
    _check_legacy(_views(value), keys, stream.tell(), path.stat().st_size)
    return _tensors(value)


def _read_zip(archive: zipfile.ZipFile) -> tuple[Tensors, str]:
    entries = {info.filename: info for info in archive.infolist()}
    if any("/code/" in f"/{name}" and name.endswith(".py") for name in entries):
        raise runs_code("TorchScript")
    names = [name for name in entries if name == "data.pkl" or name.endswith("/data.pkl")]
    if len(names) != 1:
        raise damaged(f"{len(names)} data.pkl")
    with archive.open(names[0]) as packed:
        stream = io.BytesIO(packed.read(_MOST_PICKLE))
    value = pickles.walk(stream)
    root = names[0].removesuffix("data.pkl")
    for view in _views(value):
        _check_entry(view, entries.get(f"{root}data/{view.storage.key}"))
    return _tensors(value)


def _check_entry(view: pickles.View, entry: zipfile.ZipInfo | None) -> None:
    _check_window(view)
    if entry is None or entry.file_size < view.storage.count * SIZES[view.storage.dtype]:
        raise damaged(f"storage {view.storage.key} is missing or too short")
    if entry.file_size > 1100 * entry.compress_size + 1000:  # deflate shrinks 1032 times at most
        raise damaged(f"storage {view.storage.key} claims {entry.file_size} bytes")


def _check_window(view: pickles.View) -> None:
    """Strides are not looked at: a tensor may repeat numbers, but weights on disk don't."""
    numbers = view.storage.count * SIZES[view.storage.dtype] // SIZES[view.dtype]
    if math.prod(view.shape) + view.offset > numbers:
        raise damaged(f"a tensor of {view.shape} in {numbers} numbers")


def _check_legacy(views: list[pickles.View], keys: Any, start: int, size: int) -> None:
    """Storages follow the pickles, each after its count in 8 bytes."""
    storages = {view.storage.key: view.storage for view in views}
    if not isinstance(keys, list) or not set(storages) <= set(keys):
        raise damaged("storage keys")
    for view in views:
        _check_window(view)
    kept = [storages[key] for key in set(keys) & set(storages)]
    expected = start + sum(8 + storage.count * SIZES[storage.dtype] for storage in kept)
    if size < expected:
        raise cut_off(size, expected)


def _views(value: Any) -> list[pickles.View]:
    """All tensors in dictionaries, at most four deep: below that lie optimisers' memories, not weights."""
    level, found = [value], []
    for _ in range(4):
        found += [item for item in level if isinstance(item, pickles.View)]
        inner = [value for item in level if isinstance(item, Mapping) for value in item.values()]
        level = list({id(value): value for value in inner}.values())  # one may stand in many places
    return found


def _tensors(value: Any, depth: int = 0) -> tuple[Tensors, str]:
    """The state dict in ``value``: itself, or under one of the names people wrap it in."""
    if not isinstance(value, Mapping) or depth > 3:
        return {}, ""
    found = {str(key): Tensor(item.shape, item.dtype)
             for key, item in value.items() if isinstance(item, pickles.View)}
    if found:
        return found, ""
    for key in _WRAPPERS:
        inner, deeper = _tensors(value[key], depth + 1) if isinstance(value.get(key), Mapping) else ({}, "")
        if inner:
            return inner, f"{key}.{deeper}" if deeper else key
    return {}, ""
