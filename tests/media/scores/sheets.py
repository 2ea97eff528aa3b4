"""Small scores as text, for tests."""

from __future__ import annotations

import io
import zipfile

TUNE = """X:1
T:The Test
M:6/8
L:1/8
Q:3/8=100
K:Em
|:"Em"E2G|"Em"G2A B2d|"D"A3-A2F|1 "Em"E3 G3:|2 (3EFG E2 E2|]
X:2
K:C
c
"""
_HEAD = ('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE score-partwise PUBLIC '
         '"-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">\n')


def note(pitch: str = "C4", length: int = 4, inside: str = "", attributes: str = "") -> str:
    """A note, four to a quarter; "C#4" is sharp, "R" a rest."""
    said = "<rest/>" if pitch == "R" else (
        f"<pitch><step>{pitch[0]}</step><alter>{pitch.count('#') - pitch.count('b')}</alter>"
        f"<octave>{pitch[-1]}</octave></pitch>")
    chord, rest = "<chord/>" if "CHORD" in inside else "", inside.replace("CHORD", "")
    return f"<note{attributes}>{chord}{said}<duration>{length}</duration>{rest}</note>"


def attributes(beats: str = "4", unit: int = 4, fifths: int = 0, more: str = "") -> str:
    return (f"<attributes><divisions>4</divisions><key><fifths>{fifths}</fifths><mode>major</mode></key>"
            f"<time><beats>{beats}</beats><beat-type>{unit}</beat-type></time>{more}</attributes>")


def sheet(*bars: str, described: str = "", head: str = _HEAD) -> bytes:
    """A score of one part; each of ``bars`` is what is in a measure."""
    body = "".join(f'<measure number="{n}">{bar}</measure>' for n, bar in enumerate(bars, start=1))
    return (f'{head}<score-partwise version="4.0"><work><work-title>Sheet</work-title></work><part-list>'
            f'<score-part id="P1"><part-name>Flute</part-name>{described}</score-part></part-list>'
            f'<part id="P1">{body}</part></score-partwise>').encode()


def boxed(data: bytes, name: str = "score.xml", *, container: str = "") -> bytes:
    """The same as MXL."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        if container:
            box.writestr("META-INF/container.xml", container)
        box.writestr(name, data)
    return made.getvalue()
