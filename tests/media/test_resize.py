from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.media import resize as resize_module
from studio.media.resize import fit, resize
from tests.media.pictures import gradient, noise


@settings(deadline=None)
@given(st.integers(1, 40_000), st.integers(1, 40_000), st.integers(1, 16_384))
def test_fit_keeps_the_proportion(height: int, width: int, longest: int) -> None:
    h, w = fit(height, width, longest)
    assert max(h, w) == longest
    assert min(h, w) >= 1
    assert abs(h / longest - height / max(height, width)) <= 1 / longest


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("shape", [(60, 80), (60, 80, 1), (60, 80, 2), (60, 80, 3), (60, 80, 4)])
@pytest.mark.parametrize("to", [(30, 40), (7, 5), (90, 120), (1, 1), (60, 80)])
def test_shape_type_and_brightness_stay(dtype: type, shape: tuple[int, ...], to: tuple[int, int]) -> None:
    top = 1.0 if dtype is np.float32 else np.iinfo(dtype).max
    values = np.random.default_rng(0).uniform(0.4, 0.6, shape) * top
    made = resize(values.astype(dtype), *to)
    assert made.shape == (*to, *shape[2:])
    assert made.dtype == dtype
    assert abs(made.mean() / top - 0.5) < 0.01


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 40), st.integers(1, 40),
       st.sampled_from([(), (2,), (3,)]), st.sampled_from([np.uint8, np.uint16, np.float32]))
def test_bands_change_no_bit_of_what_pillow_makes(height: int, width: int, to_height: int, to_width: int,
                                                  channels: tuple[int, ...], dtype: type) -> None:
    picture = np.random.default_rng(height).integers(0, 256, (height, width, *channels)).astype(dtype)
    is_whole = not channels or (dtype is np.uint8 and channels == (3,))
    parts = [picture] if is_whole else [picture[..., c] for c in range(*channels)]
    pillow = [np.asarray(Image.fromarray(np.ascontiguousarray(
        part, np.uint8 if is_whole and dtype is np.uint8 else np.float32)).resize(
        (to_width, to_height), Image.Resampling.LANCZOS, reducing_gap=3.0)) for part in parts]
    wanted = (pillow[0] if is_whole else np.stack(pillow, 2)).clip(picture.min(), picture.max())
    if dtype is not np.float32:
        wanted = wanted.round()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resize_module, "_BAND", 1000)
        made = resize(picture, to_height, to_width)
    assert (made == (picture if made is picture else wanted)).all()


def test_float_and_bytes_agree() -> None:
    picture = gradient(200, 300)
    eight = resize(picture, 64, 96)
    real = resize(picture.astype(np.float32) / 255, 64, 96)
    assert np.abs(eight / 255 - real).max() < 2 / 255


@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_ringing_stays_in_range(dtype: type) -> None:
    top = 1 if dtype is np.float32 else 65535
    edge = np.zeros((8, 8), dtype)
    edge[:, 4:] = top
    made = resize(edge, 64, 64)
    assert made.min() == 0
    assert made.max() == top


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.uint16])
def test_hidden_colour_does_not_bleed(dtype: type) -> None:
    top = 1 if dtype is np.float32 else np.iinfo(dtype).max
    picture = np.zeros((40, 40, 4), dtype)
    picture[:, :20, 0] = top  # invisible red beside opaque black
    picture[:, 20:, 3] = top
    made = resize(picture, 10, 10)
    seen = made[made[:, :, 3] > top * 0.05]
    assert seen[:, 0].max() < top * 0.05


def test_same_size_is_the_same_picture() -> None:
    picture = noise()
    assert resize(picture, 64, 64) is picture
