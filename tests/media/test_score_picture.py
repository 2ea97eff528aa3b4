"""The small piano roll of a list."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.score import Note, Score, Track
from studio.media.arrangement_midi import write_arrangement
from studio.media.score_picture import score_picture
from studio.media.thumbs import thumbnail
from tests.scores import groove, tune


def test_notes_stand_where_they_sound() -> None:
    made = score_picture(Score((Track((Note(0, 90, 1920, 127), Note(1920, 40, 1920, 1))),), length=3840), 100)
    assert made.shape == (62, 100, 4)
    alpha = made[..., 3]
    assert alpha[:20, :49].max() == 255
    assert alpha[40:, 50:].max() == 151
    assert alpha[:20, 51:].max() == alpha[40:, :49].max() == 0


def test_tracks_can_be_told_apart_and_drums_are_grey() -> None:
    both = score_picture(Score((*tune().tracks, *groove(8).tracks)), 256)
    colours = {tuple(pixel) for pixel in both[both[..., 3] > 100][:, :3].tolist()}
    assert len(colours) == 3
    assert (132, 132, 132) in colours


@pytest.mark.parametrize("size", [1, 8, 256])
@pytest.mark.parametrize("score", [
    Score(), Score((Track(),)), Score((Track((Note(0, 0, 1), Note(10**7, 127, 1))),)),
    Score((Track((Note(5, 127, 10**8),)),)), tune(200)])
def test_any_score_at_any_size(score: Score, size: int) -> None:
    assert score_picture(score, size).shape[1] == size


def test_thumbnail_is_a_webp_with_nothing_behind_the_notes() -> None:
    data = write_arrangement(Arrangement(tune()))
    with Image.open(io.BytesIO(thumbnail(data, "score", 256))) as image:
        assert (image.format, image.size, image.mode) == ("WEBP", (256, 160), "RGBA")
        assert 0.02 < (np.asarray(image)[..., 3] > 0).mean() < 0.6
    assert thumbnail(data, "score") == thumbnail(data, "score")
    with pytest.raises(StudioError, match="not a MIDI file"):
        thumbnail(b"nonsense", "score")
