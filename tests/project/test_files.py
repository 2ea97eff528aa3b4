"""Results that are files go through the project and out again without being read whole."""

from __future__ import annotations

import io
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.core.errors import StudioError
from studio.core.jobs import Input, Output
from studio.media import frames, picture, stream
from studio.media.encode import read_recipe
from studio.project.exchange import read_recipe as recipe_of
from studio.project.exporters import export_assets, exporter_for
from studio.project.exporters.pictures import own_bits
from studio.project.store import Asset, Project
from studio.project.verify import verify
from tests.media.metadata import PACKET, camera_exif
from tests.project import making

_EXTRAS = stream.Extras(exif=camera_exif(), xmp=PACKET)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return making.new(tmp_path / "a.atelier")


@pytest.fixture(autouse=True)
def _closed(project: Project) -> object:
    yield
    project.close()


def made(folder: Path, name: Any = "png", height: int = 40, bits: int = 8, seed: int = 1) -> Output:
    """A file as the Upscale task writes it."""
    kind = np.uint16 if bits == 16 else np.uint8
    rows = np.random.default_rng(seed).integers(0, np.iinfo(kind).max, (height, 50, 3), kind, endpoint=True)
    path = folder / f"result.{name}"
    with stream.open_writer(path, name, height=height, width=50, channels=3, bits=bits, quality=60,
                            extras=_EXTRAS) as writer:
        writer.write(rows)
    return Output("image", f"image/{name}", "Boat 4x", path, 7, {"width": 50, "height": height}, b"small")


def kept(project: Project, output: Output) -> Asset:
    photo = project.import_file(making.png(3), "photo.png")
    wanted = making.request(Input("picture", photo.sha256, "photo.png"))
    return project.add_outcome(wanted, replace(making.outcome(), outputs=(output,)))[0]


def test_a_file_is_kept_byte_for_byte_with_its_own_thumbnail(project: Project, tmp_path: Path) -> None:
    output = made(tmp_path)
    asset = kept(project, output)
    assert (asset.size, asset.sha256) == (output.size, output.digest())
    assert project.content(asset.id) == output.read()
    assert project.thumbnail(asset.id) == b"small"
    recipe = project.recipe(asset.id)
    assert recipe is not None
    assert recipe.digest == output.digest()


@pytest.mark.parametrize(
    ("name", "bits"), [("png", 8), ("png", 16), ("jpeg", 8), ("webp", 8), ("tiff", 8), ("tiff", 16)]
)
def test_in_its_own_format_it_leaves_as_it_was_made(
    project: Project, tmp_path: Path, name: str, bits: int
) -> None:
    output = made(tmp_path, name, bits=bits)
    asset = kept(project, output)
    assert own_bits(project, asset) == bits
    [path] = export_assets(project, [asset], tmp_path / "out", format=name)
    before, after = picture.read(output.data), picture.read(path)
    assert np.array_equal(before.pixels, after.pixels)
    assert (after.bits, after.exif, after.xmp) == (bits, before.exif, PACKET)
    assert recipe_of(path) == project.recipe(asset.id)
    assert exporter_for(name).encode(project, asset, {"bits": bits}) == path.read_bytes()


def test_in_another_format_it_keeps_what_that_can_hold(project: Project, tmp_path: Path) -> None:
    asset = kept(project, made(tmp_path, "png", bits=16))
    for name in ("jpeg", "webp", "tiff"):
        [path] = export_assets(project, [asset], tmp_path / "out", format=name)
        read = picture.read(path)
        assert (read.xmp, read.bits) == (PACKET, 16 if name == "tiff" else 8)
        assert b"2020:01:02" in (read.exif or b"")


def test_an_animation_leaves_with_all_its_frames(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "moving.png"
    with frames.open_writer(path, "png", height=9, width=9, channels=3) as writer:
        for level in (10, 200):
            writer.write(np.full((9, 9, 3), level, np.uint8), 70)
    asset = kept(project, Output("image", "image/apng", "Moving", path, thumbnail=b"small"))
    [out] = export_assets(project, [asset], tmp_path / "out", format="png")
    found = frames.probe(out, max_pixels=100)
    assert found is not None
    assert found.durations == (70, 70)
    assert read_recipe(out) is not None


def test_big_files_are_not_read_whole(project: Project, tmp_path: Path) -> None:
    output = made(tmp_path, height=200_000)  # 30 MB of noise
    tracemalloc.start()
    asset = kept(project, output)
    verdict = verify(project, asset, lambda request: replace(making.outcome(), outputs=(output,)))
    [path] = export_assets(project, [asset], tmp_path / "out", format="png")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert verdict.kind == "identical"
    assert path.stat().st_size > output.size > 25_000_000
    assert peak < 12_000_000


def test_files_that_differ_are_compared_as_pictures(project: Project, tmp_path: Path) -> None:
    asset = kept(project, made(tmp_path))
    again = made(tmp_path, "tiff")
    verdict = verify(project, asset, lambda request: replace(making.outcome(), outputs=(again,)))
    assert (verdict.kind, verdict.distance) == ("identical", 0.0)
    other = made(tmp_path, "tiff", seed=2)
    verdict = verify(project, asset, lambda request: replace(making.outcome(), outputs=(other,)))
    assert verdict.kind == "different"


def test_a_file_that_is_gone_is_no_result(project: Project, tmp_path: Path) -> None:
    output = made(tmp_path)
    output.discard()
    with pytest.raises(OSError, match="No such file"):
        kept(project, output)
    assert [asset.origin for asset in project.assets()] == ["imported"]


def test_a_content_can_be_read_here_and_there(project: Project, tmp_path: Path) -> None:
    data = np.random.default_rng(0).bytes(2_500_000)
    (tmp_path / "data").write_bytes(data)
    file = project.content_file(project.put_blob(tmp_path / "data"))
    whole = io.BytesIO(data)
    for place, whence, count in ((0, 0, 10), (1_048_570, 0, 20), (-7, 2, 100), (1_999_999, 0, 5), (-3, 1, 3)):
        assert file.seek(place, whence) == whole.seek(place, whence)
        assert file.read(count) == whole.read(count)
    file.seek(0)
    assert file.read() == data
    with pytest.raises(StudioError):
        project.content_file("0" * 64)
