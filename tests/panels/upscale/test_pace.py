"""The size of the tiles."""

from __future__ import annotations

import pytest

from studio.core.errors import OutOfMemory
from studio.panels.upscale import pace
from studio.panels.upscale.pace import Pace, cut_for
from tests.panels.upscale.lightbox import FakeUpscaler

BIG = 3000, 4000


class Clock:
    """Each window takes what ``seconds`` says of its side."""

    def __init__(self, seconds: dict[int, float], memory: dict[int, int] | None = None) -> None:
        self.now, self.held, self.tried = 0.0, 0, list[int]()
        self._seconds, self._memory = seconds, memory or {}

    def work(self, side: int) -> None:
        self.tried.append(side)
        if self._seconds[side] < 0:
            raise OutOfMemory("full")
        self.now += self._seconds[side]
        self.held += self._memory.get(side, 0)

    def side(self, upscaler: FakeUpscaler, size: tuple[int, int] = BIG, made: Pace | None = None) -> int:
        self.pace = made or Pace(lambda: self.now, lambda: self.held)
        return self.pace.side("m", upscaler, size, 4, self.work)


EVEN = {side: side * side * 1e-6 for side in pace.SIDES}
CUBE = {side: side**3 * 1e-9 for side in pace.SIDES}


def test_it_grows_while_it_gets_faster_and_remembers() -> None:
    clock = Clock({256: 0.1, 384: 0.15, 512: 0.2, 768: 0.6, 1024: 0.1})
    assert clock.side(FakeUpscaler()) == 512
    assert clock.tried == [256, 256, 384, 512, 768]
    assert clock.side(FakeUpscaler(), (10, 10), clock.pace) == 512
    assert len(clock.tried) == 5


@pytest.mark.parametrize(("seconds", "memory", "side"), [
    (CUBE, {}, 256), ({**EVEN, 384: 0.01, 512: -1.0}, {}, 384),
    ({**EVEN, 384: 0.01, 512: 0.01}, {384: 700_000_000}, 384), (EVEN, {}, 1024),
    (dict.fromkeys(EVEN, 2.5), {}, 256)],
    ids=["slower", "memory ran out", "takes much memory", "no faster", "slow"])
def test_it_stops_growing(seconds: dict[int, float], memory: dict[int, int], side: int) -> None:
    assert Clock(seconds, memory).side(FakeUpscaler()) == side


def test_small_pictures_and_networks_that_see_all_are_not_worth_trying() -> None:
    clock = Clock({})
    assert clock.side(FakeUpscaler(), (400, 500)) == pace.USUAL
    assert clock.side(FakeUpscaler(sees_all=True)) == pace.UNBOUNDED
    assert not clock.tried


def test_no_trial_is_bigger_than_the_picture() -> None:
    clock = Clock(dict.fromkeys(pace.SIDES, 0.1))
    assert clock.side(FakeUpscaler(), (500, 90_000)) == 384


def test_windows_for_a_network_of_one_size_are_no_bigger() -> None:
    for tile in ((64, 64), (128, 96), (40, 500), (8, 8)):
        for is_sees_all in (False, True):
            cut = cut_for(FakeUpscaler(rounds=32, tile=tile, sees_all=is_sees_all), 512)
            assert min(cut.tile) >= 8
            for core, side in zip(cut.tile, tile, strict=True):
                assert core + 2 * (cut.margin + cut.fade) <= max(side, 8)
    assert cut_for(FakeUpscaler(), 96).fade == 0
    assert cut_for(FakeUpscaler(sees_all=True), 96).fade == pace.FADE
