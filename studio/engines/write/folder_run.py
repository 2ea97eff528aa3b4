"""A network of transformers behind the face of llama.cpp's server, so that both are written with alike."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from typing import Any

import numpy as np
import torch

from studio.engines.torch_run import memory_in_words, steady_threads
from studio.engines.write.choosing import Numbers, choose, likeliest, logarithms
from studio.engines.write.stream import OTHERS

BATCH = 64
"""Tokens read at once, counted from the start; see `reading`."""
Hear = Callable[[dict[str, Any]], bool]


class Completions:
    """Keeps what the network has read. ``pieces`` are the bytes of every token."""

    def __init__(self, network: Any, pieces: Sequence[bytes], ends: frozenset[int]) -> None:
        self._network, self._pieces, self._ends = network, pieces, ends
        self._read: list[int] = []
        self._memory: Any = None

    def cut(self, keep: int) -> None:
        """Forget all that was read after the first ``keep`` tokens."""
        if keep < len(self._read):
            if keep:
                self._memory.crop(keep - len(self._read))  # negative: how many go
            else:
                self._memory = None
            del self._read[keep:]

    def handle_completions(self, body: Mapping[str, Any], callback: Hear) -> None:
        """Answer ``body`` (see `stream.body`) piece by piece; the callback ends it by returning True.

        Raises OutOfMemory.
        """
        with torch.inference_mode(), steady_threads(), memory_in_words():
            odds = self._read_on(body, callback)
            if odds is not None:
                self._write(body, odds, callback)

    def _read_on(self, body: Mapping[str, Any], callback: Hear) -> Numbers | None:
        """The odds after the prompt; None where it was ended before."""
        prompt: list[int] = body["prompt"]
        pairs = zip(self._read, prompt, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        self.cut(min(same, len(prompt) - 1) if body["cache_prompt"] else 0)
        odds = None
        while (at := len(self._read)) < len(prompt):
            if callback({"prompt_progress": {"processed": at, "total": len(prompt)}}):
                return None
            odds = self._step(prompt[at:(at // BATCH + 1) * BATCH])
        told = callback({"prompt_progress": {"processed": len(prompt), "total": len(prompt)}})
        return None if told else odds

    def _write(self, body: Mapping[str, Any], odds: Numbers, callback: Hear) -> None:
        chance, seen = np.random.default_rng(body["seed"]), list(body["prompt"])
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        held = ""
        for number in range(body["max_tokens"]):
            token = choose(odds, body, seen, chance)
            if token in self._ends:
                callback(_last("stop"))
                return
            seen.append(token)
            held += decoder.decode(self._pieces[token] if token < len(self._pieces) else b"")
            if held and not decoder.getstate()[0]:  # whole characters only
                if callback(self._chunk(held, token, odds)):
                    return
                held = ""
            if number + 1 < body["max_tokens"]:
                odds = self._step([token])
        callback(_last("length"))

    def _step(self, tokens: Sequence[int]) -> Numbers:
        """Read ``tokens``; the odds of what comes after them."""
        from transformers import DynamicCache

        self._memory = self._memory if self._memory is not None else DynamicCache()
        place = self._network.device
        mask = torch.ones((1, len(self._read) + len(tokens)), dtype=torch.long, device=place)
        made = self._network(input_ids=torch.tensor([list(tokens)], device=place), attention_mask=mask,
                             past_key_values=self._memory, use_cache=True)
        self._read += tokens
        return logarithms(made.logits[0, -1].to("cpu", torch.float64).numpy())

    def _chunk(self, text: str, token: int, odds: Numbers) -> dict[str, Any]:
        others = [{"token": self._text(other), "logprob": float(odds[other])}
                  for other in likeliest(odds, OTHERS)]
        item = {"id": token, "bytes": text.encode(), "logprob": float(odds[token]), "top_logprobs": others}
        return {"choices": [{"text": text, "logprobs": {"content": [item]}, "finish_reason": None}]}

    def _text(self, token: int) -> str:
        return self._pieces[token].decode("utf-8", "replace") if token < len(self._pieces) else ""


def _last(reason: str) -> dict[str, Any]:
    return {"choices": [{"text": "", "logprobs": None, "finish_reason": reason}]}
