"""Words to codes: MusicGen's decoder, code by code, with chance drawn on the CPU.

Copet et al. 2023, Simple and Controllable Music Generation. Each codebook lags one step behind the one before
(the delay pattern). What is longer than the model can look at goes on from the end of what is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from studio.core.jobs import CancelToken
from studio.engines.music.gen_network import stopping

OVERLAP = 0.4
"""Share of the window that is heard again when it goes on; audiocraft has 12 of 30 seconds."""
TOP_K = 250
"""Codes to choose from, the likeliest; audiocraft's own. Models may say something else."""
_LONGEST_TEXT = 512


class NotNumbersError(Exception):
    """The network gave numbers that are not numbers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    text: list[int]
    """Tokens of the words."""
    frames: int
    """Codes of each codebook."""
    guidance: float
    """Classifier-free guidance (Ho and Salimans 2022); 1 is none."""
    seed: int
    melody: Callable[[int], torch.Tensor | None] = lambda frame: None
    """What it hears beside the words where it goes on at a frame; see `gen_melody.Chroma.heard`."""


class Coder:
    """Writes codes with a network of transformers, `MusicgenForConditionalGeneration` or the melody's."""

    def __init__(self, network: Any, window: int, top_k: int) -> None:
        """It sees ``window`` codes at once."""
        self._network, self._decoder, self._window, self._top_k = network, network.decoder, window, top_k
        config = network.decoder.config
        self._books, self._start = config.num_codebooks, config.pad_token_id
        self._lag = self._books // (2 if config.audio_channels == 2 else 1)

    @property
    def least(self) -> int:
        """Codes it makes at least: the delay pattern needs so many."""
        return int(self._lag)

    def write(self, wish: Wish, cancel: CancelToken, step: Callable[[float], object]) -> torch.Tensor:
        """Codes (codebooks, frames) on the CPU; ``step`` hears how far it is.

        Raises Cancelled, NotNumbersError, and torch's errors.
        """
        chance = np.random.default_rng(wish.seed)
        made = torch.zeros((self._books, 0), dtype=torch.long)
        with torch.inference_mode(), stopping(self._network, cancel):
            while (there := made.shape[1]) < wish.frames:
                heard = made[:, there - min(there, round(OVERLAP * self._window)):]
                fresh = min(self._window - heard.shape[1], wish.frames - there)
                state = self._condition(wish, there - heard.shape[1])

                def told(done: float, there: int = there, fresh: int = fresh) -> None:
                    step((there + done * fresh) / wish.frames)

                codes = self._go_on(heard, fresh, state, wish.guidance, chance, told)
                made = torch.cat([made, codes], dim=1)
        return made

    def _go_on(self, heard: torch.Tensor, fresh: int, state: dict[str, Any], guidance: float,
               chance: np.random.Generator, told: Callable[[float], object]) -> torch.Tensor:
        """``fresh`` codes after ``heard``."""
        first = torch.full((self._books, 1), self._start)
        count, length = heard.shape[1], heard.shape[1] + fresh + self._lag
        codes, pattern = self._decoder.build_delay_pattern_mask(
            torch.cat([first, heard], dim=1), pad_token_id=self._start, max_length=length)
        begin, memory = codes.shape[1], None
        while (at := codes.shape[1]) < length:
            codes = self._decoder.apply_delay_pattern_mask(codes, pattern)
            logits, memory = self._step(codes if memory is None else codes[:, -1:], memory, state, guidance)
            codes = torch.cat([codes, chosen(logits, self._top_k, chance)[:, None]], dim=1)
            told((at + 1 - begin) / (length - begin))
        codes = self._decoder.apply_delay_pattern_mask(codes, pattern)
        lags = [book * self._lag // self._books for book in range(self._books)]
        return torch.stack([codes[book, 1 + lag + count:1 + lag + count + fresh]
                            for book, lag in enumerate(lags)])

    def _step(self, codes: torch.Tensor, memory: Any, state: dict[str, Any],
              guidance: float) -> tuple[NDArray[np.float64], Any]:
        """Logits (codebooks, codes) of what comes next, and what it has read."""
        if "encoder_attention_mask" not in state and memory is not None:
            state = {}  # the melody's network reads the words once, before the codes
        twice = codes.repeat(2, 1) if guidance > 1 else codes
        said = self._decoder(input_ids=twice.to(self._decoder.device), past_key_values=memory, use_cache=True,
                             **state)
        logits = said.logits[:, -1].to("cpu", torch.float64).numpy()
        if not np.isfinite(logits).all():
            raise NotNumbersError
        if guidance > 1:
            asked, free = np.split(logits, 2)
            logits = free + guidance * (asked - free)
        return logits, said.past_key_values

    def _condition(self, wish: Wish, frame: int) -> dict[str, Any]:
        """What the decoder is told of words and melody; with guidance twice, the second time nothing."""
        network, place = self._network, self._network.device
        ids = torch.tensor([wish.text[:_LONGEST_TEXT]], device=place)
        words = network.text_encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        words = words if not hasattr(network, "enc_to_dec_proj") else network.enc_to_dec_proj(words)
        mask = torch.ones_like(ids)
        if wish.guidance > 1:
            words = torch.cat([words, torch.zeros_like(words)])
            mask = torch.cat([mask, torch.zeros_like(mask)])
        words = words.to(self._decoder.dtype)
        if not hasattr(network.config, "chroma_length"):
            return {"encoder_hidden_states": words, "encoder_attention_mask": mask}
        tune = self._tune(wish, frame).to(self._decoder.dtype)
        return {"encoder_hidden_states": torch.cat([tune, words], dim=1)}

    def _tune(self, wish: Wish, frame: int) -> torch.Tensor:
        """The melody for the decoder, begun anew until it is as long as the model wants it."""
        config, heard = self._network.config, wish.melody(frame)
        none = torch.zeros((1, 1, config.num_chroma))
        none[:, :, 0] = 1  # so the model was taught
        heard = none if heard is None else heard
        if wish.guidance > 1:
            heard = torch.cat([heard, none.expand_as(heard)])
        heard = heard.to(self._network.device, self._network.dtype)
        if hasattr(self._network, "audio_enc_to_dec_proj"):
            heard = self._network.audio_enc_to_dec_proj(heard)
        times = -(-config.chroma_length // heard.shape[1])
        return heard.repeat(1, times, 1)[:, :config.chroma_length]


def chosen(logits: NDArray[np.float64], top_k: int, chance: np.random.Generator) -> torch.Tensor:
    """One of the ``top_k`` likeliest codes for each codebook, by its odds.

    The largest of the logits with Gumbel noise added is a draw by their odds (Gumbel 1954), and needs as
    many random numbers whatever the odds are: the seed says all there is of chance.
    """
    noise = -np.log(chance.standard_exponential(logits.shape))
    most = min(top_k, logits.shape[1])
    least = np.partition(logits, -most, axis=1)[:, -most, None]
    return torch.from_numpy(np.where(logits < least, -np.inf, logits + noise).argmax(axis=1))
