"""Prompts for text encoders: how much they read, and the weights of words."""

from __future__ import annotations

from typing import Any

import torch

from studio.core.diffusion import Family
from studio.core.emphasis import plain, spans
from studio.core.painting import Painting, TokenCount

_T5_LIMITS = {"sd3": 256, "flux": 512}
"""What the pipelines of diffusers ask for."""
_GEMMA_LIMIT = 256
"""The same of Lumina's, with what version 2 puts before the words."""


def count(pipe: Any, family: Family, prompt: str) -> TokenCount:
    """How much of ``prompt`` the encoder that reads most takes in."""
    tokenizer, limit = _reader(pipe, family)
    text = sayable(prompt)
    told = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, truncation=False)
    places = told["offset_mapping"]
    return TokenCount(len(places), limit, text[places[limit][0]:] if len(places) > limit else "")


def _reader(pipe: Any, family: Family) -> tuple[Any, int]:
    for name in ("tokenizer_3", "tokenizer_2") if family.id in _T5_LIMITS else ():
        tokenizer = getattr(pipe, name, None)
        if tokenizer is not None and (name == "tokenizer_3" or family.id == "flux"):
            return tokenizer, _T5_LIMITS[family.id] - tokenizer.num_special_tokens_to_add()
    if not family.takes_pictures:
        before = getattr(pipe, "system_prompt", "")
        said = pipe.tokenizer(f"{before} <Prompt Start> " if before else "").input_ids
        return pipe.tokenizer, _GEMMA_LIMIT - len(said)
    return pipe.tokenizer, pipe.tokenizer.model_max_length - pipe.tokenizer.num_special_tokens_to_add()


def sayable(prompt: str) -> str:
    """``prompt`` without its marks, and without halves of characters, which no tokenizer takes."""
    return plain(prompt.encode("utf-8", "replace").decode())


def is_weighted(prompt: str) -> bool:
    """Whether some words weigh more or less."""
    return any(span.weight != 1 for span in spans(prompt))


def prompts(pipe: Any, painting: Painting, family: Family) -> dict[str, Any]:
    """What the pipeline is told: the words themselves, or where some have weights, their embeddings."""
    has_negative = family.has_negative and bool(painting.negative)
    if family.has_weights and (is_weighted(painting.prompt) or
                               (has_negative and is_weighted(painting.negative))):
        return _embeddings(pipe, painting)
    told = {"prompt": sayable(painting.prompt)}
    return told | ({"negative_prompt": sayable(painting.negative)} if has_negative else {})


def _embeddings(pipe: Any, painting: Painting) -> dict[str, Any]:
    """As the pipeline itself makes them, each word moved away from, or nearer to, what no words give.

    The embedding e of a word with weight w becomes e0 + w (e - e0), where e0 stands at its place for the
    empty prompt; with weight 1 nothing changes.
    """
    guided = painting.guidance > 1 and pipe.unet.config.time_cond_proj_dim is None
    with torch.no_grad():
        said = _encoded(pipe, sayable(painting.prompt), sayable(painting.negative) or None, guided)
        empty = _encoded(pipe, "", None, False)[0]
        said[0] = _moved(pipe, said[0], empty, painting.prompt)
        if guided and is_weighted(painting.negative):
            said[1] = _moved(pipe, said[1], empty, painting.negative)
    names = ("prompt_embeds", "negative_prompt_embeds", "pooled_prompt_embeds",
             "negative_pooled_prompt_embeds")
    return {name: value for name, value in zip(names, said, strict=False) if value is not None}


def _encoded(pipe: Any, prompt: str, negative: str | None, guided: bool) -> list[Any]:
    return list(pipe.encode_prompt(
        prompt=prompt, negative_prompt=negative, device=pipe._execution_device, num_images_per_prompt=1,
        do_classifier_free_guidance=guided))


def _moved(pipe: Any, said: torch.Tensor, empty: torch.Tensor, prompt: str) -> torch.Tensor:
    weights = torch.tensor(token_weights(pipe.tokenizer, prompt), dtype=said.dtype, device=said.device)
    moved = empty + (said - empty) * weights[None, :, None]
    return torch.where((weights == 1)[None, :, None], said, moved)


def token_weights(tokenizer: Any, prompt: str) -> list[float]:
    """A weight for each place an encoder reads; marks and empty places have 1."""
    letters = [span.weight for span in spans(prompt.encode("utf-8", "replace").decode())
               for _ in span.text]
    told = tokenizer(sayable(prompt), padding="max_length", truncation=True, return_offsets_mapping=True,
                     max_length=tokenizer.model_max_length)
    return [letters[begin] if end > begin else 1.0 for begin, end in told["offset_mapping"]]
