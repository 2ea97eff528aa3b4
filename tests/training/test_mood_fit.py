"""The weights of mood: found where pieces say much, those of the literature where they say little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.media import mood
from studio.training import mood_fit
from studio.training.mood_fit import LITERATURE, Marked, fit
from studio.training.music_corpus import prepare
from tests.training.small_music import write_collection

TRUE = np.array([0.2, -0.9, 0.3, 0.0, 0.1, 0.4])


def made_up(count: int, noise: float) -> Marked:
    rng = np.random.default_rng(1)
    features = rng.standard_normal((count, len(mood.FEATURES)))
    places = (features @ TRUE + noise * rng.standard_normal(count))[:, None].repeat(2, 1)
    return Marked(features, places, np.ones(count), np.arange(count) % 5, np.zeros(count, bool))


def everything() -> mood.Reals:
    rows = np.random.default_rng(2).standard_normal((4000, len(mood.FEATURES)))
    return rows / np.sqrt(len(rows))


@pytest.mark.parametrize("which", [0, 1])
def test_many_pieces_that_agree_decide(which: int) -> None:
    found = fit(made_up(2000, 0.1), which, everything())
    assert found.agreement > 0.95
    assert found.weights == pytest.approx(TRUE / np.linalg.norm(TRUE), abs=0.1)


def test_the_spread_is_one_over_all_music() -> None:
    rows = everything()
    assert float(((rows @ fit(made_up(500, 1.0), 1, rows).weights) ** 2).sum()) == pytest.approx(1.0)


def test_few_pieces_leave_the_literature_nearly_as_it_is() -> None:
    found = fit(made_up(12, 30.0), 1, everything()).weights
    prior = np.array(LITERATURE["energy"])
    assert float(found @ prior) / np.linalg.norm(found) / np.linalg.norm(prior) > 0.7


def test_a_collection_is_read_by_its_words(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "music")
    index = folder / "index.csv"
    lines = index.read_text().splitlines()
    columns = lines[0].split(",")
    words = ["marking:sad", "joyful,hopeful", "", "nothing known"]
    for n, line in enumerate(lines[1:]):
        cells = line.split(",")
        cells[columns.index("emotion_if_any")] = f'"{words[n % 4]}"'
        lines[n + 1] = ",".join(cells)
    index.write_text("\n".join(lines) + "\n")
    corpus = prepare(folder, tmp_path / "runs")
    mean, spread, rows = mood_fit.spread_of(corpus)
    pieces = mood_fit.marked(corpus, ["train", "watched", "held_out"], mean, spread)
    marks = {tuple(place) for place in pieces.places.round(2).tolist()}
    assert marks == {(-0.8, -0.4), (0.7, 0.3)}
    assert np.isclose((rows**2).sum(0), 1.0).sum() >= 3, "units of spread"
    assert "VALENCE = (" in mood_fit.report(corpus)


def test_ranks_share_ties() -> None:
    first, second = np.array([1.0, 2, 2, 3]), np.array([10.0, 20, 20, 90])
    assert mood_fit.rank_correlation(first, second) == pytest.approx(1)
