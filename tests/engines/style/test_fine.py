"""Fine's optimisation, on a trunk with random weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.core.engine import Floats
from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.engines.devices import cpu
from studio.engines.style.fine import Optimiser, load_trunk, load_vgg
from tests.engines.style import tiny

RNG = np.random.default_rng(0)
CONTENT = np.clip(0.5 + 0.2 * RNG.standard_normal((72, 64, 3)), 0, 1).astype(np.float32)
STYLE = np.clip(RNG.random((64, 64, 3)) * (0.9, 0.5, 0.1), 0, 1).astype(np.float32)


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures this small are slower on two."""
    monkeypatch.setattr(devices, "threads", lambda: 1)


@pytest.fixture(scope="module")
def optimiser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Optimiser]:
    """Loaded once; it keeps no state."""
    made = load_trunk(tiny.trunk_model(tmp_path_factory.mktemp("models") / "trunk"), cpu())
    yield made
    made.close()


def go_on(fraction: float, picture: Callable[[], Floats]) -> bool:
    """Never enough."""
    return True


def improved(optimiser: Optimiser, *, steps: int = 6, seed: int = 0, start: Floats = CONTENT,
             cancel: CancelToken | None = None,
             on_step: Callable[[float, Callable[[], Floats]], bool] = go_on) -> Floats:
    """``CONTENT`` in the manner of ``STYLE``."""
    return optimiser.optimise(CONTENT, [(STYLE, 1.0)], start, steps=steps, strength=1.0, seed=seed,
                              cancel=cancel or CancelToken(), on_step=on_step)


def test_it_comes_nearer_to_the_styles_colours(optimiser: Optimiser) -> None:
    result = improved(optimiser, steps=20)
    assert result.shape == CONTENT.shape
    assert result.dtype == np.float32
    assert 0 <= result.min() <= result.max() <= 1
    before, after = (np.abs(p.mean((0, 1)) - STYLE.mean((0, 1))).sum() for p in (CONTENT, result))
    assert after < 0.8 * before


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(optimiser: Optimiser) -> None:
    first = improved(optimiser, seed=3)
    assert improved(optimiser, seed=3).tobytes() == first.tobytes()
    assert improved(optimiser, seed=4).tobytes() != first.tobytes()


def test_it_reports_every_step_and_shows_the_picture(optimiser: Optimiser) -> None:
    seen: list[tuple[float, tuple[int, ...]]] = []

    def step(fraction: float, picture: Callable[[], Floats]) -> bool:
        seen.append((fraction, picture().shape))
        return True

    improved(optimiser, on_step=step)
    fractions = [fraction for fraction, _ in seen]
    assert fractions == sorted(fractions)
    assert len(seen) == 6
    assert fractions[-1] == pytest.approx(1.0)
    assert all(shape[2] == 3 for _, shape in seen)


def test_enough_keeps_what_is_there(optimiser: Optimiser) -> None:
    seen: list[float] = []

    def step(fraction: float, picture: Callable[[], Floats]) -> bool:
        seen.append(fraction)
        return len(seen) < 2

    result = improved(optimiser, on_step=step)
    assert len(seen) == 2
    assert np.abs(result - CONTENT).mean() > 1e-4


@pytest.mark.parametrize("after", [0, 2])
def test_stop_is_noticed_inside_a_step(optimiser: Optimiser, after: int) -> None:
    cancel = CancelToken()
    seen: list[float] = []

    def step(fraction: float, picture: Callable[[], Floats]) -> bool:
        seen.append(fraction)
        if len(seen) == after:
            cancel.cancel()
        return True

    if not after:
        cancel.cancel()
    with pytest.raises(Cancelled):
        improved(optimiser, cancel=cancel, on_step=step)
    assert len(seen) == after


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (40, 33), (260, 130)])
def test_every_shape_comes_back(optimiser: Optimiser, shape: tuple[int, int]) -> None:
    picture = np.full((*shape, 3), 0.4, np.float32)
    result = optimiser.optimise(picture, [(STYLE, 0.5), (CONTENT, 0.5)], picture, steps=3, strength=0.5,
                                seed=0, cancel=CancelToken(), on_step=go_on)
    assert result.shape == picture.shape
    assert np.isfinite(result).all()


def test_vgg_weights_serve_too(tmp_path: Path) -> None:
    vgg = load_vgg(tiny.vgg_model(tmp_path / "vgg.pth"), cpu())
    assert improved(vgg, steps=2).shape == CONTENT.shape


def test_a_trunk_of_another_shape_is_named(tmp_path: Path) -> None:
    source = tiny.trunk_model(tmp_path / "trunk")
    with pytest.raises(StudioError, match="lacks features_0"):
        load_vgg(source, cpu())
