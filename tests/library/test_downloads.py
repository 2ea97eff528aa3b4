from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from studio.core import guard, places
from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.library import downloads, imports
from studio.library.catalog import default
from studio.library.downloads import DOWNLOADS, Download, fetch
from tests.library import makers


class Server(http.server.ThreadingHTTPServer):
    """Hands out one file, with or without ranges, and can hang up early."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = b""
        self.ranges: list[str | None] = []
        self.takes_ranges, self.sends = True, 1 << 30
        self.status = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/model.pth"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        is_part = asked and self.server.takes_ranges
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if is_part else 0
        if self.server.status:
            self.send_error(self.server.status)
            return
        body = self.server.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:self.server.sends])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Generator[Server]:
    with guard.allowed():
        made = Server()
    made.content = makers.torch_file(tmp_path / "served.pth", makers.fast_style(8), legacy=True).read_bytes()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def item(server: Server, **more: object) -> Download:
    known = {"id": "fast", "title": "Fast", "url": server.url, "size": len(server.content),
             "sha256": hashlib.sha256(server.content).hexdigest()[:8], "licence": "CC0"}
    return Download(**known | more)  # type: ignore[arg-type]


def test_a_whole_file_comes_checked(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    part = fetch(item(server), tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert part.read_bytes() == server.content
    assert seen[-1] == (len(server.content), len(server.content))
    assert seen == sorted(seen)
    assert server.ranges == [None]


@pytest.mark.parametrize("takes_ranges", [True, False])
def test_it_goes_on_where_it_stopped(server: Server, tmp_path: Path, takes_ranges: bool) -> None:
    server.takes_ranges, server.sends = takes_ranges, 5000
    with pytest.raises(StudioError, match=r"The download (stopped at|did not work)"):
        fetch(item(server), tmp_path)
    assert (tmp_path / "fast.part").stat().st_size == 5000
    server.sends = 1 << 30
    assert fetch(item(server), tmp_path).read_bytes() == server.content
    assert server.ranges == [None, "bytes=5000-"]


def test_a_finished_part_needs_no_connection(server: Server, tmp_path: Path) -> None:
    (tmp_path / "fast.part").write_bytes(server.content)
    assert fetch(item(server), tmp_path).read_bytes() == server.content
    assert server.ranges == []


def test_a_part_that_is_too_long_starts_afresh(server: Server, tmp_path: Path) -> None:
    (tmp_path / "fast.part").write_bytes(server.content + b"more")
    assert fetch(item(server), tmp_path).read_bytes() == server.content


@pytest.mark.parametrize("more", [{"sha256": "00000000"}, {"size": 1000}])
def test_wrong_content_is_thrown_away(server: Server, tmp_path: Path, more: dict[str, object]) -> None:
    with pytest.raises(StudioError, match="What was downloaded is not Fast: its content is another"):
        fetch(item(server, **more), tmp_path)
    assert not (tmp_path / "fast.part").exists()


@pytest.mark.parametrize("status", [404, 500])
def test_a_server_that_refuses_keeps_the_part(server: Server, tmp_path: Path, status: int) -> None:
    server.status = status
    (tmp_path / "fast.part").write_bytes(server.content[:100])
    with pytest.raises(StudioError, match=rf"The download did not work: {status}"):
        fetch(item(server), tmp_path)
    assert (tmp_path / "fast.part").stat().st_size == 100


def test_a_part_the_server_cannot_continue_goes(server: Server, tmp_path: Path) -> None:
    server.status = 416
    (tmp_path / "fast.part").write_bytes(b"x" * 100)
    with pytest.raises(StudioError, match="416"):
        fetch(item(server), tmp_path)
    assert not (tmp_path / "fast.part").exists()


def test_no_server(tmp_path: Path) -> None:
    gone = Download("fast", "Fast", "http://127.0.0.1:9/model.pth", 10, "00", "CC0")
    with pytest.raises(StudioError, match=r"The download did not work: .*refused"):
        fetch(gone, tmp_path)


def test_cancelling_keeps_what_came(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "_PIECE", 1000)
    token = CancelToken()

    def stop(done: int, _: int) -> None:
        if done > 4000:
            token.cancel()
    with pytest.raises(Cancelled):
        fetch(item(server), tmp_path, progress=stop, cancel=token)
    assert 4000 < (tmp_path / "fast.part").stat().st_size < len(server.content)


def test_connections_are_refused_again_afterwards(server: Server, tmp_path: Path) -> None:
    fetch(item(server), tmp_path)
    with pytest.raises(StudioError, match=r"did not work: .*offline"):
        downloads._receive(item(server), tmp_path / "x.part", None, None)


def test_download_puts_it_into_the_library(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DOWNLOADS, "fast", item(server))
    model = imports.download("fast")
    assert (model.id, model.engine) == ("fast", "style.fast")
    assert (model.licence, model.source_url) == ("CC0", server.url)
    assert imports.verify("fast") == [("weights.pth", True)]
    assert imports.download("fast") == model
    assert len(server.ranges) == 1
    assert not list((places.user_models() / ".downloads").iterdir())
    assert default().find("fast") == model


def test_a_failure_after_the_download_keeps_the_file(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DOWNLOADS, "fast", item(server))

    def full(*_: object) -> None:
        raise StudioError("The disk is full.")
    with monkeypatch.context() as patch:
        patch.setattr(imports, "write_atomic", full)
        with pytest.raises(StudioError, match="disk is full"):
            imports.download("fast")
    imports.download("fast")
    assert len(server.ranges) == 1


def test_unknown_downloads_are_named() -> None:
    with pytest.raises(StudioError, match=r"nothing to download by the name x. There are: .*vgg19"):
        imports.download("x")


def test_vgg19_is_the_published_one() -> None:
    known = DOWNLOADS["vgg19"]
    assert known.url.startswith("https://")
    assert known.sha256 in known.url
    assert known.size > 500_000_000
    assert known.licence
