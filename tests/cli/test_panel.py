"""A panel's command: one result, several, a folder; files, projects, JSON."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.core.provenance import Recipe
from studio.media import picture
from studio.media.encode import read_recipe
from studio.project.store import Project
from tests.cli.conftest import Run
from tests.media.pictures import gradient, saved

pytestmark = pytest.mark.usefixtures("panels")


def test_a_result_lands_beside_the_content(run: Run, photo: Path) -> None:
    ran = run("copying", photo, "words", "--seed", 5)
    made = photo.parent / "photo turned.png"
    assert ran.code == 0
    assert ran.out == f"{made}\n"
    assert "seed 5" in ran.err
    assert (picture.read(made).pixels == np.invert(picture.read(photo).pixels)).all()
    again = run("copying", photo, "words")
    assert again.out == f"{made.with_stem('photo turned-2')}\n"


def test_json_says_what_was_made(run: Run, photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.webp"
    ran = run("copying", photo, "w", "--json", "--quiet", "-o", out, "--count", 1)
    assert ran.data["outputs"] == [str(out)]
    assert ran.data["seed"] == Recipe.from_json(read_recipe(out) or {}).seed
    assert set(ran.data) >= {"outputs", "seed", "model", "seconds", "device"}
    assert ran.data["notes"] == ["1 copies were made."]
    assert not ran.err


def test_the_recipe_holds_every_setting_and_input(run: Run, photo: Path, tmp_path: Path) -> None:
    run("copying", photo, "some words", "--amount", "0.25", "--seed", "9", "-o", tmp_path / "x.png")
    request = Recipe.from_json(read_recipe(tmp_path / "x.png") or {}).request
    assert (request.task, request.version, request.seed) == ("copying", 3, 9)
    assert request.params["amount"] == 0.25
    assert request.params["secret"] == 7
    assert [(item.role, item.name) for item in request.inputs] == [("content", "photo.jpg")]


def test_a_random_seed_differs_each_time(run: Run, photo: Path) -> None:
    seeds = {run("copying", photo, "w", "--json").data["seed"] for _ in range(3)}
    assert len(seeds) == 3


def test_weights_and_roles_arrive(run: Run, photo: Path, painting: Path, tmp_path: Path) -> None:
    run("pair", photo, painting, painting, "w", "--style-weights", "1,0.5", "-o", tmp_path / "x.png")
    inputs = Recipe.from_json(read_recipe(tmp_path / "x.png") or {}).request.inputs
    assert [(item.role, item.weight) for item in inputs] == [("content", 1.0), ("style", 1.0), ("style", 0.5)]


def test_several_outputs_are_numbered(run: Run, photo: Path, tmp_path: Path) -> None:
    ran = run("copying", photo, "w", "--count", 2, "-o", tmp_path / "x.png")
    assert ran.out.splitlines() == [str(tmp_path / "x-1.png"), str(tmp_path / "x-2.png")]


class TestBatch:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        path = tmp_path / "many"
        path.mkdir()
        for name in ("b.png", "A.png", "c.png"):
            (path / name).write_bytes(saved(gradient(8, 9), "PNG"))
        (path / "notes.txt").write_text("not a picture")
        (path / ".hidden.png").write_bytes(b"")
        (path / "sub.png").mkdir()
        return path

    def test_one_bad_file_does_not_stop_the_rest(self, run: Run, folder: Path, tmp_path: Path) -> None:
        (folder / "b.png").write_bytes((folder / "A.png").read_bytes()[:60])
        ran = run("copying", folder, "w", "-o", tmp_path / "out")
        assert ran.code == 1
        assert [Path(line).name for line in ran.out.splitlines()] == ["A turned.png", "c turned.png"]
        assert (
            sum(line.startswith("atelier: b.png: This file is cut off") for line in ran.err.splitlines()) == 1
        )
        assert ran.err.splitlines()[-1] == "2 done, 1 failed."

    def test_all_good_is_exit_0_and_one_seed(self, run: Run, folder: Path, tmp_path: Path) -> None:
        ran = run("copying", folder, "w", "-o", tmp_path / "out", "--json", "--seed", 3)
        assert ran.code == 0
        assert len(ran.data["outputs"]) == 3
        assert ran.data["failed"] == []
        assert {Recipe.from_json(read_recipe(Path(p)) or {}).seed for p in ran.data["outputs"]} == {3}

    def test_json_lists_failures(self, run: Run, folder: Path, tmp_path: Path) -> None:
        (folder / "c.png").write_bytes(b"")
        ran = run("copying", folder, "w", "-o", tmp_path / "out", "--json", "--quiet")
        assert ran.code == 1
        assert [Path(item["input"]).name for item in ran.data["failed"]] == ["c.png"]

    def test_an_empty_folder_is_a_sentence(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        ran = run("copying", tmp_path / "empty", "w", "-o", tmp_path)
        assert ran.code == 1
        assert "nothing to work on in empty" in ran.err

    def test_a_batch_into_one_file_is_wrong_usage(self, run: Run, folder: Path, tmp_path: Path) -> None:
        assert run("copying", folder, "w", "-o", tmp_path / "x.png").code == 2


class TestProject:
    def test_result_inputs_and_recipe_are_kept(self, run: Run, photo: Path, tmp_path: Path) -> None:
        file = tmp_path / "work.atelier"
        ran = run("copying", photo, "w", "--project", file, "--json")
        with Project.open(file, read_only=True) as project:
            made, brought = project.assets()
            assert [made.id] == ran.data["assets"]
            assert (made.origin, brought.origin) == ("made", "imported")
            assert [asset.id for asset in project.parents(made.id)] == [brought.id]
            recipe = project.recipe(made.id)
            assert recipe
            assert recipe.seed == ran.data["seed"]

    def test_the_same_input_is_kept_once(self, run: Run, photo: Path, tmp_path: Path) -> None:
        for _ in range(2):
            assert run("copying", photo, "w", "--project", tmp_path / "work.atelier").code == 0
        with Project.open(tmp_path / "work.atelier", read_only=True) as project:
            assert [asset.origin for asset in project.assets()] == ["made", "made", "imported"]

    def test_a_failed_run_makes_no_project(self, run: Run, photo: Path, tmp_path: Path) -> None:
        photo.write_bytes(b"nothing like a picture")
        assert run("copying", photo, "w", "--project", tmp_path / "work.atelier").code == 1
        assert not (tmp_path / "work.atelier").exists()

    def test_a_project_that_is_none_stops_before_the_work(
        self, run: Run, photo: Path, tmp_path: Path
    ) -> None:
        file = tmp_path / "work.atelier"
        file.write_bytes(b"something else entirely")
        ran = run("copying", photo, "w", "--project", file)
        assert ran.code == 1
        assert file.read_bytes() == b"something else entirely"
        assert [path.name for path in photo.parent.iterdir()] == ["photo.jpg"]

    def test_a_project_open_elsewhere_is_left_alone(self, run: Run, photo: Path, tmp_path: Path) -> None:
        with Project.create(tmp_path / "work.atelier"):
            ran = run("copying", photo, "w", "--project", tmp_path / "work.atelier")
        assert ran.code == 1
        assert "work.atelier cannot be changed" in ran.err
