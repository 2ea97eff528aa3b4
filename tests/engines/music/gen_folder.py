"""MusicGen folders in the real layout, tiny and with random weights, made by transformers itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from studio.core.engine import ModelSource

RATE, HOP, BOOK, NOTES = 1600, 32, 32, 12
"""Samples a second, samples for a code, codes to choose from, and notes of a melody."""
POSITIONS = 48
_WORDS = ("a", "slow", "fast", "piano", "tune", "with", "drums", "and", "bass")


def model(folder: Path, *, melody: bool = False, stereo: bool = False, seed: int = 0, **decoder: Any) -> Path:
    """The folder, filled: configurations, model.safetensors and the tokenizer's files."""
    import torch
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    folder.mkdir(parents=True, exist_ok=True)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        network = _network(melody=melody, books=8 if stereo else 4, channels=2 if stereo else 1, **decoder)
        for layer in network.audio_encoder.quantizer.layers:
            layer.codebook.embed.normal_()
    network.generation_config = transformers.GenerationConfig(
        do_sample=True, guidance_scale=3.0, max_length=1500, pad_token_id=BOOK, bos_token_id=BOOK,
        decoder_start_token_id=BOOK)
    network.save_pretrained(folder)
    _put_tokenizer(folder)
    if melody:
        put(folder, "preprocessor_config.json", {
            "feature_extractor_type": "MusicgenMelodyFeatureExtractor", "sampling_rate": RATE, "n_fft": 256,
            "hop_length": 64, "chunk_length": 2, "num_chroma": NOTES})
    return folder


def source(folder: Path) -> ModelSource:
    """As the library would name it."""
    return ModelSource(folder.name, "music.gen", folder, {file.name: "0" * 64 for file in folder.iterdir()})


def put(folder: Path, name: str, content: dict[str, Any]) -> None:
    """A small file."""
    (folder / name).write_text(json.dumps(content))


def changed(folder: Path, part: str = "", **values: Any) -> None:
    """config.json with other ``values``, in one of its parts; None leaves a key out."""
    config = json.loads((folder / "config.json").read_text())
    place = config[part] if part else config
    place.update(values)
    for name in [name for name, value in place.items() if value is None and name in values]:
        del place[name]
    put(folder, "config.json", config)


def _network(*, melody: bool, books: int, channels: int, **decoder: Any) -> Any:
    import transformers

    text = transformers.T5Config(vocab_size=64, d_model=16, d_kv=4, d_ff=32, num_layers=2, num_heads=4)
    codec = transformers.EncodecConfig(
        sampling_rate=RATE, hidden_size=8, num_filters=2, upsampling_ratios=[4, 2, 2, 2], codebook_size=BOOK,
        target_bandwidths=[1.0], use_causal_conv=False, use_conv_shortcut=False)
    own = {"vocab_size": BOOK, "max_position_embeddings": POSITIONS, "num_hidden_layers": 2, "ffn_dim": 32,
           "num_attention_heads": 4, "hidden_size": 24, "num_codebooks": books, "audio_channels": channels,
           "pad_token_id": BOOK, "bos_token_id": BOOK, "initializer_factor": 0.5} | decoder
    parts: dict[str, Any] = {"text_encoder": text.to_dict(), "audio_encoder": codec.to_dict()}
    if melody:
        told = transformers.MusicgenMelodyDecoderConfig(**own).to_dict()
        return transformers.MusicgenMelodyForConditionalGeneration(
            transformers.MusicgenMelodyConfig(**parts, decoder=told, num_chroma=NOTES, chroma_length=20))
    told = transformers.MusicgenDecoderConfig(**own).to_dict()
    return transformers.MusicgenForConditionalGeneration(
        transformers.MusicgenConfig(**parts, decoder=told))


def _put_tokenizer(folder: Path) -> None:
    """T5's kind (Unigram)."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    pieces = ["<pad>", "</s>", "<unk>", "▁", *(f"▁{word}" for word in _WORDS), *"abcdefghijklmnopqrstuvwxyz"]
    made = Tokenizer(models.Unigram([(piece, -float(at)) for at, piece in enumerate(pieces)], unk_id=2))
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(),
                                                  pre_tokenizers.Metaspace()])
    made.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    made.save(str(folder / "tokenizer.json"))
    put(folder, "tokenizer_config.json", {
        "tokenizer_class": "T5Tokenizer", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>",
        "extra_ids": 0})
