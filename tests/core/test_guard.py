from __future__ import annotations

import multiprocessing
import socket
import subprocess
import sys
import threading

import pytest

from studio.core import guard
from studio.core.errors import StudioError

TRIES = {
    "connect": "socket.create_connection(('127.0.0.1', 9), 1)",
    "connect_ex": "socket.socket().connect_ex(('127.0.0.1', 9))",
    "ipv6": "socket.socket(socket.AF_INET6).connect(('::1', 9))",
    "name": "socket.getaddrinfo('example.org', 80)",
    "old name": "socket.gethostbyname('example.org')",
    "reverse name": "socket.gethostbyaddr('127.0.0.1')",
    "datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "server": "socket.socket().bind(('127.0.0.1', 0))",
    "urllib": "__import__('urllib.request').request.urlopen('http://127.0.0.1:9/', timeout=1)",
    "http": "__import__('http.client').client.HTTPConnection('127.0.0.1', 9, timeout=1).request('GET', '/')",
}
LOCAL = {
    "unix pair": "a, b = socket.socketpair(); a.sendall(b'x'); print(b.recv(1))",
    "unix server": """
import tempfile, os
path = os.path.join(tempfile.mkdtemp(), 's')
server, client = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
server.bind(path); server.listen(); client.connect(path); print('ok')""",
    "pipe": "from multiprocessing import Pipe; a, b = Pipe(); a.send(b'x'); print(b.recv())",
    "listener": """
from multiprocessing.connection import Client, Listener
import threading
server = Listener(family='AF_UNIX')
thread = threading.Thread(target=lambda: server.accept().send('hi'))
thread.start(); print(Client(server.address).recv()); thread.join()""",
}


def guarded(code: str) -> subprocess.CompletedProcess[str]:
    start = "import socket; from studio.core import guard; guard.install(); guard.install()\n"
    return subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, timeout=60)


def test_every_way_out_is_refused_in_a_process_of_its_own() -> None:
    code = "\n".join(f"try:\n    {call}\n    print({name!r}, 'went through')\nexcept Exception as error:\n"
                     f"    print({name!r}, 'offline' in f'{{error!r}} {{getattr(error, \"reason\", 0)!r}}')"
                     for name, call in TRIES.items())
    made = guarded(code)
    assert made.stdout.splitlines() == [f"{name} True" for name in TRIES], made.stderr


def test_local_talk_goes_on() -> None:
    made = guarded("\n".join(LOCAL.values()))
    assert made.stdout.splitlines() == ["b'x'", "ok", "b'x'", "hi"], made.stderr


def test_without_the_guard_the_same_connection_is_tried() -> None:
    """The test above would pass for the wrong reason if nothing could connect anyway."""
    code = ("import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
            "socket.create_connection(server.getsockname()).close()\nprint('connected')")
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert made.stdout.strip() == "connected", made.stderr


def test_a_process_without_guard_in_a_guarded_one_is_its_own_matter() -> None:
    """Multiprocessing pipes of the engine process work under the guard."""
    one, other = multiprocessing.Pipe()
    one.send({"x": 1})
    assert other.recv() == {"x": 1}
    one.close()
    other.close()


def test_allowed_lets_this_thread_connect_and_no_other() -> None:
    guard.install()
    with guard.allowed():
        server = socket.create_server(("127.0.0.1", 0))
        address = server.getsockname()
        before = guard.connections()
        socket.create_connection(address).close()
        assert guard.connections() == before + 1
        found: list[BaseException] = []
        thread = threading.Thread(target=attempt, args=(address, found))
        thread.start()
        thread.join()
        assert isinstance(found[0], guard.NetworkRefused)
    with pytest.raises(guard.NetworkRefused, match="Atelier is offline"), socket.socket() as late:
        late.connect(address)
    server.close()


def attempt(address: tuple[str, int], found: list[BaseException]) -> None:
    with socket.socket() as plug:
        try:
            plug.connect(address)
        except OSError as error:
            found.append(error)


def test_allowed_ends_also_after_an_error_and_nests() -> None:
    guard.install()
    with pytest.raises(KeyError), guard.allowed():
        raise KeyError("x")
    with pytest.raises(guard.NetworkRefused), socket.socket() as plug:
        plug.connect(("127.0.0.1", 9))
    with guard.allowed():
        with guard.allowed():
            pass
        with socket.socket() as plug:
            plug.bind(("127.0.0.1", 0))


def test_refusal_is_an_error_for_people_and_for_libraries() -> None:
    assert issubclass(guard.NetworkRefused, StudioError)
    assert issubclass(guard.NetworkRefused, OSError)
