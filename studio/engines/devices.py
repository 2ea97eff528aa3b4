"""Where models run: CUDA, Apple's GPU (MPS) or the CPU, asked for quietly before any library is loaded."""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import platform
import sys
from dataclasses import dataclass
from functools import cache
from typing import Literal

import psutil

from studio.core.errors import StudioError

Kind = Literal["cpu", "cuda", "mps"]
WANTED = ("auto", "cpu", "cuda", "mps")
_NAMES = {"cuda": "NVIDIA GPU", "mps": "Apple GPU"}


@dataclass(frozen=True, slots=True)
class Device:
    """One place to run models."""

    kind: Kind
    name: str
    """As people know it, such as "NVIDIA GeForce RTX 4070"."""
    memory: int
    """Bytes there are in all: GPU memory, or the machine's."""


def choose(wanted: str = "auto") -> Device:
    """The device for ``wanted``: auto, cpu, cuda or mps. Auto takes CUDA, else MPS, else the CPU.

    Raises StudioError when the one asked for is not there, or unknown.
    """
    if wanted not in WANTED:
        raise StudioError("There is no device called {wanted}.", "Choose auto, cpu, cuda or mps.",
                          wanted=wanted)
    if wanted == "cpu":
        return cpu()
    found = {"cuda": (cuda,), "mps": (mps,), "auto": (cuda, mps, cpu)}[wanted]
    for look in found:
        if device := look():
            return device
    raise StudioError("There is no {name} Atelier can use here.",
                      'Choose "auto" or "cpu", or install the maker\'s driver.', name=_NAMES[wanted])


def cpu() -> Device:
    """The processor; always there."""
    return Device("cpu", _cpu_name(), psutil.virtual_memory().total)


@cache
def cuda() -> Device | None:
    """The first CUDA device, asked of the driver itself (CUDA driver API), which prints nothing."""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return None
    count, handle, size = ctypes.c_int(0), ctypes.c_int(0), ctypes.c_size_t(0)
    name = ctypes.create_string_buffer(128)
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)) or count.value < 1:
        return None
    if driver.cuDeviceGet(ctypes.byref(handle), 0) or driver.cuDeviceGetName(name, len(name), handle):
        return None
    if driver.cuDeviceTotalMem_v2(ctypes.byref(size), handle):
        return None
    return Device("cuda", name.value.decode("utf-8", "replace"), size.value)


@cache
def mps() -> Device | None:
    """Apple's GPU on Apple silicon; it shares the machine's memory."""
    if (platform.system(), platform.machine()) != ("Darwin", "arm64"):
        return None
    return Device("mps", f"{_cpu_name()} GPU", psutil.virtual_memory().total)


def threads() -> int:
    """CPU threads for one model: the cores this process may use, two hardware threads counted once."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, psutil.cpu_count(logical=False) or allowed))


def free_memory() -> int:
    """Bytes of main memory that can be used without swapping."""
    return int(psutil.virtual_memory().available)


def describe(device: Device) -> str:
    """For the status line: name, cores or memory."""
    if device.kind == "cpu":
        return f"CPU ({threads()} cores)" if threads() > 1 else "CPU (1 core)"
    return f"{device.name} ({device.memory / 2**30:.0f} GB)"


def ort_providers(device: Device) -> list[str]:
    """Execution providers of onnxruntime, best first; CUDA only where its libraries load."""
    if device.kind == "cuda" and _ort_has_cuda():
        return ["CUDAExecutionProvider", "CPUExecutionProvider"]
    return ["CPUExecutionProvider"]


@cache
def _ort_has_cuda() -> bool:
    import onnxruntime

    if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
        return False
    said = io.StringIO()  # preload_dlls prints what it cannot load
    with contextlib.redirect_stdout(said):
        onnxruntime.preload_dlls()
    return "Failed" not in said.getvalue()


def torch_device(device: Device) -> str:
    """The name torch gives ``device``; "cpu" where this torch was built without it."""
    import torch

    if device.kind == "cuda" and torch.cuda.is_available():
        return "cuda"
    if device.kind == "mps" and torch.backends.mps.is_available():
        return "mps"
    return "cpu"


def _cpu_name() -> str:
    return platform.processor() or platform.machine() or "CPU"
