"""Sound for listening: in pieces, from anywhere, round a loop, after an edit."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from studio.core.score import TICKS
from studio.media.sound.live import Live, Wanted
from tests.media.sound.makers import beat, piece

RATE = 22_050


def heard(parts: list[tuple[float, bytes]]) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    return np.concatenate([np.frombuffer(data, "<i2").reshape(-1, 2) for _, data in parts])


def test_the_parts_are_the_whole_and_say_where_they_are(tone: Path) -> None:
    parts = list(Live(RATE).play(Wanted(piece(beat(0), beat(9)), TICKS, font=tone, reverb=0.0)))
    place = 0.5
    for seconds, data in parts:
        assert seconds == pytest.approx(place, abs=1e-3)
        place += len(data) / 4 / RATE
    sound = heard(parts)
    onset = np.flatnonzero(np.abs(sound[3 * RATE:]).max(axis=1) > 300)[0] + 3 * RATE
    assert onset / RATE == pytest.approx(4.0, abs=0.01)


def test_a_loop_comes_round_without_a_click(tone: Path) -> None:
    """A note that is held over the end rings on over the beginning."""
    wanted = Wanted(piece(beat(2, 4, 57)), TICKS, (TICKS, 4 * TICKS), font=tone, reverb=0.0)
    parts = list(itertools.islice(Live(RATE).play(wanted), 12))
    sound = heard(parts).astype(np.int32)
    turn = round(1.5 * RATE)
    assert np.abs(sound[turn + 200:turn + 2000]).max() > 300
    steps = np.abs(np.diff(sound[:, 0]))
    assert steps[turn - 50:turn + 50].max() <= 1.3 * steps[turn - 3000:turn - 1000].max()
    places = [seconds for seconds, _ in parts]
    assert min(places) >= 0.5
    assert max(places) < 2.0
    assert any(after < before for before, after in itertools.pairwise(places))


def test_after_an_edit_the_old_is_blended_into_the_new(tone: Path) -> None:
    live = Live(RATE)
    lead = np.full((441, 2), 20_000, "<i2").tobytes()
    _, data = next(live.play(Wanted(piece(beat(3)), font=tone, reverb=0.0), lead))
    sound = np.frombuffer(data, "<i2").reshape(-1, 2)
    assert sound[0, 0] > 19_000
    assert abs(sound[441:, 0]).max() == 0
    assert np.abs(np.diff(sound[:441, 0].astype(int))).max() < 100


def test_a_piece_that_grows_ends_where_its_bars_do(tone: Path) -> None:
    found = heard(list(Live(RATE).play(Wanted(piece(beat(0)), font=tone, reverb=0.3, grows=True))))
    assert len(found) == RATE // 2


def test_it_never_clips(tone: Path) -> None:
    loud = piece(*(beat(0, 2, key, 127) for key in range(50, 80)))
    found = heard(list(Live(RATE).play(Wanted(loud, font=tone, reverb=0.5))))
    assert np.abs(found.astype(int)).max() <= 32767 * 0.9
