"""``atelier project``: new, info, list, export, verify."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import soundfile

from studio.media.encode import read_recipe
from studio.media.midi_write import write_midi
from studio.project.store import Project
from tests.cli.conftest import Run
from tests.scores import tune

pytestmark = pytest.mark.usefixtures("panels")


@pytest.fixture
def project(run: Run, photo: Path, tmp_path: Path) -> Path:
    """A project with one result and its input."""
    file = tmp_path / "work.atelier"
    assert run("copying", photo, "w", "--seed", 4, "--project", file, "-o", tmp_path / "x.png").code == 0
    return file


def test_new_makes_a_project_and_never_replaces_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ñ 画.atelier"
    assert run("project", "new", file, "--title", "Winter").code == 0
    before = file.read_bytes()
    assert run("project", "info", file, "--json").data["title"] == "Winter"
    assert run("project", "new", file).code == 1
    assert file.read_bytes() == before


def test_info_counts(run: Run, project: Path) -> None:
    data = run("project", "info", project, "--json").data
    assert (data["made"], data["imported"], data["jobs"]) == (1, 1, 0)
    assert "work" in run("project", "info", project).out


def test_list_is_newest_first(run: Run, project: Path) -> None:
    found = run("project", "list", project, "--json").data["assets"]
    assert [(item["origin"], item["seed"]) for item in found] == [("made", 4), ("imported", None)]
    assert "60 x 40" in run("project", "list", project).out


def test_reading_changes_nothing(run: Run, project: Path) -> None:
    before = project.read_bytes()
    run("project", "info", project)
    run("project", "list", project)
    assert project.read_bytes() == before


def test_export_writes_results_with_recipes(run: Run, project: Path, tmp_path: Path) -> None:
    ran = run(
        "project", "export", project, "-o", tmp_path / "out", "--format", "jpeg", "--name", "{name}-{seed}"
    )
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["photo turned-4.jpg"]
    assert ran.out == f"{tmp_path / 'out' / 'photo turned-4.jpg'}\n"
    assert read_recipe(tmp_path / "out" / "photo turned-4.jpg")


def test_export_of_one_by_id_or_name(run: Run, project: Path, tmp_path: Path) -> None:
    with Project.open(project, read_only=True) as opened:
        made, brought = opened.assets()
    assert run("project", "export", project, made.id[:8], brought.name, "-o", tmp_path / "out").code == 0
    assert len(list((tmp_path / "out").iterdir())) == 2
    ran = run("project", "export", project, "nobody", "-o", tmp_path / "out")
    assert ran.code == 1
    assert "There is no nobody" in ran.err


@pytest.mark.parametrize(
    "words", [("--format", "gif"), ("--name", "{nonsense}"), ("--bits", "16", "--format", "jpeg")]
)
def test_export_that_cannot_be_is_a_sentence(
    run: Run, project: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert run("project", "export", project, "-o", tmp_path / "out", *words).code == 1


def test_verify_makes_it_again(run: Run, project: Path) -> None:
    ran = run("project", "verify", project, "--json")
    assert ran.code == 0
    assert ran.data["integrity"] == "ok"
    assert [item["verdict"] for item in ran.data["assets"]] == ["identical"]


def test_verify_tells_when_it_differs(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cli import copying

    monkeypatch.setattr(copying.np, "invert", lambda pixels: pixels)
    ran = run("project", "verify", project)
    assert ran.code == 1
    assert "different" in ran.out
    assert ran.err.splitlines()[-1] == "atelier: 1 of 1 came out different."


@pytest.mark.parametrize("verb", ["info", "list", "verify"])
def test_files_that_are_no_project(run: Run, verb: str, tmp_path: Path) -> None:
    other = tmp_path / "other.atelier"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE a (b)")
    database.close()
    (tmp_path / "empty.atelier").write_bytes(b"")
    (tmp_path / "text.atelier").write_bytes(b"hello" * 400)
    for name in ("other.atelier", "empty.atelier", "text.atelier", "missing.atelier", "."):
        file = tmp_path / name
        before = file.read_bytes() if file.is_file() else None
        ran = run("project", verb, file)
        assert ran.code == 1
        assert ran.err.count("\n") == 1
        assert (file.read_bytes() if file.is_file() else None) == before


def test_export_of_music(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "song.atelier"
    with Project.create(file) as made:
        made.import_file(write_midi(tune(1)), "Song.mid", "score")
        asset = made.assets()[0].id
    for form, more in (("midi", ()), ("musicxml", ()), ("flac", ("--bits", 24, "--reverb", 0)), ("png", ())):
        assert run("project", "export", file, asset, "-o", tmp_path / form, "--format", form, *more).code == 0
    found = {path.parent.name: path for path in tmp_path.glob("*/*")}
    assert {form: path.name for form, path in found.items()} == {
        "midi": "Song.mid", "musicxml": "Song.musicxml", "flac": "Song.flac", "png": "Song.mid"}
    assert soundfile.info(found["flac"]).subtype == "PCM_24"
    ran = run("project", "export", file, asset, "-o", tmp_path / "x", "--format", "wav", "--font", "nowhere")
    assert (ran.code, "no SoundFont nowhere" in ran.err) == (1, True)
