"""Scores that are read: what is written is what sounds; what is wrong with a file is said."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.arrangement import Arrangement, Strip
from studio.core.errors import StudioError
from studio.core.score import TICKS, Chord, Key, Metre, Score, Tempo
from studio.media.arrangement_midi import write_arrangement
from studio.media.midi_write import write_midi
from studio.media.scores import abc, mxl, read, xml_file
from studio.media.scores.xml_write import write_musicxml
from tests.media.scores.sheets import TUNE, attributes, boxed, note, sheet
from tests.scores import groove, tune

Q = TICKS
BARS = attributes() + note("C4", 16)
REPEAT = '<barline><repeat direction="{}"/></barline>'


def score(*bars: str, described: str = "") -> Score:
    return read(sheet(*bars, described=described), "a.musicxml").score


def notes(*bars: str, described: str = "") -> list[tuple[int, int, int]]:
    return [(n.start, n.pitch, n.length) for track in score(*bars, described=described).tracks
            for n in track.notes]


def test_midi_is_told_by_what_is_inside() -> None:
    mixed = Arrangement(tune(), (Strip(-6, 0.5),))
    assert read(write_arrangement(mixed), "x.abc.xml.mid") == mixed
    assert read(write_midi(tune()), "noname").score == tune()
    assert read(b"RIFF\0\0\0\0RMIDdata\0\0\0\0" + write_midi(tune()), "a.rmi").score == tune()


def test_notes_rests_chords_backups() -> None:
    bar = (attributes() + note("C4", 4) + note("E4", 4, "CHORD") + note("R", 4) + note("F#4", 2)
           + note("Bb3", 6) + "<backup><duration>16</duration></backup>"
           + "<forward><duration>8</duration></forward>" + note("C2", 8))
    assert notes(bar) == [(0, 60, Q), (0, 64, Q), (2 * Q, 36, 2 * Q), (2 * Q, 66, Q // 2),
                          (5 * Q // 2, 58, 3 * Q // 2)]


def test_ties_are_one_note_and_only_where_they_touch() -> None:
    start, stop, both = '<tie type="start"/>', '<tie type="stop"/>', '<tie type="stop"/><tie type="start"/>'
    found = notes(attributes() + note("C4", 16, start), note("C4", 16, both),
                  note("C4", 4, stop) + note("C4", 12))
    assert found == [(0, 60, 9 * Q), (9 * Q, 60, 3 * Q)]
    assert len(notes(attributes() + note("C4", 8, start) + note("D4", 8), note("C4", 16, stop))) == 3


def test_triplets_and_grace_notes() -> None:
    thirds = attributes().replace("<divisions>4<", "<divisions>3<")
    assert notes(thirds + note("C4", 1) + note("D4", 1) + note("E4", 1) + note("R", 9))[:3] == [
        (0, 60, 320), (320, 62, 320), (640, 64, 320)]
    grace = note("B3", 4).replace("<note>", "<note><grace/>").replace("<duration>4</duration>", "")
    assert notes(attributes() + note("C4", 4) + grace + note("C4", 12)) == [
        (0, 60, Q), (Q - 120, 59, 120), (Q, 60, 3 * Q)]


def test_repeats_are_played_out() -> None:
    first = '<barline location="left"><ending number="1" type="start"/></barline>'
    close = '<barline><ending number="1" type="stop"/><repeat direction="backward"/></barline>'
    second = '<barline location="left"><ending number="2" type="start"/></barline>'
    found = notes(attributes() + note("C4", 16), first + note("D4", 16) + close, second + note("E4", 16))
    assert [pitch for _, pitch, _ in found] == [60, 62, 60, 64]
    assert [start for start, _, _ in found] == [0, 4 * Q, 8 * Q, 12 * Q]
    capo = '<sound dacapo="yes"/>'
    found = notes(BARS, note("D4", 16) + '<sound fine="yes"/>', note("E4", 16) + capo)
    assert [pitch for _, pitch, _ in found] == [60, 62, 64, 60, 62]


def test_a_tempo_in_a_repeat_is_said_again_where_it_changes() -> None:
    slow, fast = '<sound tempo="60"/>', '<sound tempo="90.5"/>'
    found = score(attributes() + slow + note("C4", 16), fast + note("D4", 16) + REPEAT.format("backward"))
    assert found.tempos == (Tempo.of(60), Tempo.of(90.5, 4 * Q), Tempo.of(60, 8 * Q), Tempo.of(90.5, 12 * Q))
    assert found.metres == (Metre(0, 4, 4),)
    assert found.keys == (Key(0, 0),)


def test_pickup_and_short_bars() -> None:
    found = score(attributes("3") + note("C4", 4), note("D4", 12), note("E4", 8))
    assert found.metres == (Metre(0, 1, 4), Metre(Q, 3, 4))
    assert [n.start for n in found.tracks[0].notes] == [0, Q, 4 * Q]


def test_transposing_instruments_sound_as_they_sound() -> None:
    clarinet = attributes(fifths=2, more="<transpose><chromatic>-2</chromatic></transpose>")
    harmony = "<harmony><root><root-step>D</root-step></root><kind>minor-seventh</kind></harmony>"
    found = score(clarinet + harmony + note("D5", 16))
    assert [n.pitch for n in found.tracks[0].notes] == [72]
    assert (found.keys, found.chords) == ((Key(0, 0),), (Chord(0, 0, "m7"),))
    octave = attributes(more="<transpose><octave-change>-1</octave-change></transpose>")
    assert notes(octave + note("E4", 16)) == [(0, 52, 4 * Q)]


@pytest.mark.parametrize(("kind", "said"), [
    ("major", ""), ("dominant-ninth", "7"), ("half-diminished", "m7b5"), ("suspended-second", "sus4"),
    ("Neapolitan", ""), ("none", "N.C.")])
def test_chords_as_the_nearest_there_is(kind: str, said: str) -> None:
    root = "<root><root-step>F</root-step><root-alter>1</root-alter></root>"
    harmony = f"<harmony>{root}<kind>{kind}</kind></harmony>"
    expected = said if said == "N.C." else f"F#{said}"
    assert [str(chord) for chord in score(attributes() + harmony + note("C4", 16)).chords] == [expected]


def test_drums_are_what_their_instrument_says() -> None:
    described = "".join(f'<midi-instrument id="I{n}"><midi-channel>10</midi-channel><midi-unpitched>{n}'
                        "</midi-unpitched></midi-instrument>" for n in (37, 43))
    stroke = ("<note><unpitched><display-step>C</display-step><display-octave>5</display-octave></unpitched>"
              "<duration>4</duration>{}</note>")
    strokes = [stroke.format(f'<instrument id="I{n}"/>') for n in (37, 43)]
    found = score(attributes() + "".join(strokes), described=described)
    assert [(t.drums, [n.pitch for n in t.notes]) for t in found.tracks] == [(True, [36, 42])]
    unnamed = score(attributes() + stroke.format("")).tracks
    assert [(t.drums, t.notes[0].pitch) for t in unnamed] == [(True, 38)]


def test_two_sounds_in_a_part_are_two_tracks() -> None:
    described = "".join(f'<midi-instrument id="{n}"><midi-program>{n}</midi-program></midi-instrument>'
                        for n in (1, 41))
    both = note("C4", 8, '<instrument id="1"/>') + note("D4", 8, '<instrument id="41"/>')
    found = score(attributes() + both, described=described)
    assert [(t.program, t.notes[0].pitch) for t in found.tracks] == [(0, 60), (40, 62)]


def test_dynamics_are_velocities() -> None:
    loud = "<direction><direction-type><dynamics><ff/></dynamics></direction-type></direction>"
    exact = '<direction><sound dynamics="50"/></direction>'
    found = score(BARS, loud + note("C4", 8) + exact + note("D4", 4)
                  + note("E4", 4, attributes=' dynamics="88.89"'))
    assert [n.velocity for n in found.tracks[0].notes] == [80, 112, 45, 80]


def test_timewise_is_the_same() -> None:
    inside = attributes() + note("C4", 16)
    turned = ('<score-timewise><part-list><score-part id="P1"><part-name>Flute</part-name></score-part>'
              '</part-list>'
              f'<measure number="1"><part id="P1">{inside}</part></measure>'
              f'<measure number="2"><part id="P1">{note("D4", 16)}</part></measure></score-timewise>')
    assert read(turned.encode()).score.tracks == score(inside, note("D4", 16)).tracks


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    text = sheet(BARS, head="").decode()
    assert read(text.encode(encoding), "a.musicxml").score.notes == 1


def test_mxl_with_and_without_a_container() -> None:
    whole = read(sheet(BARS)).score
    container = '<container><rootfiles><rootfile full-path="x/s.xml"/></rootfiles></container>'
    assert read(boxed(sheet(BARS), "x/s.xml", container=container), "a.mxl").score == whole
    assert read(boxed(sheet(BARS)), "a.mxl").score == whole


def zip_of(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in files.items():
            box.writestr(name, data)
    return made.getvalue()


ENTITIES = ('<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
            "<score-partwise><work><work-title>&b;</work-title></work></score-partwise>")
OUTSIDE = ('<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
           "<score-partwise><work><work-title>&a;</work-title></work></score-partwise>")


@pytest.mark.parametrize(("name", "data", "words"), [
    ("a.musicxml", b"", "is empty"), ("a.musicxml", b"x", "not a score"), ("a.mxl", b"P", "not a score"),
    ("a.xml", b"<", "breaks off or is no XML"), ("a.xml", b"<html></html>", "not a score"),
    ("a.xml", sheet(BARS)[:-40], "breaks off"), ("a.xml", ENTITIES.encode(), "entities of its own"),
    ("a.xml", OUTSIDE.encode(), "entities of its own"), ("a.xml", sheet(attributes()), "has no notes"),
    ("a.xml", b"<score-partwise/>", "has no notes"), ("a.xml", b"<?xml version='1.0' encoding='what'?><a/>",
                                              "no XML"),
    ("a.mxl", b"PK\3\4" + bytes(50), "damaged, or no score"), ("a.mxl", zip_of(), "not a score"),
    ("a.mxl", zip_of(a=b"x"), "no score in"), ("a.mxl", boxed(sheet(BARS))[:-30], "damaged, or no score"),
    ("a.mxl", boxed(bytes(xml_file.MOST + 10)), "too large once it is unpacked"),
    ("a.xml", b"<a>" * 10 + bytes(xml_file.MOST), "24 MB is the most"),
    ("a.xml", b"<a/>" * 3_000_001, "too much in it"),
    ("a.mid", b"", "is empty"), ("a.mid", b"M", "ends before"),
    ("a.mid", gzip.compress(b"x", mtime=0), "not a MIDI file"),
    ("a.abc", b"", "is empty"), ("a.abc", b"  \n", "is empty"), ("a.abc", b"hello", "not a tune in ABC"),
    ("a.abc", b"X:1\n" + bytes(1_000_000), "1 MB is the most")])
def test_what_cannot_be_read_is_said(name: str, data: bytes, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        read(data, name)


def test_a_container_that_points_nowhere_or_lies() -> None:
    for path in ("../../etc/passwd", "missing.xml", ""):
        container = f'<container><rootfile full-path="{path}"/></container>'
        assert read(boxed(sheet(BARS), "s.xml", container=container), "a.mxl").score.notes == 1
    with pytest.raises(StudioError, match="no XML"):
        mxl.unpacked(boxed(sheet(BARS), "s.xml", container="<container"), "a.mxl")


@pytest.mark.parametrize("said", [
    '<sound tempo="0"/>', '<sound tempo="-5"/>', '<sound tempo="nan"/>', '<sound tempo="1e400"/>',
    "<attributes><divisions>0</divisions></attributes>", "<attributes><divisions>-4</divisions></attributes>",
    "<attributes><divisions>1e-300</divisions></attributes>",
    "<attributes><key><fifths>99</fifths></key></attributes>",
    "<attributes><time><beats>x</beats><beat-type>3</beat-type></time></attributes>",
    "<attributes><time><beats>9999</beats><beat-type>4</beat-type></time></attributes>",
    "<attributes><time><senza-misura/></time></attributes>",
    "<attributes><transpose><chromatic>9999</chromatic></transpose></attributes>",
    "<backup><duration>999999</duration></backup>", "<backup/>", "<forward/>", "<harmony/>", "<direction/>",
    "<note/>", "<note><pitch/></note>", note("C9", 4, attributes=' dynamics="-5"'), note("C-").replace("C",
    "H"),
    '<barline><repeat direction="backward" times="99999999"/></barline>',
    '<barline><ending number="a,,7x"/></barline>',
    "<note><pitch><step>C</step><octave>99999999999999999999</octave></pitch><duration>4</duration></note>"])
def test_what_makes_no_sense_is_passed_over(said: str) -> None:
    found = score(attributes() + said + note("C4", 4))
    assert found.notes >= 1
    assert all(tempo.bpm > 0 for tempo in found.tempos)


def test_a_thousand_beats_a_minute() -> None:
    assert score(attributes() + '<sound tempo="1000"/>' + note("C4", 4)).tempos[0].bpm == 1000


def test_a_note_that_lasts_for_years() -> None:
    with pytest.raises(StudioError, match="more than 100,000 beats"):
        score(attributes() + note("C4", 900_000_000))


def test_abc_in_its_own_process() -> None:
    found = read(TUNE.encode(), "reel.abc").score
    assert (found.title, found.tempos, found.keys) == ("The Test", (Tempo.of(150),), (Key(0, 4, True),))
    assert found.metres[:2] == (Metre(0, 3, 8), Metre(3 * Q // 2, 6, 8))
    pitches = [n.pitch for n in found.tracks[0].notes]
    assert pitches[:3] == [64, 67, 67]
    assert pitches.count(64) == 6
    assert [str(chord) for chord in found.chords] == ["Em", "D", "Em", "D"]
    assert max(n.length for n in found.tracks[0].notes) == 5 * Q // 2


def test_abc_that_takes_too_long() -> None:
    with pytest.raises(StudioError, match="not understood"):
        abc.read_abc(TUNE.encode(), "a.abc", seconds=0.0)


@pytest.mark.parametrize(("data", "words"), [
    (TUNE.encode("utf-16"), "The Test"), (TUNE.replace("The", "Für").encode("latin-1"), "Für Test"),
    (TUNE.replace("\n", "\r\n").encode("utf-8-sig"), "The Test")])
def test_only_the_first_tune_whatever_the_encoding(data: bytes, words: str) -> None:
    text = abc.first_tune(data, "a.abc")
    assert f"T:{words}\n" in text
    assert "X:2" not in text


# ---- anything at all


def _mutated(data: bytes, seed: int) -> bytes:
    """``data`` with a few bytes changed, removed or doubled; the same for the same seed."""
    chance = random.Random(seed)
    made = data
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(made)), chance.choice((1, 1, 1, 4, 40))
        word = chance.choice((b"0", b"-1", b"99999999", b"<", b">", b"&x;", b"\xff\xff\xff\x7f", b"\0"))
        change = chance.choice((chance.randbytes(length), b"", made[at:at + length] * 2, word))
        made = made[:at] + change + made[at + length:] or b"\0"
    return made


def _sane(data: bytes, name: str) -> None:
    """Read, or told in words; what is read can be written again."""
    try:
        found = read(data, name)
    except StudioError as error:
        said = str(error)
        assert said
        return
    again = read(write_arrangement(found), name).score
    assert again == found.score


_SMALL = {"a.mid": write_midi(replace(tune(2), chords=(Chord(0, 0),))),
          "own.mid": write_arrangement(Arrangement(groove(1))),
          "a.musicxml": write_musicxml(Arrangement(replace(tune(1), chords=(Chord(0, 0),)))),
          "b.musicxml": write_musicxml(Arrangement(groove(1))), "a.mxl": boxed(sheet(BARS, note("D4", 16)))}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(_SMALL)), st.integers(0, 10**6))
def test_damaged_files(name: str, seed: int) -> None:
    _sane(_mutated(_SMALL[name], seed), name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(_SMALL))
def test_many_damaged_files(name: str) -> None:
    for seed in range(300):
        _sane(_mutated(_SMALL[name], seed), name)


@pytest.mark.slow
def test_damaged_tunes() -> None:
    """In this process, as the other one costs seconds."""
    from studio.media.scores.abc import _tried
    from studio.media.scores.abc_stream import score_of

    for seed in range(100):
        try:
            text = abc.first_tune(_mutated(TUNE.encode(), seed), "a.abc")
        except StudioError:
            continue
        found = _tried(lambda text=text: score_of(text))  # type: ignore[misc]
        assert isinstance(found, Score | str)
        if isinstance(found, Score) and found.notes:
            assert read(write_midi(found)).score.notes == found.notes
