"""Sound files: what is written is read, with its recipe, the same bytes every time."""

from __future__ import annotations

import errno
import io
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from studio.core.errors import StudioError
from studio.media import thumbs
from studio.media.encode import MAX_RECIPE
from studio.media.sound import looks, ogg
from studio.media.sound.files import FORMATS, Format, read_recipe, write_sound
from studio.media.sound.picture import sound_picture
from studio.media.sound.reading import read_sound
from tests.sounds import encode_sound

RATE = 22_050
RECIPE = json.dumps({"task": "music", "name": "Flöte 漢字", "notes": "x" * 40_000}, ensure_ascii=False)


@pytest.fixture(scope="module")
def tone() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    time = np.arange(RATE * 2) / RATE
    return np.stack((0.5 * np.sin(2770 * time), 0.3 * np.sin(1385 * time)), axis=1).astype(np.float32)


@pytest.mark.parametrize("form", FORMATS)
def test_sound_and_recipe_come_back(tmp_path: Path, form: Format, tone: np.ndarray) -> None:  # type: ignore[type-arg]
    path = tmp_path / f"a.{form}"
    write_sound(path, tone, RATE, form, RECIPE)
    found, rate = read_sound(path)
    assert (rate, found.shape) == (RATE, tone.shape)
    assert np.abs(found - tone).max() < (0.05 if form == "ogg" else 1e-4)
    assert read_recipe(path) == json.loads(RECIPE)
    assert read_recipe(path.read_bytes()) == json.loads(RECIPE)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_samples_give_the_same_bytes(form: Format, tone: np.ndarray,  # type: ignore[type-arg]
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    first = encode_sound(tone, RATE, form, RECIPE)
    if form == "ogg":  # the number that encoders draw
        other = bytearray(first)
        settled, at = io.BytesIO(), 0
        while (at := other.find(b"OggS", at)) >= 0:
            other[at + 14] ^= 0x5A
            at += 4
        settled = io.BytesIO(bytes(other))
        ogg.settle(settled)
        assert settled.getvalue() == first
    assert encode_sound(tone, RATE, form, RECIPE) == first


def test_pages_carry_the_checksum_that_libogg_wants(tone: np.ndarray) -> None:  # type: ignore[type-arg]
    """A page with a wrong one is thrown away, and its sound with it."""
    data = encode_sound(tone, RATE, "ogg")
    assert soundfile.info(io.BytesIO(data)).frames == len(tone)
    at = data.rfind(b"OggS")
    broken = data[:at + 22] + bytes([data[at + 22] ^ 1]) + data[at + 23:]
    assert soundfile.read(io.BytesIO(broken))[0].shape[0] < len(tone)


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_24_bits_keep_more(form: Format, tone: np.ndarray) -> None:  # type: ignore[type-arg]
    found, _ = read_sound(encode_sound(tone, RATE, form, bits=24))
    assert np.abs(found - tone).max() < 1e-6


@pytest.mark.parametrize("form", FORMATS)
def test_no_sound_at_all_is_a_short_silence(form: Format) -> None:
    found, _ = read_sound(encode_sound(np.zeros((0, 2), np.float32), RATE, form))
    assert 0 < len(found) <= RATE
    assert not found.any()


def test_too_loud_is_clipped_and_does_not_turn_over() -> None:
    found, _ = read_sound(encode_sound(np.full((500, 2), 3.0, np.float32), RATE))
    assert found.min() > 0.99


def test_other_readers_see_a_plain_wav_with_a_comment(tone: np.ndarray) -> None:  # type: ignore[type-arg]
    data = encode_sound(tone, RATE, "wav", '{"a": 1}')
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    with soundfile.SoundFile(io.BytesIO(data)) as file:
        assert file.comment == 'atelier:{"a": 1}'
        assert file.frames == len(tone)


def test_strangers_carry_no_recipe(tmp_path: Path, tone: np.ndarray) -> None:  # type: ignore[type-arg]
    plain = tmp_path / "a.wav"
    soundfile.write(plain, tone, RATE)
    assert read_recipe(plain) is None
    assert read_recipe(b"RIFF\x10\0\0\0WAVELIST\xff\xff\xff\xff") is None
    assert read_recipe(b"OggS and nothing") is None
    assert read_recipe(encode_sound(tone, RATE, "flac")) is None


def test_a_failure_leaves_the_old_file(tmp_path: Path, tone: np.ndarray,  # type: ignore[type-arg]
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"old")
    monkeypatch.setattr("studio.media.sound.files.Guarded", _Full)
    with pytest.raises(StudioError, match="The disk is full"):
        write_sound(path, tone, RATE, "wav", RECIPE)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_said_plainly(form: Format, tone: np.ndarray,  # type: ignore[type-arg]
                                     tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("studio.media.sound.files.Guarded", _Full)
    with pytest.raises(StudioError, match="The disk is full"):
        write_sound(tmp_path / "a", tone, RATE, form)
    assert capfd.readouterr().err == ""


def test_a_recipe_too_big_is_refused(tone: np.ndarray) -> None:  # type: ignore[type-arg]
    with pytest.raises(StudioError, match="too big for a sound file"):
        encode_sound(tone, RATE, "wav", "x" * (MAX_RECIPE + 1))


@pytest.mark.parametrize("data", [b"x", b"hello world", b"RIFF\x24\0\0\0WAVEfmt ",
                                  b"fLaC\0\0\0\x22" + bytes(9)])
def test_what_is_no_sound_is_said_plainly(data: bytes) -> None:
    with pytest.raises(StudioError, match=r"tune\.wav cannot be read as sound"):
        read_sound(data, "tune.wav")


def test_peaks_hold_the_extremes(tone: np.ndarray) -> None:  # type: ignore[type-arg]
    found = looks.peaks(tone, 100)
    assert found.shape == (100, 2)
    assert found[:, 1].max() == tone.max()
    assert found[:, 0].min() == tone.min()
    assert looks.peaks(tone[:3], 10).shape == (10, 2)
    assert not looks.peaks(tone[:0], 10).any()


def test_a_tone_is_a_line_in_the_spectrogram(tone: np.ndarray) -> None:  # type: ignore[type-arg]
    high = looks.spectrogram(tone[:, 0], RATE, 60, 90)
    assert high.shape == (90, 60, 3)
    row = int(high[:, 30].sum(axis=1).argmax())
    hertz = 40 * (min(16_000, RATE / 2) / 40) ** ((89 - row) / 89)
    assert hertz == pytest.approx(2770 / 2 / np.pi, rel=0.1)
    assert looks.spectrogram(tone[:10], RATE, 5, 5).shape == (5, 5, 3)
    assert looks.spectrogram(np.zeros((0, 2), np.float32), RATE, 5, 5).max() < 80


@pytest.mark.parametrize("form", FORMATS)
def test_lists_show_the_outline(form: Format, tone: np.ndarray) -> None:  # type: ignore[type-arg]
    fading = (tone * np.linspace(1, 0, len(tone), dtype=np.float32)[:, None])
    found = sound_picture(encode_sound(fading, RATE, form), 64)
    heights = (found[:, :, 3] > 0).sum(axis=0)
    assert found.shape == (40, 64, 4)
    assert heights[2] > 25 > heights[40] > heights[62] >= 1
    with Image.open(io.BytesIO(thumbs.thumbnail(encode_sound(fading, RATE, form), "audio"))) as image:
        assert image.width == 256


def test_a_sound_that_cannot_be_read_has_no_picture() -> None:
    with pytest.raises(StudioError, match="cannot be read as sound"):
        thumbs.thumbnail(b"RIFF nothing", "audio")


class _Full:
    """A disk that takes the head and no more."""

    def __init__(self, file: io.BytesIO) -> None:
        from studio.media.sound.guarded import Guarded

        self._inner, self._left = Guarded(_Small(file)), 0  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


class _Small:
    def __init__(self, file: io.BytesIO) -> None:
        self._file, self._left = file, 3000

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._file.write(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)
