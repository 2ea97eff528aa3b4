"""Recipe of the Music starter model.

`python -m studio.training.music --data ../shared/data --out models/music-small --minutes 120 --resume` reads
the scores (some ten minutes, once), trains, exports to ONNX, compares with torch, measures and writes the
card. `--size large --device cuda --minutes 20 --workers 8` is for a large GPU. `--evaluate` does all but the
training. Checkpoints, the log and the tokens go to runs/.

The network is that of the Write models (`language`), the tokens are those of `studio.media.tokens`.

Size. A note takes three to four tokens, the small size reads some twenty million of them in two hours of two
cores: what was found for Write (`write`) holds here too, but for the table, which with a thousand tokens is
next to nothing, so that there is room for two layers more. The large size is what fits into 30 MB with 8 bits
a weight.

Context. 1,024 tokens are 20 to 60 bars. Shorter ones first, as in Write.

Windows (`music_windows`) begin at the start of a piece or anywhere in it, are moved by -6 to 5 semitones, say
their tracks in another order four times out of ten (so that any track may be given and the others be added),
and have a gap one time out of four. Styles of which there is little come more often than they would.
"""

from __future__ import annotations

import argparse

import torch

from studio.media.tokens.vocabulary import SIZE as TOKENS
from studio.training.language import Shape
from studio.training.music_corpus import prepare
from studio.training.music_reading import train
from studio.training.options import recipe_parser
from studio.training.reading import Size

VOCABULARY = -(-TOKENS // 32) * 32
SMALL = Size("small", Shape(VOCABULARY, width=256, layers=6, heads=4, inner=640, context=1024),
             minutes=120.0, batch=4096, passes=4.0)
LARGE = Size("large", Shape(VOCABULARY, width=512, layers=8, heads=8, inner=1344, context=1024, dropout=0.1),
             minutes=20.0, batch=32_768, passes=24.0, decay=0.1, part=8192)
SIZES = {size.name: size for size in (SMALL, LARGE)}


def make(size: Size, options: argparse.Namespace) -> None:
    """Train one size and write its model."""
    from studio.training.music_cards import write_model

    corpus = prepare(options.data / "music", options.runs, max(1, options.threads), options.most)
    folder = options.runs / f"music-{size.name}"
    if not options.evaluate:
        train(size, corpus, folder, options.minutes or size.minutes, device=options.device,
              resume=options.resume, workers=options.workers)
    write_model(size, corpus, folder, options.out, options.device)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = recipe_parser("studio.training.music", __doc__, SIZES, SMALL.name, "music")
    top.add_argument("--workers", type=int, default=0, help="processes that prepare what is read; for a GPU")
    top.add_argument("--most", type=int, help="pieces of each style, to try the recipe")
    return top


def main() -> None:
    """Run the recipe."""
    options = parser().parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    make(SIZES[options.size], options)


if __name__ == "__main__":
    main()
