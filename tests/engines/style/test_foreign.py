"""People's own networks: fast neural style checkpoints and ONNX files."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.engines.devices import cpu
from studio.engines.style import fast, onnx_style
from studio.engines.weights import read_weights
from tests.engines.style import tiny

PICTURE = np.random.default_rng(0).random((80, 120, 3), np.float32)
NONE = np.zeros(0, np.float32)


def example_network(width: int) -> nn.Module:
    """The same network out of torch's own layers, with pytorch/examples' names."""

    class Convolution(nn.Module):
        def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, *,
                     doubles: bool = False) -> None:
            super().__init__()
            self.conv2d = nn.Conv2d(inputs, outputs, kernel, stride)
            self.before = nn.Upsample(scale_factor=2) if doubles else nn.Identity()
            self.pad = nn.ReflectionPad2d(kernel // 2)

        def forward(self, x: Any) -> Any:
            return self.conv2d(self.pad(self.before(x)))

    class Block(nn.Module):
        def __init__(self, channels: int) -> None:
            super().__init__()
            self.conv1, self.conv2 = Convolution(channels, channels, 3), Convolution(channels, channels, 3)
            self.in1, self.in2 = (nn.InstanceNorm2d(channels, affine=True) for _ in range(2))

        def forward(self, x: Any) -> Any:
            return x + self.in2(self.conv2(torch.relu(self.in1(self.conv1(x)))))

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            w = width
            self.conv1, self.conv2, self.conv3 = (Convolution(3, w, 9), Convolution(w, 2 * w, 3, 2),
                                                  Convolution(2 * w, 4 * w, 3, 2))
            self.deconv1, self.deconv2 = (Convolution(4 * w, 2 * w, 3, doubles=True),
                                          Convolution(2 * w, w, 3, doubles=True))
            self.deconv3 = Convolution(w, 3, 9)
            for number, channels in enumerate((w, 2 * w, 4 * w, 2 * w, w), 1):
                self.add_module(f"in{number}", nn.InstanceNorm2d(channels, affine=True))
            for number in range(1, 6):
                self.add_module(f"res{number}", Block(4 * w))

        def forward(self, x: Any) -> Any:
            part = self.get_submodule
            for number in (1, 2, 3):
                x = torch.relu(part(f"in{number}")(part(f"conv{number}")(x)))
            for number in range(1, 6):
                x = part(f"res{number}")(x)
            for number in (1, 2):
                x = torch.relu(part(f"in{number + 3}")(part(f"deconv{number}")(x)))
            return self.deconv3(x)

    return Network().eval()


@pytest.mark.parametrize("width", [4, 8])
def test_fast_paints_what_the_example_network_paints(tmp_path: Path, width: int) -> None:
    network = example_network(width)
    weights = {k: v for k, v in tiny.fast_weights(width).items() if "running" not in k}
    network.load_state_dict(weights)
    painter = fast.load(tiny.fast_model(tmp_path / "mosaic.pth", width), cpu())
    painted, _ = painter.paint(PICTURE, NONE, CancelToken())
    with torch.inference_mode():
        answer = network(torch.from_numpy(PICTURE.transpose(2, 0, 1)[None] * 255))
        wanted = answer[0].numpy().transpose(1, 2, 0)
    assert np.abs(painted - (wanted / 255).clip(0, 1)).max() < 2e-4
    assert painted.std() > 0.01


def test_fast_tiles_are_part_of_the_whole(tmp_path: Path) -> None:
    painter = fast.load(tiny.fast_model(tmp_path / "mosaic.pth"), cpu())
    picture = np.random.default_rng(1).random((256, 160, 3), np.float32)
    whole, statistics = painter.paint(picture, NONE, CancelToken())
    tile, _ = painter.paint(picture[64:256], NONE, CancelToken(), statistics)
    edge = painter.margin
    assert np.abs(tile[edge:] - whole[64 + edge:]).max() < 1e-4


@pytest.mark.parametrize("form", ["old names", "prefix", "safetensors", "state_dict"])
def test_fast_takes_every_way_people_save_it(tmp_path: Path, form: str) -> None:
    plain = tiny.fast_weights()
    path = tmp_path / ("m.safetensors" if form == "safetensors" else "m.model")
    if form == "safetensors":
        from safetensors.torch import save_file

        save_file(plain, path)
    else:
        torch.save({"old names": tiny.fast_weights(is_old=True), "state_dict": {"state_dict": plain},
                    "prefix": {f"module.{k}": v for k, v in plain.items()}}[form], path)
    one = fast.load(tiny.source_of(path, "m", "style.fast"), cpu())
    two = fast.load(tiny.fast_model(tmp_path / "plain.pth"), cpu())
    assert (one.paint(PICTURE, NONE, CancelToken())[0] == two.paint(PICTURE, NONE, CancelToken())[0]).all()


def test_fast_notices_a_stop_inside(tmp_path: Path) -> None:
    painter = fast.load(tiny.fast_model(tmp_path / "mosaic.pth"), cpu())
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        painter.paint(PICTURE, NONE, cancel)


def test_fast_names_a_missing_part(tmp_path: Path) -> None:
    weights = tiny.fast_weights()
    del weights["res3.conv1.conv2d.weight"]
    torch.save(weights, tmp_path / "m.pth")
    with pytest.raises(StudioError, match=r"res3\.conv1"):
        fast.load(tiny.source_of(tmp_path / "m.pth", "m", "style.fast"), cpu())


class Evil:
    """Runs code when unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return print, ("I ran",)


def test_a_pickle_with_code_is_refused_and_does_not_run(tmp_path: Path,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "evil.pth"
    torch.save({"weight": Evil()}, path)
    with pytest.raises(StudioError, match="would run code"):
        read_weights(path)
    path.write_bytes(pickle.dumps(Evil()))
    with pytest.raises(StudioError):
        read_weights(path)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("layout", ["nchw", "nhwc"])
@pytest.mark.parametrize("side", [0, 64])
@pytest.mark.parametrize("top", [1.0, 255.0])
def test_onnx_of_every_layout_size_and_range(tmp_path: Path, layout: str, side: int, top: float) -> None:
    source = tiny.onnx_model(tmp_path / "negative.onnx", layout=layout, side=side, top=top)
    painter = onnx_style.load(source, cpu())
    content = PICTURE[:64, :64] if side else PICTURE
    painted, _ = painter.paint(content, NONE, CancelToken())
    assert painted.shape == content.shape
    assert np.abs(painted - (1 - content)).max() < 1e-5
    assert bool(painter.remark) == bool(side)


def test_onnx_of_a_fixed_size_paints_a_larger_picture_from_pieces(tmp_path: Path) -> None:
    painter = onnx_style.load(tiny.onnx_model(tmp_path / "negative.onnx", side=64), cpu())
    y, x = np.mgrid[0:200, 0:150].astype(np.float32)
    content = np.stack([0.5 + 0.4 * np.sin(x / 20), 0.5 + 0.4 * np.cos(y / 30), x / 150], 2)
    painted, _ = painter.paint(content, NONE, CancelToken())
    assert np.abs(painted - (1 - content)).max() < 0.02


def test_onnx_with_negative_colours(tmp_path: Path) -> None:
    path = tmp_path / "signed.onnx"
    tiny.onnx_file(path, "signed (float[1,3,h,w] image) => (float[1,3,h,w] y) {"
                         " one = Constant<value = float {1.0}>() two = Add(image, image) low = Sub(two, one)"
                         " y = Tanh(low) }")
    painted, _ = onnx_style.load(tiny.source_of(path, "s", "style.onnx"), cpu()).paint(
        np.full((32, 32, 3), 0.75, np.float32), NONE, CancelToken())
    assert abs(painted.mean() - 0.5) < 1e-5


@pytest.mark.parametrize("graph", [
    "two (float[1,3,h,w] a, float[1,3,h,w] b) => (float[1,3,h,w] y) { y = Add(a, b) }",
    "grey (float[1,1,h,w] a) => (float[1,1,h,w] y) { y = Relu(a) }",
    "flat (float[1,3,h,w] a) => (float[1,3,p,q] y) { y = ReduceMean<axes = [1], keepdims = 0>(a) }"])
def test_onnx_of_another_kind_is_refused_in_words(tmp_path: Path, graph: str) -> None:
    path = tmp_path / "other.onnx"
    tiny.onnx.save(tiny.onnx.parser.parse_model(tiny.HEAD + graph), path)
    with pytest.raises(StudioError, match="picture"):
        onnx_style.load(tiny.source_of(path, "other", "style.onnx"), cpu())
