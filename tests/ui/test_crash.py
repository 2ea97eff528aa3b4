"""Errors nobody caught: logged, told to the window in its own thread, never fatal."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread, qInstallMessageHandler, qWarning
from pytestqt.qtbot import QtBot

from studio.ui import crash


@pytest.fixture
def hooks(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[crash.CrashHooks]:
    found = crash.CrashHooks()
    found.install()
    yield found
    found.remove()


@pytest.fixture
def logs(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # import-linter, run by another test, configures logging and so switches every other logger off
    monkeypatch.setattr(crash._log, "disabled", False)
    before = list(logging.getLogger().handlers)
    was_enabled = faulthandler.is_enabled()
    crash.start_logging()
    yield
    qInstallMessageHandler(None)
    faulthandler.disable()
    if was_enabled:
        faulthandler.enable(sys.__stderr__)
    for handler in [h for h in logging.getLogger().handlers if h not in before]:
        logging.getLogger().removeHandler(handler)
        handler.close()
    if crash._fault_file is not None:
        crash._fault_file.close()


def test_an_error_in_the_window_is_told(hooks: crash.CrashHooks, qtbot: QtBot) -> None:
    error = ValueError("nobody caught me")
    with qtbot.waitSignal(hooks.caught) as told:
        sys.excepthook(ValueError, error, None)
    assert told.args == [error]


def test_an_error_in_a_thread_is_told_in_the_windows_thread(hooks: crash.CrashHooks, qtbot: QtBot) -> None:
    threads: list[QThread] = []
    hooks.caught.connect(lambda _: threads.append(QThread.currentThread()))

    def fail() -> None:
        raise RuntimeError("deep inside")

    with qtbot.waitSignal(hooks.caught):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert threads == [QThread.currentThread()]


def test_hooks_are_given_back(qtbot: QtBot) -> None:
    before = sys.excepthook
    hooks = crash.CrashHooks()
    hooks.install()
    hooks.remove()
    assert sys.excepthook is before


def test_errors_and_qts_warnings_reach_the_log(logs: None, hooks: crash.CrashHooks) -> None:
    sys.excepthook(ValueError, ValueError("kept for later"), None)
    qWarning("from Qt itself")
    text = (crash.log_folder() / "atelier.log").read_text(encoding="utf-8")
    assert "kept for later" in text
    assert "from Qt itself" in text
    assert faulthandler.is_enabled()


def test_a_place_that_cannot_be_written_keeps_nothing_from_opening(
        qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_HOME", "/proc/nowhere")
    crash.start_logging()
    qInstallMessageHandler(None)
