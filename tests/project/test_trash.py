from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.core.errors import StudioError
from studio.core.jobs import Input, JobState
from studio.project.jobs import JobRow
from tests.project import making


def test_emptying_frees_what_nothing_needs(tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    with making.new(path) as project:
        big = making.png(1, (600, 600))
        asset = project.import_file(big, "big.png")
        kept = project.import_file(making.png(2), "small.png")
        before = path.stat().st_size
        project.trash([asset.id])
        assert path.stat().st_size >= before
        freed = project.empty_trash()
        assert freed >= len(big) - 8192
        assert path.stat().st_size == before - freed
        assert project.assets(trashed=True) == []
        assert [item.id for item in project.assets()] == [kept.id]
        assert not project.has_blob(asset.sha256)
        assert (project.can_undo, project.can_redo) == (None, None)
        assert project.integrity_check() == []


def test_inputs_of_living_results_stay(tmp_path: Path) -> None:
    with making.new(tmp_path / "a.atelier") as project:
        photo = project.import_file(making.png(1), "photo.png")
        mask = project.put_blob(b"mask")
        wanted = making.request(Input("content", photo.sha256, asset=photo.id), Input("mask", mask))
        [result] = project.add_outcome(wanted, making.outcome(2))
        project.trash([photo.id])
        project.empty_trash()
        assert project.blob(photo.sha256) == making.png(1)
        assert project.blob(mask) == b"mask"
        assert not project.parents(result.id)
        project.trash([result.id])
        project.empty_trash()
        assert not project.has_blob(photo.sha256)
        assert not project.has_blob(mask)
        again = project.import_file(making.png(1), "photo.png")
        assert project.content(again.id) == making.png(1)


def test_waiting_jobs_drafts_and_shared_contents_hold_on(tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    with making.new(path) as project:
        queued, drafted, shared, finished = (
            project.put_blob(name) for name in (b"1", b"2", making.png(3), b"4")
        )
        project.add_jobs(
            [
                JobRow("a", making.request(Input("content", queued)), "A"),
                JobRow("b", making.request(Input("content", finished)), "B"),
            ]
        )
        project.set_job("b", JobState.DONE)
        project.set_draft("style", {"content": {"sha256": drafted}})
        made = [project.add_outcome(making.request(), making.outcome(3))[0] for _ in range(2)]
        project.trash([made[0].id])
        project.empty_trash()
        assert all(map(project.has_blob, (queued, drafted, shared)))
        assert project.has_blob(finished)  # came in this session: a job may be about to name it
    with making.reopened(path) as project:
        project.empty_trash()
        assert all(map(project.has_blob, (queued, drafted, shared)))
        assert not project.has_blob(finished)


def test_equal_contents_are_stored_once(tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    data = os.urandom(300_000)
    with making.new(path) as project:
        project.put_blob(data)
        before = path.stat().st_size
        (tmp_path / "copy").write_bytes(data)
        for _ in range(5):
            project.put_blob(data)
            project.put_blob(tmp_path / "copy")
        assert path.stat().st_size == before


def test_big_contents_come_in_pieces_and_out_again(tmp_path: Path) -> None:
    data = os.urandom((1 << 20) * 17 + 5)
    (tmp_path / "big").write_bytes(data)
    with making.new(tmp_path / "a.atelier") as project:
        sha256 = project.put_blob(tmp_path / "big")
        chunks = project._db.connection.execute(
            "SELECT max(length(data)), count(*) FROM blob_chunk"
        ).fetchone()
        assert tuple(chunks) == (1 << 20, 18)
        project.export_blob(sha256, tmp_path / "out")
        assert (tmp_path / "out").read_bytes() == data
        assert project.blob(project.put_blob(b"")) == b""


def test_an_interrupted_content_is_swept_and_can_come_again(tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    with making.new(path) as project:
        sha256 = project.put_blob(b"whole")
        project._db.connection.execute("UPDATE blob SET is_complete = 0")
        assert not project.has_blob(sha256)
        with pytest.raises(StudioError):
            project.blob(sha256)
        assert project.put_blob(b"whole") == sha256
        project._db.connection.execute("UPDATE blob SET is_complete = 0")
    with making.reopened(path) as project:
        assert project._db.connection.execute("SELECT count(*) FROM blob_chunk").fetchone()[0] == 0
        assert project.blob(project.put_blob(b"whole")) == b"whole"


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.project import blobs

    source = tmp_path / "growing"
    source.write_bytes(b"one")
    monkeypatch.setattr(blobs, "digest", lambda path: "0" * 64)
    with making.new(tmp_path / "a.atelier") as project:
        with pytest.raises(StudioError, match="changed while"):
            project.put_blob(source)
        assert not project.has_blob("0" * 64)
