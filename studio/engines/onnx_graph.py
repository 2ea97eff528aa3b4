"""An ONNX file in onnxruntime that can be stopped in the middle of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import psutil
from numpy.typing import NDArray

from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices

_FATAL = 4  # onnxruntime logs a wanted stop, and a fallback to the CPU, as errors
_MEMORY_WORDS = ("bad_alloc", "allocate memory", "out of memory", "BFCArena", "bad allocation")


class OnnxGraph:
    """A loaded ONNX graph. Runs give the same bytes for the same input on one machine."""

    def __init__(self, path: Path, device: devices.Device, data: bytes | None = None, *,
                 is_reused: bool = False, threads: int = 0) -> None:
        """``data`` is the graph where it was made from ``path`` and others, such as interpolated weights.

        ``is_reused``: it will run on many pictures of about one size, and may keep their memory in between.
        ``threads``: 0 takes as many as there are cores.

        Raises StudioError for a file onnxruntime does not take.
        """
        self.path, self._is_reused = path, is_reused
        onnxruntime.set_default_logger_severity(_FATAL)
        try:
            self._session = onnxruntime.InferenceSession(path if data is None else data, _options(threads),
                                                         devices.ort_providers(device))
        except Exception as error:  # onnxruntime's exceptions share no base class
            raise _translated(error, path) from error
        self.size = path.stat().st_size if data is None else len(data)
        self._held = 0

    @property
    def device(self) -> str:
        """Where it runs: cpu or cuda."""
        return "cuda" if self._session.get_providers()[0].startswith("CUDA") else "cpu"

    @property
    def memory(self) -> int:
        """Bytes: weights, twice because onnxruntime keeps packed copies, and what runs left in its arena."""
        return 2 * self.size + self._held

    @property
    def inputs(self) -> list[Any]:
        """Name, shape and type of every input."""
        return list(self._session.get_inputs())

    @property
    def outputs(self) -> list[Any]:
        """Name, shape and type of every output."""
        return list(self._session.get_outputs())

    def run(self, feeds: Mapping[str, NDArray[Any]], cancel: CancelToken) -> list[NDArray[np.float32]]:
        """Every output, in order. Raises Cancelled within some 40 ms of a stop, and OutOfMemory."""
        options = onnxruntime.RunOptions()
        options.log_severity_level = _FATAL
        if not self._is_reused:
            options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        before = resident() if self._is_reused else 0
        with cancel.interrupts(lambda: setattr(options, "terminate", True)):
            try:
                return list(self._session.run(None, dict(feeds), options))
            except Exception as error:  # as above; a stop is told apart by `interrupts`
                raise _translated(error, self.path) from error
            finally:
                # The largest growth, not the sum: each run's results come and go, and would be counted again.
                self._held = max(self._held, resident() - before if self._is_reused else 0)

    def binding(self) -> Any:
        """An onnxruntime.IOBinding, for runs whose arrays stay where they are."""
        return self._session.io_binding()

    def run_bound(self, binding: Any, cancel: CancelToken) -> None:
        """Run with the arrays of a `binding`; as `run`, but memory is not looked at."""
        options = onnxruntime.RunOptions()
        options.log_severity_level = _FATAL
        options.add_run_config_entry("gpu_graph_id", "-1")  # none; to find that out itself takes it 70 us
        with cancel.interrupts(lambda: setattr(options, "terminate", True)):
            try:
                self._session.run_with_iobinding(binding, options)
            except Exception as error:  # as above
                raise _translated(error, self.path) from error


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(psutil.Process().memory_info().rss)


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _FATAL
    options.intra_op_num_threads = threads or devices.threads()
    options.inter_op_num_threads = 1
    # Waiting threads must sleep, not spin: the window needs those cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Pictures differ in size, so patterns do not help. The arena stays on: without one the memory of each
    # step comes fresh from the system, page by page, half as long again. `run` empties it after one-off work.
    options.enable_mem_pattern = False
    return options


def _translated(error: Exception, path: Path) -> StudioError:
    text = str(error)
    if isinstance(error, MemoryError) or any(word in text for word in _MEMORY_WORDS):
        return OutOfMemory("There was not enough memory for this.",
                           "Try a smaller size, or close other programs.", details=text)
    return StudioError("The model {name} could not be used.",
                       "The file may be damaged, or made for a newer version of Atelier.", details=text,
                       name=path.name)
