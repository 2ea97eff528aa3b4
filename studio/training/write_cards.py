"""A Write model written out, measured and described."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch

from studio.training.books import LANGUAGES, Book, Shelves, of_language, sources_table
from studio.training.cards import LICENCE, Card, numbers_table, write_facts
from studio.training.corpus import Corpus
from studio.training.gguf_export import export, quantise, restored
from studio.training.language import Language
from studio.training.reading import Size, averaged
from studio.training.write_measure import Sample, agreement, samples, table

COMMAND = "python -m studio.training.write"
_NAMES = {"en": "English", "zh": "Chinese"}


def write_model(size: Size, corpus: Corpus, folder: Path, out: Path, device: str = "cpu") -> None:
    """Export, compare with llama.cpp, measure and describe what ``folder`` has as its checkpoint."""
    network, steps = averaged(size, folder)
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"write-{size.name}.gguf"
    facts = {"name": f"Atelier Write {size.name}", "license": "apache-2.0", "organization": "Atelier"}
    export(network, corpus.tokenizer, file, facts)
    network = shipped(network).to(device)
    drawn = samples(network, corpus)
    metrics: dict[str, object] = {"bits_per_byte": table(network, corpus)}
    prompts = [sample.prompt for sample in drawn]
    metrics["llama_cpp"] = agreement(str(file), network.cpu(), corpus.tokenizer, prompts)
    write_card(card(size, network, steps, metrics), out, corpus.shelves, drawn)


def shipped(network: Language) -> Language:
    """The same network with the numbers that the file holds, so that it is the file that is measured."""
    state = network.state_dict()
    with torch.no_grad():
        for value in state.values():
            if value.ndim == 2:
                values = value.numpy().astype(np.float32)
                value.copy_(torch.from_numpy(restored(quantise(values), values.shape)))
    return network


def write_card(words: Card, out: Path, shelves: Shelves, drawn: Sequence[Sample]) -> None:
    """Write model.json and README.md beside the file of the model."""
    trained_on = sources_table(shelves.train)
    write_facts(words, out, trained_on)
    (out / "README.md").write_text(_readme(words, trained_on, shelves, drawn), encoding="utf-8")


def card(size: Size, network: Language, steps: int, metrics: Mapping[str, object]) -> Card:
    """What the model is, in an artist's words."""
    shape, count = size.shape, parameters(network)
    read = steps * size.batch / 1e6
    options = "" if size.name == "small" else " --size large --device cuda"
    return Card(
        id=f"write-{size.name}", title="Stories and verse", task="write", engine="write.gguf",
        version="1.0.0", files=[f"write-{size.name}.gguf"],
        does=(
            "Continues stories in English and in Chinese, and Chinese verse in the old forms, in the voice "
            f"of the books it has read. A Llama network of {count / 1e6:.1f} million parameters "
            f"({shape.layers} layers, {shape.width} wide), {shape.vocabulary:,} tokens and a "
            f"context of {shape.context:,}."
        ),
        cannot=(
            "It follows no instructions: it can't rewrite, summarise, translate, answer or chat. It knows no "
            "facts, only how books sound, and all of them are old: English from before 1930, Chinese mostly "
            "classical or of the Ming and Qing novels, so modern Chinese comes out old-fashioned. It keeps a "
            "scene for a paragraph at best and then drifts; names and things change. It repeats the "
            "prejudices of its time. For more, drop a larger GGUF model on the window."
        ),
        again=f"{COMMAND} --data ../shared/data --out models/write-{size.name}{options} "
              f"--minutes {size.minutes:g}",
        how=f"{steps:,} steps, {read:.1f} million tokens read. Stored as Q8_0.", helped="", metrics=metrics,
        input={"text": "UTF-8; no template", "context": shape.context},
        facts={"parameters": count, "context": shape.context, "vocabulary": shape.vocabulary,
               "languages": list(LANGUAGES), "follows_instructions": False},
    )


def parameters(network: Language) -> int:
    """How many numbers it learned."""
    return sum(value.numel() for value in network.parameters())


def _readme(words: Card, trained_on: Sequence[Mapping[str, object]], shelves: Shelves,
            drawn: Sequence[Sample]) -> str:
    rows = "\n".join("| " + " | ".join(str(value) for value in row.values()) + " |" for row in trained_on)
    books = {name: of_language(shelves.held_out, name) for name in LANGUAGES}
    held_out = "\n\n".join(f"{_NAMES[name]}: {_titles(found)}." for name, found in books.items())
    return f"""# {words.title}

{words.does}

**What it can't do.** {words.cannot}

Licence: {LICENCE}. Trained by the Atelier project, from random weights. {words.how}

## Trained on

| books | licence | count | MB |
|---|---|---|---|
{rows}

The English books are those of Standard Ebooks and volunteers in its manner: thanks to all who transcribed
and proofread them. Paragraphs of part of the Chinese novels were reconstructed from sentence ends.

## Held out

Never trained on, whole: of the books small enough, those whose source comes first by SHA-256, in Chinese of
each kind of text. Lines that other books share with them were left out of the training.

{held_out}

## Measured

Bits per byte of the held-out books, less is better. Measured on the numbers in the file, each token from at
least a quarter of the context before it. The yardsticks: interpolated Kneser-Ney with three discounts over
the same tokens, which counted all the training text; `xz -9` of each language's books in one.

| what | value |
|---|---|
{numbers_table(words.metrics)}

`llama cpp` is how far llama.cpp, which rounds states to 8 bits, is from our own computation, in nats, over
the likeliest next tokens after each prompt below.

## Samples

Ten places of the held-out books of each language, evenly spaced, none chosen. Up to the sign **▸** it is the
book, after it the model (temperature 0.8, top-p 0.95, one seed).

{_shown(drawn)}

## Make it again

```
{words.again}
```
"""


def _titles(books: Sequence[Book]) -> str:
    return "; ".join(f"{book.author or 'anonymous'}, {book.title}" for book in books)


def _shown(drawn: Sequence[Sample]) -> str:
    parts = []
    for number, sample in enumerate(drawn, 1):
        text = f"{_plain(sample.prompt)}**▸**{_plain(sample.answer)}"
        quoted = "\n".join(f"> {line.strip()}  " if line.strip() else ">" for line in text.split("\n"))
        parts.append(f"{number}. {_NAMES[sample.language]}\n\n{quoted}")
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    """With the signs that Markdown would take for its own escaped, and control signs made visible."""
    seen = "".join(sign if sign.isprintable() or sign in "\n\u3000" else "\ufffd" for sign in text)
    return re.sub(r"([\\`*_#<>|])", r"\\\1", seen)
