"""The sticker painter: steps, words, what stays, and stops."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.core.stickers import Sketch
from studio.engines import devices
from studio.engines.image.sticker import OnnxStickers
from tests.engines.image import tiny_sticker


@pytest.fixture(scope="module")
def painter(tmp_path_factory: pytest.TempPathFactory) -> OnnxStickers:
    return OnnxStickers(tiny_sticker.source(tmp_path_factory.mktemp("sticker")), devices.cpu())


def sketch(seed: int = 1, words: str = "red apple") -> Sketch:
    known = tuple(tiny_sticker.WORDS.index(word) for word in words.split())
    noise = np.random.default_rng(seed).standard_normal((16, 8, 8), np.float32)
    return Sketch(((known, 1.0),), noise, steps=3)


def test_a_picture_with_alpha_the_same_twice(painter: OnnxStickers) -> None:
    first = painter.paint(sketch(), CancelToken())
    assert first.shape == (64, 64, 4)
    assert first.min() >= 0
    assert first.max() <= 1
    painter.paint(sketch(2, "ball"), CancelToken())
    assert np.array_equal(first, painter.paint(sketch(), CancelToken()))


def test_words_and_seeds_matter(painter: OnnxStickers) -> None:
    first = painter.paint(sketch(), CancelToken())
    assert not np.array_equal(first, painter.paint(sketch(words="ball"), CancelToken()))
    assert not np.array_equal(first, painter.paint(sketch(2), CancelToken()))
    without = replace(sketch(), against=(5,))
    assert not np.array_equal(first, painter.paint(without, CancelToken()))


def test_two_prompts_are_mixed_by_their_shares(painter: OnnxStickers) -> None:
    one, other = sketch(words="red apple"), sketch(words="ball")
    said = (one.told[0][0], other.told[0][0])
    all_first = replace(one, told=((said[0], 1.0), (said[1], 0.0)))
    alone = painter.paint(one, CancelToken())
    assert painter.paint(all_first, CancelToken()) == pytest.approx(alone, abs=1e-4)
    half = painter.paint(replace(one, told=((said[0], 0.5), (said[1], 0.5))), CancelToken())
    assert not np.allclose(half, alone, atol=1e-3)


def test_what_is_masked_off_stays_but_for_its_seam(painter: OnnxStickers) -> None:
    start = np.random.default_rng(1).uniform(0.2, 1, (64, 64, 4)).astype(np.float32)
    mask = np.zeros((64, 64), np.float32)
    mask[:, 60:] = 1
    short = painter.paint(replace(sketch(), start=start, strength=0.0), CancelToken())
    made = painter.paint(replace(sketch(), start=start, mask=mask), CancelToken())
    assert made[:, :16] == pytest.approx(short[:, :16], abs=1e-4)
    assert not np.allclose(made[:, 56:], short[:, 56:], atol=0.05)


def test_no_strength_gives_what_the_short_form_keeps(painter: OnnxStickers) -> None:
    start = np.random.default_rng(1).uniform(0.2, 1, (64, 64, 4)).astype(np.float32)
    made = painter.paint(replace(sketch(), start=start, strength=0.0), CancelToken())
    again = painter.paint(replace(sketch(2, "ball"), start=start, strength=0.0), CancelToken())
    assert made == pytest.approx(again, abs=1e-4)


def test_each_step_is_shown(painter: OnnxStickers) -> None:
    steps: list[int] = []
    painter.paint(sketch(), CancelToken(), lambda step, picture: steps.append(step))
    assert steps == [1, 2, 3]


def test_a_stop_is_heard_between_steps(painter: OnnxStickers) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        painter.paint(sketch(), cancel, lambda step, picture: cancel.cancel())


def test_a_model_without_its_words_is_refused(tmp_path: Path) -> None:
    source = tiny_sticker.source(tmp_path)
    (tmp_path / "words.json").unlink()
    with pytest.raises(StudioError, match="does not say what it is"):
        OnnxStickers(source, devices.cpu())
