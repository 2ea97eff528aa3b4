"""Fits the weights of `studio.media.mood` to the pieces that say how they feel.

`python -m studio.training.mood_fit --data ../shared/data` prints the constants for `mood`, and how far the
estimate agrees with markings it was not fitted to. The index of the scores marks some 900 pieces by a word
of their title, heading or first bars, and 190 chord progressions by words of their author. Each word is given
a place in the circle of Russell (1980): valence and energy from -1 to 1, set by hand. Nobody listened: this
says how composers who wrote *mesto* or *con fuoco* wrote, and no more.

The weights are a ridge regression towards those of the literature (`mood` names it): where the pieces say
little, the literature's stay. How strong it pulls is chosen by leaving out every fifth work in turn: the
strongest that is nearly as good as the best. Of progressions only mode and roughness count, and only for
valence: their rhythm and tempo are placeholders.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.media import mood
from studio.media.mood import Reals
from studio.media.tokens.vocabulary import NO_KEY, STYLES, tempo_of
from studio.training.music_corpus import Corpus, prepare

WORDS = {
    "angry": (-0.7, 0.8), "agitated": (-0.4, 0.8), "anguished": (-0.8, 0.4), "dark": (-0.7, 0.0),
    "devout": (0.2, -0.5), "dramatic": (-0.2, 0.6), "dreamy": (0.3, -0.6), "empowered": (0.5, 0.6),
    "energetic": (0.4, 0.9), "excited": (0.6, 0.9), "fearful": (-0.7, 0.6), "hopeful": (0.5, 0.1),
    "joyful": (0.9, 0.5), "lonely": (-0.7, -0.5), "majestic": (0.4, 0.3), "mysterious": (-0.3, -0.3),
    "nostalgic": (-0.1, -0.4), "passionate": (0.2, 0.7), "peaceful": (0.5, -0.8), "playful": (0.6, 0.5),
    "rebellious": (-0.3, 0.7), "relaxed": (0.5, -0.8), "romantic": (0.5, -0.2), "sad": (-0.8, -0.4),
    "spiritual": (0.3, -0.4), "surprised": (0.2, 0.7), "tender": (0.4, -0.5), "triumphant": (0.7, 0.7),
}  # fmt: skip
"""Valence and energy of a word."""
LITERATURE = {"valence": (-0.79, 0.43, 0.18, 0.31, 0.0, -0.43),
              "energy": (0.05, 0.45, 0.55, 0.05, 0.40, 0.20)}
"""Of FEATURES in units of their spread: the directions and the order of the studies that `mood` names."""
_STEADY = slice(1, 5)
"""What a list of chords does not say: tempo, onsets, register, loudness."""
_BARS = 16
_FOLDS = 5
_NEARLY = 0.01
_PULLS = (3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)


@dataclass(frozen=True)
class Marked:
    """Pieces that say how they feel: their first bars' features in units of spread (pieces, FEATURES), where
    their words lie (pieces, 2), what each counts, the fold of its work, and whether it is a progression."""

    features: Reals
    places: Reals
    shares: Reals
    folds: NDArray[np.int64]
    is_chords: NDArray[np.bool_]


@dataclass(frozen=True)
class Fitted:
    """Weights of FEATURES for unit spread over all music, the pull that was chosen, and the rank correlation
    with words of works left out while fitting."""

    weights: Reals
    pull: float
    agreement: float


def marked(corpus: Corpus, sides: Sequence[str], mean: Reals, spread: Reals) -> Marked:
    """The pieces of some sides whose words are known."""
    rows = [(one, side, place, piece) for side in sides for place, piece in enumerate(corpus.used(side))
            if (one := _place(piece.mood)) is not None]
    works = [piece.work for *_, piece in rows]
    chords = np.array([piece.collection == "chord_progressions" for *_, piece in rows], np.bool_)
    found = [(_features(corpus, side, place) - mean) / spread for _, side, place, _ in rows]
    features = np.array(found).reshape(-1, len(mean))
    features[chords, _STEADY] = 0.0
    shares = np.array([1 / works.count(work) for work in works])
    folds = np.array([zlib.crc32(work.encode()) % _FOLDS for work in works])
    return Marked(features, np.array([one for one, *_ in rows]), shares, folds, chords)


def spread_of(corpus: Corpus) -> tuple[Reals, Reals, Reals]:
    """Mean and spread of FEATURES over eight bars at a time of all training pieces, each style counting the
    same; and those features in units of spread, weighted by the root of what they count."""
    shelf = corpus.shelves["train"]
    found, styles = [], []
    for piece in range(len(shelf)):
        for first in range(0, shelf.bars(piece), 8):
            row = _features(corpus, "train", piece, first, 8)
            found.append(row)
            styles.append(int(shelf.style[piece]))
    rows, share = np.array(found), 1 / np.bincount(styles, minlength=len(STYLES)).clip(1)
    weights = share[styles] / share[styles].sum()
    mean = weights @ rows
    spread = np.maximum(np.sqrt(weights @ (rows - mean) ** 2), 1e-6)
    return mean, spread, (rows - mean) / spread * np.sqrt(weights)[:, None]


def fit(pieces: Marked, which: int, everything: Reals) -> Fitted:
    """The weights for valence (0) or energy (1)."""
    prior = np.array(LITERATURE["energy" if which else "valence"])
    used = np.flatnonzero(~pieces.is_chords) if which else np.arange(len(pieces.shares))
    x, y, share = pieces.features[used], pieces.places[used, which], pieces.shares[used]
    folds, kinds = pieces.folds[used], pieces.is_chords[used]
    left_out = {pull: _left_out(x, y, share, folds, kinds, prior, pull) for pull in _PULLS}
    pull = max(pull for pull, found in left_out.items() if found >= max(left_out.values()) - _NEARLY)
    weights = _ridge(x, y, share, kinds, prior, pull)
    return Fitted(weights / np.sqrt(((everything @ weights) ** 2).sum()), pull, left_out[pull])


def rank_correlation(first: Reals, second: Reals) -> float:
    """Spearman's, ties sharing their rank."""
    return float(np.corrcoef(_ranks(first), _ranks(second))[0, 1])


def agreement(corpus: Corpus) -> dict[str, float]:
    """Rank correlation of `mood` as it is with the words of held-out pieces that are no progressions."""
    pieces = marked(corpus, ["held_out"], np.array(mood.MEAN), np.array(mood.SPREAD))
    own = ~pieces.is_chords
    found: dict[str, float] = {"pieces": int(own.sum())}
    for which, (name, weights) in enumerate((("valence", mood.VALENCE), ("energy", mood.ENERGY))):
        if own.sum() > 2:
            estimate = pieces.features[own] @ np.array(weights)
            found[name] = round(rank_correlation(estimate, pieces.places[own, which]), 3)
    return found


def _place(text: str) -> tuple[float, float] | None:
    words = (part.strip().removeprefix("marking:") for part in text.split(","))
    known = [WORDS[word] for word in words if word in WORDS]
    if not known:
        return None
    valence, energy = np.mean(known, axis=0)
    return float(valence), float(energy)


def _features(corpus: Corpus, side: str, piece: int, first: int = 0, count: int = _BARS) -> Reals:
    shelf = corpus.shelves[side]
    begin = int(shelf.piece_at[piece]) + first
    table = shelf.table[begin : min(begin + count, int(shelf.piece_at[piece + 1]))].astype(np.float64)
    return mood.features(table, tempo_of(int(shelf.tempo[piece])), 12 <= int(shelf.key[begin]) < NO_KEY)


def _left_out(x: Reals, y: Reals, share: Reals, folds: NDArray[np.int64], kinds: NDArray[np.bool_],
              prior: Reals, pull: float) -> float:
    """Rank correlation, over scores, of each fold's estimates by weights that were fitted to the others."""
    estimate = np.zeros(len(y))
    for fold in range(_FOLDS):
        kept, out = folds != fold, folds == fold
        estimate[out] = x[out] @ _ridge(x[kept], y[kept], share[kept], kinds[kept], prior, pull)
    scores = ~kinds
    return rank_correlation(estimate[scores], y[scores])


def _ridge(x: Reals, y: Reals, share: Reals, kinds: NDArray[np.bool_], prior: Reals, pull: float) -> Reals:
    """argmin of sum share (x b + c - y)^2 + pull |b - s prior|^2, with an own c for each kind of piece and s
    the scale at which the prior alone fits best."""
    for kind in np.unique(kinds):  # own means instead of constants
        own = kinds == kind
        x = np.where(own[:, None], x - share[own] @ x[own] / share[own].sum(), x)
        y = np.where(own, y - share[own] @ y[own] / share[own].sum(), y)
    alone = x @ prior
    scaled = prior * max(float(share * alone @ y) / max(float(share * alone @ alone), 1e-9), 1e-3)
    left = x.T @ (share[:, None] * x) + pull * np.eye(x.shape[1])
    found = np.linalg.solve(left, x.T @ (share * y) + pull * scaled)
    return np.asarray(found, np.float64)


def _ranks(values: Reals) -> Reals:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    middles = np.cumsum(counts) - (counts - 1) / 2.0
    return np.asarray(middles[places], np.float64)


def report(corpus: Corpus) -> str:
    """What `mood` should say, and how good that is."""
    mean, spread, everything = spread_of(corpus)
    pieces = marked(corpus, ["train", "watched"], mean, spread)
    own = ~pieces.is_chords
    lines = [f"MEAN = {_said(mean)}", f"SPREAD = {_said(spread)}", f"{len(own)} pieces, {own.sum()} scores"]
    for which, (name, prior) in enumerate(LITERATURE.items()):
        found = fit(pieces, which, everything)
        alone = rank_correlation(pieces.features[own] @ np.array(prior), pieces.places[own, which])
        lines += [f"{name.upper()} = {_said(found.weights)}", f"  pull {found.pull:g}",
                  f"  rank correlation of works left out {found.agreement:.3f}, literature alone {alone:.3f}"]
    return "\n".join([*lines, f"held out, as mood is now: {agreement(corpus)}", ""])


def _said(values: Reals) -> tuple[float, ...]:
    return tuple(values.round(2).tolist())


def main() -> None:
    """Print the report."""
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--data", type=Path, required=True, help="folder with music")
    top.add_argument("--runs", type=Path, default=Path("runs"))
    top.add_argument("--most", type=int, help="pieces of each style, to try it")
    options = top.parse_args()
    sys.stdout.write(report(prepare(options.data / "music", options.runs, 2, options.most)))


if __name__ == "__main__":
    main()
