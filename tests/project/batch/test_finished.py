"""Results found by the recipe inside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.jobs import Input, Request
from studio.core.provenance import Recipe
from studio.media.encode import encode
from studio.media.picture import Picture
from studio.project.batch.finished import Finished, fingerprint
from studio.project.exchange import to_text
from tests.media.pictures import gradient

ASKED = Request(
    "style",
    1,
    {"model": "/models of mine/m.onnx", "strength": 0.5},
    (Input("content", "a" * 64, "é.png"),),
    seed=7,
)


def result(path: Path, request: Request = ASKED) -> Path:
    """A picture that says it was made by ``request``."""
    recipe = to_text(Recipe(request, 0, request.seed, "0" * 64))
    kind = {".jpg": "jpeg"}.get(path.suffix, path.suffix[1:])
    path.write_bytes(encode(Picture(gradient(6, 7)), kind, recipe=recipe))  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tiff"])
def test_a_result_is_found_in_every_format(tmp_path: Path, suffix: str) -> None:
    path = result(tmp_path / f"any name{suffix}")
    assert Finished().find(tmp_path, ASKED) == path


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, seed=8),
        replace(ASKED, version=2),
        replace(ASKED, params={**ASKED.params, "strength": 0.6}),
        replace(ASKED, inputs=(Input("content", "b" * 64, "é.png"),)),
        replace(ASKED, inputs=(Input("content", "a" * 64, "e.png"),)),
    ],
)
def test_another_request_is_another_result(tmp_path: Path, other: Request) -> None:
    result(tmp_path / "a.png")
    assert Finished().find(tmp_path, other) is None


def test_without_a_chosen_seed_any_seed_will_do(tmp_path: Path) -> None:
    path = result(tmp_path / "a.png")
    assert Finished(with_seed=False).find(tmp_path, replace(ASKED, seed=99)) == path


def test_folders_and_the_project_it_came_from_do_not_count() -> None:
    elsewhere = replace(
        ASKED,
        params={**ASKED.params, "model": "C:\\models\\m.onnx"},
        inputs=(replace(ASKED.inputs[0], asset="some id"),),
    )
    assert fingerprint(elsewhere) == fingerprint(ASKED)
    assert len(fingerprint(replace(ASKED, inputs=(Input("content", "a" * 64, "\udce9.png"),)))) == 64


def test_one_result_answers_for_one_input(tmp_path: Path) -> None:
    finished = Finished()
    first, second = result(tmp_path / "a.png"), result(tmp_path / "b.png")
    assert {finished.find(tmp_path, ASKED), finished.find(tmp_path, ASKED)} == {first, second}
    assert finished.find(tmp_path, ASKED) is None


def test_what_is_no_result_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "damaged.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "folder.png").mkdir()
    (tmp_path / ".hidden.png").write_bytes(result(tmp_path / "x.png").read_bytes())
    (tmp_path / "x.png").unlink()
    assert Finished().find(tmp_path, ASKED) is None
    assert Finished().find(tmp_path / "missing", ASKED) is None
