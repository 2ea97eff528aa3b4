"""What a note sounds like: pitch, loudness, length."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import StudioError
from studio.media.sound import hydra
from studio.media.sound.samples import Mono
from studio.media.sound.voices import Player, choked
from tests.media.sound import makers

RATE = 44_100


def note(font: Path, key: int = makers.ROOT, velocity: int = 127, held: int = RATE, *,
         drums: bool = False) -> Mono:
    (voice,) = Player(font, RATE).play(0, drums, key, velocity, held)
    return voice.sound


def pitch(sound: Mono) -> float:
    """Hertz, from crossings of zero."""
    part = sound[2000:22_000]
    ups = np.flatnonzero((part[:-1] < 0) & (part[1:] >= 0))
    return float(RATE * (len(ups) - 1) / (ups[-1] - ups[0]))


def level(sound: Mono) -> float:
    """Decibels."""
    return float(20 * np.log10(np.sqrt(np.mean(np.square(sound))) + 1e-12))


@pytest.mark.parametrize("key", [57, 64, 69, 81])
def test_it_has_the_keys_pitch_through_the_loop(tone: Path, key: int) -> None:
    assert pitch(note(tone, key)) == pytest.approx(441 * 2 ** ((key - makers.ROOT) / 12), rel=2e-3)


@pytest.mark.parametrize(("generators", "cents"), [({52: 30}, 30), ({51: 2}, 200), ({58: 57}, 1200),
                                                   ({56: 50}, -0.0)])
def test_tuning_is_followed(tmp_path: Path, generators: dict[int, int], cents: float) -> None:
    font = makers.font(tmp_path / "a.sf2", generators=generators)
    assert pitch(note(font)) == pytest.approx(441 * 2 ** (cents / 1200), rel=2e-3)


def test_loudness_follows_velocity_as_the_standard_says(tmp_path: Path) -> None:
    font = makers.font(tmp_path / "a.sf2")
    loud, soft = (level(note(font, velocity=velocity)[:RATE // 2]) for velocity in (127, 64))
    assert loud - soft == pytest.approx(40 * np.log10(127 / 64), abs=0.4)


def test_a_note_dies_away_after_its_end(tmp_path: Path) -> None:
    font = makers.font(tmp_path / "a.sf2", generators={38: 0})  # 100 dB in a second
    sound = note(font, held=RATE // 2)
    assert RATE * 1.2 < len(sound) < RATE * 1.5
    before, after = level(sound[RATE // 2 - 2000:RATE // 2]), level(sound[RATE * 3 // 4:RATE * 3 // 4 + 2000])
    assert before - after == pytest.approx(27, abs=2)
    assert abs(sound[-1]) < 1e-3


def test_decay_goes_down_to_what_is_sustained(tmp_path: Path) -> None:
    font = makers.font(tmp_path / "a.sf2", generators={36: -1200, 37: 200})  # 20 dB down, quickly
    sound = note(font)
    assert level(sound[:500]) - level(sound[RATE // 2:RATE // 2 + 5000]) > 15
    assert level(sound[RATE // 2:RATE // 2 + 5000]) == pytest.approx(level(sound[RATE - 5000:RATE]), abs=0.1)


def test_attack_rises(tmp_path: Path) -> None:
    sound = note(makers.font(tmp_path / "a.sf2", generators={34: -1200}))  # half a second
    assert level(sound[:2000]) + 10 < level(sound[20_000:22_000])


def test_without_a_loop_it_ends_with_its_sample(tmp_path: Path) -> None:
    font = makers.font(tmp_path / "a.sf2", generators={54: 0})
    assert len(note(font)) == pytest.approx(4000 * RATE / makers.RATE, abs=4)


def test_a_low_pass_darkens(tmp_path: Path) -> None:
    dark = makers.font(tmp_path / "dark.sf2", generators={54: 1, 8: 5000})  # 147 Hz
    bright = makers.font(tmp_path / "bright.sf2", generators={54: 1})
    assert level(note(bright)) - level(note(dark)) > 12


def test_vibrato_moves_the_pitch_and_the_mean_stays(tmp_path: Path) -> None:
    font = makers.font(tmp_path / "a.sf2", generators={54: 1, 6: 50, 24: 0, 23: -12000})
    straight = note(makers.font(tmp_path / "b.sf2", generators={54: 1}))
    moving = note(font)
    assert not np.allclose(moving[5000:9000], straight[5000:9000], atol=1e-2)
    assert pitch(moving) == pytest.approx(441, rel=0.02)


def test_zones_have_ranges_and_a_place(tmp_path: Path) -> None:
    font = makers.font(tmp_path / "a.sf2", generators={43: 60 | 72 << 8, 17: 500})
    player = Player(font, RATE)
    assert list(player.play(0, False, 59, 100, 1000)) == []
    (voice,) = player.play(0, False, 60, 100, 1000)
    assert voice.pan == 1.0


def test_a_font_of_one_instrument_plays_all(tone: Path) -> None:
    assert len(note(tone, drums=True))
    assert list(Player(tone, RATE).play(99, False, 60, 100, 1000))


def test_vorbis_sounds_like_the_plain_one(tmp_path: Path) -> None:
    plain = note(makers.font(tmp_path / "a.sf2", generators={54: 0}))
    packed = note(makers.font(tmp_path / "a.sf3", compressed=True, generators={54: 0}))
    assert pitch(np.resize(packed, 30_000)) == pytest.approx(441, rel=0.03)
    assert level(packed) == pytest.approx(level(plain), abs=0.5)


def test_a_damaged_stream_inside_is_said_plainly(tmp_path: Path) -> None:
    path = makers.font(tmp_path / "a.sf3", compressed=True)
    data = bytearray(path.read_bytes())
    at = data.index(b"OggS")
    data[at:at + 400] = bytes(400)
    path.write_bytes(data)
    with pytest.raises(StudioError, match="is damaged"):
        note(path)


def test_a_note_that_never_ends_does_end(tmp_path: Path) -> None:
    sound = note(makers.font(tmp_path / "a.sf2", generators={54: 1}), held=RATE * 3600)
    assert len(sound) == 60 * RATE


def test_a_cut_leaves_no_click() -> None:
    sound = np.ones(RATE, np.float32)
    cut = choked(sound, 1000, RATE)
    assert 1000 < len(cut) < 2000
    assert cut[-1] == 0
    assert np.abs(np.diff(cut)).max() < 0.01
    assert choked(sound[:1000], 1000, RATE) is not sound[:0]


@pytest.mark.parametrize("seed", range(6))
def test_nonsense_in_the_tables_never_crashes(tmp_path: Path, seed: int) -> None:
    """Fonts come from anywhere: they are refused in words, or play something finite."""
    path = makers.font(tmp_path / "a.sf2", generators={54: 1, 8: 6000, 11: 2400, 5: 30})
    data = bytearray(path.read_bytes())
    rng, start = np.random.default_rng(seed), data.index(b"pdta")
    for _ in range(12):
        data[int(rng.integers(start + 4, len(data)))] = int(rng.integers(256))
    path.write_bytes(data)
    try:
        hydra.read(path)
        for voice in Player(path, RATE).play(0, False, 60, 90, 4000):
            assert np.isfinite(voice.sound).all()
    except StudioError as error:
        assert "SoundFont" in error.message  # noqa: PT017
