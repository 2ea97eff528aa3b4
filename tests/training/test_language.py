"""The network, its loss, its optimiser, and the places it reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from studio.training.corpus import Corpus, prepare
from studio.training.language import Language, Shape, _turned, continued, loss_of
from studio.training.muon import optimiser, orthogonal
from studio.training.reading import Objective, Size, Windows, averaged, train
from studio.training.write import LARGE, SIZES, SMALL
from tests.training.small_library import write_library

SHAPE = Shape(300, width=32, layers=2, heads=2, inner=64, context=32)
SIZE = Size("tiny", SHAPE, minutes=1.0, batch=64, passes=1.0, contexts=((0.0, 16), (0.5, 32)))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("library")
    return prepare(write_library(folder / "text"), folder / "runs", SHAPE.vocabulary)


def network(seed: int = 0) -> Language:
    """With parts that matter, as after training."""
    torch.manual_seed(seed)
    made = Language(SHAPE)
    for weight in made.outlets():
        torch.nn.init.normal_(weight, std=0.1)
    return made


def tokens(rows: int = 3, length: int = 17) -> torch.Tensor:
    return torch.randint(0, SHAPE.vocabulary, (rows, length), generator=torch.Generator().manual_seed(5))


@torch.no_grad()
def test_what_comes_later_changes_nothing_before() -> None:
    made, some = network(), tokens()
    changed = some.clone()
    changed[:, 9:] = 7
    before, after = made(some), made(changed)
    assert torch.allclose(before[:, :9], after[:, :9], atol=1e-6)
    assert (before[:, 9] - after[:, 9]).abs().max() > 1e-3


@torch.no_grad()
def test_only_distances_between_places_count() -> None:
    """Rotary positions: the same tokens after a first one that nobody can see are the same."""
    made = network()
    query, key = torch.randn(2, 1, 1, 2, 16)
    def product(at: int, other: int) -> torch.Tensor:
        return (_turned(query, made.turns[at : at + 1]) * _turned(key, made.turns[other : other + 1])).sum()

    assert torch.allclose(product(3, 1), product(20, 18), atol=1e-4)
    assert not torch.allclose(product(3, 1), product(3, 2), atol=1e-4)


@pytest.mark.parametrize("part", [7, 512])
def test_the_loss_in_parts_is_cross_entropy(part: int) -> None:
    made, some = network(), tokens()
    loss = loss_of(made, some, part)
    loss.backward()
    got = [weight.grad.clone() for weight in made.parameters() if weight.grad is not None]
    made.zero_grad()
    logits = made.logits(made(some[:, :-1]))
    wanted = functional.cross_entropy(logits.flatten(0, 1), some[:, 1:].flatten())
    wanted.backward()
    assert loss.item() == pytest.approx(wanted.item(), rel=1e-5)
    for mine, weight in zip(got, made.parameters(), strict=True):
        assert weight.grad is not None
        assert torch.allclose(mine, weight.grad, atol=1e-6)


@pytest.mark.parametrize("shape", [SHAPE, replace(SMALL.shape, layers=1), replace(LARGE.shape, layers=1)])
def test_it_begins_knowing_nothing(shape: Shape) -> None:
    made = Language(shape)
    with torch.no_grad():
        assert loss_of(made, tokens()).item() == pytest.approx(np.log(shape.vocabulary), abs=0.6)
    assert torch.equal(made(tokens()), made.norm(made.table(tokens())))


@pytest.mark.parametrize("shape", [(24, 24), (16, 48), (48, 16)])
def test_singular_values_become_one(shape: tuple[int, int]) -> None:
    matrix = torch.randn(*shape, generator=torch.Generator().manual_seed(1)) * 37
    values = torch.linalg.svdvals(orthogonal(matrix))
    assert values.min() > 0.4
    assert values.max() < 1.3


def test_every_weight_is_in_one_group() -> None:
    made = network()
    groups = optimiser(made, 0.02, 0.1).param_groups
    ids = [id(weight) for group in groups for weight in group["params"]]
    assert Counter(ids) == Counter(id(weight) for weight in made.parameters())
    assert all(weight.ndim == 2 for group in groups[:2] for weight in group["params"])


def test_it_learns_a_pattern() -> None:
    torch.manual_seed(1)
    made = Language(SHAPE)
    some = torch.arange(17).repeat(4, 1) + torch.tensor([[3], [50], [90], [200]])
    change = optimiser(made, 0.02, 0.0)
    first = loss_of(made, some).item()
    for _ in range(30):
        change.zero_grad()
        loss = loss_of(made, some)
        loss.backward()
        change.step()
    assert loss.item() < 0.2 * first


def test_windows_spread_over_everything() -> None:
    streams = {"en": np.arange(40_000, dtype=np.uint16), "zh": np.arange(40_000, 50_000, dtype=np.uint16)}
    windows = Windows(streams, 0.25)
    rows = windows.rows(0, 400, 50)
    chinese = rows[:, 0] >= 40_000
    assert chinese.sum() == 100
    english = np.sort(rows[~chinese][:, 0])
    assert np.diff(english).min() >= 50  # 300 of 800 possible windows, and none overlap
    assert np.diff(english).max() < 400
    assert np.array_equal(windows.rows(390, 10, 50), rows[390:])
    assert (np.diff(rows) == 1).all()


def test_nothing_is_read_again_after_the_context_grows(corpus: Corpus) -> None:
    starts: list[int] = []

    class Watched(Windows):
        def rows(self, first: int, count: int, length: int) -> np.ndarray:
            starts.extend(range(first, first + count))
            return super().rows(first, count, length)

    objective = Objective(network(), corpus, SIZE)
    objective.windows = Watched(corpus.streams["train"], SIZE.share)
    for step, progress in enumerate((0.0, 0.3, 0.6, 0.9)):
        _, numbers = objective(step, progress)
        assert numbers["context"] == (16 if progress < 0.5 else 32)
    assert len(starts) == len(set(starts)) == 4 + 4 + 2 + 2


def test_it_trains_logs_and_goes_on(corpus: Corpus, tmp_path: Path) -> None:
    torch.manual_seed(1)
    train(SIZE, corpus, tmp_path, minutes=5.0)
    made, steps = averaged(SIZE, tmp_path)
    assert steps == sum(map(len, corpus.streams["train"].values())) // SIZE.batch
    lines = (tmp_path / "log.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split(",") == ["step", "seconds", "loss", "context", "watched_en", "watched_zh"]
    losses = [float(line.split(",")[2]) for line in lines[1:]]
    assert losses[-1] < 0.8 * losses[0]
    assert Objective(made, corpus, SIZE).bits(corpus.streams["watched"]["en"]) < 6.0
    train(SIZE, corpus, tmp_path, minutes=5.0, resume=True)
    assert averaged(SIZE, tmp_path)[1] == steps


def test_drawing_words_is_repeatable_and_heeds_what_is_barred() -> None:
    made = network().eval()
    prompts = tokens(2, 5).tolist()
    first, again, other = (continued(made, prompts, 40, seed=seed) for seed in (1, 1, 2))
    assert first == again != other
    assert [len(row) for row in first] == [40, 40]
    likely = max(Counter(token for row in first for token in row).items(), key=lambda item: item[1])[0]
    assert likely not in {t for row in continued(made, prompts, 40, seed=1, barred=[likely]) for t in row}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_recipes_can_be_written_as_files(size: Size) -> None:
    shape = size.shape
    assert all(side % 32 == 0 for side in (shape.width, shape.inner))
    assert shape.width % shape.heads == 0
    assert shape.context == max(length for _, length in size.contexts)
    assert all(size.batch % length == 0 for _, length in size.contexts)
    layer = shape.width * (4 * shape.width + 3 * shape.inner)
    matrices = shape.vocabulary * shape.width + shape.layers * layer
    assert matrices * 34 / 32 + 1e6 < 40e6  # Q8_0, and a megabyte for the tokenizer
    assert (SMALL.shape.dropout, LARGE.shape.dropout) == (0.0, 0.1)
