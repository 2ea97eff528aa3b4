"""What happens to errors nobody caught: written to a log, told once, never a vanished window."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from studio.core import places

_LEVELS = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO,
           QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR,
           QtMsgType.QtFatalMsg: logging.CRITICAL}
_log = logging.getLogger("studio")
_fault_file: TextIO | None = None  # kept open for the life of the process: faulthandler writes by number


class CrashHooks(QObject):
    """Catches what falls through in any thread; ``caught`` tells the window, in its own thread."""

    caught = Signal(object)
    """BaseException"""
    _relay = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._relay.connect(self.caught, Qt.ConnectionType.QueuedConnection)
        self._kept = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Take the place of Python's hooks."""
        sys.excepthook = self._on_error
        threading.excepthook = lambda args: self._on_error(args.exc_type, args.exc_value, args.exc_traceback)

    def remove(self) -> None:
        """Give Python's hooks back."""
        sys.excepthook, threading.excepthook = self._kept

    def _on_error(self, kind: type[BaseException], error: BaseException | None,
                  trace: TracebackType | None) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        _log.error("Not caught", exc_info=(kind, error, trace))
        self._relay.emit(error)


def log_folder() -> Path:
    """Where the log and the fault file are."""
    return places.cache() / "logs"


def start_logging() -> None:
    """Log to a small rotating file; native crashes write their stack beside it. Never fails."""
    global _fault_file
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_folder() / "atelier.log", maxBytes=1_000_000, backupCount=2,
                                      encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logging.getLogger().addHandler(handler)
        _fault_file = (log_folder() / "fault.log").open("a", encoding="utf-8")
        faulthandler.enable(_fault_file)
    except OSError:  # a full or read-only disk must not keep the window from opening
        _log.warning("No log can be written to %s", log_folder())
    qInstallMessageHandler(_on_qt_message)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    _log.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", message)
