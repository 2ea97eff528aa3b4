"""``atelier music``, with a tiny model of random weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.arrangement import Arrangement
from studio.core.score import bars
from studio.media.arrangement_midi import read_arrangement, write_arrangement
from studio.media.scores import read
from studio.panels.music import PANEL
from studio.project.exchange import read_recipe
from studio.project.store import Project
from tests import model_sheets
from tests.cli.conftest import Run
from tests.scores import groove, tune

QUICK = ("--bars", 2, "--tempo", 240, "--temperature", 0.8, "--seed", 3)


@pytest.fixture(autouse=True)
def panels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether or not the panel is listed."""
    monkeypatch.setattr("studio.cli.entry.panels", lambda: (PANEL,))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return model_sheets.composer(tmp_path_factory.mktemp("made") / "tiny")


@pytest.mark.parametrize("ending", ["mid", "musicxml", "wav", "flac", "ogg", "zip"])
def test_every_format_has_its_recipe(run: Run, model: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"tune.{ending}"
    ran = run("music", "--model", model, *QUICK, "--style", "piano", "--key", "Am", "--metre", "3/4", "-o",
              out, "--json")
    assert ran.code == 0, ran.err
    assert ran.data["outputs"] == [str(out)]
    assert (ran.data["seed"], ran.data["model"]) == (3, "tiny")
    if ending in ("mid", "musicxml"):
        made = read(out.read_bytes(), out.name)
        assert {str(bar.metre) for bar in bars(made.score)} == {"3/4"}
    if ending != "zip":
        recipe = read_recipe(out)
        assert recipe is not None
        assert (recipe.request.task, recipe.request.params["key"], recipe.seed) == ("music", "Am", 3)


@pytest.mark.parametrize("ending", ["mid", "wav"])
def test_the_same_seed_gives_the_same_music(run: Run, model: Path, tmp_path: Path, ending: str) -> None:
    found = []
    for name in ("a", "b"):
        out = tmp_path / f"{name}.{ending}"
        assert run("music", "--model", model, *QUICK, "-o", out, "--quiet").code == 0
        if ending == "mid":
            found.append(write_arrangement(read_arrangement(out.read_bytes())))
        else:
            import soundfile

            found.append(soundfile.read(out)[0].tobytes())
    assert found[0] == found[1]


def test_a_file_is_continued_and_kept_in_a_project(run: Run, model: Path, tmp_path: Path) -> None:
    song, out, path = tmp_path / "song.mid", tmp_path / "longer.mid", tmp_path / "a.atelier"
    song.write_bytes(write_arrangement(Arrangement(tune(4))))
    ran = run("music", "--model", model, "--continue-from", song, *QUICK, "-o", out, "--project", path)
    assert ran.code == 0, ran.err
    made = read_arrangement(out.read_bytes())
    assert len(bars(made.score)) == 6
    assert set(tune(4).tracks[0].notes) <= set(made.score.tracks[0].notes)
    with Project.open(path) as project:
        asset, brought = project.assets()
        assert (asset.kind, asset.media_type, asset.facts["do"]) == ("score", "audio/midi", "continue")
        assert (brought.kind, brought.name) == ("score", "song")
        assert project.parents(asset.id) == [brought]
        recipe = project.recipe(asset.id)
        assert recipe is not None


def test_everything_it_does_has_an_option(run: Run, model: Path, tmp_path: Path) -> None:
    song, out = tmp_path / "song.mid", tmp_path / "out.mid"
    song.write_bytes(write_arrangement(Arrangement(tune(4))))
    for do in ("fill", "harmonise", "drums", "bass", "vary", "restyle"):
        ran = run("music", "--model", model, "--do", do, "--notes", song, "--seed", 1, "-o", out, "--json")
        assert ran.code == 0, ran.err
    ran = run("music", "--model", model, "--do", "melody", "--chords", "C Am F G", *QUICK, "-o", out)
    assert ran.code == 0, ran.err


def test_mistakes_are_said(run: Run, model: Path, tmp_path: Path) -> None:
    song, drums, broken = (tmp_path / name for name in ("song.mid", "drums.mid", "broken.mid"))
    song.write_bytes(write_arrangement(Arrangement(tune(4))))
    drums.write_bytes(write_arrangement(Arrangement(groove())))
    broken.write_bytes(b"M")
    out = tmp_path / "out.mid"
    for argv, code, words in (
            (("--bars", 0), 2, "goes from 1 to 256"),
            (("--bars", 10_000), 2, "goes from 1 to 256"),
            (("--tempo", 1000), 2, "goes from 0 to 400"),
            (("--key", "H"), 2, "invalid choice"),
            (("--continue-from", broken), 1, "broken.mid"),
            (("--continue-from", tmp_path / "none.mid"), 1, "There is no file none.mid"),
            (("--do", "harmonise", "--notes", drums), 1, "only drums"),
            (("--do", "fill", "--notes", song, "--first-bar", 3, "--last-bar", 2), 1, "The gap is empty"),
            (("--do", "sound", "--prompt", "rain"), 2, "must end in .wav, .flac, .ogg")):
        ran = run("music", "--model", model, *argv, "-o", out)
        assert (ran.code, words in ran.err) == (code, True), ran.err
    assert not out.exists()
    assert run("music", "--model", model, "-o", tmp_path / "a.txt").code == 2


def test_help_shows_all(run: Run) -> None:
    ran = run("music", "--help")
    for option in ("--continue-from", "--style", "--bars", "--tempo", "--key", "--seed", "--chords"):
        assert option in ran.out
    assert "--notes-" not in ran.out
