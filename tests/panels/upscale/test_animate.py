"""Moving pictures: every frame is there, each enlarged as it would be alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.core.jobs import CancelToken
from studio.engines.messages import PartDone
from studio.media import frames
from tests.panels.upscale.lightbox import Lightbox, done, photo

SIZE = 30, 40


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Lightbox]:
    """Enlarges with a fake network."""
    made = Lightbox(tmp_path)
    yield made
    made.close()


def film(kind: str, pictures: list[Any], durations: list[int]) -> bytes:
    """An animated file that loses nothing (but GIF its colours)."""
    stream = io.BytesIO()
    images = [Image.fromarray(picture) for picture in pictures]
    more = {"lossless": True} if kind == "WEBP" else {}
    images[0].save(stream, kind, save_all=True, append_images=images[1:], duration=durations, loop=3, **more)
    return stream.getvalue()


def frames_of(data: bytes) -> tuple[frames.Animation, list[Any]]:
    animation = frames.probe(data, max_pixels=10**8)
    assert animation
    return animation, list(frames.read(data, animation, max_pixels=10**8))


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
@pytest.mark.parametrize("channels", [3, 4])
def test_every_frame_is_enlarged_like_a_picture(box: Lightbox, kind: str, channels: int) -> None:
    pictures = [photo(*SIZE, seed, channels=channels) for seed in range(3)]
    outcome = box.run(film(kind, pictures, [50, 120, 70]), scale=2.0, quality=100)
    animation, found = frames_of(done(outcome))
    assert (animation.container, animation.durations, animation.loop) == ("png", (50, 120, 70), 3)
    assert outcome.outputs[0].media_type == "image/png"
    assert outcome.outputs[0].facts["frames"] == 3
    for picture, frame in zip(pictures, found, strict=True):
        alone = box.pixels(picture, scale=2.0)
        seen = alone[..., -1] > 0 if channels == 4 else np.ones(alone.shape[:2], bool)
        assert np.abs(frame.astype(int) - alone)[seen].max() <= 1


@pytest.mark.parametrize(("kind", "wanted", "container"), [
    ("GIF", "same", "gif"), ("WEBP", "same", "webp"), ("PNG", "same", "png"), ("GIF", "webp", "webp"),
    ("GIF", "png", "png")])
def test_it_stays_a_moving_file(box: Lightbox, kind: str, wanted: str, container: str) -> None:
    data = film(kind, [photo(*SIZE, seed) for seed in range(2)], [60, 80])
    outcome = box.run(data, scale=2.0, format=wanted)
    animation, found = frames_of(done(outcome))
    assert (animation.container, animation.durations) == (container, (60, 80))
    assert found[0].shape[:2] == (60, 80)
    assert outcome.outputs[0].media_type == f"image/{container}"
    assert outcome.outputs[0].thumbnail


def test_a_format_that_cannot_move_gets_the_first_frame_and_says_so(box: Lightbox) -> None:
    data = film("GIF", [photo(*SIZE, seed) for seed in range(2)], [60, 80])
    outcome = box.run(data, scale=2.0, format="jpeg")
    assert outcome.notes == ("JPEG cannot move, so only the first frame was enlarged.",)
    assert outcome.outputs[0].media_type == "image/jpeg"


def test_a_grey_film_gets_no_tint_and_its_grain_moves(box: Lightbox) -> None:
    grey = photo(*SIZE, 0, channels=1).repeat(3, 2)
    data = film("PNG", [grey, 255 - grey, grey], [50, 50, 50])
    _, found = frames_of(done(box.run(data, grain=0.5)))
    assert all((frame[..., 0] == frame[..., 1]).all() for frame in found)
    assert (found[0] != found[2]).mean() > 0.5


def test_a_part_of_a_film_is_of_its_first_frame(box: Lightbox) -> None:
    pictures = [photo(*SIZE, seed) for seed in range(2)]
    part = box.pixels(film("PNG", pictures, [50, 50]), crop="5,5,10,10", format="same")
    assert (part == box.pixels(pictures[0], crop="5,5,10,10")).all()


def test_a_stopped_film_goes_on_with_the_frames_that_are_done(
        box: Lightbox, tmp_path: Path) -> None:
    data = film("PNG", [photo(*SIZE, seed) for seed in range(4)], [50] * 4)
    whole = done(box.run(data))
    made, cancel, kept = len(box.upscaler.sizes), CancelToken(), []

    def stop(message: object) -> None:
        if isinstance(message, PartDone):
            kept.append(message)
            if len(kept) == 2:
                cancel.cancel()

    parts = tmp_path / "parts"
    assert box.run(data, parts=parts, cancel=cancel, emit=stop).state == "cancelled"
    box.upscaler.sizes.clear()
    assert done(box.run(data, parts=parts)) == whole
    assert len(box.upscaler.sizes) == made // 2
