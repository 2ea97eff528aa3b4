"""Export of Quick to ONNX: encoder, transfer and tile, checked against torch."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from studio.engines.style.networks import GRID, Transfer
from studio.training.quick import Quick

OPSET = 17
PICTURES = ("picture", "enlarged")  # outputs whose sides follow the input's
Array = NDArray[np.float32]


class _Whole(nn.Module):
    """Transfer for any size: edge padding to the grid below and right, cut off again."""

    def __init__(self, transfer: Transfer) -> None:
        super().__init__()
        self.transfer = transfer

    def forward(self, content: Tensor, code: Tensor) -> tuple[Tensor, Tensor]:
        picture, statistics = self.transfer(_to_grid(content), code)
        return _like(picture, content), statistics


class _Tile(_Whole):
    """The same with the statistics of the whole picture given."""

    def forward(self, content: Tensor, code: Tensor, statistics: Tensor) -> Tensor:  # type: ignore[override]
        picture, _ = self.transfer(_to_grid(content), code, statistics)
        return _like(picture, content)


def _to_grid(rgb: Tensor) -> Tensor:
    height, width = rgb.shape[2], rgb.shape[3]
    return functional.pad(
        rgb, (0, (GRID - width % GRID) % GRID, 0, (GRID - height % GRID) % GRID), mode="replicate"
    )


def _like(picture: Tensor, content: Tensor) -> Tensor:
    return picture[:, :, : content.shape[2], : content.shape[3]].clamp(0.0, 1.0)


def whole(quick: Quick, content: Tensor, code: Tensor) -> tuple[Tensor, Tensor]:
    """What transfer.onnx computes: picture (N, 3, H, W), 0..1, and statistics (N, M)."""
    answer: tuple[Tensor, Tensor] = _Whole(quick.transfer)(content, code)
    return answer


@torch.no_grad()
def export_quick(quick: Quick, out: Path) -> dict[str, float]:
    """Write the three files; returns the largest difference to torch of each. Raises if one is above 1e-4."""
    out.mkdir(parents=True, exist_ok=True)
    quick.eval()
    style, content = torch.rand(1, 3, 96, 120), torch.rand(1, 3, 72, 88)
    code = quick.encoder(style)
    _, statistics = whole(quick, content, code)
    write_onnx(quick.encoder, (style,), out / "encoder.onnx", {"style": (2, 3)}, ["code"])
    write_onnx(_Whole(quick.transfer), (content, code), out / "transfer.onnx",
               {"content": (2, 3), "code": ()}, ["picture", "statistics"])  # fmt: skip
    write_onnx(_Tile(quick.transfer), (content, code, statistics), out / "tile.onnx",
               {"content": (2, 3), "code": (), "statistics": ()}, ["picture"])  # fmt: skip
    worst = compare(quick, out)
    if max(worst.values()) > 1e-4:
        raise ValueError(f"onnxruntime differs from torch: {worst}")
    return worst


def write_onnx(
    network: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: dict[str, tuple[int, ...]],
    outputs: list[str],
) -> None:
    """Write ``network``; ``inputs`` by name with the axes whose length is free."""
    network.eval()
    axes = {name: {axis: "HW"[axis - 2] for axis in dims} for name, dims in inputs.items() if dims}
    axes |= {name: {2: f"{name}_H", 3: f"{name}_W"} for name in PICTURES if name in outputs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network, example, str(path), input_names=list(inputs), output_names=outputs,
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip


@torch.no_grad()
def compare(quick: Quick, out: Path) -> dict[str, float]:
    """Largest difference between torch and onnxruntime on an even and an odd size, per file."""
    generator = torch.Generator().manual_seed(3)
    worst = {"encoder": 0.0, "transfer": 0.0, "tile": 0.0}
    sessions = {name: open_session(out / f"{name}.onnx") for name in worst}
    for height, width in ((64, 80), (117, 93)):
        style = torch.rand(1, 3, height + 31, width + 40, generator=generator)
        content = torch.rand(1, 3, height, width, generator=generator)
        code = quick.encoder(style)
        picture, _ = whole(quick, content, code)
        feeds = {"content": content.numpy(), "code": code.numpy()}
        got_code = sessions["encoder"].run(None, {"style": style.numpy()})[0]
        got, got_statistics = sessions["transfer"].run(None, feeds)
        tile = sessions["tile"].run(None, {**feeds, "statistics": got_statistics})[0]
        differences = (
            ("encoder", got_code, code), ("transfer", got, picture), ("tile", tile, picture),
        )  # fmt: skip
        for name, a, b in differences:
            worst[name] = max(worst[name], float(np.abs(a - b.numpy()).max()))
    return worst


def open_session(path: Path):  # type: ignore[no-untyped-def]
    """An onnxruntime session on the CPU, two threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def receptive_margin(transfer: Transfer) -> int:
    """Pixels around a tile that can influence it, rounded up to the grid.

    Each 3x3 convolution and each upsampling reaches one pixel of its own scale.
    """
    deep = 2 * len(transfer.deep)
    reach = 2 + 2 + 4  # down1 (5x5), down2, down3
    reach += 8 * deep + 4 * (1 + 2 * len(transfer.after)) + 2 + 1 + 1  # blocks, up3 .. up1, paint
    reach += 8 + 4 + 2  # linear upsampling looks at one coarse pixel more
    return -(-reach // GRID) * GRID
