"""Recipe of the Write starter model.

`python -m studio.training.write --data ../shared/data --out models/write-small --minutes 120 --resume` cuts
the books into tokens (a few minutes, once), trains, exports to GGUF, compares with llama.cpp, measures and
writes the card. `--size large --device cuda --minutes 20` is for a large GPU. `--evaluate` does all but the
training. Checkpoints, the log and the tokens go to runs/.

Why it is as it is. The small size has 2 hours of 2 cores, some 4e14 to 6e14 operations.

Size. One pass over the text is 25 million tokens, and each costs six operations a parameter. The fits of
Hoffmann et al. 2022 as corrected by Besiroglu et al. 2024, with the tokens counted for more because Muon
needs fewer, put the best network near 4 million parameters read by 15 to 20 million tokens; the valley is
flat from 3 to 6. Measured on one core: width 192 and 5 layers (3.8 million) train 1,600 tokens a second,
width 256 and 4 layers (5.1 million) 1,400. A quarter fewer parameters make it only a seventh faster, so the
wider one. Tables and matrices are tied: at this size two fifths of the parameters are the table.

Tokens. For one byte of text the price is nearly the same with 4,096 and 8,192 tokens (a dearer last layer,
fewer tokens), but with more of them a sentence takes fewer steps to write and more of the page fits the
context. Beyond that, rare tokens come too seldom to be learned in less than one pass.

Context. 256 tokens while everything is still to be learned, 512 from 55 percent on, 1,024 from 85 percent on:
attention over 1,024 makes a step a third dearer, and what happened a page ago is only worth knowing
once sentences stand. A batch is 4,096 tokens at each length.

Batch. Far below the size where more tokens a step stop helping (some 60,000 at this length of training,
Zhang et al. 2024); larger ones would leave too few steps, smaller ones leave Muon's own work too large
a share (here an eighth).

Rate. 0.02 for matrices under Muon, a fifth of it for the table under Adam; held for 15 percent, then a cosine
nearly to nothing: in a run shorter than one pass nothing is gained by staying hot.

Order. Every place is read at most about once, evenly spread over all books. Chinese is a fifth of the bytes
and gets 27 percent of the tokens all along: it is read once that way, while English, four times as long, is
read to four fifths. Without repetition dropout only costs. The large size reads everything eight times, so
it has dropout and a stronger decay (Muennighoff et al. 2023: up to some four passes repeated text is as good
as new, after some sixteen it is worth nothing). Its 36 million parameters are what fits into 40 MB.

Precision is float32: without AVX-512 bfloat16 is slower on a CPU. On a GPU matrices multiply in bfloat16.
"""

from __future__ import annotations

import argparse

import torch

from studio.training.corpus import prepare
from studio.training.language import Shape
from studio.training.options import recipe_parser
from studio.training.reading import Size, train

VOCABULARY = 8192
SMALL = Size("small", Shape(VOCABULARY, width=256, layers=4, heads=4, inner=640, context=1024),
             minutes=120.0, batch=4096, passes=4.0)
LARGE = Size("large", Shape(VOCABULARY, width=512, layers=10, heads=8, inner=1376, context=1024, dropout=0.1),
             minutes=20.0, batch=32_768, passes=8.0, decay=0.1, part=8192)
SIZES = {size.name: size for size in (SMALL, LARGE)}


def make(size: Size, options: argparse.Namespace) -> None:
    """Train one size and write its model."""
    from studio.training.write_cards import write_model

    corpus = prepare(options.data / "text", options.runs, size.shape.vocabulary)
    folder = options.runs / f"write-{size.name}"
    if not options.evaluate:
        minutes = options.minutes or size.minutes
        train(size, corpus, folder, minutes, device=options.device, resume=options.resume)
    write_model(size, corpus, folder, options.out, options.device)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    return recipe_parser("studio.training.write", __doc__, SIZES, SMALL.name, "text")


def main() -> None:
    """Run the recipe."""
    options = parser().parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    make(SIZES[options.size], options)


if __name__ == "__main__":
    main()
