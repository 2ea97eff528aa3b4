"""Upscalers in the library: recognised as spandrel and onnxruntime will take them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnx
import pytest
import torch

from studio.core.errors import StudioError
from studio.engines.upscale.descriptors import _library
from studio.library import imports, upscalers
from studio.library.catalog import default, resolve
from studio.library.inspect import inspect
from studio.library.tensors import Tensor
from tests.engines.upscale import tiny
from tests.library import makers

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
REFUSED = {"GFPGAN": "mends cut-out faces", "RestoreFormer": "mends cut-out faces",
           "LaMa": "two inputs, a picture and a mask"}


def groups(condition: Any) -> list[frozenset[str]]:
    """All sets of names a condition of spandrel's asks for."""
    if isinstance(condition, str):
        return [frozenset([condition])]
    parts = [groups(part) for part in condition._keys]
    if condition._kind == "any":
        return [group for part in parts for group in part]
    found = [frozenset[str]()]
    for part in parts:
        found = [one | two for one in found for two in part]
    return found


def test_every_network_spandrel_knows_is_known_by_the_same_name() -> None:
    registry = _library().MAIN_REGISTRY.architectures("detection")
    assert len(registry) > 35
    for known in registry:
        for names in groups(known.architecture._detect):
            weights = {name: Tensor((8,) if name == "body.1.weight" else (8, 3, 3, 3), "float32")
                       for name in names}
            meant = next(one.architecture.name for one in registry if one.detect(dict.fromkeys(names)))
            if meant in REFUSED:
                with pytest.raises(StudioError, match=REFUSED[meant]):
                    upscalers.architecture(weights)
            else:
                assert upscalers.architecture(weights) == meant, sorted(names)


@pytest.mark.parametrize("form", [{}, {"legacy": True}, {"deflate": True}, {"under": "params_ema"},
                                  {"under": "generator"}])
def test_a_checkpoint_in_every_form(tmp_path: Path, form: dict[str, Any]) -> None:
    found = inspect(makers.torch_file(tmp_path / "2x-anime_sharp.pth", tiny.compact_weights(), **form))
    assert (found.kind, found.title, found.problem) == ("upscale.torch", "2x anime sharp", None)
    assert found.facts["architecture"] == "RealESRGAN Compact"


def test_safetensors_and_prefixes(tmp_path: Path) -> None:
    weights = {f"netG.{name}": weight for name, weight in tiny.compact_weights().items()}
    path = makers.safetensors_file(tmp_path / "m.safetensors", {k: v.numpy() for k, v in weights.items()})
    assert inspect(path).facts["architecture"] == "RealESRGAN Compact"


def test_numbered_layers_of_something_else_are_no_compact_upscaler(tmp_path: Path) -> None:
    path = makers.torch_file(tmp_path / "m.pth", {"body.0.weight": torch.zeros(4, 4),
                                                  "body.1.weight": torch.zeros(4, 4)})
    assert inspect(path).kind == ""


@pytest.mark.parametrize(("more", "scale", "channels"), [
    ({"scale": 2}, 2, 3), ({"scale": 4}, 4, 3), ({"scale": 3, "channels": 1}, 3, 1),
    ({"scale": 1, "channels": 1}, 1, 1), ({"scale": 2, "is_nhwc": True}, 2, 3),
    ({"scale": 2, "shape": (1, 3, 64, 48)}, 2, 3), ({"scale": 2, "shape": ("n", "c", "h", "w")}, 2, 3),
    ({"scale": 2, "opset": 9, "ir": 3}, 2, 3)])
def test_an_onnx_file_that_enlarges(tmp_path: Path, more: dict[str, Any], scale: int, channels: int) -> None:
    found = inspect(tiny.network(tmp_path / "m.onnx", **more))
    assert (found.kind, found.facts["scale"], found.facts["channels"]) == ("upscale.onnx", scale, channels)


@pytest.mark.parametrize(("name", "kind"), [
    ("mosaic", "style.onnx"), ("1x_NoiseToner", "upscale.onnx"), ("scunet-color", "upscale.onnx"),
    ("DeBLUR", "upscale.onnx"), ("clean_style", "style.onnx"), ("x16", "style.onnx")])
def test_at_scale_one_the_name_decides(tmp_path: Path, name: str, kind: str) -> None:
    assert inspect(tiny.network(tmp_path / f"{name}.onnx", 1)).kind == kind


def test_at_scale_one_its_makers_words_decide(tmp_path: Path) -> None:
    path = tiny.network(tmp_path / "m.onnx", 1)
    model = onnx.load(str(path))
    model.metadata_props.add(key="description", value="Removes film noise")
    onnx.save(model, str(path))
    assert inspect(path).kind == "upscale.onnx"


def test_edges_left_out_do_not_change_the_scale(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    graph = ("<ir_version: 8, opset_import: [\"\" : 17]> g (float[1,3,h,w] x) => (float[1,3,a,b] y) {"
             " m = AveragePool<kernel_shape = [7, 7]>(x)"
             " s = Constant<value = float[4] {1.0, 1.0, 2.0, 2.0}>()"
             " n = Constant<value = float[0] {}>() y = Resize<mode = \"nearest\">(m, n, s) }")
    onnx.save(onnx.parser.parse_model(graph), path)
    assert inspect(path).facts["scale"] == 2


def test_no_whole_factor_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    graph = ("<ir_version: 8, opset_import: [\"\" : 17]> g (float[1,3,h,w] x) => (float[1,3,a,b] y) {"
             " s = Constant<value = float[4] {1.0, 1.0, 1.5, 1.5}>()"
             " n = Constant<value = float[0] {}>() y = Resize<mode = \"nearest\">(x, n, s) }")
    onnx.save(onnx.parser.parse_model(graph), path)
    problem = inspect(path).problem
    assert problem is not None
    assert "makes pictures 1.5 times as large: that is no whole factor" in problem.text


def test_import_verify_and_use(tmp_path: Path) -> None:
    model = imports.import_file(tiny.network(tmp_path / "4x_Sharp.onnx", 4))
    assert (model.id, model.task, model.engine) == ("4x-sharp", "upscale", "upscale.onnx")
    assert imports.verify("4x-sharp") == [("weights.onnx", True)]
    (model.path / "weights.onnx").write_bytes(b"other")
    assert imports.verify("4x-sharp") == [("weights.onnx", False)]
    assert resolve("4x-sharp").facts["scale"] == 4


def test_a_starter_folder_is_read(tmp_path: Path) -> None:
    tiny.starter(tmp_path / "upscale-photo")
    model = default().find(tmp_path / "upscale-photo")
    assert (model.task, len(model.files)) == ("upscale", 4)
    assert len(model.source().facts["networks"]) == 4


@pytest.mark.parametrize(("name", "kind"), [
    ("realesr-animevideov3.pth", "upscale.torch"), ("DITN_Real_GAN_x4.pth", "upscale.torch"),
    ("espcn_x3_luma.onnx", "upscale.onnx")])
def test_real_files(name: str, kind: str) -> None:
    if not (SAMPLES / name).is_file():
        pytest.skip("the sample is not here")
    assert inspect(SAMPLES / name).kind == kind
