"""Refuses network connections: sys.addaudithook sees every socket Python opens (PEP 578)."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

from studio.core.errors import StudioError

_ALLOWED = threading.local()
_count = 0
_is_installed = False
_REFUSED = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
                      "socket.sendto", "socket.bind", "socket.getnameinfo", "socket.sendmsg"})


class NetworkRefused(StudioError, ConnectionError):
    """Something tried to reach the network without a person's leave."""


def install() -> None:
    """Refuse from now on, in this process, for good: an audit hook cannot be removed."""
    global _is_installed
    if not _is_installed:
        _is_installed = True
        sys.addaudithook(_hook)


def connections() -> int:
    """How many connections were let through since the start, for the status chip."""
    return _count


@contextmanager
def allowed() -> Generator[None]:
    """Let this thread connect inside the block: only for a download a person asked for."""
    before = getattr(_ALLOWED, "yes", False)
    _ALLOWED.yes = True
    try:
        yield
    finally:
        _ALLOWED.yes = before


def _hook(event: str, args: tuple[object, ...]) -> None:
    global _count
    if event not in _REFUSED or _is_local(args):
        return
    if not getattr(_ALLOWED, "yes", False):
        raise NetworkRefused("Atelier is offline: a connection was refused.", details=f"{event} {args[1:]!r}")
    _count += event == "socket.connect"


def _is_local(args: tuple[object, ...]) -> bool:
    """Unix sockets carry a path, not an (address, port) pair: they never leave the machine."""
    return len(args) == 2 and isinstance(args[1], str | bytes) and hasattr(args[0], "family")
