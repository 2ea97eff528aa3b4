"""Starts llama.cpp's server inside this process, and says in words why it could not."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import xllamacpp

from studio.core.errors import OutOfMemory, StudioError
from studio.engines import devices

BATCH = 64
"""Tokens read at once on a CPU. What was read stays valid in whole batches only, see `reading`."""
GPU_BATCH = 512
_TINY = 4_000_000
"""Bytes of weights below which a second thread costs more than it brings."""
_SILENT, _ERRORS = -1, 1
"""Verbosity of llama.cpp."""
_ALL_LAYERS = 999
_BUILTIN_TEMPLATE = "chatml"
_LAST_WORDS, _LATEST = b"exiting due to", 3.0
"""What llama.cpp says when it gives up, and the seconds to wait for it."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a model is to run."""

    path: Path
    name: str
    architecture: str
    context: int
    weights: int
    """Bytes."""
    on_gpu: bool
    socket: Path
    key: str
    own_template: bool = True

    @property
    def batch(self) -> int:
        """Tokens read at once."""
        return GPU_BATCH if self.on_gpu else BATCH


def start(setup: Setup) -> Any:
    """A running server. Raises StudioError with its last words, OutOfMemory, BrokenTemplate."""
    try:
        return _awake(xllamacpp.Server(_params(setup, _SILENT)))
    except RuntimeError:
        setup.socket.unlink(missing_ok=True)
    with _heard() as heard, contextlib.suppress(RuntimeError):  # once more, to hear why
        return _awake(xllamacpp.Server(_params(setup, _ERRORS)))
    setup.socket.unlink(missing_ok=True)
    raise problem(setup, heard[0])


def _awake(server: Any) -> Any:
    """``server`` once it has answered. One that is closed before its loop runs waits for ever (2026.10)."""
    server.handle_completions({"prompt": [0], "max_tokens": 0, "cache_prompt": False})
    return server


def without_template(setup: Setup) -> Setup:
    """The same with llama.cpp's own chat template instead of a broken one."""
    return replace(setup, own_template=False)


class BrokenTemplate(StudioError):
    """The model's chat template cannot be read; without it the model works."""


def can_use_gpu() -> bool:
    """Whether this build of llama.cpp sees a graphics card."""
    return any("GPU" in str(device["type"]) for device in xllamacpp.get_device_info())


def _params(setup: Setup, verbosity: int) -> Any:
    params = xllamacpp.CommonParams()
    params.model.path = str(setup.path)
    params.n_ctx, params.n_parallel, params.warmup = setup.context, 1, False
    params.n_batch = params.n_ubatch = setup.batch
    params.n_gpu_layers = _ALL_LAYERS if setup.on_gpu else 0
    params.fit_params = setup.on_gpu
    # copies of what was read before would not be what reading it again gives, down to the last bit
    params.cache_ram_mib = params.n_ctx_checkpoints = 0
    params.hostnames, params.api_keys, params.ui = [str(setup.socket)], [setup.key], False
    params.offline, params.verbosity = True, verbosity
    threads = 1 if setup.weights < _TINY else devices.threads()
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    if not setup.own_template:
        params.chat_template = _BUILTIN_TEMPLATE
    return params


@contextlib.contextmanager
def _heard() -> Generator[list[str]]:
    """What llama.cpp says on standard error inside the block, until it says that it gives up."""
    said = [""]
    with tempfile.TemporaryFile() as file:
        before = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield said
            said[0] = _read_to_end(file)
        finally:
            os.dup2(before, 2)
            os.close(before)


def _read_to_end(file: IO[bytes]) -> str:
    """All of it: a thread of its own writes it, which may be late."""
    deadline = time.monotonic() + _LATEST
    while True:
        file.seek(0)
        words = file.read()
        if _LAST_WORDS in words or time.monotonic() > deadline:
            return words.decode("utf-8", "replace")
        time.sleep(0.01)


def problem(setup: Setup, words: str) -> StudioError:
    """What llama.cpp's last ``words`` mean when it could not load a model."""
    lower = words.lower()
    if "unknown model architecture" in lower:
        return StudioError("{name} is of a kind that is not known here ({architecture}).",
                           "Look for a model of another kind, or a newer Atelier.", name=setup.name,
                           architecture=setup.architecture, details=words)
    if "pre-tokenizer" in lower or "vocabulary" in lower:
        return StudioError("{name} has a vocabulary of a kind that is not known here.",
                           "Look for a newer file of it, or a newer Atelier.", name=setup.name, details=words)
    if "chat template" in lower or "jinja" in lower:
        return BrokenTemplate("The chat template of {name} is broken; it can only write on.",
                              "Get it again from where it came, or use another model.", name=setup.name,
                              details=words)
    if "alloc" in lower or "out of memory" in lower:
        return OutOfMemory("There was not enough memory to load {name}.",
                           "Close other programs, or use a smaller model.", name=setup.name, details=words)
    return StudioError("{name} could not be loaded: it is damaged, or of a form that is not known here.",
                       "Get it again from where it came.", name=setup.name, details=words)
