"""Quick's engine, on a tiny stand-in of the starter model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.engines.devices import cpu
from studio.engines.onnx_graph import OnnxGraph
from studio.engines.style.quick import QuickPainter, load
from tests.engines.style import tiny

RNG = np.random.default_rng(0)
PICTURE = RNG.random((64, 96, 3), np.float32)
STYLE = RNG.random((80, 70, 3), np.float32) * 0.3


@pytest.fixture(scope="module")
def painter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuickPainter]:
    """Loaded once: it keeps nothing but codes."""
    made = load(tiny.quick_model(tmp_path_factory.mktemp("models") / "style-quick"), cpu())
    yield made
    made.close()


def test_a_code_is_made_once_for_each_picture(painter: QuickPainter) -> None:
    calls = []

    def style() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        calls.append(1)
        return STYLE

    first = painter.code("a hash", style, CancelToken())
    assert (painter.code("a hash", style, CancelToken()) == first).all()
    assert len(calls) == 1
    painter.code("another", style, CancelToken())
    assert len(calls) == 2


def test_it_paints_in_the_colours_of_the_code(painter: QuickPainter) -> None:
    code = painter.code("style", lambda: STYLE, CancelToken())
    painted, _ = painter.paint(PICTURE, code, CancelToken())
    assert painted.shape == PICTURE.shape
    assert np.abs(painted.mean((0, 1)) - STYLE.mean((0, 1))).max() < 0.01


def test_a_tile_with_the_wholes_statistics_is_part_of_the_whole(painter: QuickPainter) -> None:
    code = painter.code("style", lambda: STYLE, CancelToken())
    whole, statistics = painter.paint(PICTURE, code, CancelToken())
    tile, _ = painter.paint(PICTURE[16:56, 24:80], code, CancelToken(), statistics)
    inner = tile[8:-8, 8:-8], whole[24:48, 32:72]
    assert np.abs(inner[0] - inner[1]).max() < 1e-5
    other, _ = painter.paint(PICTURE[16:56, 24:80], code, CancelToken())
    assert np.abs(other[8:-8, 8:-8] - inner[1]).max() > 1e-3, "without them it is another picture"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    source = tiny.quick_model(tmp_path / "style-quick")
    (source.path / "tile.onnx").unlink()
    with pytest.raises(StudioError, match=r"tile\.onnx"):
        load(source, cpu())


def slow_graph(path: Path) -> OnnxGraph:
    """Some minutes of work, were it not stopped."""
    lines = [f" x{i + 1} = MatMul(x{i}, image)" for i in range(4000)]
    text = "slow (float[900,900] image) => (float[900,900] x4000) { x0 = Relu(image)" + "".join(lines) + " }"
    tiny.onnx_file(path, text)
    return OnnxGraph(path, cpu())


def test_a_run_is_stopped_in_its_middle_and_the_next_one_works(tmp_path: Path) -> None:
    graph = slow_graph(tmp_path / "slow.onnx")
    cancel = CancelToken()
    threading.Timer(0.3, cancel.cancel).start()
    with pytest.raises(Cancelled):
        graph.run({"image": np.zeros((900, 900), np.float32)}, cancel)
    later = CancelToken()
    threading.Timer(0.1, later.cancel).start()
    with pytest.raises(Cancelled):
        graph.run({"image": np.zeros((900, 900), np.float32)}, later)


def test_the_memory_of_a_run_is_given_back(tmp_path: Path) -> None:
    """Ten steps of 16 MB each, all needed in the end; a graph that is used again keeps them."""
    steps = "".join(f" x{i + 1} = Exp(x{i})" for i in range(10))
    mean = "sum = Sum(" + ", ".join(f"x{i}" for i in range(11)) + ") y = ReduceMean(sum)"
    text = f"deep (float[2000,2000] image) => (float[1,1] y) {{ x0 = Relu(image){steps} {mean} }}"
    tiny.onnx_file(tmp_path / "deep.onnx", text)
    image, kept = np.zeros((2000, 2000), np.float32), []
    for is_reused in (False, True):
        graph = OnnxGraph(tmp_path / "deep.onnx", cpu(), is_reused=is_reused)
        before = psutil.Process().memory_info().rss
        graph.run({"image": image}, CancelToken())
        kept.append(psutil.Process().memory_info().rss - before)
    assert kept[0] < kept[1] / 2
    assert kept[1] > 100 << 20


def test_results_that_are_kept_do_not_count_as_the_memory_of_a_model(tmp_path: Path) -> None:
    text = "same (float[2000,2000] image) => (float[2000,2000] y) { y = Exp(image) }"
    tiny.onnx_file(tmp_path / "same.onnx", text)
    graph = OnnxGraph(tmp_path / "same.onnx", cpu(), is_reused=True)
    image = np.zeros((2000, 2000), np.float32)
    kept = [graph.run({"image": image}, CancelToken()) for _ in range(12)]
    assert len(kept) == 12
    assert graph.memory < 6 * image.nbytes


def test_a_stopped_job_does_not_start(painter: QuickPainter) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        painter.paint(PICTURE, np.zeros(6, np.float32), cancel)


def test_wrong_numbers_are_an_error_in_words(painter: QuickPainter) -> None:
    with pytest.raises(StudioError, match="could not be used") as caught:
        painter.paint(PICTURE, np.zeros(5, np.float32), CancelToken())
    assert caught.value.details
