"""The Image model written out, measured and described."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from studio.training.cards import LICENCE, Card, numbers_table, write_facts
from studio.training.image_export import export, export_drawings
from studio.training.image_flow import Size, averaged, painted
from studio.training.image_judge import matched, nearest, trained_judge
from studio.training.image_latents import CHANNELS, SIDE, Drawings, clean, drawn, seen
from studio.training.image_network import Painter
from studio.training.image_pictures import SIDE as PIXELS
from studio.training.image_pictures import STYLES, Drawing, Gallery
from studio.training.image_sheet import contact_sheet

COMMAND = "python -m studio.training.image"
SEEDS, STEPS, GUIDANCE = 4, 12, 3.0
_SHOWN = 20


def write_model(size: Size, shown: Gallery, drawings: Drawings, folder: Path,
                options: argparse.Namespace) -> None:
    """Export, compare, measure, draw the sheets and describe what ``folder`` has as its checkpoint."""
    network, steps = averaged(size, folder)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"image-{size.name}.onnx"
    metrics: dict[str, object] = {
        "onnxruntime_differs": round(max(export(network, file), export_drawings(drawings, out)), 5),
        "short_form": autoencoded(drawings, shown)}
    words = json.dumps({"words": shown.words.words, "room": shown.words.room}, ensure_ascii=False)
    (out / "words.json").write_text(words + "\n", encoding="utf-8")
    made = drawn(drawings, all_painted(network, shown))
    metrics |= judged(shown, made, options)
    write_sheets(shown, made, options.docs)
    write_card(card(size, network, steps, metrics), shown, out)


def all_painted(network: Painter, shown: Gallery) -> Tensor:
    """(prompts x SEEDS, 16, 8, 8) for the held-out prompts in their order."""
    parts = [painted(network, [shown.prompt(number)] * SEEDS, range(SEEDS), steps=STEPS, guidance=GUIDANCE)
             for number in shown.held_out]
    return torch.cat(parts)


@torch.no_grad()
def autoencoded(drawings: Drawings, shown: Gallery) -> dict[str, float]:
    """What the short form loses of held-out drawings, in decibels, beside halving and enlarging them."""
    real = torch.from_numpy(clean(shown.pictures[list(shown.held_out)]))
    half = functional.interpolate(functional.avg_pool2d(real, 2), scale_factor=2, mode="bicubic")
    again = drawn(drawings, drawings.encode(real))
    return {"psnr": round(_psnr(again, real), 2), "psnr_halved_bicubic": round(_psnr(half, real), 2)}


def _psnr(one: Tensor, other: Tensor) -> float:
    return float(10 * torch.log10(4 / (one - other).square().mean((1, 2, 3))).mean())


def judged(shown: Gallery, made: Tensor, options: argparse.Namespace) -> dict[str, object]:
    """How often the right prompt of all held-out ones is found, for real and for painted pictures."""
    judge = trained_judge(shown, options.runs / "image-judge", device=options.device)
    prompts = torch.tensor([shown.prompt(number) for number in shown.held_out])
    real = matched(judge, torch.from_numpy(clean(shown.pictures[list(shown.held_out)])), prompts)
    ours = matched(judge, made, prompts)
    first, five = ({"held_out_drawings": round(a, 3), "painted": round(b, 3)}
                   for a, b in ((real.first, ours.first), (real.five, ours.five)))
    return {"prompts": len(prompts), "pictures_of_each": SEEDS, "right_prompt_is_nearest": first,
            "among_the_five_nearest": five}


def write_sheets(shown: Gallery, made: Tensor, docs: Path) -> None:
    """docs/image-sheet.webp: all held-out prompts, none picked; docs/image-nearest.webp: the first twenty,
    each before the two training drawings that are most like it."""
    rows = list(seen(made).reshape(-1, SEEDS, *seen(made[:1]).shape[1:]))
    labels = [label(shown.drawings[number]) for number in shown.held_out]
    contact_sheet(rows, labels).save(docs / "image-sheet.webp", quality=88, method=6)
    own = [row[:1] for row in rows[:_SHOWN]]
    like = nearest(shown, torch.stack([made[number * SEEDS] for number in range(len(own))]), 2)
    beside = [np.concatenate((one, seen(torch.from_numpy(clean(shown.pictures[numbers])))))
              for one, numbers in zip(own, like, strict=True)]
    contact_sheet(beside, labels[: len(own)], 5).save(docs / "image-nearest.webp", quality=88, method=6)


def label(drawing: Drawing) -> str:
    """As a person would ask for it."""
    return f"{drawing.name}, {STYLES[drawing.style]}"


def card(size: Size, network: Painter, steps: int, metrics: dict[str, object]) -> Card:
    """What the model is, in an artist's words."""
    shape = size.shape
    count = sum(value.numel() for value in network.parameters())
    options = "" if size.name == "small" else f" --size {size.name} --device cuda"
    return Card(
        id=f"image-{size.name}", title="Stickers and icons", task="image", engine="image.sticker",
        version="1.0.0", files=[f"image-{size.name}.onnx", "encode.onnx", "decode.onnx", "words.json"],
        does=(
            "Paints stickers, icons and simple objects from words, on a transparent ground: \"red apple, "
            f"flat\". A transformer of {count / 1e6:.1f} million parameters, taught by flow matching in the "
            f"short form of an autoencoder; {shape.words:,} words; pictures of {PIXELS} pixels, which the "
            "drawing upscaler makes larger."
        ),
        cannot=(
            "It knows single things that have an emoji or a game sprite, in seven manners of drawing; no "
            "scenes, no photographs, no writing, no known people. It reads single English words, not "
            "sentences: who does what to whom is lost. Small parts and hands come out vague, and rare "
            "things as blots of about the right colour."
        ),
        again=f"{COMMAND} --data ../shared/data --out models/image-{size.name}{options} "
              f"--minutes {size.minutes:g}",
        how=f"{steps:,} steps of {size.batch} drawings.", helped="", metrics=metrics,
        input={"picture": f"float32 Nx{CHANNELS}x{SIDE}x{SIDE}, short form mixed with noise",
               "time": "float32 N, 0 noise to 1 clean", "words": f"int64 Nx{shape.room}, 0 for none"},
        facts={"parameters": count, "side": PIXELS, "short": [CHANNELS, SIDE, SIDE], "room": shape.room,
               "words": shape.words, "styles": list(STYLES.values())},
    )


def write_card(words: Card, shown: Gallery, out: Path) -> None:
    """Write model.json and README.md beside the files of the model."""
    trained = [shown.drawings[number] for number in shown.train]
    kinds = sorted({(one.source, one.licence) for one in trained})
    trained_on = [{"source": source, "licence": licence,
                   "count": sum((one.source, one.licence) == (source, licence) for one in trained)}
                  for source, licence in kinds]
    write_facts(words, out, trained_on)
    rows = "\n".join("| " + " | ".join(str(value) for value in row.values()) + " |" for row in trained_on)
    thanks = "; ".join(f"{source} ({licence})" for source, licence in kinds if not licence.startswith("CC0"))
    held_out = "; ".join(label(shown.drawings[number]) for number in shown.held_out)
    (out / "README.md").write_text(f"""# {words.title}

{words.does}

**What it can't do.** {words.cannot}

Licence: {LICENCE}. Trained by the Atelier project, from random weights. {words.how}

## Trained on

| drawings | licence | count |
|---|---|---|
{rows}

Share-alike drawings were left out. Thanks to {thanks}.

## Held out

Never trained on, each a thing in one style; the same thing in other styles was learned from: {held_out}.

## Measured

A second network, trained on the same drawings to match pictures with words, finds the right one of the
held-out prompts for real drawings and for painted ones. All held-out prompts with four seeds each are on
docs/image-sheet.webp, the training drawings nearest to twenty of them on docs/image-nearest.webp.

| what | value |
|---|---|
{numbers_table(words.metrics)}

## Make it again

```
{words.again}
```
""", encoding="utf-8")
