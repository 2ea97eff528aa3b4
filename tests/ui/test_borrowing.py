"""Settings of other programs find the models that are here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.core.jobs import Request
from studio.library.model import Model
from studio.project.generation_read import Borrowed
from studio.ui.borrowing import Fitted, fitted, in_words

NOW = {"model": "image-small", "count": 4, "transparent": False, "prompt": "old", "steps": 9}


def model(name: str, title: str, file: str, sha: str, engine: str = "image.checkpoint") -> Model:
    return Model(name, title, "image", engine, Path(name), {file: sha}, 1)


MODELS = [
    model("image-small", "Stickers", "net.onnx", "1" * 64, "image.sticker"),
    model("dream-v15", "Dream v1.5", "dream_v1.5.safetensors", "93b79e09ed" + "0" * 54),
    model("ink", "Ink lines", "ink_lines.safetensors", "2" * 64, "image.lora"),
    model("dream", "Dream VAE", "dream.safetensors", "3" * 64, "image.vae"),
]


def borrowed(digest: str = "", left_out: tuple[str, ...] = (), *, has_seed: bool = True,
             **params: Any) -> Borrowed:
    return Borrowed(Request("image", 1, {"prompt": "a cat", **params}, seed=3), digest, left_out, has_seed)


def fit(found: Borrowed) -> Fitted:
    return fitted(found, NOW, 77, MODELS)


@pytest.mark.parametrize(("name", "digest", "ours"), [
    ("dream_v1.5", "", "dream-v15"), ("Dream V15", "", "dream-v15"), ("else", "93b79e09ed", "dream-v15"),
    ("Stickers", "93", "image-small")])
def test_a_model_by_hash_or_name(name: str, digest: str, ours: str) -> None:
    made = fit(borrowed(digest, model=name))
    assert made.request.params["model"] == ours
    assert made.missing == ()


def test_what_is_not_here_is_said_and_the_panels_own_stays() -> None:
    made = fit(borrowed(model="dream", add_ons="ink-lines:0.8, fog:1", left_out=("Clip skip",)))
    assert made.request.params == {
        "prompt": "a cat", "model": "image-small", "count": 4, "transparent": False, "add_ons": "ink:0.8"}
    assert in_words(made) == "Not here: dream, fog. There is no such setting: Clip skip."


def test_a_seed_that_was_not_told_stays() -> None:
    assert fit(borrowed()).request.seed == 3
    assert fit(borrowed(has_seed=False)).request.seed == 77
    assert in_words(fit(borrowed())) == ""


def test_long_lists_are_cut() -> None:
    made = fit(borrowed(left_out=tuple("abcdef")))
    assert in_words(made) == "There is no such setting: a, b, c, d…."
