"""Tells which model a Hugging Face folder holds: what writes, and by way of its neighbours all others.

Nothing in it is run: weights must be safetensors, and a model that brings a program of its own is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.library import audio_folders, diffusion_folders, folder_parts, headers, onnx_folders, vaes
from studio.library.folder_parts import (
    CONFIG,
    TEMPLATE,
    TOKENIZER,
    check_tokenizer,
    licence,
    names_in,
    number,
    read_json,
    weights,
)
from studio.library.networks import Network
from studio.library.tensors import Tensors, damaged, parameters, precision

KNOWN = frozenset({
    "apertus", "arcee", "biogpt", "bloom", "codegen", "cohere", "cohere2", "cwm", "ernie4_5", "exaone4",
    "falcon", "gemma", "gemma2", "gemma3_text", "glm", "glm4", "gpt2", "gpt_bigcode", "gpt_neo",
    "gpt_neox", "gptj", "granite", "helium", "hunyuan_v1_dense", "llama", "ministral", "mistral",
    "mixtral", "mpt", "nanochat", "nemotron", "olmo", "olmo2", "olmo3", "olmoe", "opt", "persimmon",
    "phi", "phi3", "qwen2", "qwen2_moe", "qwen3", "qwen3_moe", "seed_oss", "smollm3", "stablelm",
    "starcoder2", "vaultgemma", "xglm"})
"""model_type of those that write from left to right with attention alone: what was read can be kept."""
_PICTURES = ("vision_config", "visual", "image_token_id", "image_token_index")
_SOUNDS = ("audio_config", "audio_token_id")
_WRITERS = ("ForCausalLM", "LMHeadModel")
_OTHERS = (
    ("ForMaskedLM", "fills gaps in texts; it cannot go on writing"),
    ("ForSequenceClassification", "sorts texts; it cannot write"),
    ("ForTokenClassification", "marks words in texts; it cannot write"),
    ("ForQuestionAnswering", "marks answers in texts; it cannot write"),
    ("ForConditionalGeneration", "turns one text into another; it cannot go on writing"),
    ("Model", "finds texts that are alike (embeddings); it cannot write"),
)
_CONTEXTS = ("max_position_embeddings", "n_positions", "max_sequence_length", "max_seq_len")
_EMBEDDINGS = ("model.embed_tokens.weight", "transformer.wte.weight", "gpt_neox.embed_in.weight",
               "wte.weight", "model.decoder.embed_tokens.weight")
_LAYERS = ("num_hidden_layers", "n_layer", "num_layers", "n_layers")
_WIDTHS = ("hidden_size", "n_embd", "d_model")
_CACHE_TOKENS, _WORKING = 4096, 256 << 20


def read(folder: Path) -> Network:
    """The model in ``folder``. Raises StudioError: what is wrong with it, or what it is."""
    names = names_in(folder)
    if diffusion_folders.is_diffusion(names):
        return onnx_folders.read(folder) if onnx_folders.is_onnx(folder) else diffusion_folders.read(folder)
    if CONFIG not in names:
        raise _no_config(folder, names)
    config = read_json(folder / CONFIG)
    if vaes.is_decoder(config):
        return vaes.read(folder)
    if audio_folders.is_audio(config):
        return audio_folders.read(folder, config, names)
    _check_kind(folder, config, names)
    files = weights(folder, names)
    tensors = {name: tensor for file in files for name, tensor in headers.read(folder / file).items()}
    _check_whole(folder, config, tensors)
    return Network("write.folder", "Language model (folder)", _facts(folder, config, tensors, names))


def files_of(folder: Path) -> tuple[str, ...]:
    """Names of the files that make up the model in ``folder``, "unet/config.json" too. Raises StudioError."""
    names = names_in(folder)
    if diffusion_folders.is_diffusion(names):
        is_onnx = onnx_folders.is_onnx(folder)
        return onnx_folders.files_of(folder) if is_onnx else diffusion_folders.files_of(folder)
    if CONFIG in names and vaes.is_decoder(read_json(folder / CONFIG)):
        return vaes.files_of(folder)
    return folder_parts.files_of(folder)


def _no_config(folder: Path, names: frozenset[str]) -> StudioError:
    if any(name.lower().endswith(".gguf") for name in names):
        return StudioError("There are GGUF files in this folder.", "Bring in one of them.")
    if "adapter_config.json" in names:
        return StudioError("This is {what}, not the model itself.", "Bring in the model.",
                           what="an add-on (LoRA) for a language model")
    if part := next((name for name in names if name.startswith("diffusion_pytorch_model")), ""):
        raise StudioError("This is one part of an image generator ({name}), without its description.",
                          "Choose the folder with model_index.json.", name=part)
    audio_folders.check_no_audiocraft(names)
    return StudioError("{name} is a folder without a model: it has no config.json.",
                       "Choose the folder with config.json, or a model file.", name=folder.name)


def _check_kind(folder: Path, config: Mapping[str, Any], names: frozenset[str]) -> None:
    """Raise StudioError for what is no language model that can be used here."""
    kind, architecture = str(config.get("model_type", "")), _architecture(config)
    if "auto_map" in config or "auto_map" in read_json(folder / TOKENIZER, missing_ok=True):
        raise StudioError("This model brings a program of its own, which would run here.",
                          "Look for one without (no auto_map in its files), or for a GGUF file.")
    if any(key in config for key in _PICTURES):
        raise StudioError("This model reads pictures too, which Write does not; its parts do not fit.",
                          "Look for the language model alone, or for a GGUF file.")
    if any(key in config for key in _SOUNDS):
        raise StudioError("This is a {what}; Write takes language models.", what="speech model")
    if not architecture.endswith(_WRITERS):
        why = next((why for ending, why in _OTHERS if architecture.endswith(ending)), "")
        if why and "modules.json" not in names:
            raise StudioError("This model {why}.", "Look for a model that is made to write.", why=why)
        raise _embedding() if "modules.json" in names else damaged(f"architectures {architecture!r}")
    if kind not in KNOWN:
        raise StudioError("{name} is of a kind that is not known here ({architecture}).",
                          "Look for a GGUF file of it, or a newer Atelier.", name=folder.name,
                          architecture=kind or architecture)
    if config.get("quantization_config") or config.get("compression_config"):
        raise StudioError("This model was made smaller in a way that is not read here.",
                          "Look for the whole one, or for a GGUF file.")
    check_tokenizer(names)


def _embedding() -> StudioError:
    return StudioError("This model finds texts that are alike (embeddings); it cannot write.",
                       "Look for a model that is made to write.")


def _check_whole(folder: Path, config: Mapping[str, Any], tensors: Tensors) -> None:
    """Raise StudioError where config and weights contradict each other."""
    width, count = number(config, *_WIDTHS), number(config, "vocab_size")
    if not width or not count or not number(config, *_LAYERS):
        raise damaged("config.json lacks sizes")
    embedding = next((tensors[name] for name in _EMBEDDINGS if name in tensors), None)
    if not tensors or (embedding and (len(embedding.shape) != 2 or embedding.shape[0] < count)):
        raise damaged(f"{len(tensors)} tensors, embedding {embedding}")
    template = read_json(folder / TOKENIZER, missing_ok=True).get("chat_template", "")
    if not isinstance(template, str | list):
        raise damaged("chat_template")


def _facts(folder: Path, config: Mapping[str, Any], tensors: Tensors,
           names: frozenset[str]) -> dict[str, Any]:
    """For the engine and for people; "memory" is in bytes."""
    count = parameters(tensors)
    context, cache = number(config, *_CONTEXTS) or 2048, cache_bytes(config)
    facts: dict[str, Any] = {
        "container": "folder", "architecture": str(config["model_type"]), "context": context,
        "parameters": count, "vocabulary": number(config, "vocab_size"),
        "quantisation": precision(tensors), "chat": _has_template(folder, names),
        "cache_bytes": cache,
        "memory": count * 4 + cache * min(context, _CACHE_TOKENS) + _WORKING}
    told = licence(folder, names)
    return facts | ({"licence": told} if told else {})


def cache_bytes(config: Mapping[str, Any]) -> int:
    """Bytes it keeps for each token it has read: keys and values in float32."""
    layers = number(config, *_LAYERS)
    heads = number(config, "num_attention_heads", "n_head", "num_heads", "n_heads") or 1
    size = number(config, "head_dim") or number(config, *_WIDTHS) // heads
    return layers * (number(config, "num_key_value_heads") or heads) * size * 2 * 4


def _has_template(folder: Path, names: frozenset[str]) -> bool:
    return TEMPLATE in names or bool(
        read_json(folder / TOKENIZER, missing_ok=True).get("chat_template"))


def _architecture(config: Mapping[str, Any]) -> str:
    found = config.get("architectures")
    return str(found[0]) if isinstance(found, Sequence) and not isinstance(found, str) and found else ""
