"""MIDI files: read in whatever state they are, written the same every time; symusic is the judge."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest
import symusic
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import StudioError
from studio.core.score import TICKS, Chord, Metre, Note, Score, Track
from studio.media import midi_events
from studio.media.midi_read import read_midi
from studio.media.midi_write import write_midi
from tests.scores import groove, scores, tune

NOTE = b"\x00\x90\x3c\x50\x60\x80\x3c\x00"
END = b"\x00\xff\x2f\x00"


def file(*tracks: bytes, form: int = 1, division: int = 480) -> bytes:
    head = b"MThd" + struct.pack(">IHHH", 6, form, len(tracks), division)
    return head + b"".join(b"MTrk" + struct.pack(">I", len(track)) + track for track in tracks)


def meta(kind: int, body: bytes) -> bytes:
    return bytes([0, 0xFF, kind, len(body)]) + body


def notes(data: bytes) -> list[tuple[int, int, int, int]]:
    found = read_midi(data).score.tracks
    return [(n.start, n.length, n.pitch, n.velocity) for track in found for n in track.notes]


@given(scores())
def test_there_and_back(score: Score) -> None:
    data = write_midi(score)
    reading = read_midi(data)
    assert (reading.cut, reading.stuck, reading.empty) == (False, 0, 0)
    assert replace(reading.score, tracks=()) == replace(score, tracks=())
    assert reading.score.tracks == score.tracks
    assert write_midi(reading.score) == write_midi(score)


@given(scores())
def test_symusic_reads_the_same(score: Score) -> None:
    theirs = symusic.Score.from_midi(write_midi(score))
    assert theirs.ticks_per_quarter == TICKS
    mine = sorted((t.program, t.drums, n.start, n.length, n.pitch, n.velocity)
                  for t in score.tracks for n in t.notes)
    assert mine == sorted((t.program, t.is_drum, n.start, n.duration, n.pitch, n.velocity)
                          for t in theirs.tracks for n in t.notes)
    last = max(track.end for track in score.tracks)  # what is said later it sometimes forgets
    assert {(m.time, m.numerator, m.denominator) for m in theirs.time_signatures if m.time <= last} == {
        (m.at, m.beats, m.unit) for m in score.metres if m.at <= last}
    assert {(t.time, t.mspq) for t in theirs.tempos if t.time <= last} == {
        (t.at, t.micros) for t in score.tempos if t.at <= last}
    assert {(k.time, k.key) for k in theirs.key_signatures if k.time <= last} == {
        (k.at, k.fifths) for k in score.keys if k.at <= last}


def test_symusic_writes_what_is_read() -> None:
    made = symusic.Score(384)
    track = symusic.Track(name="Guitar", program=24)
    track.notes.extend([symusic.Note(96 * n, 90, 50 + n, 40 + n) for n in range(20)])
    made.tracks.append(track)
    made.time_signatures.append(symusic.TimeSignature(0, 6, 8))
    found = read_midi(made.dumps_midi()).score
    assert (found.tracks[0].program, found.tracks[0].name) == (24, "Guitar")
    assert [n.start for n in found.tracks[0].notes] == [240 * n for n in range(20)]
    assert {n.length for n in found.tracks[0].notes} == {225}
    assert found.metres == (Metre(0, 6, 8),)


def test_the_same_bytes_whatever_the_order() -> None:
    score = tune()
    other = replace(score, tracks=tuple(replace(t, notes=t.notes[::-1]) for t in score.tracks))
    assert write_midi(other) == write_midi(score)
    assert write_midi(score, ["recipe"]) != write_midi(score)
    assert b"recipe" in write_midi(score, ["recipe"])
    assert read_midi(write_midi(groove())).score.tracks[0].drums


def test_more_tracks_than_channels() -> None:
    many = Score(tuple(Track((Note(0, 60, 960),), program=n) for n in range(128)))
    assert [track.program for track in read_midi(write_midi(many)).score.tracks] == list(range(128))


def test_chords_are_markers() -> None:
    score = replace(tune(), chords=(Chord(0, 0), Chord(960, 9, "m7"), Chord(1920, -1)))
    assert read_midi(write_midi(score)).score.chords == score.chords
    assert read_midi(file(meta(6, b"Verse"), NOTE + END)).score.chords == ()


def test_one_track_of_many_channels() -> None:
    """Format 0: each channel and program becomes a track."""
    bass, kick = b"\x00\x91\x30\x40\x60\x30\x00", b"\x00\x99\x24\x40\x10\x89\x24\x00"
    body = b"\x00\xc0\x28\x00\xc1\x20" + NOTE + bass + kick + b"\x00\xc0\x29" + NOTE + END
    found = read_midi(file(body, form=0)).score.tracks
    assert [(t.program, t.drums, len(t.notes)) for t in found] == [
        (40, False, 1), (41, False, 1), (32, False, 1), (0, True, 1)]


def test_program_said_in_another_track() -> None:
    found = read_midi(file(b"\x00\xc0\x28" + END, NOTE + END)).score
    assert [track.program for track in found.tracks] == [40]


@pytest.mark.parametrize(("data", "words"), [
    (b"", "is empty"), (b"M", "ends before the music"), (b"MThd\0\0", "ends before the music"),
    (b"RIFF....WAVEfmt ", "not a MIDI file"), (b"x", "not a MIDI file"),
    (file(END), "has no notes"), (file(), "has no notes"),
    (file(NOTE + END, division=0xE728), r"film frames \(SMPTE\)"), (file(NOTE, division=0), "no length"),
    (file(NOTE, NOTE, form=2), "MIDI format 2"), (file(b"\0\x3c\x50" + END), "something else"),
    (file(bytes(range(256))), "something else"), (file(NOTE + b"\0\xf4\0"), "something else"),
    (file(b"\xff\xff\xff\x7f\x90\x3c\x50" + NOTE), "more than 100,000 beats"),
    (file(b"\xff\xff\xff\x7f\x90\x3c\x50" * 5000), "last for years")])
def test_what_cannot_be_read_is_said(data: bytes, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        read_midi(data, "a.mid")


def test_forty_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StudioError, match="too long: 40 MB; 16 MB is the most"):
        read_midi(file(NOTE + END) + bytes(40_000_000 - 100))
    monkeypatch.setattr(midi_events, "MOST", 50)
    assert read_midi(file(NOTE + END)).score.notes == 1


@pytest.mark.parametrize("size", range(14, len(file(NOTE * 5 + END))))
def test_cut_off_anywhere(size: int) -> None:
    """What is there is kept; a note cut off in the middle ends there."""
    data = file(NOTE * 5 + END)[:size]
    if size < 26:
        with pytest.raises(StudioError, match="has no notes"):
            read_midi(data)
    else:
        reading = read_midi(data)
        assert reading.cut
        assert reading.score.notes == min(5, (size - 22 + 4) // 8)


def test_a_length_that_is_not_true() -> None:
    """symusic 0.5.9 ends the program here."""
    data = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk\x7f\xff\xff\xff" + NOTE
    assert read_midi(data).score.notes == 1
    assert read_midi(data).cut


@pytest.mark.parametrize("body", [
    b"\0\xf0\x03abc" + NOTE, b"\0\xff\x7f\x02ab" + NOTE, NOTE + b"\0\xf0\xff\xff\xff\x7fabc",
    b"\0\xe0\0\x40\0\xb0\x07\x40\0\xd0\x10\0\xa0\x3c\1" + NOTE, NOTE + b"\0\x80\x50\0",
    b"\0\x80\x3c\0" + NOTE, NOTE + END + b"\0\x3c"])
def test_other_events_are_passed_over(body: bytes) -> None:
    assert notes(file(body)) == [(0, 192, 60, 80)]


def test_other_chunks_are_passed_over() -> None:
    data = file(NOTE + END)
    assert notes(data[:14] + b"XXXX\0\0\0\4abcd" + data[14:]) == [(0, 192, 60, 80)]
    assert notes(b"RIFF\0\0\0\0RMIDdata\0\0\0\0" + data) == [(0, 192, 60, 80)]


def test_running_status() -> None:
    assert notes(file(b"\0\x90\x3c\x50\x60\x3c\0\0\x40\x50\x60\x40\0" + END)) == [
        (0, 192, 60, 80), (192, 192, 64, 80)]


def test_stuck_and_empty_notes_are_mended() -> None:
    stuck = read_midi(file(b"\0\x90\x3e\x50" + b"\x86\x00" + NOTE[1:] + END))
    assert stuck.stuck == 1
    assert [(n.pitch, n.length) for n in stuck.score.tracks[0].notes] == [(62, 1728), (60, 192)]
    late = read_midi(file(b"\0\x90\x3e\x50" + b"\x9f\x00" + NOTE[1:] + END))
    assert late.score.tracks[0].notes[0].length == 4 * TICKS
    empty = read_midi(file(b"\0\x90\x3c\x50\0\x80\x3c\0" + END))
    assert (empty.empty, empty.score.tracks[0].notes[0].length) == (1, 30)


def test_the_same_pitch_twice_ends_first_what_began_first() -> None:
    body = b"\0\x90\x3c\x50\x20\x90\x3c\x40\x20\x80\x3c\0\x20\x80\x3c\0" + END
    assert notes(file(body)) == [(0, 128, 60, 80), (64, 128, 60, 64)]


@pytest.mark.parametrize(("said", "kind", "kept"), [
    (meta(0x51, b"\0\0\0"), "tempos", 0), (meta(0x51, b"\0"), "tempos", 0),
    (meta(0x51, (60_000).to_bytes(3, "big")), "tempos", 1), (meta(0x58, b"\0\x02\x18\x08"), "metres", 0),
    (meta(0x58, b"\x04\x40\x18\x08"), "metres", 0), (meta(0x58, b"\x04"), "metres", 0),
    (meta(0x58, b"\x03\x03\x18\x08"), "metres", 1), (meta(0x59, b"\x20\x05"), "keys", 0),
    (meta(0x59, b"\xf9\x01"), "keys", 1), (meta(0x59, b""), "keys", 0)])
def test_what_makes_no_sense_is_passed_over(said: bytes, kind: str, kept: int) -> None:
    score = read_midi(file(said + NOTE + END)).score
    assert len(getattr(score, kind)) == kept


def test_a_thousand_beats_a_minute() -> None:
    score = read_midi(file(meta(0x51, (60_000).to_bytes(3, "big")) + NOTE + END)).score
    assert score.tempos[0].bpm == 1000


def test_names_in_old_letters() -> None:
    data = file(meta(3, "Für Elise".encode("latin-1")) + END, meta(3, b"Piano\0\x07 ") + NOTE + END)
    score = read_midi(data).score
    assert (score.title, score.tracks[0].name) == ("Für Elise", "Piano")


@given(st.binary(max_size=200), st.integers(0, 60))
def test_nothing_crashes_it(noise: bytes, at: int) -> None:
    good = file(NOTE * 5 + END)
    for data in (noise, good[:at] + noise + good[at + len(noise):], file(noise)):
        try:
            score = read_midi(data).score
        except StudioError:
            continue
        assert score.notes > 0
        assert read_midi(write_midi(score)).score.notes == score.notes


def test_a_silence_that_midi_cannot_hold() -> None:
    with pytest.raises(StudioError, match="longer than a MIDI file"):
        write_midi(Score(length=1 << 30))
