"""How torch is run here: repeatable, and with memory trouble in words."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

import torch

from studio.core.errors import OutOfMemory
from studio.engines import devices


@contextlib.contextmanager
def steady_threads() -> Generator[None]:
    """A fixed number of threads inside the block: the order of sums, and so the bytes, depend on it."""
    threads = torch.get_num_threads()
    torch.set_num_threads(devices.threads())
    try:
        yield
    finally:
        torch.set_num_threads(threads)


@contextlib.contextmanager
def memory_in_words() -> Generator[None]:
    """torch's ways of saying that memory ran out, as OutOfMemory."""
    try:
        yield
    except RuntimeError as error:
        if isinstance(error, torch.OutOfMemoryError) or "allocate memory" in str(error):
            raise OutOfMemory("There was not enough memory for this.",
                              "Try a smaller size, or close other programs.", details=str(error)) from error
        raise
