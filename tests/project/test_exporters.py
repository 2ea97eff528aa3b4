from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import StudioError
from studio.core.jobs import Input, JobState, Outcome, Output
from studio.media.encode import encode
from studio.media.picture import encode_png, read
from studio.project.exchange import read_recipe
from studio.project.exporters import EXPORTERS, Exporter, export_assets, exporter_for
from studio.project.store import Asset, Project
from tests.project import making

PICTURES = [item for item in EXPORTERS if item.kind == "image"]
_SMOOTH = np.indices((24, 32)).transpose(1, 2, 0)[..., [0, 1, 1]].astype(np.uint8) * 7


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return making.new(tmp_path / "work.atelier")


@pytest.fixture(autouse=True)
def _closed(project: Project) -> object:
    yield
    project.close()


def made(project: Project, data: bytes, kind: str = "image", name: str = "Boat") -> Asset:
    photo = project.import_file(making.png(1), "photo.png")
    output = Output(
        kind,
        "image/png" if kind == "image" else "text/plain",
        name,
        data,
        7,  # type: ignore[arg-type]
        {"width": 32, "height": 24},
    )
    wanted = making.request(Input("content", photo.sha256, "photo.png"), seed=7, note="ünï 画 🎨 --> ]]>")
    return project.add_outcome(wanted, Outcome(JobState.DONE, (output,), device="cpu"))[0]


@pytest.mark.parametrize("exporter", PICTURES, ids=lambda item: item.id)
@pytest.mark.parametrize("depth", [8, 16])
def test_pixels_and_recipe_come_back(
    project: Project, tmp_path: Path, exporter: Exporter, depth: int
) -> None:
    pixels = _SMOOTH if depth == 8 else _SMOOTH.astype(np.uint16) * 257 + 3
    asset = made(project, encode_png(pixels))
    bits = depth if exporter.id in ("png", "tiff") else 8
    path = tmp_path / f"out{exporter.suffixes[0]}"
    exporter.export(project, asset, path, {"bits": bits})
    back = read(path)
    assert back.bits == bits
    wanted = pixels if bits == depth else _SMOOTH
    if exporter.id in ("png", "tiff"):
        assert np.array_equal(back.pixels, wanted)
    else:
        assert np.abs(back.pixels.astype(int) - wanted).mean() < 6
    assert read_recipe(path) == project.recipe(asset.id)


@pytest.mark.parametrize("exporter", PICTURES, ids=lambda item: item.id)
def test_the_other_depth_can_be_asked_for(project: Project, exporter: Exporter, tmp_path: Path) -> None:
    asset = made(project, encode_png(_SMOOTH))
    path = tmp_path / "out"
    if exporter.id not in ("png", "tiff"):
        with pytest.raises(StudioError, match="bits can be 8"):
            exporter.export(project, asset, path, {"bits": 16})
        return
    exporter.export(project, asset, path, {"bits": 16})
    back = read(path)
    assert back.bits == 16
    assert np.array_equal(back.pixels, _SMOOTH.astype(np.uint16) * 257)


@pytest.mark.parametrize("exporter", PICTURES, ids=lambda item: item.id)
def test_what_was_brought_in_leaves_byte_for_byte(project: Project, exporter: Exporter) -> None:
    data = encode(read(making.png(5, (20, 20))), exporter.id, recipe='{"a": 1}')  # type: ignore[arg-type]
    asset = project.import_file(data, "in")
    assert exporter.encode(project, asset, {"quality": 10}) == data


def test_a_png_made_here_keeps_its_own_bytes_around_the_recipe(project: Project) -> None:
    data = encode_png(_SMOOTH, text={"Author": "me"})
    out = exporter_for("png").encode(project, made(project, data), {})
    assert out.startswith(data[:33])
    assert out.endswith(data[33:])
    assert read(out).text["Author"] == "me"


def test_transparency_survives_where_it_can(project: Project, tmp_path: Path) -> None:
    clear = np.dstack([_SMOOTH, np.full((24, 32), 9, np.uint8)])
    asset = made(project, encode_png(clear))
    for exporter in PICTURES:
        exporter.export(project, asset, tmp_path / exporter.id, {})
        assert read(tmp_path / exporter.id).has_alpha == (exporter.id != "jpeg")


@pytest.mark.parametrize(
    "options", [{"bits": 12}, {"bits": "8"}, {"quality": 0}, {"quality": 101}, {"quality": None}]
)
@pytest.mark.parametrize("exporter", PICTURES, ids=lambda item: item.id)
def test_impossible_options_are_refused(
    project: Project, exporter: Exporter, options: dict[str, object]
) -> None:
    with pytest.raises(StudioError, match="can be"):
        exporter.encode(project, made(project, encode_png(_SMOOTH)), options)


def test_quality_counts(project: Project) -> None:
    asset = made(project, making.png(1, (64, 64)))
    low, high = (len(exporter_for("jpeg").encode(project, asset, {"quality": q})) for q in (20, 95))
    assert low < high / 2


def test_text_carries_its_recipe_too(project: Project, tmp_path: Path) -> None:
    asset = made(project, "Es war einmal\n---\n画".encode(), "text")
    [path] = export_assets(project, [asset], tmp_path)
    text = path.read_text(encoding="utf-8")
    assert path.name == "Boat.md"
    assert text.endswith("\n\nEs war einmal\n---\n画")
    assert read_recipe(path) == project.recipe(asset.id)
    plain = project.import_file(b"plain \xef\xbb\xbf", "p.txt", "text")
    assert export_assets(project, [plain], tmp_path)[0].read_bytes() == b"plain \xef\xbb\xbf"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n",
        "---\natelier: {\n---\n",
        "---\natelier: []\n---\n",
        '---\natelier: {"a": 1}\n---\n',
        "---\nother: 1\n",
        "plain",
        "---\natelier: " + "[" * 100_000,
    ],
)
def test_files_without_a_usable_recipe(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text or " ", encoding="utf-8")
    assert read_recipe(path) is None


def test_a_picture_with_a_foreign_recipe_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    for recipe in ('{"a": 1}', "[]", "nonsense", json.dumps({"request": {"task": 1}})):
        path.write_bytes(encode(read(making.png(1)), "png", recipe=recipe))
        assert read_recipe(path) is None
    with pytest.raises(StudioError):
        read_recipe(tmp_path / "missing.png")


def test_names_from_a_template_never_replace_a_file(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    asset = made(project, encode_png(_SMOOTH), name="Boot: blau/rot")
    written = export_assets(
        project, [asset, asset], folder, template="{name} {seed} {width}x{height}", format="JPG"
    )
    assert [path.name for path in written] == ["Boot_ blau_rot 7 32x24.jpg", "Boot_ blau_rot 7 32x24 2.jpg"]
    again = export_assets(project, [asset], folder, template="{panel}-{index:02}", format="png")
    assert [path.name for path in again] == ["style-01.png"]
    before = written[0].read_bytes()
    third = export_assets(project, [asset], folder, template="{name} {seed} {width}x{height}", format="jpeg")
    assert third[0].name.endswith(" 3.jpg")
    assert written[0].read_bytes() == before
    assert len(list(folder.iterdir())) == 4


def test_very_long_names_are_cut(project: Project, tmp_path: Path) -> None:
    asset = made(project, encode_png(_SMOOTH), name="画" * 200)
    written = export_assets(project, [asset, asset], tmp_path, template="{name}{name}")
    assert [len(os.fsencode(path.name)) for path in written] == [250, 249]


def test_wrong_wishes_fail_before_anything_is_written(project: Project, tmp_path: Path) -> None:
    asset = made(project, encode_png(_SMOOTH))
    folder = tmp_path / "out"
    with pytest.raises(StudioError, match="cannot hold"):
        export_assets(project, [asset], folder, template="{what}")
    assert not folder.exists()
    with pytest.raises(StudioError, match=r"no export as bmp.*png, jpeg, webp, tiff"):
        export_assets(project, [asset], folder, format="bmp")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StudioError, match="not a folder"):
        export_assets(project, [asset], tmp_path / "file")


def test_a_failed_export_leaves_nothing(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = made(project, encode_png(_SMOOTH))

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "out"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StudioError, match=r"disk is full: Boat\.png"):
        export_assets(project, [asset], folder)
    assert list(folder.iterdir()) == []


def test_a_disk_without_links(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = made(project, encode_png(_SMOOTH))

    def no_links(source: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    written = export_assets(project, [asset, asset], tmp_path / "out")
    assert [path.name for path in written] == ["Boat.png", "Boat 2.png"]
    assert sorted((tmp_path / "out").iterdir()) == sorted(written)


def test_every_exporter_has_a_name_of_its_own() -> None:
    assert len({item.id for item in EXPORTERS}) == len(EXPORTERS)
    suffixes = [suffix for item in EXPORTERS for suffix in item.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    for item in EXPORTERS:
        assert exporter_for(item.suffixes[-1].removeprefix("."), item.kind) is item
    modules = {path.stem for path in Path(exporter_for.__code__.co_filename).parent.glob("*.py")}
    used = {type(item).__module__.rpartition(".")[2] for item in EXPORTERS}
    assert modules - {"__init__", "base"} == used
