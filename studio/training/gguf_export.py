"""A language network as a GGUF file, the format of llama.cpp (version 3, little endian).

https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Matrices are stored as Q8_0: of 32 numbers in a
row the largest size over 127, as float16, and the numbers in units of it, as int8. Vectors stay float32.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.training.bpe import END, END_TEXT, Tokenizer
from studio.training.language import Language

ALIGNMENT, BLOCK = 32, 32
_F32, _Q8_0 = 0, 8
_UINT32, _FLOAT32, _BOOL, _STRING, _ARRAY, _INT32 = 4, 6, 7, 8, 9, 5
_NORMAL, _CONTROL = 1, 3
_NAMES = {
    "table": "token_embd", "norm": "output_norm",
    "attention_norm": "attn_norm", "gated_norm": "ffn_norm",
    "attention.query": "attn_q", "attention.key": "attn_k", "attention.value": "attn_v",
    "attention.out": "attn_output", "gated.gate": "ffn_gate", "gated.up": "ffn_up", "gated.down": "ffn_down",
}
Value = str | bool | int | float | Sequence[str] | Sequence[int]
Reals = NDArray[np.float32]


@dataclass(frozen=True)
class Tensor:
    """One table of numbers: its name in the file, its shape as numpy has it, and its bytes."""

    name: str
    shape: tuple[int, ...]
    kind: int
    data: bytes


def export(network: Language, tokenizer: Tokenizer, path: Path, facts: Mapping[str, str], *,
           quantised: bool = True) -> None:
    """Write the network and its tokenizer; ``facts`` are texts for `general.`, such as name and license."""
    tensors = [_tensor(name, value.numpy(), quantised) for name, value in network.state_dict().items()]
    values = {f"general.{name}": text for name, text in facts.items()}
    write(path, {**_shape(network, quantised), **values, **_vocabulary(tokenizer)}, tensors)


def write(path: Path, values: Mapping[str, Value], tensors: Sequence[Tensor]) -> None:
    """Header, values, table of tensors, then their bytes, each from a multiple of 32 on."""
    head = [b"GGUF", struct.pack("<IQQ", 3, len(tensors), len(values))]
    head += [_text(name) + _value(value) for name, value in values.items()]
    at = 0
    for tensor in tensors:
        sides = tensor.shape[::-1]  # GGUF counts from the fastest side
        place = struct.pack(f"<I{len(sides)}QIQ", len(sides), *sides, tensor.kind, at)
        head.append(_text(tensor.name) + place)
        at += len(_padded(tensor.data))
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(_padded(b"".join(head)) + b"".join(_padded(tensor.data) for tensor in tensors))
    part.replace(path)


def quantise(values: Reals) -> bytes:
    """Q8_0 of numbers whose last side is a multiple of 32."""
    blocks = values.reshape(-1, BLOCK)
    units = np.abs(blocks).max(1, keepdims=True) / 127
    whole = np.divide(blocks, units, out=np.zeros_like(blocks), where=units > 0)
    made = np.zeros(len(blocks), [("unit", "<f2"), ("whole", "i1", BLOCK)])
    made["unit"], made["whole"] = units[:, 0], np.rint(whole)
    return made.tobytes()


def restored(data: bytes, shape: tuple[int, ...]) -> Reals:
    """The numbers that Q8_0 stands for."""
    made = np.frombuffer(data, [("unit", "<f2"), ("whole", "i1", BLOCK)])
    return (made["unit"].astype(np.float32)[:, None] * made["whole"].astype(np.float32)).reshape(shape)


def visible(token: bytes) -> str:
    """A token in GPT-2's spelling of bytes, in which each byte is a printable character."""
    return "".join(_SPELLING[value] for value in token)


def _spelling() -> list[str]:
    """Printable bytes are themselves, the others in their order the characters from U+0100 on."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(value if value in printable else next(others)) for value in range(256)]


_SPELLING = _spelling()


def _shape(network: Language, quantised: bool) -> dict[str, Value]:
    shape = network.shape
    return {
        "general.architecture": "llama",
        "general.file_type": 7 if quantised else 0,
        "general.quantization_version": 2,
        "general.alignment": ALIGNMENT,
        "llama.vocab_size": shape.vocabulary,
        "llama.context_length": shape.context,
        "llama.embedding_length": shape.width,
        "llama.block_count": shape.layers,
        "llama.feed_forward_length": shape.inner,
        "llama.attention.head_count": shape.heads,
        "llama.attention.head_count_kv": shape.heads,
        "llama.rope.dimension_count": shape.width // shape.heads,
        "llama.rope.freq_base": shape.turn,
        "llama.attention.layer_norm_rms_epsilon": shape.epsilon,
    }


def _vocabulary(tokenizer: Tokenizer) -> dict[str, Value]:
    texts = [visible(token) for token in tokenizer.tokens]
    return {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "llama-bpe",
        "tokenizer.ggml.tokens": [END_TEXT, *texts[1:]],
        "tokenizer.ggml.token_type": [_CONTROL, *[_NORMAL] * (tokenizer.size - 1)],
        "tokenizer.ggml.merges": [f"{texts[left]} {texts[right]}" for left, right in tokenizer.merges],
        "tokenizer.ggml.bos_token_id": END,
        "tokenizer.ggml.eos_token_id": END,
        "tokenizer.ggml.add_bos_token": False,  # a prompt is seldom the first line of a book
        "tokenizer.ggml.add_eos_token": False,
    }


def _tensor(name: str, values: Reals, quantised: bool) -> Tensor:
    data, kind = (quantise(values), _Q8_0) if quantised and values.ndim == 2 else (values.tobytes(), _F32)
    return Tensor(_name(name), values.shape, kind, data)


def _name(name: str) -> str:
    inner = name.removesuffix(".weight")
    if inner.startswith("layers."):
        _, layer, inner = inner.split(".", 2)
        return f"blk.{layer}.{_NAMES[inner]}.weight"
    return f"{_NAMES[inner]}.weight"


def _value(value: Value) -> bytes:
    kind, data = _typed(value)
    return struct.pack("<I", kind) + data


def _typed(value: Value | int | str) -> tuple[int, bytes]:
    if isinstance(value, str):
        return _STRING, _text(value)
    if isinstance(value, bool):
        return _BOOL, struct.pack("<?", value)
    if isinstance(value, int):
        return _UINT32, struct.pack("<I", value)
    if isinstance(value, float):
        return _FLOAT32, struct.pack("<f", value)
    kind = _STRING if isinstance(value[0], str) else _INT32
    data = [_text(item) if isinstance(item, str) else struct.pack("<i", item) for item in value]
    return _ARRAY, struct.pack("<IQ", kind, len(value)) + b"".join(data)


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % ALIGNMENT)
