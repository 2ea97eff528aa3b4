"""Whole pieces as sound: in time, in place, as loud as wanted, the same every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.arrangement import Arrangement, Strip
from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.core.score import TICKS, Note, Score, Tempo, Track
from studio.media.sound import loudness, render
from studio.media.sound.clock import Clock
from studio.media.sound.limiter import Limiter, limit, true_peaks
from studio.media.sound.reverb import Room, Stereo, response
from tests.media.sound.makers import beat, font, piece

RATE = 22_050


def made(arrangement: Arrangement, tone: Path, **more: object) -> Stereo:
    return render.render(arrangement, font=tone, rate=RATE, **{"reverb": 0.0, **more})  # type: ignore[arg-type]


def energy(sound: Stereo, start: float, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    part = sound[round(start * RATE):round((start + seconds) * RATE)]
    return np.sqrt(np.mean(np.square(part), axis=0))


def raw(arrangement: Arrangement, tone: Path, **more: object) -> Stereo:
    return np.concatenate(list(render.blocks(arrangement, font=tone, rate=RATE, **{"reverb": 0.0, **more})))  # type: ignore[arg-type]


def test_notes_are_where_they_are_written(tone: Path) -> None:
    sound = made(piece(beat(1, 0.5), beat(5, 0.5)), tone)
    assert not sound[:round(0.499 * RATE)].any()
    assert energy(sound, 0.5, 0.2).min() > 0.05
    assert energy(sound, 2.5, 0.2).min() > 0.05


def test_tempo_changes_count(tone: Path) -> None:
    score = Score((Track((beat(8, 1),)),), (Tempo.of(120), Tempo.of(240, 4 * TICKS)))
    sound = made(Arrangement(score), tone)
    first = np.flatnonzero(np.abs(sound).max(axis=1) > 1e-3)[0]
    assert first / RATE == pytest.approx(3.0, abs=0.01)


def test_the_same_arrangement_gives_the_same_samples(tone: Path) -> None:
    arrangement = piece(*(beat(n / 2, 0.4, 60 + n % 12) for n in range(24)))
    first = made(arrangement, tone, reverb=0.3)
    assert np.array_equal(first, made(arrangement, tone, reverb=0.3))


@pytest.mark.parametrize("velocity", [20, 127])
def test_it_is_as_loud_as_wanted_and_never_clips(tone: Path, velocity: int) -> None:
    chord = [beat(n, 0.9, 60 + step, velocity) for n in range(12) for step in (0, 3, 7, 10)]
    sound = made(piece(*chord), tone, reverb=0.2)
    assert pyloudnorm.Meter(RATE).integrated_loudness(sound.astype(np.float64)) == pytest.approx(-14, abs=0.3)
    assert true_peaks(sound).max() <= loudness.CEILING + 1e-3
    assert np.abs(sound).max() <= loudness.CEILING


def test_spiky_sound_is_held_under_the_ceiling() -> None:
    rng = np.random.default_rng(1)
    sound = (rng.standard_normal((RATE * 3, 2)) * 0.01).astype(np.float32)
    sound[::3001] = 0.9
    loudness.level(sound, RATE)
    assert true_peaks(sound).max() <= loudness.CEILING + 1e-3
    assert loudness.measure(sound, RATE) > -20


@pytest.mark.parametrize("length", [0, 1, 100, 5000])
def test_silence_and_shreds_are_sane(length: int) -> None:
    silence = np.zeros((length, 2), np.float32)
    assert not loudness.level(silence.copy(), RATE).any()
    shred = np.full((length, 2), 0.1, np.float32)
    levelled = loudness.level(shred.copy(), RATE)
    assert np.isfinite(levelled).all()
    assert np.abs(levelled).max(initial=0) <= loudness.CEILING


def test_loudness_is_pyloudnorms() -> None:
    rng = np.random.default_rng(2)
    for rate in (22_050, 44_100, 48_000):
        noise = rng.standard_normal((rate * 3, 2)) * np.linspace(0.001, 0.3, rate * 3)[:, None]
        sound = noise.astype(np.float32)
        theirs = pyloudnorm.Meter(rate).integrated_loudness(sound.astype(np.float64))
        assert loudness.measure(sound, rate) == pytest.approx(theirs, abs=0.02)


def test_nothing_to_hear_is_silence_or_nothing(tone: Path) -> None:
    assert not len(made(Arrangement(Score()), tone))
    assert not made(Arrangement(Score((Track(),), length=8 * TICKS)), tone).any()
    muted = piece(beat(0), strip=Strip(is_muted=True))
    assert not made(muted, tone, reverb=0.4).any()


def test_a_drum_kit_only_and_the_shortest_note(tone: Path) -> None:
    assert made(piece(beat(0), drums=True), tone).any()
    assert np.isfinite(made(piece(Note(0, 60, 1)), tone)).all()


def test_gain_pan_mute_and_solo(tone: Path) -> None:
    loud = raw(piece(beat(0)), tone)
    soft = raw(piece(beat(0), strip=Strip(gain=-12)), tone)
    assert 20 * np.log10(energy(loud, 0, 0.4)[0] / energy(soft, 0, 0.4)[0]) == pytest.approx(12, abs=0.01)
    left = raw(piece(beat(0), strip=Strip(pan=-1)), tone)
    assert energy(left, 0, 0.4)[1] < 1e-6 < energy(left, 0, 0.4)[0]
    assert not raw(piece(beat(0), strip=Strip(gain=-60)), tone).any()
    two = Arrangement(Score((Track((beat(0),)), Track((beat(2),)))), (Strip(is_solo=True), Strip()))
    assert energy(raw(two, tone), 1.0, 0.4).max() < energy(raw(two, tone), 0, 0.4).max() * 0.2


def test_stems_add_up_to_the_mix(tone: Path) -> None:
    tracks = (Track((beat(0, 2, 60), beat(3, 1, 64))), Track((beat(1, 2, 67),)), Track((beat(0),)))
    strips = (Strip(pan=-0.5), Strip(gain=-3), Strip(is_muted=True))
    arrangement = Arrangement(Score(tracks), strips)
    mix = raw(arrangement, tone, reverb=0.3)
    stems = list(render.stems(arrangement, font=tone, rate=RATE, reverb=0.3))
    assert [number for number, _ in stems] == [0, 1]
    total = np.zeros_like(mix)
    for _, stem in stems:
        total[:len(stem)] += stem
    assert np.allclose(total, mix, atol=1e-5)


def test_a_part_sounds_as_it_does_in_the_whole(tone: Path) -> None:
    """Notes that began earlier go on in it."""
    arrangement = piece(beat(0, 6, 60), beat(3, 2, 67), beat(6, 1, 72))
    whole = raw(arrangement, tone)
    part = raw(arrangement, tone, start=2 * TICKS, end=5 * TICKS)
    assert len(part) == round(1.5 * RATE)
    assert np.allclose(part, whole[RATE:RATE + len(part)], atol=1e-5)


@settings(max_examples=6, deadline=None)
@given(sizes=st.lists(st.floats(0.02, 1.5), min_size=1, max_size=6))
def test_block_sizes_change_nothing(tone: Path, sizes: list[float]) -> None:
    arrangement = piece(beat(0, 3, 60), beat(1.5, 1, 64), beat(4, 0.2, 80))
    once = raw(arrangement, tone, reverb=0.2)
    parts = raw(arrangement, tone, reverb=0.2, sizes=sizes)
    shared = min(len(once), len(parts))
    assert np.allclose(once[:shared], parts[:shared], atol=1e-5)


def test_the_room_rings_on_and_is_always_the_same() -> None:
    found = response(RATE)
    assert np.allclose((found ** 2).sum(axis=0), 1, atol=1e-3)
    early, late = (float(energy(found, at, 0.1)[0]) for at in (0.2, 1.2))
    assert 20 * np.log10(early / late) > 25
    room, block = Room(RATE), np.zeros((100, 2), np.float32)
    block[0] = 1
    answer = np.concatenate([room(block), *(room(np.zeros((1000, 2), np.float32)) for _ in range(60))])
    assert np.allclose(answer[:len(found)], found, atol=1e-5)


def test_the_limiter_is_the_same_in_blocks() -> None:
    rng = np.random.default_rng(3)
    sound = (rng.standard_normal((RATE, 2)) * 0.5).astype(np.float32)
    whole = sound.copy()
    limit(whole, RATE, 1.0, loudness.CEILING)
    limiter = Limiter(RATE, loudness.CEILING)
    parts = [limiter(sound[start:start + 3000]) for start in range(0, RATE, 3000)]
    found = np.concatenate([*parts, limiter.rest()])
    assert len(found) == len(whole)
    assert np.abs(found).max() <= loudness.CEILING
    assert np.allclose(found, whole, atol=0.02)


def test_long_pieces_lie_in_a_file(tone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_IN_MEMORY", 1)
    sound = made(piece(beat(0), beat(6)), tone)
    assert isinstance(sound, np.memmap)
    monkeypatch.undo()
    assert np.array_equal(sound, made(piece(beat(0), beat(6)), tone))


def test_a_full_disk_while_rendering_is_said_plainly(tone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, data: object) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    monkeypatch.setattr(render, "_IN_MEMORY", 1)
    monkeypatch.setattr(render.tempfile, "TemporaryFile", Full)
    with pytest.raises(StudioError, match="The disk is full"):
        made(piece(beat(0), beat(6)), tone)


def test_a_piece_of_days_is_refused(tone: Path) -> None:
    with pytest.raises(StudioError, match="hours"):
        made(Arrangement(Score((Track((beat(0),)),), (Tempo(0, 0xFFFFFF),), length=2000 * TICKS)), tone)


@pytest.mark.parametrize("bpm", [1000, 60_000_000])
def test_wild_tempos_are_played(tone: Path, bpm: float) -> None:
    assert np.isfinite(made(piece(*(beat(n, 1) for n in range(40)), bpm=bpm), tone)).all()


def test_it_can_be_stopped_and_tells_how_far_it_is(tone: Path) -> None:
    cancel, told = CancelToken(), list[float]()
    made(piece(beat(0), beat(30)), tone, progress=told.append)
    assert told == sorted(told)
    assert told[-1] <= 1
    cancel.cancel()
    with pytest.raises(Cancelled):
        made(piece(beat(0)), tone, cancel=cancel)


def test_a_closed_hat_cuts_an_open_one(tmp_path: Path) -> None:
    kit = font(tmp_path / "kit.sf2", drums=True, generators={57: 1, 56: 0})
    hats = piece(beat(0, 4, 46), beat(1, 0.01, 42, 1), drums=True)
    alone = piece(beat(0, 4, 46), drums=True)
    assert energy(raw(hats, kit), 0.8, 0.2).max() < 0.1 * energy(raw(alone, kit), 0.8, 0.2).max()


def test_the_clock_agrees_with_the_score() -> None:
    tempos = tuple(Tempo.of(60 + 17 * n % 90, n * 700) for n in range(30))
    score = Score((), tempos, length=40_000)
    clock = Clock(score)
    for tick in range(0, 40_000, 997):
        assert clock.seconds(tick) == pytest.approx(score.seconds(tick))
        assert clock.tick(clock.seconds(tick)) == pytest.approx(tick, abs=1e-3)
    late = Clock(replace(score, tempos=(Tempo.of(60, 1920),)))
    assert late.seconds(1920) == pytest.approx(1.0)
    assert late.seconds(2880) == pytest.approx(2.0)
