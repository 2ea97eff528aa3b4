"""The pieces that are judged: what is asked for, how the model and a Markov model compose it, real ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.core.composing import Composing
from studio.core.jobs import CancelToken
from studio.media.tokens.decode import heading_in
from studio.media.tokens.guide import PieceGuide
from studio.media.tokens.heading_guide import HeadingGuide
from studio.media.tokens.sheet import Heading, Sheet
from studio.media.tokens.vocabulary import LEVELS, NO_KEY, OPENING, STYLES, Kind, token
from studio.training.kneser_ney import KneserNey
from studio.training.music_corpus import Read, Shelf, shelved
from studio.training.music_measure import ORDER, windows

if TYPE_CHECKING:  # engines bring onnxruntime, which a machine that only trains may lack
    from studio.core.engine import ModelSource
    from studio.engines.music.composer import OnnxComposer

OFFERED = len(STYLES) - 1
"""Styles that can be asked for: all but "other"."""
_COUNTED = 400
"""Pieces of a style that the Markov model counts, evenly spread."""
_MOST = 12_000
"""Tokens of a piece."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a piece: style and tonic always, mood where it is the mood that is judged. The rest
    is the model's own choice. The seed is the number of the piece."""

    seed: int
    style: int
    tonic: int
    bars: int
    mood: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What came."""

    ask: Ask
    tokens: list[int]

    @property
    def heading(self) -> Heading:
        """What its first tokens say."""
        return heading_in(self.tokens)[0]


def asks(count: int, bars: int, *, with_mood: bool = False) -> list[Ask]:
    """Styles in turn, tonics and moods by chance, each level of mood as often as any other."""
    found = []
    for seed in range(count):
        chance = np.random.default_rng([11, int(with_mood), seed])
        feels = tuple(chance.integers(0, LEVELS, 2).tolist())
        found.append(Ask(seed, seed % OFFERED, int(chance.integers(12)), bars,
                         (feels[0], feels[1]) if with_mood else None))
    return found


def compose_all(source: ModelSource, wanted: Sequence[Ask], composing: Composing,
                workers: int = 1) -> list[Made]:
    """All of them, by the model; the same whatever the number of ``workers``."""
    if workers < 2:
        _open(source)
        return [_composed(ask, composing) for ask in wanted]
    with ProcessPoolExecutor(workers, get_context("spawn"), _open, (source,)) as pool:
        return list(pool.map(_composed, wanted, [composing] * len(wanted), chunksize=4))


def compose(composer: OnnxComposer, ask: Ask, composing: Composing) -> Made:
    """One piece: first its heading, then the same in the key that was asked for, with its bars."""
    composing, cancel = replace(composing, seed=ask.seed, most=_MOST), CancelToken()
    asked = {Kind.STYLE: ask.style}
    if ask.mood:
        asked |= {Kind.VALENCE: ask.mood[0], Kind.ENERGY: ask.mood[1]}
    begun = composer.compose(HeadingGuide(asked), composing, cancel)
    heading = heading_in(begun)[0]
    begun = [*in_tonic(heading, ask.tonic).tokens(), token(Kind.START, OPENING)]
    return Made(ask, composer.compose(PieceGuide(begun, bars=ask.bars), composing, cancel))


def in_tonic(heading: Heading, tonic: int) -> Heading:
    """In the same mode on another tonic; drums alone have no key."""
    return replace(heading, key=tonic + 12 * (12 <= heading.key < NO_KEY)) if heading.has_chords else heading


class Markov:
    """Composes by the last three tokens alone, counted in one style, under the same grammar."""

    def __init__(self, train: Shelf, style: int, context: int, size: int) -> None:
        pieces = np.flatnonzero(train.style == style).tolist()
        rows = list(windows(train, sorted(set(_some(pieces, _COUNTED))), context))
        stream = np.concatenate(rows) if rows else np.zeros(ORDER, np.uint16)
        self._model = KneserNey(stream, size, ORDER)

    def compose(self, heading: Heading, bars: int, composing: Composing) -> list[int]:
        """A piece with this heading."""
        from studio.engines.music.composer import drawn

        chance = np.random.default_rng(composing.seed)
        guide = PieceGuide([*heading.tokens(), token(Kind.START, OPENING)], bars=bars)
        tokens: list[int] = []
        while not guide.is_done and len(tokens) < _MOST:
            number = guide.forced()
            if number is None:
                odds = np.log(self._model.following(np.array(tokens[-ORDER:]))).astype(np.float32)
                number = drawn(odds, guide.allowed(), composing, chance)
            guide.advance(number)
            tokens.append(number)
        return tokens


def markov_all(train: Shelf, made: Sequence[Made], composing: Composing, context: int,
               size: int) -> list[Made]:
    """As many pieces of the Markov model, with the headings of the model's own."""
    found = []
    for style in sorted({one.ask.style for one in made}):
        model = Markov(train, style, context, size)
        for one in made:
            if one.ask.style == style:
                how = replace(composing, seed=one.ask.seed)
                found.append(Made(one.ask, model.compose(one.heading, one.ask.bars, how)))
    return sorted(found, key=lambda one: one.ask.seed)


def excerpts(shelf: Shelf, wanted: Iterable[Ask]) -> Shelf:
    """Real pieces instead: for each ask as many bars of a piece of its style, from evenly spread places."""
    by_style: dict[int, list[Ask]] = {}
    for ask in wanted:
        by_style.setdefault(ask.style, []).append(ask)
    found = []
    for style, own in by_style.items():
        pieces = np.flatnonzero(shelf.style == style).tolist()
        for ask, piece in zip(own, _some(pieces, len(own)), strict=False):
            first = int(np.random.default_rng([12, ask.seed]).integers(max(1, shelf.bars(piece) - ask.bars)))
            found.append(_cut(shelf, piece, first, min(first + ask.bars, shelf.bars(piece))))
    return shelved(found)


def _cut(shelf: Shelf, piece: int, first: int, last: int) -> Read:
    begin = int(shelf.piece_at[piece])
    sheet = Sheet(shelf.heading(piece, first, last), shelf.window(piece, first, last))
    return Read(int(shelf.number[piece]), sheet, shelf.table[begin + first : begin + last],
                np.zeros(0, np.uint64))


def _some(pieces: Sequence[int], count: int) -> list[int]:
    """Evenly spread; where there are fewer, some come more often."""
    if not pieces:
        return []
    places: NDArray[np.int64] = np.linspace(0, len(pieces), count, endpoint=False).astype(np.int64)
    return [pieces[at] for at in places]


_opened: list[OnnxComposer] = []


def _open(source: ModelSource) -> None:
    """The composer of this process."""
    from studio.engines import devices
    from studio.engines.music.composer import load

    _opened[:] = [load(source, devices.cpu())]


def _composed(ask: Ask, composing: Composing) -> Made:
    return compose(_opened[0], ask, composing)
