"""Small Hugging Face folders, made here: a Llama that transformers loads, and broken ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from tests import gguf_files
from tests.gguf_files import BEGIN, END, HEADS, INNER, LAYERS, MERGES, TEMPLATE, WIDTH

CONTEXT = 512


def config(**more: Any) -> dict[str, Any]:
    """config.json of a whole model; a value of None leaves its key out."""
    count = len(gguf_files.words())
    known: dict[str, Any] = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": WIDTH,
        "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "num_key_value_heads": HEADS,
        "intermediate_size": INNER, "max_position_embeddings": CONTEXT, "vocab_size": count,
        "rms_norm_eps": 1e-5, "hidden_act": "silu", "tie_word_embeddings": False, "dtype": "float32",
        "eos_token_id": count - 2, "bos_token_id": count - 1}
    return {key: value for key, value in (known | more).items() if value is not None}


def weights(seed: int = 0) -> dict[str, NDArray[np.float32]]:
    """Random numbers under the names transformers gives them: those of `gguf_files`."""
    names = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head",
             "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
             "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
             "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
             "ffn_down": "mlp.down_proj"}
    made = {}
    for name, value in gguf_files.weights(seed).items():
        *block, part, _ = name.split(".")
        layer = f"model.layers.{block[1]}." if block else ""
        made[f"{layer}{names[part]}.weight"] = value
    return made


def tokenizer() -> dict[str, Any]:
    """tokenizer.json: GPT-2's way, bytes and a few merges."""
    words = gguf_files.words()
    plain = {"special": True, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    marks = [{"id": words.index(mark), "content": mark, **plain} for mark in (END, BEGIN)]
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    first = [{"SpecialToken": {"id": BEGIN, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": marks, "normalizer": None,
        "pre_tokenizer": level, "decoder": level,
        "post_processor": {"type": "TemplateProcessing", "single": first, "pair": [
            *first, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": {BEGIN: {
                "id": BEGIN, "ids": [words.index(BEGIN)], "tokens": [BEGIN]}}},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
                  "vocab": {word: at for at, word in enumerate(words)}, "merges": list(MERGES)}}


def model(folder: Path, *, template: str | None = TEMPLATE, seed: int = 0, **more: Any) -> Path:
    """A whole model in ``folder``; ``more`` is for config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": BEGIN, "eos_token": END}
    put(folder, "config.json", config(**more))
    put(folder, "tokenizer.json", tokenizer())
    put(folder, "tokenizer_config.json", told | ({"chat_template": template} if template else {}))
    save_file(weights(seed), folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def put(folder: Path, name: str, value: Any) -> None:
    """Write ``value`` as JSON."""
    (folder / name).write_text(json.dumps(value), encoding="utf-8")
