"""The size of the tiles."""

from __future__ import annotations

import pytest

from studio.core.errors import OutOfMemory
from studio.panels.upscale import pace
from studio.panels.upscale.pace import Pace, cut_for
from tests.panels.upscale.lightbox import FakeUpscaler

BIG = 3000, 4000


class Clock:
    """Each window but the first takes ``seconds``, and the first one ``memory``."""

    def __init__(self, seconds: float = 0.1, memory: int = 0) -> None:
        self.now, self.held, self.tried = 0.0, 0, list[int]()
        self._seconds, self._memory = seconds, memory

    def work(self, side: int) -> None:
        if self._seconds < 0:
            raise OutOfMemory("full")
        self.now += self._seconds if self.tried else 50 * self._seconds
        self.held += 0 if self.tried else self._memory
        self.tried.append(side)

    def side(self, upscaler: FakeUpscaler, size: tuple[int, int] = BIG, made: Pace | None = None) -> int:
        self.pace = made or Pace(lambda: self.now, lambda: self.held)
        return self.pace.side("m", upscaler, size, 4, self.work)


def test_a_small_tile_tells_and_is_remembered() -> None:
    clock = Clock(0.6)
    assert clock.side(FakeUpscaler()) == 512
    assert clock.tried == [256, 256], "the first run of a network is slow, and does not count"
    assert clock.side(FakeUpscaler(), (10, 10), clock.pace) == 512
    assert len(clock.tried) == 2


@pytest.mark.parametrize(("seconds", "memory", "side"), [
    (0.01, 0, 1024), (0.4, 0, 768), (0.01, 200_000_000, 512), (9.0, 0, 256), (0.01, 9_000_000_000, 256)],
    ids=["fast", "some time", "much memory", "slow", "too much memory"])
def test_bigger_ones_fit_time_and_memory(seconds: float, memory: int, side: int) -> None:
    assert Clock(seconds, memory).side(FakeUpscaler()) == side


def test_what_fails_small_fails() -> None:
    with pytest.raises(OutOfMemory):
        Clock(-1.0).side(FakeUpscaler())


def test_small_pictures_and_networks_that_see_all_are_not_worth_trying() -> None:
    clock = Clock()
    assert clock.side(FakeUpscaler(), (400, 500)) == pace.USUAL
    assert clock.side(FakeUpscaler(sees_all=True)) == pace.UNBOUNDED
    assert not clock.tried


def test_windows_for_a_network_of_one_size_are_no_bigger() -> None:
    for tile in ((64, 64), (128, 96), (40, 500), (8, 8)):
        for is_sees_all in (False, True):
            cut = cut_for(FakeUpscaler(rounds=32, tile=tile, sees_all=is_sees_all), 512)
            assert min(cut.tile) >= 8
            for core, side in zip(cut.tile, tile, strict=True):
                assert core + 2 * (cut.margin + cut.fade) <= max(side, 8)
    assert cut_for(FakeUpscaler(), 96).fade == 0
    assert cut_for(FakeUpscaler(sees_all=True), 96).fade == pace.FADE
