"""Every test starts clean and leaves nothing behind: no settings, no threads, no processes, no network."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator
from pathlib import Path

import hypothesis
import psutil
import pytest

# Windows that come and go on a person's screen, or a display without a window manager, give no focus to test.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from studio.core import guard

# A busy machine is no fault of the program: no test here fails by the clock.
hypothesis.settings.register_profile(
    "studio", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("studio")

guard.install()
# spawned processes import the main module again; pytest is none of their business and takes half a second
sys.modules["__main__"].__spec__ = None
sys.modules["__main__"].__dict__.pop("__file__", None)


@pytest.fixture(autouse=True)
def atelier_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for everything a person owns."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ATELIER_HOME", str(home))
    monkeypatch.setattr(guard, "_count", 0)
    return home


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Generator[None]:
    """Fails a test that leaves a QThread running or a child process alive."""
    threads = psutil.Process().num_threads()
    children = _children()
    yield
    _settle(lambda: not (_children() - children))
    left = {_describe(pid) for pid in _children() - children}
    # looking for them by name takes 60 ms once torch is there, so only where a thread more is running
    running = _qthreads() if psutil.Process().num_threads() > threads else set()
    assert not left, f"child processes left running: {left}"
    assert not running, f"QThreads left running: {running}"


def _qthreads() -> set[str]:
    """Names of running QThreads that Python still knows of; costs nothing where Qt was never imported."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return set()
    import gc

    import shiboken6

    classes = _with_subclasses(core.QThread)
    found = [thing for thing in gc.get_objects() if type(thing) in classes]
    here = core.QThread.currentThread()
    return {f"{thread.objectName() or type(thread).__name__} {id(thread):x}" for thread in found
            if shiboken6.isValid(thread) and thread is not here and thread.isRunning()}


def _with_subclasses(cls: type) -> set[type]:
    return {cls}.union(*(_with_subclasses(child) for child in cls.__subclasses__()))


def _children() -> set[int]:
    """Living child processes; multiprocessing's own helper stays until the interpreter ends."""
    found = set()
    for child in psutil.Process().children(recursive=True):
        try:
            if child.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(child.cmdline()):
                found.add(child.pid)
        except psutil.Error:
            continue
    return found


def _describe(pid: int) -> str:
    try:
        return f"{pid}: {' '.join(psutil.Process(pid).cmdline())[:200]}"
    except psutil.Error:
        return f"{pid}: gone since"


def _settle(is_done: object, seconds: float = 2.0) -> None:
    """Wait a little for what is ending anyway."""
    end = time.monotonic() + seconds
    while callable(is_done) and not is_done() and time.monotonic() < end:
        time.sleep(0.02)
