"""Pictures for the screen: what comes, and that no thread waits for another one for ever."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor

from studio.ui import decoding

_SCRIPT = """
import sys
from threading import Thread
from pathlib import Path
from PySide6.QtGui import QImageReader
from studio.ui import decoding, pictures
path = Path(sys.argv[1]); data = path.read_bytes()
def work(decode):
    for _ in range(400):
        assert not decode(data).isNull()
def look():  # as a window does that is painted: Python's lock held, Qt's lock of the picture formats wanted
    for _ in range(4000):
        assert QImageReader(str(path)).size().isValid()
threads = [Thread(target=work, args=(decode,), daemon=True) for decode in (decoding.decode, pictures.decode)]
threads.append(Thread(target=look, daemon=True))
for thread in threads: thread.start()
for thread in threads: thread.join()
print("done")
"""


def test_threads_do_not_wait_for_each_other_for_ever(tmp_path: Path) -> None:
    Image.new("RGB", (24, 16), "#336699").save(tmp_path / "a.png")
    done = subprocess.run([sys.executable, "-c", _SCRIPT, str(tmp_path / "a.png")], capture_output=True,
                          text=True, timeout=120, check=True)
    assert done.stdout == "done\n"


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "LA"])
def test_a_picture_comes_as_it_is(mode: str, tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGBA", (5, 3), "#336699").convert(mode).save(made, "PNG")
    (tmp_path / "a.png").write_bytes(made.getvalue())
    for source in (made.getvalue(), tmp_path / "a.png"):
        image = decoding.decode(source)
        assert (image.width(), image.height()) == (5, 3)
        grey = QColor(93, 93, 93)  # ITU-R 601
        assert image.pixelColor(2, 1) == (grey if mode.startswith("L") else QColor("#336699"))


def test_sixteen_bits_of_grey_are_not_cut_off() -> None:
    made = io.BytesIO()
    Image.fromarray(np.full((3, 5), 32_896, np.uint16)).save(made, "PNG")
    assert decoding.decode(made.getvalue()).pixelColor(1, 1) == QColor(128, 128, 128)


def test_what_is_no_picture_is_a_null_image(tmp_path: Path) -> None:
    whole = io.BytesIO()
    Image.new("RGB", (90, 90)).save(whole, "JPEG")
    for data in (b"", b"nothing", whole.getvalue()[:100]):
        assert decoding.decode(data).isNull()
    assert decoding.decode(tmp_path / "missing.png").isNull()
