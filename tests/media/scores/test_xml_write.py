"""MusicXML that is written: the notes come back as they were put on the paper; music21 is the judge."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.arrangement import Arrangement, Strip
from studio.core.errors import StudioError
from studio.core.score import TICKS, Chord, Key, Metre, Note, Score, Tempo, Track
from studio.media.scores import read
from studio.media.scores.engrave import VOICES, engraved, written
from studio.media.scores.xml_write import write_musicxml
from tests.scores import groove, scores, tune


def back(score: Score) -> Score:
    return read(write_musicxml(Arrangement(score)), "a.musicxml").score


def on_paper(score: Score) -> list[tuple[Note, ...]]:
    return [notes for notes in written(engraved(score)) if notes]


def a_score() -> Score:
    """Two hands, threes, ties, a pickup, a change of key and metre, chords, drums."""
    right = [Note(n * 320, 72 + n % 5, 320, 70 + n) for n in range(6)]
    right += [Note(1920, 64, 3000, 90), Note(1920, 67, 3000, 80), Note(2400, 76, 480, 127)]
    left = [Note(4920, 70, 120, 1), Note(0, 40, 3840, 60), Note(3840, 43, 2040, 61)]
    return Score(
        (Track((*right, *left), 0, name="Piano"), Track((Note(960, 45, 1440),), 33), *groove(2).tracks),
        (Tempo.of(96), Tempo.of(133.7, 2880)), (Metre(0, 1, 4), Metre(960, 4, 4), Metre(4800, 6, 8)),
        (Key.of(-3, False), Key.of(2, True, 4800)), (Chord(0, 0, "m7"), Chord(1920, 7, "7"), Chord(4800, -1)),
        "Piece & <more>", 4800 + 2 * 2880)


def test_everything_comes_back() -> None:
    score = a_score()
    found = back(score)
    assert [track.notes for track in found.tracks] == on_paper(score)
    assert on_paper(score)[0] == score.tracks[0].notes
    assert (found.tempos, found.metres, found.keys, found.chords, found.title, found.length) == (
        score.tempos, score.metres, score.keys, score.chords, score.title, score.length)
    assert [(t.program, t.drums) for t in found.tracks] == [(0, False), (33, False), (0, True)]
    assert [track.name for track in found.tracks] == ["Piano", "Electric Bass (finger)", "Drums"]


@settings(max_examples=20)
@given(scores())
def test_the_notes_of_any_score_come_back(score: Score) -> None:
    score = replace(score, metres=tuple(replace(m, at=m.at) for m in score.metres))
    assert [track.notes for track in back(score).tracks] == on_paper(score)


@settings(max_examples=20)
@given(scores())
def test_what_is_on_paper_is_near(score: Score) -> None:
    """No note is lost but where a pitch is doubled."""
    for track, notes in zip(score.tracks, written(engraved(score)), strict=True):
        assert {n.pitch for n in notes} == {n.pitch for n in track.notes}
        assert len(notes) <= len(track.notes)
    if not score.metres:
        starts = [{n.start for n in track.notes} for track in score.tracks]
        for near, notes in zip(starts, written(engraved(score)), strict=True):
            assert all(min(abs(note.start - start) for start in near) <= 120 for note in notes)


def test_the_same_bytes_again() -> None:
    assert write_musicxml(Arrangement(a_score()), "{}") == write_musicxml(Arrangement(a_score()), "{}")


def test_what_is_on_the_grid_stays() -> None:
    thirds = tuple(Note(n * 320, 60 + n, 320) for n in range(3))
    straight = tuple(Note(960 + n * 120, 70, 120) for n in range(8))
    last = Note(1920, 50, 480)
    sheet = engraved(Score((Track((*thirds, *straight, last)),)))
    assert written(sheet)[0] == (*thirds, *straight, last)
    assert sheet.parts[0].triplets == {(0, 0)}


def test_a_crowd_is_thinned_to_four_voices() -> None:
    many = tuple(Note(n * 120, 60 + n, 3840 - 120 * n + n % 3 * 240) for n in range(12))
    many += tuple(Note(7680, 40 + n, 240 * (n + 1)) for n in range(8))
    score = Score((Track(many, 40),))
    sheet = engraved(score)
    assert len(sheet.parts[0].staves[0].voices) == VOICES
    assert {n.pitch for n in written(sheet)[0]} == {n.pitch for n in many}
    assert [track.notes for track in back(score).tracks] == on_paper(score)


def elements(score: Score, path: str) -> list[Element]:
    root = ElementTree.fromstring(write_musicxml(Arrangement(score)))
    return list(root.iterfind(path))


def test_bars_are_full() -> None:
    for measure in elements(a_score(), ".//measure"):
        at = most = 0
        for item in measure:
            length = int(item.findtext("duration", "0"))
            if item.tag == "backup":
                at -= length
            elif item.tag == "note" and item.find("chord") is None:
                at += length
            most = max(most, at)
        assert (at, most) in ((48, 48), (192, 192), (144, 144))


def test_written_as_musicians_do() -> None:
    assert [e.text for e in elements(a_score(), ".//measure[@number='1']//clef/sign")] == [
        "G", "F", "F", "percussion"]
    assert [e.text for e in elements(tune(), ".//clef/sign")] == ["G", "F"]
    flat = replace(tune(), tracks=(Track((Note(0, 61, 960),)),), keys=(Key.of(-5, False),))
    sharp = replace(flat, keys=(Key.of(3, True),))
    pitches = [e for score in (flat, sharp) for e in elements(score, ".//pitch")]
    assert [(e.findtext("step"), e.findtext("alter")) for e in pitches] == [("D", "-1"), ("C", "1")]
    assert {e.findtext("unpitched/display-step") for e in elements(groove(), ".//note[unpitched]")} == {
        "G", "F", "C"}


def test_the_recipe_is_inside_and_nothing_breaks_out() -> None:
    nasty = replace(tune(), title="]]></work-title><x>\x00\x0b\ud800 夜")
    data = write_musicxml(Arrangement(nasty), '{"prompt": "</score-partwise>"}')
    field = ElementTree.fromstring(data).find("identification/miscellaneous/miscellaneous-field")
    assert field is not None
    assert (field.get("name"), field.text) == ("atelier-recipe", '{"prompt": "</score-partwise>"}')
    assert read(data).score.title == "]]></work-title><x> 夜"


def test_volume_and_place() -> None:
    data = write_musicxml(Arrangement(tune(), (Strip(-12, -1), Strip(12, 0.5))))
    root = ElementTree.fromstring(data)
    assert [(e.findtext("volume"), e.findtext("pan")) for e in root.iterfind(".//midi-instrument")] == [
        ("40.09", "-90.00"), ("100.00", "45.00")]


def test_no_notes() -> None:
    with pytest.raises(StudioError, match="no notes to write"):
        write_musicxml(Arrangement(Score((Track(),), length=3840)))
    with pytest.raises(StudioError, match="too many bars"):
        write_musicxml(Arrangement(replace(tune(), metres=(Metre(0, 1, 64),), length=6_000_000)))


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.one_of(scores(), st.just(a_score())))
def test_music21_reads_the_same(score: Score) -> None:
    """Drums apart: it gives all strokes of a kit one pitch."""
    score = replace(score, tracks=tuple(replace(track, drums=False) for track in score.tracks), metres=())
    assert sorted(note for part in on_paper(score) for note in _spans(part)) == sorted(_of_music21(score))


def _spans(notes: tuple[Note, ...]) -> list[tuple[int, int, int]]:
    return [(n.start, n.end, n.pitch) for n in notes]


def _of_music21(score: Score) -> list[tuple[int, int, int]]:
    from music21 import converter, stream

    found = converter.parseData(write_musicxml(Arrangement(score)).decode(), format="musicxml")
    assert isinstance(found, stream.Score)
    made: list[tuple[int, int, int]] = []
    groups: dict[str, list[Any]] = {}
    for part in found.parts:  # staves of one part are parts of their own there
        groups.setdefault(str(part.id).split("-")[0], []).append(part)
    for parts in groups.values():
        for part in parts:
            made += _joined(part)
    return made


def _joined(part: Any) -> list[tuple[int, int, int]]:
    made: list[tuple[int, int, int]] = []
    tied: dict[int, int] = {}
    for element in part.flatten().notes:
        if "ChordSymbol" in element.classes:
            continue
        start = round(Fraction(element.offset) * TICKS)
        end = start + round(Fraction(element.quarterLength) * TICKS)
        for one in element.notes if "Chord" in element.classes else (element,):
            kind = one.tie.type if one.tie else ""
            if kind in ("stop", "continue"):
                place = tied.pop(one.pitch.midi)
                made[place] = made[place][0], end, one.pitch.midi
            else:
                place = len(made)
                made.append((start, end, one.pitch.midi))
            if kind in ("start", "continue"):
                tied[one.pitch.midi] = place
    return made
