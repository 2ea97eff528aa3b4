"""Tells which audio model a Hugging Face folder holds: MusicGen's, with its text encoder and its codec.

Only headers are read: config.json says what it is, the names and shapes of its weights whether that is true.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.library import headers
from studio.library.folder_parts import TOKENIZER, licence, number, read_json, weights
from studio.library.networks import Network
from studio.library.tensors import SIZES, Tensors, damaged, parameters, precision

_FAMILIES = {"musicgen": "MusicGen", "musicgen_melody": "MusicGen melody"}
_OTHERS = {
    "bark": "speech model", "csm": "speech model", "dia": "speech model", "speecht5": "speech model",
    "vits": "speech model", "fastspeech2_conformer": "speech model", "seamless_m4t": "speech model",
    "whisper": "speech recogniser", "wav2vec2": "speech recogniser", "hubert": "speech recogniser",
    "encodec": "sound packer (codec) alone", "dac": "sound packer (codec) alone",
    "mimi": "sound packer (codec) alone", "musicgen_decoder": "part of a MusicGen model",
    "clap": "listener that finds words for sounds", "moshi": "speech model"}
_AUDIOCRAFT = {"state_dict.bin", "compression_state_dict.bin"}
_TOKENIZER = "tokenizer.json"
_MARKS = {"text encoder": "text_encoder.", "codec": "audio_encoder.", "decoder": "decoder.model.decoder."}
_BOOK, _LAYER = "decoder.model.decoder.embed_tokens.{}.weight", "decoder.model.decoder.layers.{}.fc1.weight"
_MOST_POSITIONS = 1 << 16
_SIZES = ((1_200_000_000, "small"), (2_700_000_000, "medium"))
_WINDOW_SECONDS, _WORKING = 30, 256 << 20


def is_audio(config: Mapping[str, Any]) -> bool:
    """Whether config.json is that of a model of sound, one that can be used here or not."""
    return config.get("model_type") in _FAMILIES or config.get("model_type") in _OTHERS


def check_no_audiocraft(names: frozenset[str]) -> None:
    """Raise StudioError for a folder as audiocraft, MusicGen's own program, keeps it."""
    if names & _AUDIOCRAFT:
        raise StudioError("This MusicGen is in a form that may run code when opened ({name}).",
                          "Look for its folder with config.json and model.safetensors.",
                          name=sorted(names & _AUDIOCRAFT)[0])


def read(folder: Path, config: Mapping[str, Any], names: frozenset[str]) -> Network:
    """The model in ``folder``. Raises StudioError: what is wrong with it, or what it is."""
    _check_kind(folder, config)
    if _TOKENIZER not in names:
        raise StudioError("This model cannot read words: its tokenizer is missing ({name}).",
                          "Copy the whole folder, {name} too.", name=_TOKENIZER)
    files = weights(folder, names)
    tensors = {name: tensor for file in files for name, tensor in headers.read(folder / file).items()}
    _check_whole(config, tensors)
    return Network("music.gen", _FAMILIES[str(config["model_type"])], _facts(folder, config, tensors, names))


def _check_kind(folder: Path, config: Mapping[str, Any]) -> None:
    """Raise StudioError for what is not MusicGen, or has parts that are not its own."""
    kind = str(config["model_type"])
    if kind in _OTHERS:
        raise StudioError("This is a {what}; Music takes MusicGen models.", what=_OTHERS[kind])
    if "auto_map" in config or "auto_map" in read_json(folder / TOKENIZER, missing_ok=True):
        raise StudioError("This model brings a program of its own, which would run here.",
                          "Look for one without (no auto_map in its files).")
    for part, known in (("text_encoder", "t5"), ("audio_encoder", "encodec")):
        found = str(_part(config, part).get("model_type"))
        if found != known:
            raise StudioError("This MusicGen has a part of a kind that is not known here ({part}: {kind}).",
                              "Look for one with T5 and EnCodec, as its makers' own.", part=part,
                              kind=found)
    if config.get("quantization_config"):
        raise StudioError("This model was made smaller in a way that is not read here.",
                          "Look for the whole one.")


def _check_whole(config: Mapping[str, Any], tensors: Tensors) -> None:
    """Raise StudioError where parts are missing, or config and weights contradict each other."""
    for part, mark in _MARKS.items():
        if not any(name.startswith(mark) for name in tensors):
            raise StudioError("A part of this model is missing: its {part}.", "Copy the whole folder.",
                              part=part)
    decoder = _part(config, "decoder")
    width, count, books, layers = (number(decoder, name) for name in (
        "hidden_size", "vocab_size", "num_codebooks", "num_hidden_layers"))
    if not 0 < number(decoder, "max_position_embeddings") <= _MOST_POSITIONS or not books or not layers:
        raise damaged("sizes of the decoder")
    shapes = {tensors[name].shape for name in map(_BOOK.format, range(min(books, 64))) if name in tensors}
    if shapes != {(count + 1, width)} or _BOOK.format(books - 1) not in tensors:
        raise damaged(f"{books} codebooks of {shapes}")
    if _LAYER.format(layers - 1) not in tensors or _channels(config) not in (1, 2):
        raise damaged(f"{layers} layers, {_channels(config)} channels")
    if not number(_part(config, "audio_encoder"), "sampling_rate") or _hop(config) < 1:
        raise damaged("sizes of the codec")


def _facts(folder: Path, config: Mapping[str, Any], tensors: Tensors,
           names: frozenset[str]) -> dict[str, Any]:
    """For the engine and for people; "memory" is in bytes, "window" in seconds."""
    count = parameters(tensors)
    rate, decoder = number(_part(config, "audio_encoder"), "sampling_rate"), _part(config, "decoder")
    codes = min(_WINDOW_SECONDS * rate // _hop(config), number(decoder, "max_position_embeddings"))
    cache = number(decoder, "num_hidden_layers") * number(decoder, "hidden_size") * 4 * codes
    facts: dict[str, Any] = {
        "container": "folder", "architecture": str(config["model_type"]),
        "family": _FAMILIES[str(config["model_type"])], "size": _size(count), "parameters": count,
        "quantisation": precision(tensors), "rate": rate, "channels": _channels(config),
        "melody": config["model_type"] == "musicgen_melody", "window": round(codes * _hop(config) / rate, 2),
        "memory": (count + cache) * 4 + _WORKING,
        "memory_half": (count + cache) * SIZES["float16"] + _WORKING}
    told = licence(folder, names)
    return facts | ({"licence": told} if told else {})


def _size(parameters: int) -> str:
    """As its makers name them."""
    return next((name for most, name in _SIZES if parameters < most), "large")


def _part(config: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = config.get(name)
    if not isinstance(found, Mapping):
        raise damaged(f"no {name} in config.json")
    return found


def _channels(config: Mapping[str, Any]) -> int:
    return number(_part(config, "decoder"), "audio_channels") or 1


def _hop(config: Mapping[str, Any]) -> int:
    """Samples for one code; 0 where config.json does not say."""
    ratios = _part(config, "audio_encoder").get("upsampling_ratios")
    known = isinstance(ratios, list) and all(isinstance(one, int) and 0 < one < 1000 for one in ratios)
    return math.prod(ratios) if known and isinstance(ratios, list) else 0
