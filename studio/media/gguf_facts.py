"""Figures of a language model, from the header of its GGUF file."""

from __future__ import annotations

from collections import Counter

from studio.media.gguf import Array, Header


def vocabulary(header: Header) -> int:
    """How many tokens it knows."""
    tokens = header.metadata.get("tokenizer.ggml.tokens")
    return tokens.count if isinstance(tokens, Array) else 0


def quantisation(header: Header) -> str:
    """The type most of the weights are in, such as "Q4_K"."""
    sizes: Counter[str] = Counter()
    for tensor in header.tensors.values():
        sizes[tensor.type] += max(1, tensor.bytes)
    return max(sizes, key=lambda name: sizes[name])


def cache_bytes(header: Header) -> int:
    """Bytes a model keeps for each token it has read (keys and values in float16); 0 where it keeps none."""
    name = header.text("general.architecture")
    heads = header.number(f"{name}.attention.head_count")
    if not heads:
        return 0
    size = header.number(f"{name}.embedding_length") // heads
    keys = header.number(f"{name}.attention.key_length", size)
    values = header.number(f"{name}.attention.value_length", size)
    groups = header.metadata.get(f"{name}.attention.head_count_kv", heads)
    layers = header.number(f"{name}.block_count")
    total = (sum(map(int, header.items(f"{name}.attention.head_count_kv"))) if isinstance(groups, Array)
             else layers * int(groups))
    return max(0, total) * (keys + values) * 2
