"""Judges a Music model by pieces that nobody picked.

`python -m studio.training.music_judge --data ../shared/data --model models/music-small --out
docs/music-quality.md` composes 200 pieces over all styles and 200 more with a mood asked for, seeds 0 and on,
as the program does; as many with a Markov model of order 3 under the same grammar and with the same headings;
takes as many real excerpts; counts (`music_judge_facts`), checks (`music_judge_checks`), writes the page
(`music_judge_page`) and adds the figures to model.json and the card. Ten minutes of two cores.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from studio.core.composing import Composing
from studio.core.engine import ModelSource
from studio.media import mood
from studio.media.midi_write import write_midi
from studio.media.tokens.decode import decode
from studio.media.tokens.vocabulary import LEVELS, STYLES
from studio.training import mood_fit
from studio.training.music_cards import add_metrics
from studio.training.music_corpus import Corpus, Read, Shelf, prepare, read, shelved
from studio.training.music_judge_checks import faults
from studio.training.music_judge_facts import Notes, Signs, Tally, notes_of, signs, tally
from studio.training.music_judge_made import Made, asks, compose_all, excerpts, markov_all
from studio.training.music_judge_page import figures, page

_FEWEST = 50
"""Pieces that say how they feel, to fit weights to."""


@dataclass(frozen=True)
class Counted:
    """Pieces on a shelf, and what repeats are told by."""

    shelf: Shelf
    notes: Notes
    bars: Signs
    tracks: Signs
    _tallies: dict[int | None, Tally] = field(default_factory=dict)

    def tally(self, style: int | None = None) -> Tally:
        """What is counted of one style, or of all."""
        if style not in self._tallies:
            self._tallies[style] = tally(self.shelf, self.notes, style)
        return self._tallies[style]


@dataclass(frozen=True)
class Feels:
    """Of pieces with a mood asked for: levels asked (pieces, 2), and what `mood` tells from their notes."""

    asked: mood.Reals
    given: mood.Reals

    @property
    def correlations(self) -> dict[str, float]:
        """Spearman's rank correlation between asked and given."""
        return {name: mood_fit.rank_correlation(self.asked[:, n], self.given[:, n])
                for n, name in enumerate(("valence", "energy"))}

    def by_level(self, which: int) -> list[float]:
        """The mean given where each level was asked; NaN where it was not."""
        rows = [self.given[self.asked[:, which] == level, which] for level in range(LEVELS)]
        return [float(row.mean()) if len(row) else float("nan") for row in rows]


@dataclass(frozen=True)
class Findings:
    """All that the page tells. ``sides``: ours, markov, excerpts (real ones), held_out, train."""

    metrics: dict[str, Any]
    model: str
    composing: Composing
    pieces: int
    bars: int
    faults: Counter[str]
    checked: int
    markov_faults: Counter[str]
    sides: dict[str, Counted]
    feels: Feels
    agreement: dict[str, dict[str, float]]


def judge(corpus: Corpus, source: ModelSource, metrics: dict[str, Any],
          options: argparse.Namespace) -> Findings:
    """Compose, count and check."""
    composing, size = Composing(options.temperature, options.top_p), (options.pieces, options.bars)
    ours = compose_all(source, asks(*size), composing, options.workers)
    _tell("the model's pieces are there")
    moody = compose_all(source, asks(*size, with_mood=True), composing, options.workers)
    _tell("those with a mood too")
    train, context = corpus.shelves["train"], int(source.facts["context"])
    markov = markov_all(train, ours, composing, context, int(source.facts["vocabulary"]))
    _tell("the Markov model's are there")
    real = excerpts(train, [one.ask for one in ours])
    shelves = {"ours": on_shelf(ours), "markov": on_shelf(markov), "excerpts": real,
               "held_out": corpus.shelves["held_out"], "train": train}
    sides = {name: counted(shelf) for name, shelf in shelves.items()}
    _tell("counted")
    return Findings(metrics, source.id, composing, len(ours), options.bars, all_faults([*ours, *moody]),
                    len(ours) + len(moody), all_faults(markov), sides, feels(moody),
                    {"held_out": mood_fit.agreement(corpus), "left_out": left_out(corpus)})


def counted(shelf: Shelf) -> Counted:
    """See the class."""
    notes = notes_of(shelf)
    return Counted(shelf, notes, signs(shelf, notes), signs(shelf, notes, by_track=True))


def on_shelf(made: Iterable[Made]) -> Shelf:
    """Pieces as they come back from their MIDI files; empty ones are left out."""
    found: list[Read | None] = [read(one.ask.seed, STYLES[one.ask.style], write_midi(decode(one.tokens)))
                                for one in made]
    return shelved(one for one in found if one)


def all_faults(made: Iterable[Made]) -> Counter[str]:
    """How many pieces have each fault, and how many have any."""
    found = [set(faults(one)) for one in made]
    return Counter(name for names in found for name in (*names, *(["any"] if names else [])))


def feels(made: Sequence[Made]) -> Feels:
    """What was asked and what came, in the same units of spread."""
    given = []
    for one in made:
        score = decode(one.tokens)
        minor = bool(score.keys) and score.keys[0].minor
        found = mood.mood(mood.counted(score), score.tempos[0].bpm, minor)
        given.append((found.valence, found.energy))
    return Feels(np.array([one.ask.mood for one in made], np.float64), np.array(given))


def left_out(corpus: Corpus) -> dict[str, float]:
    """Rank correlation of the estimate with the words of training pieces, by weights fitted to the others;
    nothing where there are too few."""
    pieces = mood_fit.marked(corpus, ["train", "watched"], np.array(mood.MEAN), np.array(mood.SPREAD))
    count = int((~pieces.is_chords).sum()) if len(pieces.shares) else 0
    if count < _FEWEST:
        return {"pieces": count}
    units = np.eye(len(mood.FEATURES))
    return {"pieces": count} | {name: round(mood_fit.fit(pieces, which, units).agreement, 3)
                                for which, name in enumerate(("valence", "energy"))}


def source_of(folder: Path) -> tuple[ModelSource, dict[str, Any]]:
    """A model in its folder, and the figures that its model.json has."""
    facts = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    files = {file["name"]: file["sha256"] for file in facts["files"]}
    return ModelSource(facts["id"], facts["engine"], folder, files, facts["facts"]), facts["metrics"]


def _tell(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    usual = Composing()
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--data", type=Path, required=True, help="folder with music")
    top.add_argument("--model", type=Path, required=True, help="folder of the model")
    top.add_argument("--out", type=Path, required=True, help="the page, Markdown")
    top.add_argument("--runs", type=Path, default=Path("runs"))
    top.add_argument("--pieces", type=int, default=200)
    top.add_argument("--bars", type=int, default=16)
    top.add_argument("--temperature", type=float, default=usual.temperature)
    top.add_argument("--top-p", type=float, default=usual.top_p)
    top.add_argument("--workers", type=int, default=2)
    top.add_argument("--most", type=int, help="pieces of each style in the corpus, to try it")
    top.add_argument("--keep-card", action="store_true", help="leave model.json and the card as they are")
    return top


def main() -> None:
    """Write the page and add the figures."""
    options = parser().parse_args()
    corpus = prepare(options.data / "music", options.runs, options.workers, options.most)
    source, metrics = source_of(options.model)
    found = judge(corpus, source, metrics, options)
    options.out.write_text(page(found), encoding="utf-8")
    if not options.keep_card:
        add_metrics(options.model, figures(found))
    sys.stdout.write(f"{figures(found)}\n")


if __name__ == "__main__":
    main()
