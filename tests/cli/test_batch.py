"""Many files in one command, as a person does it: folders, what is there already, names, reports."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.cli import making
from studio.core.provenance import Recipe
from studio.media.encode import read_recipe
from tests.cli.conftest import Ran, Run
from tests.media.pictures import gradient, saved

pytestmark = pytest.mark.usefixtures("panels")
NAMES = ("a.png", "B.jpg", "画布.webp", "sub/Закат.png", "sub/deeper/ñandú 😀.jpg", "other/a.png")
Copy = Callable[..., Ran]


def fill(folder: Path, names: tuple[str, ...] = NAMES) -> Path:
    """Pictures that differ, under ``names``."""
    kinds = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}
    for at, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(saved(gradient(10 + at, 12), kinds[path.suffix]))
    return folder


def tree(folder: Path) -> list[str]:
    """Every file below ``folder``."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "in")


@pytest.fixture
def copy(run: Run, folder: Path, tmp_path: Path) -> Copy:
    """Works on the folder into "out"; more words as given."""

    def call(*words: object) -> Ran:
        return run("copying", folder, "w", "-o", tmp_path / "out", "--json", *words)

    return call


def states(ran: Ran) -> tuple[int, int, int]:
    """How many were done, skipped, failed."""
    return len(ran.data["done"]), len(ran.data["skipped"]), len(ran.data["failed"])


class TestFolders:
    def test_folders_inside_are_kept(self, copy: Copy, tmp_path: Path) -> None:
        ran = copy()
        assert (ran.code, states(ran)) == (0, (6, 0, 0))
        assert tree(tmp_path / "out") == sorted(
            str(Path(name).with_name(f"{Path(name).stem} turned.png")) for name in NAMES
        )
        assert ran.err.splitlines()[-1] == "6 done, 0 failed."

    def test_only_the_folder_itself(self, copy: Copy, tmp_path: Path) -> None:
        assert states(copy("--no-subfolders")) == (3, 0, 0)
        assert "/" not in "".join(tree(tmp_path / "out"))

    def test_several_folders_stay_apart(self, run: Run, folder: Path, tmp_path: Path) -> None:
        other = fill(tmp_path / "more", ("a.png",))
        run("copying", folder / "sub", other, folder / "a.png", "w", "-o", tmp_path / "out")
        found = tree(tmp_path / "out")
        assert found == [
            "a turned.png",
            "more/a turned.png",
            "sub/deeper/ñandú 😀 turned.png",
            "sub/Закат turned.png",
        ]

    def test_the_results_folder_inside_the_folder_is_no_input(self, run: Run, folder: Path) -> None:
        for done, skipped in ((6, 0), (0, 6)):
            assert states(run("copying", folder, "w", "-o", folder / "out", "--json")) == (done, skipped, 0)

    @pytest.mark.parametrize("out", [False, True])
    def test_results_beside_the_pictures_are_no_inputs(self, run: Run, folder: Path, out: bool) -> None:
        words = ["copying", folder, "w", "--json", *(["-o", folder] if out else [])]
        assert states(run(*words)) == (6, 0, 0)
        before = tree(folder)
        again = run(*words)
        assert again.code == 0
        assert states(again) == (0, 12, 0)
        assert tree(folder) == before

    def test_links_to_folders_are_not_followed_and_hidden_ones_passed_over(
        self, copy: Copy, folder: Path
    ) -> None:
        (folder / "ring").symlink_to(folder)
        fill(folder / ".thumbnails", ("x.png",))
        assert states(copy()) == (6, 0, 0)

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are bytes only there")
    def test_a_name_that_is_no_text(self, copy: Copy, folder: Path, tmp_path: Path) -> None:
        shutil.copy(folder / "a.png", os.fsencode(folder) + b"/caf\xe9.png")
        ran = copy("--report", tmp_path / "r.csv")
        assert ran.code == 0
        assert states(ran) == (7, 0, 0)

    def test_the_same_file_named_twice_is_done_once(self, run: Run, folder: Path, tmp_path: Path) -> None:
        ran = run("copying", folder / "a.png", folder, "w", "-o", tmp_path / "out", "--json")
        assert states(ran) == (6, 0, 0)


class TestDone:
    def test_what_is_there_is_skipped(self, copy: Copy, folder: Path, tmp_path: Path) -> None:
        copy()
        (folder / "new.png").write_bytes(saved(gradient(9, 9), "PNG"))
        before = tree(tmp_path / "out")
        ran = copy()
        assert (ran.code, states(ran)) == (0, (1, 6, 0))
        assert tree(tmp_path / "out") == sorted([*before, "new turned.png"])
        assert ran.err.splitlines()[-1] == "1 done, 6 skipped, 0 failed."

    def test_a_picture_that_changed_is_done_again_beside(
        self, copy: Copy, folder: Path, tmp_path: Path
    ) -> None:
        copy()
        (folder / "a.png").write_bytes(saved(gradient(30, 30), "PNG"))
        assert states(copy()) == (1, 5, 0)
        assert "a turned-2.png" in tree(tmp_path / "out")

    @pytest.mark.parametrize("other", [["--amount", 0.5], ["--seed", 4]])
    def test_other_settings_make_others_beside(self, copy: Copy, other: list[object]) -> None:
        copy("--seed", 3)
        assert states(copy("--seed", 3)) == (0, 6, 0)
        assert states(copy("--seed", 3, *other)) == (6, 0, 0)
        assert states(copy("--seed", 3)) == (0, 6, 0)

    def test_again_makes_all(self, copy: Copy) -> None:
        copy()
        assert states(copy("--again")) == (6, 0, 0)

    def test_a_foreign_file_of_that_name_is_left_alone(self, copy: Copy, tmp_path: Path) -> None:
        other = tmp_path / "out" / "a turned.png"
        other.parent.mkdir()
        other.write_bytes(b"mine")
        assert states(copy()) == (6, 0, 0)
        assert other.read_bytes() == b"mine"
        assert "a turned-2.png" in tree(tmp_path / "out")

    def test_twins_get_a_result_each(self, run: Run, tmp_path: Path) -> None:
        for name in ("one", "two"):
            fill(tmp_path / name, ("a.png",))
        words = ["copying", tmp_path / "one/a.png", tmp_path / "two/a.png", "w", "-o", tmp_path / "out"]
        assert states(run(*words, "--json")) == (2, 0, 0)
        assert states(run(*words, "--json")) == (0, 2, 0)


class TestNames:
    def test_a_template(self, copy: Copy, tmp_path: Path) -> None:
        words = ("--name", "{index:03}-{name}-{width}x{height}-{seed}", "--seed", 5, "--no-subfolders")
        copy(*words)
        assert tree(tmp_path / "out") == ["001-a-12x10-5.png", "002-B-12x11-5.png", "003-画布-12x12-5.png"]
        assert states(copy(*words)) == (0, 3, 0)

    def test_a_template_never_leaves_the_folder(self, copy: Copy, tmp_path: Path) -> None:
        copy("--name", "../{name}/x", "--no-subfolders")
        assert all("/" not in name for name in tree(tmp_path / "out"))

    def test_wrong_ones_are_wrong_usage(self, copy: Copy, run: Run, folder: Path, tmp_path: Path) -> None:
        assert copy("--name", "{nonsense}").code == 2
        out = tmp_path / "x.png"
        assert run("copying", folder / "a.png", "w", "-o", out, "--name", "{name}").code == 2
        assert run("copying", folder / "a.png", "w", "--watch").code == 2


class TestReport:
    def test_failures_are_told_again_at_the_end(self, copy: Copy, folder: Path) -> None:
        (folder / "sub" / "bad.png").write_bytes(b"no picture")
        (folder / "empty.jpg").write_bytes(b"")
        ran = copy()
        assert ran.code == 1
        assert states(ran) == (6, 0, 2)
        *_, head, first, second, last = ran.err.splitlines()
        assert head == "Failed:"
        assert "empty.jpg: " in first
        assert str(folder / "sub" / "bad.png") in second
        assert last == "6 done, 2 failed."

    def test_a_table(self, copy: Copy, folder: Path, tmp_path: Path) -> None:
        (folder / "sub" / "bad.png").write_bytes(b"no picture")
        copy("--report", tmp_path / "r.csv")
        with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["state"] for row in rows].count("done") == 6
        [bad] = [row for row in rows if row["state"] == "failed"]
        assert bad["input"] == str(folder / "sub" / "bad.png")
        assert "not a picture" in bad["reason"]
        assert {Path(row["outputs"]).suffix for row in rows if row["state"] == "done"} == {".png"}

    def test_all_in_one_project(self, copy: Copy, tmp_path: Path) -> None:
        assert len(copy("--project", tmp_path / "p.atelier").data["assets"]) == 6


class TestPlaces:
    def test_a_full_disk_is_told_before_the_work(
        self, copy: Copy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def full(path: Path) -> object:
            return shutil._ntuple_diskusage(100, 100, 0)  # type: ignore[attr-defined]

        monkeypatch.setattr(making.shutil, "disk_usage", full)
        ran = copy()
        assert states(ran) == (0, 0, 6)
        assert all("The disk is full" in item["problem"] for item in ran.data["failed"])
        assert tree(tmp_path / "out") == []

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only to root")
    def test_a_read_only_target(self, run: Run, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "shelf").mkdir(mode=0o555)
        ran = run("copying", folder, "w", "-o", tmp_path / "shelf" / "out")
        assert ran.code == 1
        assert "read-only" in ran.err

    def test_a_target_that_is_a_file(self, run: Run, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "out").write_bytes(b"mine")
        ran = run("copying", folder, "w", "-o", tmp_path / "out")
        assert ran.code == 1
        assert (tmp_path / "out").read_bytes() == b"mine"

    def test_one_sub_folder_that_cannot_be_made(self, copy: Copy, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "sub").write_bytes(b"in the way")
        ran = copy()
        assert states(ran) == (4, 0, 2)
        assert ran.code == 1

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is unreadable to root")
    def test_a_folder_that_cannot_be_read_is_a_failure(self, copy: Copy, folder: Path) -> None:
        (folder / "sub").chmod(0)
        ran = copy()
        (folder / "sub").chmod(0o755)
        assert states(ran) == (4, 0, 1)


def test_the_seed_shown_is_the_seed_used(copy: Copy) -> None:
    ran = copy()
    seeds = {Recipe.from_json(read_recipe(Path(path)) or {}).seed for path in ran.data["outputs"]}
    assert seeds == {ran.data["seed"]}
