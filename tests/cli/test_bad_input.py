"""Odd and broken files through the real Style command: each a picture, or a sentence with exit code 1.

Never a traceback (the ``run`` fixture looks), never a changed input, never a half file.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.media import files, picture
from tests.cli.conftest import Ran, Run
from tests.media.pictures import gradient, noise, saved

GRADIENT = gradient(48, 64)
GOOD: dict[str, Callable[[], bytes]] = {
    "one pixel.png": lambda: saved(gradient(1, 1), "PNG"),
    "wide.png": lambda: saved(gradient(1, 3000), "PNG"),
    "tall.png": lambda: saved(gradient(3000, 1), "PNG"),
    "cmyk.jpg": lambda: saved(Image.fromarray(GRADIENT).convert("CMYK"), "JPEG"),
    "indexed.png": lambda: indexed(),
    "grey.png": lambda: saved(Image.fromarray(GRADIENT).convert("L"), "PNG"),
    "grey alpha.png": lambda: saved(Image.fromarray(gradient(20, 20, 4)).convert("LA"), "PNG"),
    "alpha.webp": lambda: saved(gradient(20, 30, 4), "WEBP", lossless=True),
    "16 bit.png": lambda: picture.encode_png(gradient(20, 30, dtype=np.uint16)),
    "animated.gif": lambda: animated("GIF"),
    "animated.webp": lambda: animated("WEBP"),
    "really a png.jpg": lambda: saved(GRADIENT, "PNG"),
    "no ending": lambda: saved(GRADIENT, "JPEG"),
    "ñandú.png": lambda: saved(GRADIENT, "PNG"),
    "画布 山水.png": lambda: saved(GRADIENT, "PNG"),
    "Закат.png": lambda: saved(GRADIENT, "PNG"),
    "😀 party.png": lambda: saved(GRADIENT, "PNG"),
    'it\'s "quoted" $HOME `x` & more.png': lambda: saved(GRADIENT, "PNG"),
    "-o.png": lambda: saved(GRADIENT, "PNG"),
    "x" * 246 + ".png": lambda: saved(GRADIENT, "PNG"),
    "画" * 83 + ".png": lambda: saved(GRADIENT, "PNG"),
}
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut off.png": (lambda: saved(noise(), "PNG")[:4000], "cut off"),
    "cut off.jpg": (lambda: saved(noise(), "JPEG")[:1500], "cut off"),
    "nothing.png": (lambda: b"", "empty"),
    "zeros.png": (lambda: bytes(5000), "not a picture"),
    "text.jpg": (lambda: b"Dear diary, no pixels today.\n" * 50, "not a picture"),
    "header only.png": (lambda: saved(GRADIENT, "PNG")[:33], "cut off"),
    "phone.heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400), "HEIC"),
    "drawing.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "SVG"),
    "bomb.png": (
        lambda: saved(GRADIENT, "PNG")[:16] + (60000).to_bytes(4, "big") * 2 + saved(GRADIENT, "PNG")[24:],
        "",
    ),
}


def indexed() -> bytes:
    """A palette with one transparent colour."""
    image = Image.fromarray(GRADIENT).convert("P")
    return saved(image, "PNG", transparency=3)


def animated(kind: str) -> bytes:
    """Three different frames."""
    frames = [Image.fromarray(np.roll(GRADIENT, shift, axis=1)) for shift in (0, 9, 18)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)


def digest(folder: Path) -> dict[str, str]:
    """Every file of a folder by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


def sentence(ran: Ran) -> str:
    """The one line a failure says."""
    assert ran.code == 1
    assert not ran.out
    said = [line for line in ran.err.splitlines() if line.startswith("atelier: ")]
    assert len(said) == 1, ran.err
    assert said[0] == ran.err.splitlines()[-1]
    return said[0]


@pytest.mark.parametrize("name", GOOD, ids=lambda name: name[:20])
def test_a_picture_comes_out(run: Run, tmp_path: Path, painting: Path, name: str) -> None:
    content = tmp_path / "in" / name
    content.parent.mkdir()
    content.write_bytes(GOOD[name]())
    before = digest(content.parent)
    ran = run("style", content, painting, "--quiet", "--json", "--seed", 1)
    assert (ran.code, ran.err) == (0, "")
    made = Path(ran.data["outputs"][0])
    assert made.parent == content.parent
    facts, source = picture.read(made), picture.read(content)
    assert (facts.width, facts.height, facts.has_alpha) == (source.width, source.height, source.has_alpha)
    assert digest(content.parent).items() >= before.items()
    assert len(list(content.parent.iterdir())) == 2


def test_exif_rotation_is_applied_once(run: Run, tmp_path: Path, painting: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "turned.jpg").write_bytes(saved(gradient(40, 80), "JPEG", exif=exif))
    out = tmp_path / "out.jpg"
    assert run("style", tmp_path / "turned.jpg", painting, "-o", out).code == 0
    with Image.open(out) as image:
        assert image.size == (40, 80)
        assert image.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("role", ["content", "style"])
def test_a_sentence_comes_out(
    run: Run, tmp_path: Path, photo: Path, painting: Path, name: str, role: str
) -> None:
    make, words = BAD[name]
    bad = tmp_path / "bad" / name
    bad.parent.mkdir()
    bad.write_bytes(make())
    before = digest(bad.parent)
    pair = (bad, painting) if role == "content" else (photo, bad)
    said = sentence(run("style", *pair, "-o", tmp_path / "out.png"))
    assert name in said
    assert words in said
    assert not (tmp_path / "out.png").exists()
    assert digest(bad.parent) == before


def test_missing_files_folders_and_long_names(run: Run, tmp_path: Path, photo: Path, painting: Path) -> None:
    assert "There is no file none.png" in sentence(run("style", tmp_path / "none.png", painting))
    assert "is a folder" in sentence(run("style", photo, tmp_path))
    assert "not a possible file name" in sentence(run("style", tmp_path / ("x" * 300), painting))
    assert "not a possible file name" in sentence(run("style", f"{tmp_path}/a\0b.png", painting))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is unreadable to root")
def test_unreadable_file(run: Run, photo: Path, painting: Path) -> None:
    photo.chmod(0)
    assert "not allowed to read photo.jpg" in sentence(run("style", photo, painting))


def test_unreadable_file_as_the_system_says_it(
    run: Run, photo: Path, painting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refused(path: Path, *args: object, **more: object) -> object:
        if path == photo:
            raise PermissionError(errno.EACCES, "denied")
        return real(path, *args, **more)  # type: ignore[arg-type,call-overload]

    monkeypatch.setattr(Path, "open", refused)
    assert "not allowed to read photo.jpg" in sentence(run("style", photo, painting))


def test_a_read_only_target_stays_as_it_was(run: Run, photo: Path, painting: Path, tmp_path: Path) -> None:
    old = tmp_path / "out.png"
    old.write_bytes(b"an older work")
    old.chmod(0o444)
    assert "out.png is read-only" in sentence(run("style", photo, painting, "-o", old))
    assert old.read_bytes() == b"an older work"


def test_a_missing_folder_and_a_folder_as_target(
    run: Run, photo: Path, painting: Path, tmp_path: Path
) -> None:
    assert "no folder" in sentence(run("style", photo, painting, "-o", tmp_path / "none" / "out.png"))
    (tmp_path / "dir.png").mkdir()
    assert run("style", photo, painting, "-o", tmp_path / "dir.png").code == 0
    assert len(list((tmp_path / "dir.png").iterdir())) == 1


def test_a_full_disk_leaves_the_old_file(
    run: Run, photo: Path, painting: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "out.png"
    old.write_bytes(b"an older work")

    def full(part: Path, data: object) -> None:
        part.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files, "_write", full)
    assert "The disk is full: out.png was not written." in sentence(run("style", photo, painting, "-o", old))
    assert old.read_bytes() == b"an older work"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.png", "painting.png"]


def test_a_style_that_is_the_content_and_a_flat_one(run: Run, photo: Path, tmp_path: Path) -> None:
    flat = tmp_path / "grey.png"
    flat.write_bytes(saved(np.full((40, 40, 3), 128, np.uint8), "PNG"))
    for style in (photo, flat):
        assert run("style", photo, style, "-o", tmp_path / "out.png").code == 0


def test_strength_0_gives_the_content_back_bit_exact(run: Run, tmp_path: Path, painting: Path) -> None:
    content = tmp_path / "deep.png"
    content.write_bytes(picture.encode_png(gradient(30, 50, 4, dtype=np.uint16)))
    for suffix in ("png", "tiff"):
        out = tmp_path / f"out.{suffix}"
        assert run("style", content, painting, "--strength", 0, "-o", out).code == 0
        assert (picture.read(out).pixels == picture.read(content).pixels).all()


def test_the_same_seed_gives_the_same_pixels(run: Run, photo: Path, painting: Path, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        assert run("style", photo, painting, "--seed", 7, "-o", tmp_path / name).code == 0
    with Image.open(tmp_path / "a.png") as one, Image.open(tmp_path / "b.png") as other:
        assert one.tobytes() == other.tobytes()


def test_an_unknown_model_and_a_device_that_is_not_there(run: Run, photo: Path, painting: Path) -> None:
    assert "nobody" in sentence(run("style", photo, painting, "--model", "nobody"))
    if sys.platform != "darwin":
        assert "Apple GPU" in sentence(run("style", photo, painting, "--device", "mps"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("shape", [(10_000, 20_000), (1, 30_000)])
def test_giants(run: Run, tmp_path: Path, painting: Path, shape: tuple[int, int]) -> None:
    made = io.BytesIO()
    Image.linear_gradient("L").resize(shape[::-1]).convert("RGB").save(made, "JPEG")
    (tmp_path / "giant.jpg").write_bytes(made.getvalue())
    out = tmp_path / "out.png"
    assert run("style", tmp_path / "giant.jpg", painting, "-o", out).code == 0
    assert picture.probe(out).width == shape[1]
