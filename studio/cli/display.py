"""Whether a window can open here, found out before Qt is asked: Qt ends the process where it cannot."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from studio.core.errors import StudioError

_HINT = "Without one, use commands such as: atelier style PHOTO PAINTING -o styled.png"
_PACKAGES = "libegl1 libgl1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"


def check() -> None:
    """Raise StudioError if no window can open: no display, one that does not answer, or libraries missing."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb") not in (
        "xcb",
        "wayland",
    ):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise StudioError("There is no display to open a window on.", _HINT)
    if not os.environ.get("WAYLAND_DISPLAY"):
        _check_x(os.environ["DISPLAY"])


def _check_x(display: str) -> None:
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if host in ("", "unix") and not _answers(number):
        raise StudioError("The display {display} does not answer.", _HINT, display=display)
    if missing := missing_library():
        raise StudioError(
            "The window needs a system library that is not there: {missing}.",
            "On Debian and Ubuntu: apt install {packages}",
            missing=missing,
            packages=_PACKAGES,
        )


def _answers(number: str) -> bool:
    """Whether an X server listens, on its socket file or Linux's abstract one of the same name."""
    import socket

    name = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - X11 says so
    for address in (name, "\0" + name):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
            try:
                knock.connect(address)
            except OSError:
                continue
            return True
    return False


def missing_library() -> str:
    """The library that Qt's X11 plugin misses, or "": loading the plugin asks the system for all it needs."""
    import ctypes

    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return "PySide6"
    plugin = Path(found.origin).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.is_file():
        return ""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(error).partition(":")[0]
    return ""
