"""Scores that leave a project: as MIDI, MusicXML, sound and stems, the recipe inside each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from studio.core.arrangement import Arrangement, Strip
from studio.core.errors import StudioError
from studio.core.jobs import JobState, Outcome, Output, Request
from studio.core.score import TICKS, Note, Score, Tempo, Track
from studio.media.arrangement_midi import read_arrangement, write_arrangement
from studio.media.scores import read
from studio.project.exchange import read_recipe
from studio.project.exporters import EXPORTERS, Exporter, export_assets, exporter_for, prepare_export
from studio.project.store import Asset, Project
from tests.project import making

OF_SCORES = [item for item in EXPORTERS if "score" in (item.kind, *item.also)]
OF_SOUNDS = [item for item in EXPORTERS if "audio" in (item.kind, *item.also)]
TUNE = Arrangement(
    Score((Track((Note(0, 60, 480), Note(480, 64, 480)), 0, name="Right / left"),
           Track((Note(0, 40, 960),), 33)), (Tempo.of(200),), length=2 * TICKS),
    (Strip(-3, 0.5), Strip(is_locked=True)),
    own=(frozenset({Note(0, 60, 480)}),), facts={"style": "piano"})


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.new(tmp_path / "work.atelier") as found:
        yield found


def made(project: Project, data: bytes, kind: str = "score", media_type: str = "audio/midi") -> Asset:
    output = Output(kind, media_type, "Tune", data, 7)  # type: ignore[arg-type]
    request = Request("music", 1, {"style": "piano", "note": "ünï 夜 ]]> --"}, seed=7)
    return project.add_outcome(request, Outcome(JobState.DONE, (output,)))[0]


def test_what_there_is() -> None:
    assert [item.id for item in OF_SCORES] == ["midi", "musicxml", "wav", "flac", "ogg", "stems"]
    assert [item.id for item in OF_SOUNDS] == ["wav", "flac", "ogg"]
    assert exporter_for("png", "score").id == "midi"
    assert exporter_for("png", "audio").id == "wav"
    assert exporter_for("midi", "audio").id == "wav"


@pytest.mark.parametrize("exporter", OF_SCORES, ids=lambda item: item.id)
def test_the_recipe_comes_back_and_the_bytes_are_the_same(
        project: Project, tmp_path: Path, exporter: Exporter) -> None:
    asset = made(project, write_arrangement(TUNE))
    first, again = (export_assets(project, [asset], tmp_path, format=exporter.id)[0] for _ in range(2))
    assert (first.name, again.name) == (f"Tune{exporter.suffixes[0]}", f"Tune 2{exporter.suffixes[0]}")
    assert read_recipe(first) == project.recipe(asset.id)
    assert first.read_bytes() == again.read_bytes()


def test_midi_keeps_everything(project: Project) -> None:
    data = exporter_for("mid", "score").encode(project, made(project, write_arrangement(TUNE)), {})
    assert read_arrangement(data) == TUNE
    brought = project.import_file(write_arrangement(TUNE), "in.mid", "score")
    assert exporter_for("midi", "score").encode(project, brought, {}) == write_arrangement(TUNE)


def test_musicxml_keeps_the_notes(project: Project) -> None:
    data = exporter_for("musicxml", "score").encode(project, made(project, write_arrangement(TUNE)), {})
    assert [track.notes for track in read(data).score.tracks] == [track.notes for track in TUNE.score.tracks]


def test_stems_are_numbered_and_named(project: Project) -> None:
    asset = made(project, write_arrangement(TUNE))
    data = exporter_for("stems", "score").encode(project, asset, {"bits": 24})
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        assert box.namelist() == ["atelier-recipe.json", "01 Right _ left.wav",
                                  "02 Electric Bass (finger).wav"]
        infos = [soundfile.info(io.BytesIO(box.read(name))) for name in box.namelist()[1:]]
    assert {(info.subtype, info.samplerate, info.channels) for info in infos} == {("PCM_24", 44100, 2)}
    assert len({info.frames for info in infos}) == 1


def test_reverb_and_bits_count(project: Project) -> None:
    asset = made(project, write_arrangement(TUNE))
    wav = exporter_for("wav", "score")
    dry, wet = (wav.encode(project, asset, {"reverb": share}) for share in (0, 60))
    assert dry != wet
    assert soundfile.info(io.BytesIO(wav.encode(project, asset, {"bits": 24}))).subtype == "PCM_24"


@pytest.mark.parametrize("options", [{"bits": 8}, {"quality": 0}, {"reverb": 101}, {"reverb": True}])
@pytest.mark.parametrize("exporter", OF_SOUNDS, ids=lambda item: item.id)
def test_impossible_options_are_refused(
        project: Project, exporter: Exporter, options: dict[str, object]) -> None:
    with pytest.raises(StudioError, match="can be"):
        exporter.encode(project, made(project, write_arrangement(TUNE)), options)


def test_a_soundfont_that_is_not_there(project: Project, tmp_path: Path) -> None:
    asset = made(project, write_arrangement(TUNE))
    with pytest.raises(StudioError, match="no SoundFont"):
        prepare_export(project, [asset], tmp_path, format="wav", options={"font": "nowhere.sf2"})


@pytest.mark.parametrize("exporter", OF_SCORES, ids=lambda item: item.id)
def test_the_long_work_needs_no_project(project: Project, tmp_path: Path, exporter: Exporter) -> None:
    asset = made(project, write_arrangement(TUNE))
    work = prepare_export(project, [asset, asset], tmp_path / "out", format=exporter.id)
    recipe = project.recipe(asset.id)
    project.close()
    assert [read_recipe(path) for path in work()] == [recipe, recipe]


def sound(subtype: str = "PCM_16", form: str = "WAV") -> tuple[NDArray[np.int16], bytes]:
    file = io.BytesIO()
    noise = np.random.default_rng(1).integers(-32767, 32768, (3000, 2)).astype(np.int16)
    soundfile.write(file, noise, 8000, subtype, format=form)
    return noise, file.getvalue()


@pytest.mark.parametrize("exporter", OF_SOUNDS, ids=lambda item: item.id)
def test_a_recording_keeps_its_samples(project: Project, tmp_path: Path, exporter: Exporter) -> None:
    noise, data = sound()
    asset = made(project, data, "audio", "audio/wav")
    path = tmp_path / f"out{exporter.suffixes[0]}"
    exporter.export(project, asset, path, {})
    assert read_recipe(path) == project.recipe(asset.id)
    back, rate = soundfile.read(path, dtype="int16")
    assert rate == 8000
    if exporter.id != "ogg":
        assert np.array_equal(back, noise)


def test_a_recording_that_was_brought_in_leaves_as_it_came(project: Project) -> None:
    data = sound("PCM_24")[1]
    asset = project.import_file(data, "in.wav", "audio")
    assert exporter_for("wav", "audio").encode(project, asset, {}) == data
    flac = exporter_for("flac", "audio").encode(project, asset, {})
    assert soundfile.info(io.BytesIO(flac)).subtype == "PCM_24"


def test_what_is_no_sound(project: Project) -> None:
    asset = made(project, b"RIFF nothing", "audio", "audio/wav")
    with pytest.raises(StudioError, match="cannot be read as sound"):
        exporter_for("flac", "audio").encode(project, asset, {})


def test_files_without_a_recipe(tmp_path: Path) -> None:
    from studio.media.scores.xml_write import write_musicxml

    for name, data in (("a.mid", write_arrangement(TUNE)), ("a.musicxml", write_musicxml(TUNE)),
                       ("a.zip", b"PK\3\4"), ("b.mxl", b"PK\3\4nothing"), ("b.mid", b"MThd"),
                       ("b.wav", b"RIFF\0\0\0\0WAVE"),
                       ("b.musicxml", b"<a>atelier-recipe"), ("a.wav", sound()[1])):
        (tmp_path / name).write_bytes(data)
        assert read_recipe(tmp_path / name) is None
