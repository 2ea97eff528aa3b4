"""Says what a file or folder dropped on the window is, from its header, without running anything in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.core.jobs import Problem, problem_of
from studio.library import (
    checkpoints,
    composers,
    diffusion_files,
    folders,
    graphs,
    headers,
    language,
    networks,
    pictures,
    soundfonts,
)
from studio.library.networks import Network
from studio.library.tensors import AGAIN, Tensors
from studio.media import gguf, sniff, sources

_PICKLES = frozenset({".pth", ".pt", ".pkl", ".pickle", ".ckpt", ".bin", ".model"})
_STRANGERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"ggml", "language model in a form that is no longer read"),
    (0, b"\x89HDF", "Keras model (HDF5)"), (4, b"TFL3", "TensorFlow Lite model"),
    (257, b"ustar", "checkpoint of a very old torch, or an archive"), (0, b"\x1f\x8b", "packed archive"),
    (0, b"7z\xbc\xaf", "packed archive"), (0, b"Rar!", "packed archive"), (0, b"\x93NUMPY", "NumPy array"),
    (0, b"SQLite format 3", "Atelier project or database"),
)
_LFS = b"version https://git-lfs.github.com/"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is."""

    path: Path
    kind: str
    """Id of the engine that can use it; "" if none can."""
    title: str
    """A name for it, from the file's."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """For the engine: "container" is safetensors, torch, onnx, gguf, sf2, sf3 or folder; "inside" the key
    around the weights."""
    problem: Problem | None = None
    """Why none can use it, in words."""


def inspect(path: Path) -> Inspection:
    """What ``path`` is. Never raises: what it cannot use, and why, stands in `Inspection.problem`."""
    title = title_of(path)
    try:
        found = examine(path)
    except (StudioError, MemoryError, OSError) as error:
        return Inspection(path, "", title, problem=problem_of(error))
    return Inspection(path, found.engine, title, found.facts)


def examine(path: Path) -> Network:
    """The network in ``path``, a file or a folder as Hugging Face has them. Raises StudioError."""
    if path.is_dir():
        return folders.read(path)
    size = sources.size_of(path)
    head = sources.head(path)
    if head.startswith(_LFS):
        raise StudioError("This is only a note that stands for the model (Git LFS), not the model.",
                          "Download the file itself.")
    if head[8:12] == soundfonts.MAGIC:
        return soundfonts.read(path)
    for offset, magic, what in _STRANGERS:
        if head[offset:offset + len(magic)] == magic:
            raise networks.declined(what)
    if found := _tensors_or_graph(path, head, size):
        return found
    raise _stranger(head)


def title_of(path: Path) -> str:
    """A name to show, from a file's name."""
    words = path.stem.replace("_", " ").replace("-", " ").split()
    return " ".join(words)[:80] or "Model"


def _tensors_or_graph(path: Path, head: bytes, size: int) -> Network | None:
    if head.startswith(gguf.MAGIC):
        return language.read(path)
    if head.startswith(b"PK"):
        return _from_zip(path)
    if headers.looks_like(head, size):
        tensors = headers.read(path)
        return _with(diffusion_files.recognise(tensors) or networks.recognise(tensors), "safetensors", "")
    if head.startswith(b"\x80") or (path.suffix.lower() in _PICKLES and _is_old_pickle(head)):
        tensors, inside = checkpoints.read_legacy(path)
        return _with(_unpickled(tensors), "torch", inside)
    if head.startswith(b"\x08") or path.suffix.lower() == ".onnx":
        graph = graphs.read(path)
        return _with(composers.recognise(graph) or pictures.recognise(graph, path.stem), "onnx", "")
    return None


def _from_zip(path: Path) -> Network:
    if not checkpoints.is_torch_zip(path):
        raise StudioError("This archive holds no model that can be read here, or it is cut off.",
                          "Unpack it and drop what is inside, or get it again.")
    tensors, inside = checkpoints.read_zip(path)
    return _with(_unpickled(tensors), "torch", inside)


def _unpickled(tensors: Tensors) -> Network:
    """Image generators are read from safetensors only, though the pickle tells what is in it."""
    if found := diffusion_files.recognise(tensors):
        raise StudioError("The weights of this model are in a form that may run code when opened ({name}).",
                          "Ask for a safetensors version.", name=found.title)
    return networks.recognise(tensors)


def _with(network: Network, container: str, inside: str) -> Network:
    return Network(network.engine, network.title, {**network.facts, "container": container, "inside": inside})


def _is_old_pickle(head: bytes) -> bool:
    """Protocol 0 is text; a name to import comes as c<module>, a dictionary or list as ( first."""
    return head[:1] in (b"c", b"(", b"]", b"}") and b"\n" in head[:200]


def _stranger(head: bytes) -> StudioError:
    try:
        picture = sniff.kind(head)
    except StudioError as error:
        what = error.values.get("what")
        if what:
            return StudioError("This is a {what}, not a model.", what=what)
    else:
        return StudioError("This is a picture ({kind}), not a model.", kind=picture)
    if b"<html" in head[:2000].lower():
        return StudioError("This is a web page, not a model.",
                           "Use the page's download link and drop that file.")
    if sniff.is_text(head):
        return StudioError("This is text, not a model.")
    return StudioError("This is not a model that can be read here, or it is damaged.", AGAIN)
