from __future__ import annotations

import collections
import os
import pickle
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper
from onnx.external_data_helper import set_external_data

from studio.library.inspect import Inspection, inspect
from tests.library import makers


def refusal(path: Path) -> str:
    found = inspect(path)
    assert found.kind == ""
    assert found.problem is not None
    assert not found.problem.is_bug, found.problem.details
    return found.problem.text


def taken(path: Path, kind: str) -> Inspection:
    found = inspect(path)
    assert found.problem is None, found.problem.text
    assert found.kind == kind
    return found


# People's own fast style networks


@pytest.mark.parametrize("form", [{}, {"legacy": True}, {"deflate": True}, {"under": "state_dict"},
                                  {"under": "params", "legacy": True}])
@pytest.mark.parametrize(("width", "old", "suffix"), [
    (4, False, ".pth"), (5, True, ".model"), (16, True, ".pt")])
def test_fast_style_in_every_torch_form(tmp_path: Path, form: dict[str, Any], width: int, old: bool,
                                        suffix: str) -> None:
    path = makers.torch_file(tmp_path / f"starry_night-v2{suffix}", makers.fast_style(width, old=old), **form)
    found = taken(path, "style.fast")
    assert found.title == "starry night v2"
    assert found.facts["width"] == width
    assert found.facts["dropped"] == (30 if old else 0)
    assert found.facts["container"] == "torch"
    assert found.facts["inside"] == form.get("under", "")


def test_fast_style_as_safetensors_and_with_other_names(tmp_path: Path) -> None:
    plain = makers.safetensors_file(tmp_path / "a.bin", makers.fast_style())  # the name says nothing
    assert taken(plain, "style.fast").facts["container"] == "safetensors"
    scaled = makers.torch_file(tmp_path / "b.pth", makers.fast_style(norm=("scale", "shift")))
    assert taken(scaled, "style.fast").facts["norm"] == "scale"
    parallel = {f"module.{name}": array for name, array in makers.fast_style().items()}
    taken(makers.torch_file(tmp_path / "c.pth", parallel), "style.fast")


def test_half_precision_and_parameters(tmp_path: Path) -> None:
    half = {name: torch.nn.Parameter(torch.from_numpy(array).half())
            for name, array in makers.fast_style().items()}
    torch.save(collections.OrderedDict(half), tmp_path / "a.pth")
    taken(tmp_path / "a.pth", "style.fast")


def test_incomplete_strange_and_misshapen_networks(tmp_path: Path) -> None:
    weights = makers.fast_style()
    del weights["res3.conv2.conv2d.weight"]
    text = refusal(makers.torch_file(tmp_path / "a.pth", weights))
    assert "incomplete: res3.conv2.conv2d.weight is missing, and 1 in all" in text
    strange = makers.fast_style() | {"extra.weight": np.zeros(1, np.float32)}
    assert "extra.weight" in refusal(makers.torch_file(tmp_path / "b.pth", strange))
    bent = makers.fast_style()
    bent["conv2.conv2d.weight"] = np.zeros((8, 5, 3, 3), np.float32)
    assert "conv2 has the shape 8 x 5 x 3 x 3" in refusal(makers.torch_file(tmp_path / "c.pth", bent))


# VGG


@pytest.mark.parametrize("legacy", [False, True])
def test_vgg19(tmp_path: Path, legacy: bool) -> None:
    taken(makers.torch_file(tmp_path / "vgg19.pth", makers.vgg(), legacy=legacy), "style.vgg")


def test_vgg16_is_named(tmp_path: Path) -> None:
    path = makers.torch_file(tmp_path / "v.pth", makers.vgg((0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)))
    assert "VGG network with 13 convolutions; Fine takes VGG-19" in refusal(path)


# ONNX


@pytest.mark.parametrize(("shape", "layout", "sides"), [
    ((1, 3, 224, 224), "nchw", (224, 224)), ((1, 3, "h", "w"), "nchw", (0, 0)),
    (("n", 3, "h", 200), "nchw", (0, 200)),
])
@pytest.mark.parametrize(("opset", "ir"), [(9, 3), (17, 8), (21, 10)])
def test_style_onnx(tmp_path: Path, shape: tuple[Any, ...], layout: str, sides: tuple[int, int],
                    opset: int, ir: int) -> None:
    facts = taken(makers.onnx_file(tmp_path / "a.onnx", shape, opset=opset, ir=ir), "style.onnx").facts
    assert (facts["layout"], facts["height"], facts["width"]) == (layout, *sides)
    assert (facts["input"], facts["output"], facts["opset"]) == ("input0", "output", opset)


def test_channels_last_onnx(tmp_path: Path) -> None:
    port = helper.make_tensor_value_info("x", TensorProto.FLOAT16, [1, "h", "w", 3])
    out = helper.make_tensor_value_info("y", TensorProto.FLOAT16, [1, "h", "w", 3])
    graph = helper.make_graph([helper.make_node("Tanh", ["x"], ["y"])], "g", [port], [out])
    onnx.save(helper.make_model(graph), str(tmp_path / "a.onnx"))
    facts = taken(tmp_path / "a.onnx", "style.onnx").facts
    assert (facts["layout"], facts["dtype"]) == ("nhwc", "float16")


def test_weights_listed_as_inputs_do_not_count(tmp_path: Path) -> None:
    """Exporters before IR version 4 listed every weight among the inputs."""
    path = makers.onnx_file(tmp_path / "a.onnx", ir=3)
    model = onnx.load(str(path))
    model.graph.input.append(helper.make_tensor_value_info("weight", TensorProto.FLOAT, [3, 3, 3, 3]))
    onnx.save(model, str(path))
    taken(path, "style.onnx")


@pytest.mark.parametrize(("more", "said"), [
    ({"inputs": 2}, "takes 2 inputs"), ({"classifier": True}, "gives no picture"),
    ({"shape": (1, 4, 64, 64)}, "does not take a picture but 1 x 4 x 64"),
    ({"domain": "org.example"}, "operators that are not here (org.example)"),
    ({"shape": (8, 3, 64, 64)}, "8 x 3 x 64 x 64"),
    ({"dtype": TensorProto.INT64}, "does not take a picture"),
])
def test_other_onnx_is_declined(tmp_path: Path, more: dict[str, Any], said: str) -> None:
    assert said in refusal(makers.onnx_file(tmp_path / "a.onnx", **more))


def test_onnx_with_weights_in_another_file(tmp_path: Path) -> None:
    path = makers.onnx_file(tmp_path / "a.onnx")
    model = onnx.load(str(path))
    set_external_data(model.graph.initializer[0], "../secret")
    path.write_bytes(model.SerializeToString())
    assert "keeps its weights in another file (../secret)" in refusal(path)


# Pickles that would run code


class Evil:
    def __init__(self, call: Any, *arguments: Any) -> None:
        self.call, self.arguments = call, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self.call, self.arguments


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize(("call", "name"), [
    (os.system, "posix.system"), (eval, "builtins.eval"), (subprocess.run, "subprocess.run"),
    (os.remove, "posix.remove"),
])
@pytest.mark.parametrize("form", ["bare", "zip", "legacy", "hidden"])
def test_code_is_refused_by_name_and_not_run(tmp_path: Path, protocol: int, call: Any, name: str,
                                             form: str) -> None:
    witness = tmp_path / "witness"
    witness.touch()
    argument = str(witness) if call is os.remove else f"rm {witness}"
    value: Any = {"conv1.conv2d.weight": Evil(call, argument)}
    path = tmp_path / "a.pth"
    if form == "bare":
        path.write_bytes(pickle.dumps(value, protocol=protocol))
    elif form == "zip":
        makers.zip_with(path, {"archive/data.pkl": pickle.dumps(value, protocol=protocol)})
    elif form == "hidden":  # after good weights
        value = makers.fast_style() | value
        torch.save(value, path, pickle_protocol=max(2, protocol))
    else:
        torch.save(value, path, _use_new_zipfile_serialization=False, pickle_protocol=max(2, protocol))
    text = refusal(path)
    of_python_2 = name.replace("builtins", "__builtin__").replace("subprocess", "commands")
    reached_first = "numpy._core.multiarray._reconstruct"
    assert any(f"opened ({each})" in text for each in (name, of_python_2, reached_first)), text
    assert "Ask for a safetensors version." in text
    assert witness.exists()


def test_whole_networks_and_torchscript_are_refused(tmp_path: Path) -> None:
    torch.save(torch.nn.Conv2d(1, 1, 1), tmp_path / "whole.pth")
    assert "(torch.nn.modules.conv.Conv2d)" in refusal(tmp_path / "whole.pth")
    makers.zip_with(tmp_path / "script.pt", {"a/data.pkl": b"\x80\x02}.", "a/code/__torch__.py": b"import os",
                                             "a/constants.pkl": b"\x80\x02)."})
    assert "(TorchScript)" in refusal(tmp_path / "script.pt")


BOMBS = {
    "huge memo index": b"\x80\x02}r\xff\xff\xff\xff.",
    "long number": b"\x80\x02\x8b\xff\xff\xff\x7f",
    "long text": b"\x80\x04\x8d" + struct.pack("<Q", 1 << 50),
    "nested key": b"\x80\x02})" + b"2\x86" * 50 + b"K\x01s.",  # 2 ** 50 steps to hash
    "extension": b"\x80\x02\x82\x01.",
    "empty stack": b"\x80\x02s.",
    "no end": b"\x80\x02}",
    "wrong operand": b"\x80\x02K\x01K\x02a.",
    "itself": b"\x80\x02}q\x00X\x06\x00\x00\x00paramsh\x00s.",
    "call of a number": b"\x80\x02K\x01)R.",
    "persistent id of nothing": b"\x80\x02K\x01Q.",
    "tensor of minus one": (b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(((X\x07\x00\x00\x00storage"
                            b"ctorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x01tQK\x00J\xff\xff\xff\xff\x85t)tR."),
}


@pytest.mark.parametrize("name", BOMBS)
def test_hostile_pickles(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.pth").write_bytes(BOMBS[name])
    assert refusal(tmp_path / "a.pth")


def test_dictionaries_that_multiply(tmp_path: Path) -> None:
    """A thousand references to a thousand references ...: looked at once each."""
    inner: Any = {}
    for _ in range(4):
        inner = dict.fromkeys(map(str, range(1000)), inner)
    (tmp_path / "a.pth").write_bytes(pickle.dumps(inner, protocol=2))
    assert refusal(tmp_path / "a.pth")


# Damage


@pytest.mark.parametrize("form", ["zip", "legacy", "safetensors", "onnx", "deflate"])
@pytest.mark.parametrize("share", [0.0005, 0.01, 0.3, 0.7, 0.97])
def test_cut_off(tmp_path: Path, form: str, share: float) -> None:
    path = tmp_path / "a.pth"
    if form == "onnx":
        makers.onnx_file(path.with_suffix(".onnx")).replace(path)
    elif form == "safetensors":
        makers.safetensors_file(path, makers.fast_style(8))
    else:
        makers.torch_file(path, makers.fast_style(8), legacy=form == "legacy", deflate=form == "deflate")
    data = path.read_bytes()
    path.write_bytes(data[:max(1, int(len(data) * share))])
    text = refusal(path)
    words = ("cut off", "damaged", "holds no", "not a", "inputs", "operators", "no picture")
    assert any(word in text for word in words), text
    if form in ("safetensors", "legacy") and share > 0.3:
        assert "KB are there. Get it again" in text


def test_headers_that_lie(tmp_path: Path) -> None:
    def tensor(end: int, shape: list[int]) -> dict[str, Any]:
        return {"conv1.conv2d.weight": {"dtype": "F32", "shape": shape, "data_offsets": [0, end]}}
    huge = makers.header_only(tmp_path / "a.safetensors", tensor(4 << 40, [1 << 40]))
    assert refusal(huge).startswith("This file is cut off: 0 of 4,398,047 MB are there.")
    assert "damaged" in refusal(makers.header_only(tmp_path / "b.safetensors", b"{", length=1 << 60))
    wide = tensor(4, [1 << 62, 1 << 62])
    assert "damaged" in refusal(makers.header_only(tmp_path / "c.safetensors", wide, bytes(4)))
    assert "damaged" in refusal(makers.header_only(tmp_path / "d.safetensors", {"x": 1}))
    assert "damaged" in refusal(makers.header_only(tmp_path / "e.safetensors", b"{" * 100))
    assert "damaged" in refusal(makers.header_only(tmp_path / "f.safetensors", tensor(-8, [1])))
    assert "cut off" in refusal(makers.header_only(tmp_path / "g.safetensors", b"{}", length=5000))
    assert "no weights" in refusal(makers.header_only(tmp_path / "h.safetensors", {}))


def test_checkpoints_that_lie(tmp_path: Path) -> None:
    whole = makers.torch_file(tmp_path / "a.pth", makers.fast_style())
    with zipfile.ZipFile(whole) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    short = {name: data[:4] if "/data/" in name else data for name, data in entries.items()}
    assert "damaged" in refusal(makers.zip_with(tmp_path / "b.pth", short))
    missing = {name: data for name, data in entries.items() if "/data/" not in name}
    assert "damaged" in refusal(makers.zip_with(tmp_path / "c.pth", missing))
    double = {"a/data.pkl": b"}.", "b/data.pkl": b"}."}
    assert "damaged" in refusal(makers.zip_with(tmp_path / "d.pth", double))
    big = pickle_of_a_tensor(1 << 42)
    assert "damaged" in refusal(makers.zip_with(tmp_path / "e.pth", {"a/data.pkl": big, "a/data/0": b"1234"}))


def pickle_of_a_tensor(count: int) -> bytes:
    number = b"\x8a\x07" + count.to_bytes(7, "little")
    storage = (b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpu"
               + number + b"tQ")
    return (b"\x80\x02}X\x01\x00\x00\x00wctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"K\x00" + number
            + b"\x85K\x01\x85\x89ccollections\nOrderedDict\n)RtRs.")


def test_deflate_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.pth"
    makers.zip_with(path, {"a/data.pkl": pickle_of_a_tensor(1000), "a/data/0": bytes(4000)})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")  # the directory entry of the storage: claim four gigabytes
    data[at + 24:at + 28] = b"\xff\xff\xff\xfe"
    path.write_bytes(data)
    assert "damaged" in refusal(path)


def test_missing_empty_folder_and_pipe(tmp_path: Path) -> None:
    assert "There is no file gone.pth" in refusal(tmp_path / "gone.pth")
    assert "is a folder" in refusal(tmp_path)
    (tmp_path / "empty.pth").touch()
    assert "0 bytes" in refusal(tmp_path / "empty.pth")
    os.mkfifo(tmp_path / "pipe.pth")
    assert "a pipe" in refusal(tmp_path / "pipe.pth")


# Named for what they are


UPSCALER = {"body.0.weight": np.zeros((8, 3, 3, 3), np.float32), "body.0.bias": np.zeros(8, np.float32),
            "body.1.weight": np.zeros(8, np.float32)}


@pytest.mark.parametrize(("names", "said"), [
    (("sft.weight", "upsample.0.weight"), "This is an upscaler of a kind that is not known here. Ask for"),
    (("model.diffusion_model.input_blocks.0.0.weight",), "A part of this model is missing: its text"),
    (("down_blocks.0.resnets.0.conv1.weight",), "This is an image generator, in a form that is not read"),
    (("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",), "an add-on (LoRA) for a language"),
    (("unet.hada_w1_a",), "LyCORIS"),
    (("model.embed_tokens.weight",), "This is a language model, in a form that is not read here"),
    (("fc.weight", "layer1.0.conv1.weight"), "picture classifier; Atelier has no use for it"),
    (("something.else",), "a kind Atelier does not know"),
])
def test_other_networks_are_named(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    arrays = {name: np.zeros((4, 4), np.float32) for name in names}
    assert said in refusal(makers.safetensors_file(tmp_path / "a.safetensors", arrays))



@pytest.mark.parametrize(("data", "said"), [
    (b"GGUF\x03\0\0\0" + bytes(30), "damaged"),
    (b"RIFF\x42\x1d\x08\0sfbkLIST", "SoundFont a.pth is cut off"), (b"\x89HDF\r\n\x1a\n", "Keras"),
    (b"\x1f\x8b\x08" + bytes(20), "packed archive"), (b"\x89PNG\r\n\x1a\n", "a picture (PNG), not a model"),
    (b"version https://git-lfs.github.com/spec/v1\noid", "only a note that stands for the model (Git LFS)"),
    (b"<!DOCTYPE html><html>", "a web page"), (b"just words", "text, not a model"),
    (bytes(range(256)), "not a model that can be read here"),
    (b"RIFF\0\0\0\0WAVEfmt ", "a sound, not a model"),
    (b"PK\x03\x04 broken", "archive holds no model"), (b"\x08\x01\x12\xff\xff\xff\xff", "damaged"),
    (b"\x08\x07", "damaged"),
])
def test_strangers_are_named(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "a.onnx" if data[:1] == b"\x08" else tmp_path / "a.pth").write_bytes(data)
    path = next(tmp_path.iterdir())
    assert said in refusal(path)


def test_any_bytes_give_a_sentence(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    sources = [makers.torch_file(tmp_path / "z", makers.fast_style()).read_bytes(),
               makers.torch_file(tmp_path / "l", makers.fast_style(), legacy=True).read_bytes()[:6000],
               makers.safetensors_file(tmp_path / "s", makers.fast_style()).read_bytes(),
               makers.onnx_file(tmp_path / "o").read_bytes()]
    path = tmp_path / "a.pth"
    for data in sources:
        for _ in range(40):
            broken = bytearray(data)
            for at in rng.integers(0, min(len(data), 3000), 5):
                broken[at] = rng.integers(0, 256)
            path.write_bytes(broken)
            found = inspect(path)
            assert found.problem is None or not found.problem.is_bug, found.problem.details


def test_looking_into_files_imports_no_network_library(tmp_path: Path) -> None:
    makers.torch_file(tmp_path / "a.pth", makers.fast_style())
    makers.onnx_file(tmp_path / "b.onnx")
    code = ("import sys; from pathlib import Path; from studio.library.inspect import inspect;"
            "print([inspect(Path(p)).kind for p in sys.argv[1:]],"
            "[m for m in ('torch', 'onnxruntime', 'PySide6') if m in sys.modules])")
    made = subprocess.run([sys.executable, "-c", code, tmp_path / "a.pth", tmp_path / "b.onnx"], check=True,
                          capture_output=True, text=True)
    assert made.stdout.strip() == "['style.fast', 'style.onnx'] []"
