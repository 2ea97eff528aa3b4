"""What llama.cpp's server says while it writes, as pieces of text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from studio.core.errors import OutOfMemory, StudioError
from studio.core.text import Sampling, Token
from studio.engines.write.watch import Piece

OTHERS = 5
"""Alternatives told for each token."""
_RANDOM = 0xFFFFFFFF
"""llama.cpp takes this seed for "any"."""


def body(prompt: Sequence[int], sampling: Sampling, *, most: int, seed: int, forbidden: Sequence[int],
         keep: bool) -> dict[str, Any]:
    """The request for ``most`` tokens after ``prompt``, the first of them none of the ``forbidden``."""
    return {
        "prompt": list(prompt), "max_tokens": most, "stream": True, "return_progress": True,
        "n_probs": OTHERS, "cache_prompt": keep, "seed": seed % _RANDOM,
        "temperature": sampling.temperature, "top_k": 0, "top_p": sampling.top_p, "min_p": sampling.min_p,
        "repeat_penalty": sampling.repetition, "repeat_last_n": sampling.window,
        # the cheap one first: what it leaves is little to sort for the other
        "samplers": ["penalties", "min_p", "top_p", "temperature"],
        "logit_bias": [[token, False] for token in forbidden]}


def cutting(prompt: Sequence[int], keep: int) -> dict[str, Any]:
    """The request after which only the first ``keep`` tokens of ``prompt`` are in the server's memory."""
    other = 0 if prompt[keep] else 1
    return {"prompt": [*prompt[:keep], other], "max_tokens": 0, "cache_prompt": True}


def piece_of(chunk: Mapping[str, Any], sizes: Sequence[bytes]) -> Piece | None:
    """The piece in ``chunk``, if there is one; ``sizes`` are the bytes of every token."""
    choice = chunk["choices"][0]
    text, told = choice["text"], choice["logprobs"]
    if not text or not told:
        return None
    item = told["content"][-1]
    others = tuple((other["token"], _share(other["logprob"])) for other in item["top_logprobs"])
    number = item["id"]
    is_whole = number < len(sizes) and len(sizes[number]) >= len(item["bytes"])
    return Piece(Token(text, _share(item["logprob"]), others), number, is_whole)


def problem_of(chunk: Mapping[str, Any]) -> StudioError:
    """What an error from the server means."""
    error = chunk["error"]
    details = str(error.get("message", error))
    if error.get("type") == "exceed_context_size_error":
        return StudioError("This text is longer than the model can see at once: {count} of {most} tokens.",
                           "Use a shorter one.", count=error.get("n_prompt_tokens", 0),
                           most=error.get("n_ctx", 0), details=details)
    if "memory" in details.lower() or "alloc" in details.lower():
        return OutOfMemory("There was not enough memory to write on.",
                           "Close other programs, or use a smaller model.", details=details)
    return StudioError("The language model stopped with an error.", "Try again, or use another model.",
                       details=details)


def _share(logarithm: float) -> float:
    """A probability from its logarithm; -inf and what is not a number is 0."""
    return round(math.exp(logarithm), 5) if logarithm == logarithm and logarithm < 0.01 else 0.0
