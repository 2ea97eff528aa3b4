"""Devices are chosen by name, and a missing one is named."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studio.core.errors import StudioError
from studio.engines import devices


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nothing but a CPU."""
    monkeypatch.setattr(devices, "cuda", lambda: None)
    monkeypatch.setattr(devices, "mps", lambda: None)


@pytest.mark.usefixtures("bare")
def test_auto_falls_back_to_the_cpu() -> None:
    assert devices.choose("auto").kind == "cpu"


def test_auto_prefers_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    card = devices.Device("cuda", "A card", 8 << 30)
    monkeypatch.setattr(devices, "cuda", lambda: card)
    assert devices.choose("auto") == devices.choose("cuda") == card
    assert devices.choose("cpu").kind == "cpu"
    assert devices.describe(card) == "A card (8 GB)"


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(("wanted", "name"), [("cuda", "NVIDIA GPU"), ("mps", "Apple GPU")])
def test_a_missing_device_is_named(wanted: str, name: str) -> None:
    with pytest.raises(StudioError, match=f"no {name}") as caught:
        devices.choose(wanted)
    assert "cpu" in caught.value.hint


def test_an_unknown_device_is_refused() -> None:
    with pytest.raises(StudioError, match="called abacus"):
        devices.choose("abacus")


def test_threads_memory_and_description_are_sane() -> None:
    assert 1 <= devices.threads() <= 1024
    assert devices.free_memory() > 0
    assert devices.choose("cpu").memory >= devices.free_memory()
    assert devices.describe(devices.cpu()).startswith("CPU (")


def test_onnxruntime_runs_on_the_cpu_without_a_word() -> None:
    """Wherever CUDA's libraries are missing, nothing may reach the terminal."""
    code = "from studio.engines import devices; print(devices.ort_providers(devices.cpu()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          timeout=120)
    assert done.stdout.strip() == "['CPUExecutionProvider']"
    assert done.stderr == ""


def test_a_gpu_without_its_libraries_means_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    card = devices.Device("cuda", "A card", 1)
    monkeypatch.setattr(devices, "_ort_has_cuda", lambda: False)
    assert devices.ort_providers(card) == ["CPUExecutionProvider"]
    monkeypatch.setattr(devices, "_ort_has_cuda", lambda: True)
    assert devices.ort_providers(card) == ["CUDAExecutionProvider", "CPUExecutionProvider"]
