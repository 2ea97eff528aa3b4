"""How good a music network is: nats per note of pieces it never saw, beside a Markov model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from studio.media.tokens.vocabulary import STYLES, Tokens
from studio.training.kneser_ney import KneserNey
from studio.training.language import Language
from studio.training.music_corpus import Corpus, Shelf
from studio.training.music_reading import token_nats
from studio.training.music_windows import NOTES, Manner, fitting, made

ORDER = 4
"""A token after up to three others."""
_MOST = 60
"""Windows of a style that are measured, evenly spread."""


def table(network: Language, corpus: Corpus) -> dict[str, dict[str, float]]:
    """By style: nats per note of the network and of the Markov model, and how many notes were measured.

    Both read the same windows and pay for every token but the first, headings too. The Markov model is of
    order 3, backs off as Kneser and Ney do (`kneser_ney`), and has counted every training piece once; of one
    that has counted all styles and one that has counted only this, the better is taken.
    """
    length, size = network.shape.context, network.shape.vocabulary
    train, held_out = corpus.shelves["train"], corpus.shelves["held_out"]
    everything = KneserNey(_stream(windows(train, range(len(train)), length)), size, ORDER)
    found: dict[str, dict[str, float]] = {}
    for number, style in enumerate(STYLES):
        rows = _spread(list(windows(held_out, _of_style(held_out, number), length)))
        notes = sum(int(np.isin(row, NOTES).sum()) for row in rows)
        if notes:
            own = KneserNey(_stream(windows(train, _of_style(train, number), length)), size, ORDER)
            markov = min(markov_nats(model, rows) for model in (everything, own))
            found[style] = {"network": round(nats(network, rows) / notes, 4),
                            "markov_order_3": round(markov / notes, 4), "notes": notes}
    return found


@torch.no_grad()
def nats(network: Language, rows: Sequence[Tokens]) -> float:
    """Of all tokens but the first of each row."""
    device = network.table.weight.device
    found = (token_nats(network, torch.from_numpy(row.astype(np.int64))[None].to(device)) for row in rows)
    return float(sum(one.sum() for one in found))


def markov_nats(model: KneserNey, rows: Sequence[Tokens]) -> float:
    """The same of a Markov model."""
    return float(sum(-np.log(model.chances(row)[1:]).sum() for row in rows))


def windows(shelf: Shelf, pieces: Sequence[int], length: int) -> Iterator[Tokens]:
    """Whole pieces, one window after the other, in their own key and order of tracks."""
    for piece in pieces:
        first = 0
        while first < shelf.bars(piece):
            row = made(shelf, piece, Manner(first), length)
            yield row
            last = fitting(shelf, piece, first, length)
            first = last if len(row) < length else max(first + 1, last - 1)  # the last bar may be cut


def _of_style(shelf: Shelf, number: int) -> list[int]:
    pieces: list[int] = np.flatnonzero(shelf.style == number).tolist()
    return pieces


def _spread(rows: list[Tokens]) -> list[Tokens]:
    some = np.linspace(0, len(rows) - 1, min(len(rows), _MOST)).astype(int)
    return [rows[at] for at in some] if rows else []


def _stream(rows: Iterator[Tokens]) -> NDArray[np.uint16]:
    found = list(rows)
    return np.concatenate(found) if found else np.zeros(ORDER, np.uint16)
