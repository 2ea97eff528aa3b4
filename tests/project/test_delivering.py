"""Results that go to a folder besides the project: once, whatever is interrupted."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.core.errors import StudioError
from studio.core.jobs import Input, JobState, Outcome, Output
from studio.media import picture
from studio.media.encode import read_recipe
from studio.project.delivering import deliver
from studio.project.delivery import Delivery
from studio.project.failures import ProjectDamaged
from studio.project.jobs import JobRow
from studio.project.store import Project
from tests.media.pictures import gradient
from tests.project import making


@pytest.fixture
def project(tmp_path: Path) -> Generator[Project]:
    with making.new(tmp_path / "a.atelier") as project:
        yield project


def finished(project: Project, delivery: Delivery, job: str = "j", *numbers: int) -> JobRow:
    """A job that is done and not yet delivered."""
    asked = making.request(Input("content", "a" * 64, "lake.jpg"))
    project.add_jobs([JobRow(job, asked, "J", delivery=delivery)])
    project.add_outcome(asked, making.outcome(*numbers or (1,)), job=job)
    return next(row for row in project.undelivered() if row.id == job)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_is_written_noted_and_then_forgotten(project: Project, tmp_path: Path) -> None:
    row = finished(project, Delivery(str(tmp_path / "out" / "sub"), source="/photos/lake.jpg"))
    project.forget_over_jobs()
    assert [job.id for job in project.undelivered()] == ["j"]
    [path] = deliver(project, row)
    assert path == tmp_path / "out" / "sub" / "Result 1.png"
    assert (picture.read(path).pixels == picture.read(making.png(1)).pixels).all()
    assert (read_recipe(path) or {})["seed"] == 7
    assert project.undelivered() == []
    assert project.jobs()[0].delivery == Delivery(
        str(tmp_path / "out" / "sub"), source="/photos/lake.jpg", paths=(str(path),)
    )
    project.forget_over_jobs()
    assert project.jobs() == []


def test_a_template_names_the_file_it_came_from(project: Project, tmp_path: Path) -> None:
    delivery = Delivery(str(tmp_path / "out"), "{index:03} {name} {seed}", source="/photos/湖.jpg", index=12)
    assert [path.name for path in deliver(project, finished(project, delivery))] == ["012 湖 7.png"]


def test_another_format(project: Project, tmp_path: Path) -> None:
    [path] = deliver(project, finished(project, Delivery(str(tmp_path / "out"), format="jpeg")))
    assert path.read_bytes()[:2] == b"\xff\xd8"
    assert path.suffix == ".jpg"


def test_killed_between_the_file_and_the_note_it_is_not_made_twice(project: Project, tmp_path: Path) -> None:
    row = finished(project, Delivery(str(tmp_path / "out"), "{name}", source="lake.jpg"), "j", 1, 2)
    first = deliver(project, row)
    project.set_delivered("j", ())
    assert set(deliver(project, row)) == set(first)
    assert names(tmp_path / "out") == ["lake 2.png", "lake.png"]


def test_a_file_of_that_name_is_never_replaced(project: Project, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Result 1.png").write_bytes(b"mine")
    deliver(project, finished(project, Delivery(str(tmp_path / "out"))))
    assert (tmp_path / "out" / "Result 1.png").read_bytes() == b"mine"
    assert len(names(tmp_path / "out")) == 2


def test_a_folder_that_cannot_be_made_is_told_and_tried_again_later(project: Project, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"in the way")
    row = finished(project, Delivery(str(tmp_path / "out")))
    with pytest.raises(StudioError, match="is a file, not a folder"):
        deliver(project, row)
    assert [job.id for job in project.undelivered()] == ["j"]
    (tmp_path / "out").unlink()
    assert len(deliver(project, row)) == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_told(project: Project, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o555)
    with pytest.raises(StudioError, match="read-only"):
        deliver(project, finished(project, Delivery(str(tmp_path / "out"))))


def test_a_result_in_the_trash_is_told(project: Project, tmp_path: Path) -> None:
    row = finished(project, Delivery(str(tmp_path / "out")))
    project.trash([asset.id for asset in project.assets()])
    with pytest.raises(StudioError, match="not in the project any more"):
        deliver(project, row)


def test_a_job_without_delivery_is_none_of_its_business(project: Project, tmp_path: Path) -> None:
    project.add_jobs([JobRow("k", making.request(), "K", JobState.DONE)])
    assert deliver(project, project.jobs()[0]) == ()
    assert project.undelivered() == []
    project.forget_over_jobs()
    assert project.jobs() == []


def test_a_path_that_is_no_text_survives(project: Project) -> None:
    delivery = Delivery(os.fsdecode(b"/photos/caf\xe9"))
    project.add_jobs([JobRow("k", making.request(), "K", delivery=delivery)])
    assert project.jobs()[0].delivery == delivery


def test_a_damaged_delivery_is_a_damaged_project(project: Project) -> None:
    project.add_jobs([JobRow("k", making.request(), "K", delivery=Delivery("x"))])
    with project.transaction("harm"):
        project._db.write("UPDATE job SET delivery = '{}'")
    with pytest.raises(ProjectDamaged):
        project.jobs()


def test_batches_are_kept_until_they_are_over(project: Project) -> None:
    asked = {"folder": os.fsdecode(b"/caf\xe9"), "watch": True}
    project.batches.put("b", {})
    project.batches.put("b", asked)
    assert project.batches.all() == {"b": asked}
    with project.transaction("harm"):
        project._db.write("INSERT INTO batch VALUES ('c', 'nonsense'), ('d', '[]')")
    assert project.batches.all() == {"b": asked}
    project.batches.forget("b")
    project.batches.forget("b")
    assert project.batches.all() == {}


def test_what_moves_leaves_as_it_is_with_its_recipe(project: Project, tmp_path: Path) -> None:
    made = io.BytesIO()
    frames = [Image.fromarray(making.pixels(number)) for number in range(3)]
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], duration=40)
    asked = making.request(Input("content", "a" * 64, "lake.gif"))
    project.add_jobs(
        [JobRow("j", asked, "J", delivery=Delivery(str(tmp_path / "out"), "{name}", source="lake.gif"))]
    )
    output = Output("image", "image/gif", "Moving", made.getvalue(), 7, {"width": 10, "height": 8})
    project.add_outcome(asked, Outcome(JobState.DONE, (output,)), job="j")
    [row] = project.undelivered()
    [path] = deliver(project, row)
    assert path.name == "lake.gif"
    with Image.open(path) as image:
        assert image.n_frames == 3
    assert (read_recipe(path) or {})["seed"] == 7
    project.set_delivered("j", ())
    assert deliver(project, row) == (path,)


def test_sixteen_bits_stay(project: Project, tmp_path: Path) -> None:
    deep = picture.encode_png(gradient(9, 9, dtype=np.uint16))
    asked = making.request()
    project.add_jobs([JobRow("j", asked, "J", delivery=Delivery(str(tmp_path / "out")))])
    project.add_outcome(
        asked, Outcome(JobState.DONE, (Output("image", "image/png", "Deep", deep, 7),)), job="j"
    )
    [path] = deliver(project, project.undelivered()[0])
    assert picture.read(path).bits == 16
