"""How good a language network is: bits per byte of books it never saw, beside its yardsticks; samples."""

from __future__ import annotations

import lzma
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from studio.training import kneser_ney
from studio.training.books import LANGUAGES
from studio.training.bpe import END, Tokenizer
from studio.training.corpus import Corpus, Tokens, text_of
from studio.training.language import Language, continued

PROMPT, ANSWER = 64, 128
"""Tokens of a sample's prompt and of what the network adds."""


@dataclass(frozen=True)
class Sample:
    """A place in a held-out book, and how the network went on from there."""

    language: str
    prompt: str
    answer: str


def table(network: Language, corpus: Corpus) -> dict[str, dict[str, float]]:
    """By language: bits per byte of the network, of Kneser-Ney with all training tokens, and of xz."""
    lengths = corpus.tokenizer.lengths()
    model = kneser_ney.KneserNey(
        np.concatenate([corpus.streams["train"][name] for name in LANGUAGES]), corpus.tokenizer.size)
    found: dict[str, dict[str, float]] = {}
    for name in LANGUAGES:
        stream = corpus.streams["held_out"][name]
        found[name] = {
            "network": bits_per_byte(network, stream, corpus.tokenizer),
            "kneser_ney_5_gram_of_tokens": kneser_ney.bits_per_byte(model, stream, lengths),
            "xz_9": xz_bits(text_of(corpus.shelves.held_out, name)),
            "megabytes": float(lengths[stream].sum()) / 1e6,
        }
    return {name: {what: round(value, 4) for what, value in row.items()} for name, row in found.items()}


@torch.no_grad()
def bits_per_byte(network: Language, stream: Tokens, tokenizer: Tokenizer) -> float:
    """Of a whole stream: every token is foretold from at least a quarter of the context where there is
    as much before it. Marks between books are read, not counted."""
    context = network.shape.context
    tokens = torch.from_numpy(stream.astype(np.int64)).to(network.table.weight.device)
    nats, scored = 0.0, 1
    while scored < len(tokens):
        first = max(0, scored - 1 - context // 4)
        part = tokens[first : first + context + 1]
        wanted = part[scored - first :]
        states = network(part[None, :-1])[0, -len(wanted) :]
        losses = functional.cross_entropy(network.logits(states), wanted, reduction="none")
        nats += float(losses[wanted != END].double().sum())
        scored += len(wanted)
    return nats / math.log(2) / int(tokenizer.lengths()[stream].sum())


def xz_bits(text: str) -> float:
    """Bits per byte of what `xz -9` makes of the text, all its books in one."""
    data = text.encode()
    return 8 * len(lzma.compress(data, preset=9)) / len(data)


def samples(network: Language, corpus: Corpus, count: int = 10, seed: int = 1) -> list[Sample]:
    """``count`` samples of each language at evenly spaced places of the held-out books, none chosen."""
    found: list[Sample] = []
    for name in LANGUAGES:
        stream = corpus.streams["held_out"][name]
        prompts = [place.tolist() for place in places(stream, corpus.tokenizer, count)]
        answers = continued(network, prompts, ANSWER, seed=seed, barred=[END])
        found += [_sample(name, corpus.tokenizer, *both) for both in zip(prompts, answers, strict=True)]
    return found


def _sample(language: str, tokenizer: Tokenizer, prompt: list[int], answer: list[int]) -> Sample:
    """A character that is half in the prompt belongs to the answer."""
    begun = tokenizer.decode(prompt).rstrip("\N{REPLACEMENT CHARACTER}")
    return Sample(language, begun, tokenizer.decode([*prompt, *answer]).removeprefix(begun))


def places(stream: Tokens, tokenizer: Tokenizer, count: int) -> list[Tokens]:
    """PROMPT tokens from each of ``count`` evenly spaced places, from the next new line on if one is near."""
    ends = np.array([token.endswith(b"\n") for token in tokenizer.tokens])
    found = []
    for start in np.linspace(0, len(stream) - 4 * PROMPT, count, endpoint=False).astype(int):
        near = ends[stream[start : start + 3 * PROMPT]]
        begin = start + (int(near.argmax()) + 1 if near.any() else 0)
        found.append(stream[begin : begin + PROMPT])
    return found


def agreement(path: str, network: Language, tokenizer: Tokenizer,
              texts: Sequence[str]) -> dict[str, float]:
    """Load the GGUF file with llama.cpp and compare: the number of tokens of each text, and the logarithms
    of the chances of what it thinks likeliest to come next.

    Raises ValueError where they disagree more than llama.cpp's own rounding (of states to 8 bits) explains.
    """
    from studio.training.llama import Llama

    llama = Llama(path, network.shape.context)
    differences: list[float] = []
    for text in texts:
        tokens = tokenizer.encode(text)
        count, likely = llama.next_after(text)
        if count != len(tokens):
            raise ValueError(f"llama.cpp cuts {text[:40]!r} into {count} tokens, not {len(tokens)}")
        with torch.no_grad():
            odds = network.logits(network(torch.tensor([tokens]))[:, -1])[0].log_softmax(0)
        differences += [abs(chance - float(odds[token])) for token, chance in likely.items()]
    mean, most = float(np.mean(differences)), float(np.max(differences))
    if mean > 0.1:
        raise ValueError(f"llama.cpp differs from torch by {mean:.3f} nats on average")
    return {"mean_nats": round(mean, 4), "most_nats": round(most, 4)}
