"""A Music model written out, measured and described."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from studio.media.tokens.vocabulary import SIZE as TOKENS
from studio.media.tokens.vocabulary import STYLES
from studio.training.cards import LICENCE, Card, numbers_table, write_facts
from studio.training.language import Language
from studio.training.music_corpus import Corpus
from studio.training.music_export import agreement, export, shipped
from studio.training.music_measure import table
from studio.training.music_pieces import Piece, sources_table, thanks
from studio.training.music_windows import Windows
from studio.training.reading import Size, averaged

COMMAND = "python -m studio.training.music"
_HEAD = "| what | value |\n|---|---|\n"


def write_model(size: Size, corpus: Corpus, folder: Path, out: Path, device: str = "cpu") -> None:
    """Export, compare with torch, measure and describe what ``folder`` has as its checkpoint."""
    network, steps = averaged(size, folder)
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"music-{size.name}.onnx"
    export(network, file)
    network = shipped(network)
    rows = Windows(corpus.shelves["held_out"]).rows(0, 2, min(256, size.shape.context))
    metrics: dict[str, object] = {"onnxruntime": agreement(file, network, rows)}
    metrics["nats_per_note"] = table(network.to(device), corpus)
    write_card(card(size, network, steps, metrics), out, corpus)


def write_card(words: Card, out: Path, corpus: Corpus) -> None:
    """Write model.json and README.md beside the file of the model."""
    trained_on = sources_table(corpus.used("train"))
    write_facts(words, out, trained_on)
    (out / "README.md").write_text(_readme(words, trained_on, corpus), encoding="utf-8")


def add_metrics(out: Path, more: Mapping[str, object]) -> None:
    """Add figures to the model.json and the card of a model that is there; those of the same name go."""
    path, card_ = out / "model.json", out / "README.md"
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["metrics"] |= more
    path.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    before, head, rest = card_.read_text(encoding="utf-8").partition(_HEAD)
    _, gap, after = rest.partition("\n\n")
    card_.write_text(f"{before}{head}{numbers_table(facts['metrics'])}{gap}{after}", encoding="utf-8")


def card(size: Size, network: Language, steps: int, metrics: Mapping[str, object]) -> Card:
    """What the model is, in an artist's words."""
    shape = size.shape
    count = sum(value.numel() for value in network.parameters())
    options = "" if size.name == "small" else f" --size {size.name} --device cuda --workers 8"
    return Card(
        id=f"music-{size.name}", title="Tunes, songs and grooves", task="music", engine="music.onnx",
        version="1.0.0", files=[f"music-{size.name}.onnx"],
        does=(
            "Composes notes, bar by bar: Irish dances, hymns, songs with piano, string quartets, piano and "
            "guitar pieces, marches and rags, game music, drum grooves. It goes on from given notes, fills a "
            "gap between them, or adds tracks to them. A Llama network of "
            f"{count / 1e6:.1f} million parameters ({shape.layers} layers, {shape.width} wide) that sees "
            f"{shape.context:,} tokens, some twenty to sixty bars."
        ),
        cannot=(
            "It has learned from scores of before 1950 and a few collections of today: it knows no pop "
            "production, no sound, no words. It plays as written; only drums have the timing of a player. "
            "Mood is a guess from the notes. Ten unpicked pieces, looked at as rolls and spectrograms: "
            "key and metre hold, voices move by step, accompaniments fit; but no theme comes back, phrases "
            "rarely end together, loudness stays flat or jumps, and a bar of repeated chords or a run to the "
            "edge of an instrument can stand where a person would stop."
        ),
        again=f"{COMMAND} --data ../shared/data --out models/music-{size.name}{options} "
              f"--minutes {size.minutes:g}",
        how=f"{steps:,} steps, {steps * size.batch / 1e6:.1f} million tokens read. Eight bits a weight.",
        helped="", metrics=metrics, input={"tokens": TOKENS, "context": shape.context},
        facts={"parameters": count, "context": shape.context, "vocabulary": shape.vocabulary,
               "layers": shape.layers, "heads": shape.heads, "width": shape.width, "styles": list(STYLES)},
    )


def _readme(words: Card, trained_on: Sequence[Mapping[str, object]], corpus: Corpus) -> str:
    rows = "\n".join("| " + " | ".join(str(value) for value in row.values()) + " |" for row in trained_on)
    named = "\n".join(f"- {line}" for line in thanks(corpus.used("train")))
    return f"""# {words.title}

{words.does}

**What it can't do.** {words.cannot}

Licence: {LICENCE}. Trained by the Atelier project, from random weights. {words.how}

## Trained on

| collection | licence | pieces |
|---|---|---|
{rows}

Share-alike and copyleft scores were left out, and so was BSD, which the rule for models that ship does not
name. Thanks to:

{named}

## Held out

Never trained on: of each style, the works whose name comes first by SHA-256, whole (all movements, all takes
of a drummer's session, a tune under all its texts). Training pieces that share three runs of sixteen notes
with them, in any key, were left out.

{_titles(corpus.used("held_out"))}.

## Measured

Nats per note of the held-out pieces, less is better, on the weights in the file. Every token is paid for,
those of the heading too. The yardstick is a Markov model of order 3 over the same tokens, with Kneser-Ney
back-off, which counted every training piece.

{_HEAD}{numbers_table(words.metrics)}

`onnxruntime` is how far the file, which rounds states to 8 bits, is from torch in float32 with the same
weights.

## Make it again

```
{words.again}
```
"""


def _titles(pieces: Sequence[Piece]) -> str:
    names = (f"{piece.composer}, {piece.title}" if piece.composer else piece.title or piece.file
             for piece in pieces)
    return "; ".join(sorted(set(names)))
