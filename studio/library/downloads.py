"""Fetches a named model over the network: the only place in Atelier that opens a connection."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from studio.core import guard
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.library.digests import digest_now
from studio.library.model import Progress
from studio.media.files import writing_problem

_PIECE = 1 << 16
_PATIENCE = 30.0
"""Seconds without a byte before giving up."""
_RANGE_NOT_SATISFIABLE = 416
_PARTIAL = 206


@dataclass(frozen=True, slots=True)
class Download:
    """A model that can be fetched, with all a person shall know before."""

    id: str
    title: str
    url: str
    size: int
    """Bytes."""
    sha256: str
    """The digest or, as torch publishes it in the file's name, its first digits."""
    licence: str


DOWNLOADS = {item.id: item for item in (
    Download("vgg19", "VGG-19", "https://download.pytorch.org/models/vgg19-dcbb9e9d.pth", 574_673_361,
             "dcbb9e9d", "BSD-3-Clause (torchvision); trained on ImageNet"),
)}


def fetch(item: Download, folder: Path, *, progress: Progress | None = None,
          cancel: CancelToken | None = None) -> Path:
    """The whole, checked file in ``folder``, under a temporary name.

    A part that is there is continued. Raises StudioError for a failed connection (the part stays), for the
    wrong size or digest (it goes), and Cancelled.
    """
    part = folder / f"{item.id}.part"
    if _size(part) > item.size:
        part.unlink()
    if _size(part) < item.size:
        with guard.allowed():
            _receive(item, part, progress, cancel)
    _check(item, part, cancel)
    return part


def _receive(item: Download, part: Path, progress: Progress | None, cancel: CancelToken | None) -> None:
    try:
        with _opened(item.url, _size(part)) as answer:
            if answer.status != _PARTIAL:
                part.unlink(missing_ok=True)  # it sends everything again
            _save(item, answer, part, progress, cancel)
    except urllib.error.HTTPError as error:
        if error.code == _RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
        raise _no_connection(f"{error.code} {error.reason}", error) from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", "") or error or type(error).__name__
        raise _no_connection(str(reason), error) from error


def _opened(url: str, start: int) -> http.client.HTTPResponse:
    headers = {"Range": f"bytes={start}-"} if start else {}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the addresses are those above
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=_PATIENCE)  # noqa: S310
    return answer


def _save(item: Download, answer: http.client.HTTPResponse, part: Path, progress: Progress | None,
          cancel: CancelToken | None) -> None:
    done = _size(part)
    try:
        file = part.open("ab")
    except OSError as error:
        raise writing_problem(part, error) from error
    with file:
        while done <= item.size and (piece := answer.read(_PIECE)):
            if cancel:
                cancel.check()
            try:
                file.write(piece)
            except OSError as error:
                raise writing_problem(part, error) from error
            done += len(piece)
            if progress:
                progress(done, item.size)


def _check(item: Download, part: Path, cancel: CancelToken | None) -> None:
    size = _size(part)
    if size < item.size:
        raise StudioError("The download stopped at {done:,} of {size:,} MB.",
                          "Press Download to go on from there.", done=size // 1_000_000,
                          size=item.size // 1_000_000)
    if size > item.size or not digest_now(part, cancel).startswith(item.sha256):
        part.unlink()
        raise StudioError("What was downloaded is not {title}: its content is another.",
                          "Try again later; nothing was kept.", title=item.title)


def _no_connection(reason: str, error: Exception) -> StudioError:
    return StudioError("The download did not work: {reason}.",
                       "Check the connection, then press Download to go on where it stopped.",
                       reason=reason[:120], details=repr(error))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
