from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from studio.core.errors import StudioError
from studio.core.jobs import Input, JobState, Outcome, Output, Problem
from studio.core.provenance import Recipe
from studio.project import opening
from studio.project.changes import Changes
from studio.project.jobs import JobRow
from studio.project.store import Project
from tests.project import making


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.atelier"


def test_what_was_made_is_there_after_reopening(path: Path) -> None:
    with making.new(path) as project:
        photo = project.import_file(making.png(1), "Été 日本.png")
        wanted = making.request(Input("content", photo.sha256, photo.name, asset=photo.id), seed=2**64 - 1)
        made = project.add_outcome(
            wanted, making.outcome(2, 3, seed=2**64 - 2), versions={"onnxruntime": "1.24"}
        )
        project.star([made[0].id], 4)
        project.set_draft("style", {"strength": 0.5})
        project.title = "Harbour"
    with making.reopened(path) as project:
        assert [asset.name for asset in project.assets()] == ["Result 3", "Result 2", "Été 日本"]
        assert project.asset(made[1].id).seed == 2**64 - 1
        assert project.asset(made[0].id).stars == 4
        assert project.content(made[0].id) == making.png(2)
        recipe = project.recipe(made[1].id)
        assert recipe is not None
        assert recipe.request == wanted
        assert (recipe.index, recipe.versions["onnxruntime"]) == (1, "1.24")
        assert recipe.models[0].files == {"net.onnx": "a" * 64}
        assert project.recipe(photo.id) is None
        assert (project.draft("style"), project.title) == ({"strength": 0.5}, "Harbour")
        assert project.integrity_check() == []


def test_real_thumbnails_and_facts(path: Path) -> None:
    with Project.create(path) as project:
        asset = project.import_file(making.png(1, (300, 600)), "wide.png")
        assert (asset.media_type, dict(asset.facts)) == ("image/png", {"width": 600, "height": 300})
        small = project.thumbnail(asset.id)
        assert 0 < len(small) < asset.size
        assert project.thumbnails([asset.id, "nothing"]) == {asset.id: small}


def test_a_result_without_thumbnail_is_still_kept(path: Path) -> None:
    with Project.create(path) as project:
        odd = Outcome(JobState.DONE, (Output("image", "image/png", "odd", b"not a picture"),))
        [asset] = project.add_outcome(making.request(), odd)
        assert project.thumbnail(asset.id) == b""
        assert project.content(asset.id) == b"not a picture"


def test_importing_the_same_again_gives_the_same_asset(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other.png").write_bytes(making.png(1))
    with making.new(path) as project:
        first = project.import_file(making.png(1), "a.png")
        project.trash([first.id])
        again = project.import_file(tmp_path / "other.png")
        assert again == first
        assert len(project.assets()) == 1


@pytest.mark.parametrize("data", [b"", b"text", making.png(1)[:40], b"\x89PNG\r\n\x1a\n"])
def test_bad_pictures_are_refused_and_leave_no_trace(path: Path, data: bytes) -> None:
    with Project.create(path) as project:
        with pytest.raises(StudioError):
            project.import_file(data, "bad.png")
        assert not project.assets()
        assert not project.can_undo


def test_text_is_taken_too(path: Path) -> None:
    with making.new(path) as project:
        asset = project.import_file("Guten Tag, 世界".encode(), "brief.md", "text")
        assert (asset.name, asset.media_type, asset.facts["words"]) == ("brief", "text/markdown", 4)
        with pytest.raises(StudioError, match="not in UTF-8"):
            project.import_file(b"\xff\xfe\x00", "x.txt", "text")


def test_only_finished_jobs_have_results(path: Path) -> None:
    with making.new(path) as project, pytest.raises(StudioError):
        project.add_outcome(making.request(), Outcome(JobState.CANCELLED))


def test_one_change_for_each_transaction(path: Path) -> None:
    seen: list[Changes] = []
    with making.new(path) as project:
        project.changed.connect(seen.append)
        with project.transaction("Tidy"):
            asset = project.import_file(making.png(1), "a.png")
            project.rename(asset.id, "b")
            project.star([asset.id], 2)
        project.set_draft("style", {"a": 1})
        project.set_draft("style", {"a": 1})
        project.undo()
    tidy, draft, undone = seen
    assert (tidy.label, tidy.assets, tidy.undo) == ("Tidy", {asset.id}, True)
    assert (draft.label, draft.drafts, draft.undo) == ("", {"style"}, False)
    assert (undone.label, undone.assets, undone.undo) == ("Tidy", {asset.id}, True)


def test_a_failed_transaction_leaves_no_trace(path: Path) -> None:
    with making.new(path) as project:
        asset = project.import_file(making.png(1), "a.png")
        seen: list[Changes] = []
        project.changed.connect(seen.append)
        with pytest.raises(KeyError):
            _rename_and_fail(project, asset.id)
        assert project.asset(asset.id) == asset
        assert (seen, project.can_undo) == ([], "Import")


def _rename_and_fail(project: Project, asset: str) -> None:
    with project.transaction("Bad"):
        project.rename(asset, "b")
        raise KeyError


def test_a_failed_part_of_a_transaction_can_be_left_out(path: Path) -> None:
    with making.new(path) as project:
        asset = project.import_file(making.png(1), "a.png")
        with project.transaction("Both"):
            project.star([asset.id], 1)
            with pytest.raises(StudioError):
                project.star([asset.id, "nothing"], 5)
        assert project.asset(asset.id).stars == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda project, asset: project.star([asset], 6),
        lambda project, asset: project.rename(asset, " \n\t"),
        lambda project, asset: project.rename("nothing", "x"),
        lambda project, asset: project.trash([asset, "nothing"]),
        lambda project, asset: project.asset("nothing"),
        lambda project, asset: project.content("nothing"),
        lambda project, asset: project.blob("0" * 64),
        lambda project, asset: project.move_job("nothing", 0),
    ],
)
def test_impossible_wishes_are_answered(path: Path, change: object) -> None:
    assert callable(change)
    with making.new(path) as project:
        asset = project.import_file(making.png(1), "a.png")
        with pytest.raises(StudioError):
            change(project, asset.id)
        assert project.assets() == [asset]


def test_names_are_one_clean_line(path: Path) -> None:
    with making.new(path) as project:
        asset = project.import_file(making.png(1), "a.png")
        for given, kept in (
            ("  two\nlines\t", "two lines"),
            ("x" * 500, "x" * 200),
            ("🎨 “q”", "🎨 “q”"),
            ("bad\udcffbyte", "bad?byte"),
            ("v1.5", "v1.5"),
        ):
            project.rename(asset.id, given)
            assert project.asset(asset.id).name == kept


def test_lineage_in_both_directions(path: Path) -> None:
    with making.new(path) as project:
        photo, painting = (project.import_file(making.png(n), f"{n}.png") for n in (1, 2))
        both = making.request(
            Input("content", photo.sha256, asset=photo.id),
            Input("style", painting.sha256),
            Input("style", "f" * 64),
        )
        [first] = project.add_outcome(both, making.outcome(3))
        [second] = project.add_outcome(making.request(Input("content", first.sha256)), making.outcome(4))
        assert [asset.id for asset in project.parents(first.id)] == [photo.id, painting.id]
        assert [asset.id for asset in project.children(photo.id)] == [first.id]
        assert [asset.id for asset in project.children(painting.id)] == [first.id]
        assert [asset.id for asset in project.parents(second.id)] == [first.id]
        assert [asset.id for asset in project.children(first.id)] == [second.id]
        assert not project.parents(photo.id)


def test_lineage_keeps_equal_contents_apart(path: Path) -> None:
    """Strength 0 gives the content back: the result has its bytes, and must not become its own parent."""
    with making.new(path) as project:
        photo = project.import_file(making.png(1), "photo.png")
        [copy] = project.add_outcome(
            making.request(Input("content", photo.sha256, asset=photo.id)), making.outcome(1)
        )
        [child] = project.add_outcome(
            making.request(Input("content", copy.sha256, asset=copy.id)), making.outcome(5)
        )
        assert [asset.id for asset in project.parents(copy.id)] == [photo.id]
        assert [asset.id for asset in project.children(photo.id)] == [copy.id]
        assert [asset.id for asset in project.parents(child.id)] == [copy.id]
        assert [asset.id for asset in project.children(copy.id)] == [child.id]


def test_a_result_equal_to_its_only_input_is_not_its_own_parent(path: Path) -> None:
    with making.new(path) as project:
        content = project.put_blob(making.png(1))
        [copy] = project.add_outcome(making.request(Input("content", content)), making.outcome(1))
        assert not project.parents(copy.id)
        assert not project.children(copy.id)


def test_lineage_goes_by_content_where_the_asset_named_is_another(path: Path) -> None:
    with making.new(path) as project:
        photo, painting = (project.import_file(making.png(n), f"{n}.png") for n in (1, 2))
        wrong = making.request(Input("content", painting.sha256, asset=photo.id))
        [result] = project.add_outcome(wrong, making.outcome(3))
        assert [asset.id for asset in project.parents(result.id)] == [painting.id]
        assert [asset.id for asset in project.children(painting.id)] == [result.id]
        assert not project.children(photo.id)


def test_queue_order_parts_and_problems_survive(path: Path) -> None:
    problem = Problem("{name} is cut off.", "Copy it again.", {"name": "a.png"}, "trace")
    with making.new(path) as project:
        rows = [
            JobRow(name, making.request(seed=n), f"Job {name}", panel="style", batch="b")
            for n, name in enumerate("abc")
        ]
        assert [row.position for row in project.add_jobs(rows)] == [0, 1, 2]
        project.set_job("a", JobState.RUNNING)
        project.finish_part("a", "tile 1", b"1")
        project.finish_part("a", "tile 1", b"one")
        project.set_job("b", JobState.FAILED, problem)
        project.move_job("c", 0)
        [front] = project.add_jobs([JobRow("d", making.request(), "First")], front=True)
        assert front.position == 0
    with making.reopened(path) as project:
        jobs = {row.id: row for row in project.jobs()}
        assert [row.id for row in project.jobs()] == ["d", "c", "a", "b"]
        assert [row.position for row in project.jobs()] == [0, 1, 2, 3]
        assert (jobs["a"].state, project.parts("a")) == (JobState.QUEUED, {"tile 1": b"one"})
        assert (jobs["b"].state, jobs["b"].problem) == (JobState.FAILED, problem)
        assert jobs["c"].request == making.request(seed=2)
        project.add_outcome(jobs["a"].request, making.outcome(1), job="a")
        assert project.parts("a") == {}
        project.remove_job("c")
        assert [(row.id, row.state) for row in project.jobs()] == [
            ("d", JobState.QUEUED),
            ("a", JobState.DONE),
            ("b", JobState.FAILED),
        ]


def test_ten_thousand_assets_with_one_query(path: Path) -> None:
    with making.new(path) as project:
        shared = project.put_blob(b"shared")
        project._db.connection.execute(
            """
            INSERT INTO asset (id, kind, name, media_type, sha256, created, origin, facts)
            SELECT printf('%05d', value), 'image', 'n' || value, 'image/png', ?, '2026-01-01T00:00:00+00:00',
            'imported', '{"width": 8}' FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL
            SELECT value + 1 FROM n WHERE value < 10000) SELECT value FROM n)""",
            (shared,),
        )
        queries: list[str] = []
        project._db.connection.set_trace_callback(queries.append)
        assets = project.assets()
        some = project.assets_among([asset.id for asset in assets[:2000]])
        small = project.thumbnails([asset.id for asset in assets[:500]])
        newer = project.assets(since="09990")
        assert len(queries) == 4
        assert (len(assets), len(some), len(small), len(newer)) == (10000, 2000, 0, 10)
        assert [asset.id for asset in assets[:2]] == ["10000", "09999"]
        del queries[:]
        project.trash([asset.id for asset in assets])
        assert not project.assets()
        project.undo()
        assert len(project.assets()) == 10000


def test_the_file_is_what_the_contract_says(path: Path) -> None:
    with making.new(path) as project:
        project.import_file(making.png(1), "a.png")
        header = path.read_bytes()[:100]
        assert header[68:72] == b"ATLR"
        assert int.from_bytes(header[60:64], "big") == 4
        assert header[18:20] == b"\x01\x01"  # not WAL
        assert project._db.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert making.names(path.parent) == [path.name]


def test_a_new_project_replaces_nothing(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(StudioError, match="already a file"):
        Project.create(path)
    assert path.read_text() == "precious"
    with pytest.raises(StudioError, match="no file"):
        Project.create(path.parent / "missing" / "a.atelier")
    with pytest.raises(StudioError, match="too long"):
        Project.create(path.with_name("n" * 248))
    assert making.names(path.parent) == [path.name]


def test_a_file_that_appears_while_a_project_is_made_is_not_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = opening.create_schema

    def slow(connection: sqlite3.Connection) -> None:
        make(connection)
        path.write_text("precious")

    monkeypatch.setattr(opening, "create_schema", slow)
    with pytest.raises(StudioError, match="already a file"):
        Project.create(path)
    assert path.read_text() == "precious"
    assert making.names(path.parent) == [path.name]


@pytest.mark.parametrize(
    "name",
    [
        "ñandú.atelier",
        "春の海.atelier",
        "Привет мир.atelier",
        "🎨?#%41.atelier",
        "with 'quotes' \" and spaces.atelier",
        "x" * 247,
        ".hidden",
        "-rf.atelier",
        "%00;select.atelier",
    ],
)
def test_names_in_any_script(tmp_path: Path, name: str) -> None:
    with making.new(tmp_path / name) as project:
        project.import_file(making.png(1), name)
    with making.reopened(tmp_path / name) as project:
        assert len(project.assets()) == 1
        assert not project.read_only
    assert making.names(tmp_path) == [name]


def test_recipes_of_later_versions_are_read_as_far_as_known(path: Path) -> None:
    with making.new(path) as project:
        [asset] = project.add_outcome(making.request(), making.outcome(1))
        recipe = project.recipe(asset.id)
        assert recipe is not None
        assert Recipe.from_json({**recipe.to_json(), "mood": "blue"}) == recipe
