"""Tells from a GGUF header which language model a file is, what it can do and how much memory it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.library.networks import Network
from studio.library.tensors import AGAIN, cut_off, damaged
from studio.media.gguf import Array, GgufDamage, Header, read_header
from studio.media.gguf_facts import cache_bytes, quantisation, vocabulary

_EMBEDDING = frozenset({
    "bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3",
    "eurobert", "t5encoder", "gemma-embedding", "gemma-embedding2", "llama-embed"})
"""Architectures that turn text into numbers to compare, and write none."""
_OTHERS = {
    "clip": "picture reader for a language model", "t5": "translator of the T5 kind",
    "wavtokenizer-dec": "speech model", "pockettts": "speech model", "qwen3tts": "speech model",
    "whisper": "speech model", "flux": "image generator", "sd1": "image generator", "sd3": "image generator",
    "sdxl": "image generator", "qwen_image": "image generator", "lumina2": "image generator",
    "wan": "film generator", "hyvid": "film generator", "ltxv": "film generator"}
_PARTS = {"adapter": "an add-on (LoRA) for a language model",
          "mmproj": "a picture reader for a language model",
          "imatrix": "a table that was used to make a language model smaller"}
"""By general.type."""
_LONGEST_FACT = 200
CACHE_TOKENS = 4096
"""For how much text the expected memory is told."""
_WORKING = 64 << 20
"""Bytes for the numbers in between, roughly."""


def read(path: Path) -> Network:
    """The model in the GGUF file ``path``. Raises StudioError: what is wrong with it, or what it is."""
    header = _header(path)
    _check_kind(header)
    _check_whole(header)
    architecture = header.text("general.architecture")
    return Network("write.gguf", "Language model (GGUF)", _facts(header, architecture))


def _header(path: Path) -> Header:
    try:
        return read_header(path)
    except GgufDamage as error:
        raise _why(path, str(error)) from error


def _why(path: Path, details: str) -> StudioError:
    """Old and foreign files have a whole header, only another one."""
    with path.open("rb") as file:
        version = file.read(8)[4:]
    if version == b"\1\0\0\0":
        return StudioError("This language model is in a form of 2023 that is no longer read (GGUF 1).",
                           "Look for a newer file of it.", details=details)
    if version in (b"\0\0\0\2", b"\0\0\0\3"):
        return StudioError("This language model was made for another kind of computer (big-endian).",
                           "Look for the usual file of it.", details=details)
    return StudioError("This language model is damaged or cut off: its header cannot be read.", AGAIN,
                       details=details)


def _check_kind(header: Header) -> None:
    """Raise StudioError for what is no model that writes."""
    architecture, kind = header.text("general.architecture"), header.text("general.type")
    if kind in _PARTS:
        raise StudioError("This is {what}, not the model itself.", "Bring in the model.", what=_PARTS[kind])
    if header.number("split.count") > 1:
        raise StudioError("This is one of {count} parts of a language model.",
                          "Join them with llama.cpp's llama-gguf-split, then bring in the whole.",
                          count=header.number("split.count"))
    if not architecture:
        raise damaged("no general.architecture")
    if architecture in _OTHERS:
        raise StudioError("This is a {what} in a GGUF file; Write takes language models.",
                          what=_OTHERS[architecture])
    if architecture in _EMBEDDING or header.number(f"{architecture}.pooling_type") > 0:
        raise StudioError("This model finds texts that are alike (embeddings); it cannot write.",
                          "Look for a model that is made to write.")
    if not header.tensors:
        raise StudioError("This file has only a vocabulary; the model's weights are missing.",
                          "Bring in the whole model.")


def _check_whole(header: Header) -> None:
    """Raise StudioError where the facts contradict the weights, or the file ends before them."""
    if header.size < header.end:
        raise cut_off(header.size, header.end)
    name = header.text("general.architecture")
    for key in ("context_length", "embedding_length", "block_count"):
        if not 0 < header.number(f"{name}.{key}") < 1 << 31:
            raise damaged(f"{name}.{key} is {header.metadata.get(f'{name}.{key}')}")
    if header.text("tokenizer.ggml.model") in ("", "none", "no_vocab") or not vocabulary(header):
        raise StudioError("This language model has no vocabulary.", "Look for another file of it.")
    embedding = header.tensors.get("token_embd.weight")
    if embedding is None or len(embedding.shape) != 2:
        raise damaged("no token_embd.weight")
    if embedding.shape[0] != header.number(f"{name}.embedding_length") \
            or embedding.shape[1] < vocabulary(header):
        raise damaged(f"token_embd.weight is {embedding.shape}")


def _facts(header: Header, name: str) -> dict[str, Any]:
    """For the engine and for people; "memory" is in bytes."""
    context = header.number(f"{name}.context_length")
    cache = cache_bytes(header)
    facts: dict[str, Any] = {
        "container": "gguf", "inside": "", "architecture": name, "context": context,
        "parameters": sum(tensor.elements for tensor in header.tensors.values()),
        "vocabulary": vocabulary(header), "quantisation": quantisation(header),
        "chat": bool(header.text("tokenizer.chat_template").strip()), "cache_bytes": cache,
        "memory": header.size + cache * min(context, CACHE_TOKENS) + _WORKING}
    told = {"name": "general.name", "licence": "general.license", "source": "general.source.url",
            "author": "general.author", "languages": "general.languages"}
    return facts | {fact: _told(header, key) for fact, key in told.items() if _told(header, key)}


def _told(header: Header, key: str) -> str:
    """What the file's maker wrote, as one short line."""
    try:
        value = header.metadata.get(key)
        words = [item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item)
                 for item in header.items(key)] if isinstance(value, Array) else [header.text(key)]
    except (GgufDamage, OSError):
        return ""
    line = " ".join(" ".join(words).split())
    return "".join(letter for letter in line if letter.isprintable())[:_LONGEST_FACT]
