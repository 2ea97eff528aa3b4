"""Small GGUF files, made here: whole ones that llama.cpp loads, and broken ones."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH, HEADS, LAYERS, INNER, CONTEXT = 32, 2, 3, 64, 256
"""Three layers: only then do last bits that differ in one grow until the text differs."""
MERGES = ("t h", "th e", "Ġ the", "a n", "an d", "Ġ a", "e r", "i n", "o u", "Ġ w")
END, BEGIN = "<|end|>", "<|begin|>"
TEMPLATE = ("{% for message in messages %}[{{ message.role }}] {{ message.content }}\n{% endfor %}"
            "{% if add_generation_prompt %}[assistant]{% endif %}")
_ALIGNMENT = 32


def byte_letters() -> list[str]:
    """GPT-2's letters for the bytes 0 to 255 (openai/gpt-2, encoder.py, bytes_to_unicode)."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    spare = iter(range(256, 512))
    return [chr(byte if byte in plain else next(spare)) for byte in range(256)]


def words() -> list[str]:
    """The vocabulary: single bytes, what the merges make, and the two marks."""
    return [*byte_letters(), *("".join(merge.split()) for merge in MERGES), END, BEGIN]


def facts(**more: Any) -> dict[str, Any]:
    """What a whole model says of itself; a value of None leaves its key out."""
    tokens = words()
    known: dict[str, Any] = {
        "general.architecture": "llama", "general.name": "Tiny", "general.license": "apache-2.0",
        "llama.context_length": CONTEXT, "llama.embedding_length": WIDTH, "llama.block_count": LAYERS,
        "llama.feed_forward_length": INNER, "llama.attention.head_count": HEADS,
        "llama.attention.head_count_kv": HEADS, "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.dimension_count": WIDTH // HEADS, "llama.vocab_size": len(tokens),
        "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "gpt-2", "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [1] * (len(tokens) - 2) + [3, 3],
        "tokenizer.ggml.merges": list(MERGES), "tokenizer.ggml.eos_token_id": len(tokens) - 2,
        "tokenizer.ggml.bos_token_id": len(tokens) - 1, "tokenizer.ggml.add_bos_token": True}
    known |= {key.replace("__", "."): value for key, value in more.items()}
    return {key: value for key, value in known.items() if value is not None}


def weights(seed: int = 0, sharpness: float = 6.0) -> dict[str, NDArray[np.float32]]:
    """Random numbers in the layout of a Llama; ``sharpness`` says how sure it is of what it writes."""
    rng, count = np.random.default_rng(seed), len(words())

    def matrix(rows: int, columns: int, scale: float = 1.0) -> NDArray[np.float32]:
        return (rng.normal(0, scale / np.sqrt(columns), (rows, columns))).astype(np.float32)

    made = {"token_embd.weight": matrix(count, WIDTH, WIDTH**0.5), "output_norm.weight": np.ones(WIDTH),
            "output.weight": matrix(count, WIDTH, sharpness / WIDTH**0.5)}
    for layer in range(LAYERS):
        start = f"blk.{layer}."
        made |= {f"{start}{name}.weight": np.ones(WIDTH) for name in ("attn_norm", "ffn_norm")}
        made |= {f"{start}attn_{name}.weight": matrix(WIDTH, WIDTH, 2) for name in ("q", "k", "v", "output")}
        made |= {f"{start}ffn_{name}.weight": matrix(INNER, WIDTH) for name in ("gate", "up")}
        made[f"{start}ffn_down.weight"] = matrix(WIDTH, INNER)
    return {name: np.ascontiguousarray(value, np.float32) for name, value in made.items()}


def model(path: Path, *, seed: int = 0, sharpness: float = 6.0, **more: Any) -> Path:
    """A whole model at ``path``; ``more`` are facts with __ for dots."""
    return write(path, facts(**more), weights(seed, sharpness))


def write(path: Path, metadata: Mapping[str, Any], tensors: Mapping[str, NDArray[np.float32]], *,
          version: int = 3, count: int | None = None) -> Path:
    """A GGUF file; ``count`` lies about the number of tensors."""
    parts = [b"GGUF", struct.pack("<IQQ", version, len(tensors) if count is None else count, len(metadata))]
    parts += [_text(key) + _value(value) for key, value in metadata.items()]
    at = 0
    for name, tensor in tensors.items():
        shape = tensor.shape[::-1]
        parts.append(_text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, at))
        at += -(-tensor.nbytes // _ALIGNMENT) * _ALIGNMENT
    head = b"".join(parts)
    data = [tensor.tobytes().ljust(-(-tensor.nbytes // _ALIGNMENT) * _ALIGNMENT, b"\0")
            for tensor in tensors.values()]
    path.write_bytes(head + bytes(-len(head) % _ALIGNMENT if tensors else 0) + b"".join(data))
    return path


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def _value(value: Any) -> bytes:
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    return struct.pack("<I", 9) + _array(value)


def _array(values: Sequence[Any]) -> bytes:
    if values and isinstance(values[0], int):
        return struct.pack(f"<IQ{len(values)}i", 5, len(values), *values)
    return struct.pack("<IQ", 8, len(values)) + b"".join(map(_text, values))
