"""Whole files and files still being copied, with a clock that the test turns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.project.batch.settle import PATIENCE, Settling


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settling(clock: Clock) -> Settling:
    return Settling(2.0, clock=clock, wall=lambda: 2e9 + clock.now)


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    path = tmp_path / "a.png"
    write(path, b"one", clock)
    return path


def write(path: Path, data: bytes, clock: Clock) -> None:
    """Write now, by that clock."""
    path.write_bytes(data)
    os.utime(path, (2e9 + clock.now, 2e9 + clock.now))


def test_a_file_is_taken_once_it_has_not_changed_for_a_while(
    settling: Settling, path: Path, clock: Clock
) -> None:
    assert settling.look([path]) == []
    clock.now += 1.9
    assert settling.look([path]) == []
    assert settling.is_waiting
    clock.now += 0.1
    assert settling.look([path]) == [path]
    clock.now += 100
    assert settling.look([path]) == []
    assert not settling.is_waiting


def test_every_change_starts_the_wait_again(settling: Settling, path: Path, clock: Clock) -> None:
    for size in range(4, 9):
        assert settling.look([path]) == []
        clock.now += 1.5
        write(path, b"x" * size, clock)
    assert settling.look([path]) == []
    clock.now += 2
    assert settling.look([path]) == [path]


def test_a_changed_file_is_taken_again(settling: Settling, path: Path, clock: Clock) -> None:
    settling.look([path])
    clock.now += 2
    assert settling.look([path]) == [path]
    write(path, b"another", clock)
    assert settling.look([path]) == []
    clock.now += 2
    assert settling.look([path]) == [path]


def test_an_old_file_is_whole_at_once(settling: Settling, path: Path, clock: Clock) -> None:
    clock.now += 60
    assert settling.look([path]) == [path]


def test_an_empty_file_is_waited_for(settling: Settling, path: Path, clock: Clock) -> None:
    write(path, b"", clock)
    settling.look([path])
    clock.now += PATIENCE - 1
    assert settling.look([path]) == []
    clock.now += 1
    assert settling.look([path]) == [path]


def test_one_that_was_not_whole_comes_again_when_it_changed_or_nobody_can_be_writing(
    settling: Settling, path: Path, clock: Clock
) -> None:
    settling.look([path])
    clock.now += 2
    assert settling.look([path]) == [path]
    assert settling.is_young(path)
    settling.postpone(path)
    clock.now += 2
    assert settling.look([path]) == []
    clock.now += PATIENCE
    assert settling.look([path]) == [path]
    assert not settling.is_young(path)


def test_a_file_that_goes_is_forgotten(settling: Settling, path: Path) -> None:
    settling.look([path])
    path.unlink()
    assert settling.look([path]) == []
    assert not settling.is_waiting
