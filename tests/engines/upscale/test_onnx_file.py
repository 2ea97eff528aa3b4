"""People's own ONNX upscalers: every form a picture goes in and out, and what is no upscaler."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.engines.devices import cpu
from studio.engines.upscale.onnx_file import OnnxFileUpscaler
from studio.engines.upscale.onnx_upscaler import load
from tests.engines.upscale import tiny

ESPCN = Path(__file__).parents[4] / "shared" / "samples" / "espcn_x3_luma.onnx"


def opened(path: Path) -> OnnxFileUpscaler:
    engine = load(tiny.source_of(path), cpu())
    assert isinstance(engine, OnnxFileUpscaler)
    return engine


def enlarged(engine: OnnxFileUpscaler, picture: Any) -> Any:
    return engine.upscale(picture, scale=engine.scales[0], clean=0.0, cancel=CancelToken())


def text_model(path: Path, graph: str) -> Path:
    onnx.save(onnx.parser.parse_model(f'<ir_version: 8, opset_import: ["" : 17]>\n{graph}'), path)
    return path


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
@pytest.mark.parametrize("is_nhwc", [False, True])
@pytest.mark.parametrize(("dtype", "top"), [(np.float32, 1.0), (np.float32, 255.0), (np.float16, 1.0),
                                            (np.float16, 255.0), (np.uint8, 255.0)])
def test_every_scale_layout_number_and_range(tmp_path: Path, scale: int, is_nhwc: bool, dtype: Any,
                                             top: float) -> None:
    engine = opened(tiny.network(tmp_path / "m.onnx", scale, is_nhwc=is_nhwc, dtype=dtype, top=top))
    picture = tiny.photo(21, 34)
    found = enlarged(engine, picture)
    assert engine.scales == (scale,)
    assert (engine.precision, engine.tile, engine.can_clean) == ("float32", (0, 0), False)
    allowed = {np.float32: 1e-5, np.float16: 2e-3, np.uint8: 1.51 / 255}[dtype]
    assert np.abs(found - tiny.expected(picture, scale)).max() < allowed


@pytest.mark.parametrize(("opset", "ir"), [(7, 3), (9, 4), (13, 7), (21, 10), (23, 11)])
def test_old_and_new_opsets(tmp_path: Path, opset: int, ir: int) -> None:
    picture = tiny.photo(40, 33)
    found = enlarged(opened(tiny.network(tmp_path / "m.onnx", 2, opset=opset, ir=ir)), picture)
    assert np.abs(found - tiny.expected(picture, 2))[2:-2, 2:-2].max() < 1e-5


def test_brightness_alone_carries_the_colours_beside(tmp_path: Path) -> None:
    engine = opened(tiny.network(tmp_path / "luma.onnx", 3, 0.0, channels=1))
    picture = np.zeros((40, 40, 3), np.float32) + np.array([0.9, 0.3, 0.1], np.float32)
    found = enlarged(engine, picture)
    assert found.shape == (120, 120, 3)
    assert np.abs(found - [0.9, 0.3, 0.1]).max() < 1e-5


@pytest.mark.parametrize("shape", [("n", 3, "h", "w"), (1, 3, "h", "w"), ("a", "b", "c", "d")])
def test_free_and_hidden_layouts(tmp_path: Path, shape: tuple[int | str, ...]) -> None:
    engine = opened(tiny.network(tmp_path / "m.onnx", 2, shape=shape))
    assert enlarged(engine, tiny.photo(33, 41)).shape == (66, 82, 3)


@pytest.mark.parametrize("size", [(1, 1), (64, 48), (63, 130), (200, 20)])
def test_one_size_is_padded_or_put_together(tmp_path: Path, size: tuple[int, int]) -> None:
    engine = opened(tiny.network(tmp_path / "m.onnx", 2, shape=(1, 3, 64, 48)))
    picture = tiny.photo(*size)
    found = enlarged(engine, picture)
    assert engine.tile == (64, 48)
    assert found.shape == (2 * size[0], 2 * size[1], 3)
    assert not engine.is_local
    if min(size) > 2:
        assert np.abs(found - tiny.expected(picture, 2))[2:-2, 2:-2].max() < 1e-5


@pytest.mark.parametrize("grid", [2, 8, 64])
def test_sizes_in_multiples_are_found_and_padded_to(tmp_path: Path, grid: int) -> None:
    path = text_model(tmp_path / "m.onnx", f"""grid (float[1,3,h,w] x) => (float[1,3,a,b] y) {{
      six = Constant<value = int64[6] {{1, 3, -1, {grid}, 0, {grid}}}>()
      flat = Constant<value = int64[4] {{1, 3, 0, -1}}>()
      s = Shape(x) n, c, h, w = Split<num_outputs = 4>(s)
      blocks = Constant<value = int64[1] {{{grid}}}>()
      rows = Div(h, blocks) columns = Div(w, blocks)
      ahead = Constant<value = int64[2] {{1, 3}}>()
      shape = Concat<axis = 0>(ahead, rows, blocks, columns, blocks)
      cut = Reshape(x, shape) y = Reshape(cut, s) }}""".replace("Split<num_outputs = 4>", "Split<axis = 0>"))
    engine = opened(path)
    picture = tiny.photo(37, 90)
    assert engine._network.manner.multiple == grid
    assert np.abs(enlarged(engine, picture) - picture).max() < 1e-6
    assert not engine.is_local


@pytest.mark.parametrize(("scale", "window"), [(2, 7), (4, 6), (2, 4)])
def test_edges_that_a_network_leaves_out_are_added_before(tmp_path: Path, scale: int, window: int) -> None:
    path = text_model(tmp_path / "m.onnx", f"""valid (float[1,3,h,w] x) => (float[1,3,a,b] y) {{
      m = AveragePool<kernel_shape = [{window}, {window}]>(x)
      sides = Constant<value = float[4] {{1.0, 1.0, {scale}.0, {scale}.0}}>()
      none = Constant<value = float[0] {{}}>()
      y = Resize<mode = "nearest">(m, none, sides) }}""")
    engine = opened(path)
    picture = tiny.photo(40, 50)
    found = enlarged(engine, picture)
    assert engine.scales == (scale,)
    windows = np.lib.stride_tricks.sliding_window_view(picture, (window, window), axis=(0, 1))
    mean = windows.mean(axis=(3, 4)).repeat(scale, 0).repeat(scale, 1)
    edge = (window - 1) * scale // 2
    assert np.abs(found[edge:-edge, edge:-edge] - mean).max() < 1e-5


def test_how_far_it_looks_is_measured(tmp_path: Path) -> None:
    near = opened(tiny.network(tmp_path / "near.onnx", 2))
    assert (near.margin, near.is_local) == (3, True)
    wide = text_model(tmp_path / "wide.onnx", """norm (float[1,3,h,w] x) => (float[1,3,h,w] y) {
      m = ReduceMean<axes = [2, 3], keepdims = 1>(x) half = Constant<value = float {0.5}>()
      z = Sub(x, m) y = Add(z, half) }""")
    assert (opened(wide).margin, opened(wide).is_local) == (32, False)


def test_a_network_that_mirrors_its_edges_is_not_given_less_than_it_takes(tmp_path: Path) -> None:
    path = text_model(tmp_path / "m.onnx", """edge (float[1,3,h,w] x) => (float[1,3,h,w] y) {
      around = Constant<value = int64[8] {0, 0, 5, 5, 0, 0, 5, 5}>()
      wide = Pad<mode = "reflect">(x, around) y = AveragePool<kernel_shape = [11, 11]>(wide) }""")
    engine = opened(path)
    assert enlarged(engine, tiny.photo(3, 4)).shape == (3, 4, 3)
    assert engine._network.manner.least == 8
    assert not engine.is_local  # what is padded by ourselves is not what the whole was


OVERFLOW = """hot (float[1,3,h,w] x) => (float[1,3,h,w] y) {{
  up = Constant<value = float {{90000.0}}>() down = Constant<value = float {{{down}}}>()
  big = Mul(x, up) half = Cast<to = 10>(big) whole = Cast<to = 1>(half) y = Div(whole, down) }}"""
"""Half precision ends at 65,504."""


def test_half_precision_that_gives_no_numbers_is_done_in_float32(tmp_path: Path) -> None:
    path = text_model(tmp_path / "hot.onnx", OVERFLOW.format(down=90000.0))
    engine = OnnxFileUpscaler(tiny.source_of(path), cpu(), in_half=True)
    assert engine.precision == "float16"
    picture = tiny.photo(40, 40)
    assert np.abs(enlarged(engine, picture) - picture).max() < 1e-3
    assert engine.precision == "float32"
    assert not engine.widen()


def test_no_numbers_in_float32_either_is_said(tmp_path: Path) -> None:
    path = text_model(tmp_path / "hot.onnx", OVERFLOW.format(down=0.0))
    with pytest.raises(StudioError, match=r"hot gave no picture: .* \(NaN\), in float32 too"):
        enlarged(opened(path), tiny.photo(40, 40))


BAD = {
    "two (float[1,3,h,w] a, float[1,3,h,w] b) => (float[1,3,h,w] y) { y = Add(a, b) }":
        "takes 2 inputs",
    "deep (float[1,4,h,w] a) => (float[1,4,h,w] y) { y = Relu(a) }":
        "takes 1 x 4 x any x any numbers; Upscale needs one channel or three",
    "many (float[8,3,h,w] a) => (float[8,3,h,w] y) { y = Relu(a) }": "8 x 3 x any x any",
    "huge (float[1,3,100000,100000] a) => (float[1,3,100000,100000] y) { y = Relu(a) }":
        "1 x 3 x 100000 x 100000",
    "words (int64[1,3,h,w] a) => (int64[1,3,h,w] y) { y = Neg(a) }": r"numbers of the type tensor\(int64\)",
    "class (float[1,3,h,w] a) => (float[1,3,p,q] y) { y = ReduceMean<axes = [1], keepdims = 0>(a) }":
        "another kind of network",
    "odd (float[1,3,h,w] a) => (float[1,3,p,q] y) { n = Constant<value = float[0] {}>()"
    " s = Constant<value = float[4] {1.0, 1.0, 1.5, 1.5}>() y = Resize<mode = \"nearest\">(a, n, s) }":
        "no enlargement by a whole factor",
    "wide (float[1,3,h,w] a) => (float[1,3,p,q] y) { n = Constant<value = float[0] {}>()"
    " s = Constant<value = float[4] {1.0, 1.0, 1.0, 2.0}>() y = Resize<mode = \"nearest\">(a, n, s) }":
        "no enlargement by a whole factor",
    "small (float[1,3,h,w] a) => (float[1,3,p,q] y)"
    " { y = AveragePool<kernel_shape = [2, 2], strides = [2, 2]>(a) }": "no enlargement by a whole factor",
    "one (float[1,3,9,9] a) => (float[1,3,14,14] y)"
    " { y = Pad<mode = \"edge\">(a, p) }": "could not be used",
}


@pytest.mark.parametrize(("graph", "words"), BAD.items())
def test_what_is_no_upscaler_is_refused_in_words(tmp_path: Path, graph: str, words: str) -> None:
    with pytest.raises(StudioError, match=words):
        opened(text_model(tmp_path / "bad.onnx", graph))


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    path = tiny.network(tmp_path / "m.onnx", 2)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(StudioError, match="damaged"):
        opened(path)


def test_a_stop_is_noticed(tmp_path: Path) -> None:
    engine = opened(tiny.network(tmp_path / "m.onnx", 2))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.upscale(tiny.photo(8, 8), scale=2, clean=0.0, cancel=cancel)


@pytest.mark.skipif(not ESPCN.is_file(), reason="the sample is not here")
def test_a_real_luma_network() -> None:
    engine = load(tiny.source_of(ESPCN), cpu())
    picture = tiny.photo(40, 61)
    found = engine.upscale(picture, scale=3, clean=0.0, cancel=CancelToken())
    assert engine.scales == (3,)
    assert np.abs(found.reshape(40, 3, 61, 3, 3).mean(axis=(1, 3)) - picture).mean() < 0.03
