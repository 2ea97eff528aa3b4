"""A way to ask llama.cpp's server what its Python functions do not offer: tokens and templates.

The server insists on listening somewhere. It gets a Unix socket in a folder nobody else can enter, and a
password, so that nothing is on any network; see `studio.core.guard`.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.engines import spool

_LONGEST = 100
"""Bytes of a Unix socket's name that every system takes."""
_SECONDS = 60.0


class Door:
    """A private place for the server to listen at, and what talks to it there."""

    def __init__(self) -> None:
        """Makes the folder. Raises StudioError where Python has no Unix sockets, OSError."""
        if not hasattr(socket, "AF_UNIX"):
            raise StudioError("Language models cannot be used on this system yet.",
                              details="Python has no Unix sockets here")
        self.key = secrets.token_hex(16)
        """The password."""
        self._folder = _folder()

    @property
    def path(self) -> Path:
        """Where the socket is."""
        return self._folder / "m.sock"

    def ask(self, route: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The server's answer. Raises StudioError with its own words as details."""
        connection, password = _Connection(str(self.path)), {"Authorization": f"Bearer {self.key}"}
        try:
            connection.request("POST", route, json.dumps(body).encode(), password)
            answer = connection.getresponse()
            data = answer.read()
            found: dict[str, Any] = json.loads(data)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise StudioError("The language model does not answer.", "Try again.",
                              details=repr(error)) from error
        finally:
            connection.close()
        if answer.status != http.client.OK:
            raise StudioError("The language model could not do this.",
                              details=data.decode("utf-8", "replace"))
        return found

    def close(self) -> None:
        """Remove the folder. Never raises."""
        spool.remove(self._folder)


class _Connection(http.client.HTTPConnection):
    """HTTP through a Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _folder() -> Path:
    """In the spool, where what a killed process leaves is swept up, unless that has too long a name."""
    wanted = spool.folder()
    if len(os.fsencode(wanted)) + len("/m.sock") > _LONGEST:
        return Path(tempfile.mkdtemp(prefix="atelier-"))
    wanted.mkdir(parents=True)
    wanted.chmod(0o700)
    return wanted
