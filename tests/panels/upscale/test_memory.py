"""A camera's picture, four times as wide and high, in the memory a laptop has to spare."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from studio.media.picture import probe
from tests.panels.upscale.lightbox import photo

ROOT = Path(__file__).parents[3]
_MOST = 3_000_000_000


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_picture_of_12_megapixels_four_times_as_big_stays_under_3_gb(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.fromarray(photo(750, 1000)).resize((4000, 3000)).save(stream, "JPEG", quality=92)
    picture, out = tmp_path / "picture.jpg", tmp_path / "out.png"
    picture.write_bytes(stream.getvalue())
    arguments = [str(picture), str(tmp_path / "model"), str(tmp_path / "parts"), str(out), "0", "0"]
    made = subprocess.run([sys.executable, "-m", "tests.panels.upscale.program", *arguments], cwd=ROOT,
                          capture_output=True, text=True, check=True)
    peak = int(made.stdout.split()[-1])
    print(f"peak {peak / 1e9:.2f} GB")
    assert peak < _MOST
    facts = probe(out)
    assert (facts.width, facts.height) == (16_000, 12_000)
