"""Chooses the next token from a model's numbers, in the order and with the terms of llama.cpp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def logarithms(logits: Numbers) -> Numbers:
    """The model's own odds as logarithms, (vocabulary,); what is not a number counts as impossible."""
    clean = np.where(np.isnan(logits), -np.inf, logits)
    top = clean.max()
    if not np.isfinite(top):
        return np.full_like(clean, -np.log(len(clean)))
    shifted = clean - top
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))


def likeliest(odds: Numbers, count: int) -> list[int]:
    """The ``count`` likeliest tokens, best first; of equals the lower one."""
    count = min(count, len(odds))
    found = np.argpartition(-odds, count - 1)[:count]
    return [int(token) for token in found[np.lexsort((found, -odds[found]))]]


def choose(odds: Numbers, body: Mapping[str, Any], seen: Sequence[int], chance: np.random.Generator) -> int:
    """The next token after ``seen``, as ``body`` (see `stream.body`) wants it: penalties, min-p, top-p,
    temperature, then chance."""
    weighed = _penalised(odds, body, seen)
    top = weighed.max()
    if body["temperature"] <= 0 or not np.isfinite(top):
        return int(weighed.argmax())
    least = top + np.log(body["min_p"]) if body["min_p"] > 0 else -np.inf
    order = np.flatnonzero((weighed >= least) & np.isfinite(weighed))  # few are left to be sorted
    order = order[np.argsort(-weighed[order], kind="stable")]
    most = int(np.searchsorted(np.cumsum(_shares(weighed[order])), body["top_p"])) + 1
    order = order[:most]
    sums = np.cumsum(_shares(weighed[order] / body["temperature"]))
    place = int(np.searchsorted(sums, chance.random() * sums[-1], side="right"))
    return int(order[min(place, len(order) - 1)])


def _penalised(odds: Numbers, body: Mapping[str, Any], seen: Sequence[int]) -> Numbers:
    """Tokens seen lately made less likely (CTRL, Keskar et al. 2019), forbidden ones impossible."""
    made = odds.copy()
    penalty, window = float(body["repeat_penalty"]), int(body["repeat_last_n"])
    if penalty != 1.0 and window:
        lately = np.unique(np.asarray(seen[-window:], np.int64))
        made[lately] = np.where(made[lately] > 0, made[lately] / penalty, made[lately] * penalty)
    for token, _ in body["logit_bias"]:
        made[token] = -np.inf
    return made


def _shares(logits: Numbers) -> Numbers:
    """Probabilities, in sum 1."""
    made = np.exp(logits - logits.max())
    return np.asarray(made / made.sum(), np.float64)
