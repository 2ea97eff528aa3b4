"""Scores and recordings that are brought in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from studio.core.arrangement import Arrangement, Strip
from studio.core.errors import StudioError
from studio.media import scores
from studio.media.arrangement_midi import read_arrangement, write_arrangement
from studio.media.midi_write import write_midi
from studio.media.scores.xml_write import write_musicxml
from studio.project import scores as taking
from studio.project.facts import kind_of
from studio.project.store import Project
from tests.scores import tune


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "work.atelier") as found:
        yield found


def test_whatever_it_was_written_in_it_becomes_the_same(project: Project, tmp_path: Path) -> None:
    paths = [tmp_path / "My tune v1.5.mid", tmp_path / "Other.musicxml"]
    paths[0].write_bytes(write_midi(tune()))
    paths[1].write_bytes(write_musicxml(Arrangement(replace(tune(), title="Other"))))
    for path in paths:
        asset = project.import_file(path, path.name, kind_of(path))
        assert (asset.kind, asset.media_type, asset.origin) == ("score", "audio/midi", "imported")
        assert asset.name == path.stem
        assert read_arrangement(project.content(asset.id)).score.tracks == tune().tracks
        known = {name: asset.facts[name] for name in ("bars", "notes", "seconds", "bpm", "key", "metre")}
        assert known == {"bars": 8, "notes": 40, "seconds": 19.2, "bpm": 100.0, "key": "C major",
                         "metre": "4/4"}
        assert project.thumbnail(asset.id).startswith(b"RIFF")


def test_our_own_keeps_the_mixer_and_comes_once(project: Project) -> None:
    mixed = Arrangement(tune(), (Strip(-6, 0.25), Strip(is_muted=True)), facts={"style": "x"})
    data = write_arrangement(mixed)
    asset = project.import_file(data, "a.mid", "score")
    assert project.content(asset.id) == data
    assert project.import_file(data, "b.mid", "score") == asset


@pytest.mark.parametrize(("data", "words"), [
    (b"", "empty"), (b"M", "ends before"), (b"<a/>", "not a score"), (b"PK\3\4", "damaged, or no score"),
    (b"%PDF-", "not a MIDI file")])
def test_what_is_no_score_is_refused(project: Project, data: bytes, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        project.import_file(data, "a.mid", "score")
    assert not project.assets()


def test_kinds_by_name_and_by_content(tmp_path: Path) -> None:
    for name, kind in (("a.mid", "score"), ("a.XML", "score"), ("a.abc", "score"), ("a.flac", "audio"),
                       ("a.md", "text"), ("a.png", "image")):
        assert kind_of(tmp_path / name) == kind
    (tmp_path / "noname").write_bytes(write_midi(tune()))
    assert kind_of(tmp_path / "noname") == "score"
    assert taking.SUFFIXES == scores.SUFFIXES
    assert taking.is_slow(tmp_path / "a.abc")


def test_a_recording(project: Project) -> None:
    file = io.BytesIO()
    soundfile.write(file, np.zeros((4000, 2)), 8000, format="FLAC")
    asset = project.import_file(file.getvalue(), "Take 1.wav", "audio")
    assert (asset.kind, asset.media_type, asset.name) == ("audio", "audio/flac", "Take 1")
    assert asset.facts == {"seconds": 0.5, "rate": 8000, "channels": 2}
    for wrong in (b"", b"RIFF", b"not a sound at all"):
        with pytest.raises(StudioError):
            project.import_file(wrong, "a.wav", "audio")
