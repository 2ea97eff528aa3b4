"""Codes to sound: EnCodec's decoder in short pieces, which give what the whole would.

Défossez et al. 2022, High Fidelity Neural Audio Compression. A few convolutions, an LSTM, then convolutions
that make more and more samples of each code. The LSTM goes on where the last piece ended; the convolutions
see a few codes to either side. So memory stays small, and stopping takes no longer than one piece.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch

PIECE = 64
"""Codes at once: a little over a second of MusicGen's."""


def decoded(codec: Any, codes: torch.Tensor, step: Callable[[float], object]) -> torch.Tensor:
    """The sound (samples,) of ``codes`` (codebooks, frames), with ``step`` told how far it is (0 to 1).

    ``codec`` is an `EncodecModel`. Whatever ``step`` raises ends it.
    """
    if not _is_local(codec.config):
        step(0.0)
        return codec.decode(codes[None, None], [None]).audio_values[0, 0]  # type: ignore[no-any-return]
    first, memory, *rest = codec.decoder.layers
    reach = _reach(codec.config)
    heard = _within(lambda part: first(codec.quantizer.decode(part[:, None])), codes,
                    codec.config.kernel_size, 1, lambda done: step(done * 0.2))
    heard = _remembering(memory.lstm, heard, lambda done: step(0.2 + done * 0.2))
    sound = _within(lambda part: _through(rest, part), heard, reach, codec.config.hop_length,
                    lambda done: step(0.4 + done * 0.6))
    return sound[0, 0]


def _is_local(config: Any) -> bool:
    """Whether codes far from a sample do not count, the LSTM apart: they do where time is normalised."""
    return config.norm_type == "weight_norm" and not config.normalize and config.chunk_length_s is None


def _reach(config: Any) -> int:
    """Codes to either side that the convolutions after the LSTM see, rounded up.

    From the last layer back: what a sample sees, in samples of the layer before.
    """
    reach: float = config.last_kernel_size
    for ratio in reversed(config.upsampling_ratios):
        wide = config.residual_kernel_size - 1
        reach += sum(wide * config.dilation_growth_rate**block for block in range(config.num_residual_layers))
        reach = reach / ratio + 2
    return math.ceil(reach)


def _within(network: Callable[[torch.Tensor], torch.Tensor], codes: torch.Tensor, reach: int, ratio: int,
            step: Callable[[float], object]) -> torch.Tensor:
    """``network`` over the last dimension, piece by piece; it gives ``ratio`` numbers for each."""
    total, made = codes.shape[-1], []
    for start in range(0, total, PIECE):
        step(start / total)
        begin, end = max(0, start - reach), min(total, start + PIECE + reach)
        piece = network(codes[..., begin:end])
        made.append(piece[..., (start - begin) * ratio:(min(start + PIECE, total) - begin) * ratio])
    return torch.cat(made, dim=-1)


def _remembering(lstm: torch.nn.LSTM, heard: torch.Tensor, step: Callable[[float], object]) -> torch.Tensor:
    """``heard`` (1, width, frames) with what the LSTM says of it added, as EnCodec does."""
    total, state, made = heard.shape[-1], None, []
    for start in range(0, total, PIECE):
        step(start / total)
        piece = heard[..., start:start + PIECE].permute(2, 0, 1)
        said, state = lstm(piece, state)
        made.append((said + piece).permute(1, 2, 0))
    return torch.cat(made, dim=-1)


def _through(layers: list[Any], numbers: torch.Tensor) -> torch.Tensor:
    for layer in layers:
        numbers = layer(numbers)
    return numbers
