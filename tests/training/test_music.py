"""The recipe of the Music models, from scores to card."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from studio.media.tokens.vocabulary import SIZE as TOKENS
from studio.training import music, music_measure
from studio.training.language import Language, Shape
from studio.training.music import SIZES, VOCABULARY
from studio.training.music_corpus import Corpus, prepare
from studio.training.music_export import BLOCK, agreement, empty, export, quantised, restored, run, shipped
from studio.training.music_measure import markov_nats, nats, windows
from studio.training.music_reading import Ahead, Objective, tokens_in, train
from studio.training.music_windows import NOTES, Windows
from studio.training.reading import Size, averaged
from tests.training.small_music import write_collection

SHAPE = Shape(VOCABULARY, width=64, layers=2, heads=2, inner=128, context=128)
SIZE = Size("tiny", SHAPE, minutes=1.0, batch=512, passes=1.0, contexts=((0.0, 64), (0.5, 128)))


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Threads that wait for each other on a busy machine take minutes over such small matrices."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("data")
    return prepare(write_collection(folder / "music"), folder / "runs")


def network(seed: int = 0) -> Language:
    """With parts that matter, as after training."""
    torch.manual_seed(seed)
    made = Language(SHAPE)
    for weight in made.outlets():
        torch.nn.init.normal_(weight, std=0.1)
    return made.eval()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_recipes_fit(size: Size) -> None:
    shape = size.shape
    assert shape.vocabulary >= TOKENS
    assert all(side % BLOCK == 0 for side in (shape.width, shape.inner))
    assert shape.context == max(length for _, length in size.contexts)
    layer = shape.width * (4 * shape.width + 3 * shape.inner)
    assert (shape.layers * layer + shape.vocabulary * shape.width) * (1 + 4 / BLOCK) < 29e6


def test_it_trains_logs_and_goes_on(corpus: Corpus, tmp_path: Path) -> None:
    torch.manual_seed(1)
    train(SIZE, corpus, tmp_path, minutes=5.0)
    made, steps = averaged(SIZE, tmp_path)
    assert steps == tokens_in(corpus.shelves["train"]) // SIZE.batch
    lines = (tmp_path / "log.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split(",") == ["step", "seconds", "loss", "context", "watched"]
    train(SIZE, corpus, tmp_path, minutes=5.0, resume=True)
    assert averaged(SIZE, tmp_path)[1] == steps
    watched = Windows(corpus.shelves["watched"]).rows(0, 6, 65)
    blank = Objective(Language(SHAPE), SIZE, Windows(corpus.shelves["train"]).rows, watched)
    assert Objective(made, SIZE, blank.rows, watched).nats_per_note() < 0.9 * blank.nats_per_note()


def test_rows_made_ahead_are_the_same(corpus: Corpus) -> None:
    shelf = Windows(corpus.shelves["train"])
    here, there = Ahead(shelf, SIZE, 0), Ahead(shelf, SIZE, 1)
    try:
        for step, context in ((0, 64), (1, 64), (2, 128), (3, 128)):
            rows = there(step, context)
            assert np.array_equal(rows, here(step, context))
            assert rows.shape == (512 // context, context + 1)
    finally:
        there.close()
        here.close()


def test_eight_bits() -> None:
    values = np.random.default_rng(0).normal(size=(6, 128)).astype(np.float32)
    numbers, scales = quantised(values)
    assert (numbers.shape, scales.shape) == ((6, 2, 64), (12,))
    assert numbers.min() >= 1
    got = restored(values)
    assert np.abs(got - values).max() <= scales.max() / 2 + 1e-7
    assert np.allclose(restored(got), got, atol=1e-6)
    assert not restored(np.zeros((2, 64), np.float32)).any()


def test_the_file_computes_what_torch_does(corpus: Corpus, tmp_path: Path) -> None:
    made, path = network(), tmp_path / "m.onnx"
    export(made, path)
    assert not list(tmp_path.glob("*.part"))
    rows = Windows(corpus.shelves["held_out"]).rows(0, 2, 60)
    found = agreement(path, shipped(made), rows)
    assert found["mean_nats"] < 0.05
    other = network(1)
    torch.nn.init.normal_(other.table.weight, std=0.5)
    with pytest.raises(ValueError, match="differs from torch"):
        agreement(path, other, rows)


def test_a_cache_may_grow_by_several_tokens(tmp_path: Path) -> None:
    from studio.training.export import open_session

    made, path = network(), tmp_path / "m.onnx"
    export(made, path)
    session = open_session(path)
    tokens = np.random.default_rng(3).integers(0, TOKENS, (1, 30))
    whole, _ = run(session, made, tokens, empty(made, 1))
    _, cache = run(session, made, tokens[:, :20], empty(made, 1))
    rest, after = run(session, made, tokens[:, 20:], cache)
    assert np.abs(rest - whole[:, 20:]).max() < 1e-4
    assert after[0].shape == (1, 2, 30, 32)


def test_every_note_is_measured_once(corpus: Corpus) -> None:
    """A network that knows nothing gives each token the same chance."""
    shelf = corpus.shelves["held_out"]
    blank = Language(SHAPE).eval()
    torch.nn.init.zeros_(blank.table.weight)
    rows = list(windows(shelf, range(len(shelf)), 100_000))
    assert sum(int(np.isin(row, NOTES).sum()) for row in rows) == int(np.isin(shelf.cells, NOTES).sum())
    short = list(windows(shelf, range(len(shelf)), SHAPE.context + 1))
    tokens = sum(len(row) - 1 for row in short)
    assert nats(blank, short) == pytest.approx(tokens * np.log(VOCABULARY), rel=1e-4)

    class Even:
        def chances(self, row: np.ndarray) -> np.ndarray:
            return np.full(len(row), 1 / VOCABULARY)

    assert markov_nats(Even(), short) == pytest.approx(nats(blank, short), rel=1e-4)  # type: ignore[arg-type]


def test_from_scores_to_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_collection(tmp_path / "data" / "music")
    monkeypatch.setattr(music, "SIZES", {"tiny": SIZE})
    monkeypatch.setattr(music_measure, "_MOST", 5)
    monkeypatch.setattr(sys, "argv", [
        "music", "--size", "tiny", "--data", str(tmp_path / "data"), "--out", str(tmp_path / "model"),
        "--runs", str(tmp_path / "runs"), "--threads", "1"])
    music.main()
    facts = json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))
    assert (facts["task"], facts["engine"]) == ("music", "music.onnx")
    assert facts["files"][0]["size"] == (tmp_path / "model" / "music-tiny.onnx").stat().st_size
    assert set(facts["metrics"]["nats_per_note"]) == {"irish", "hymn", "guitar", "drums"}
    for row in facts["metrics"]["nats_per_note"].values():
        assert 0 < row["markov_order_3"] < 40
        assert row["notes"] > 0
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert "Jane Doe; Mutopia-1 (CC BY 3.0)" in card
    assert "freedoom" not in card.lower()
