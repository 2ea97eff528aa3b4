"""Sound from words, with a tiny MusicGen in the real layout."""

from __future__ import annotations

import io
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from studio.core.jobs import Input, Outcome, Request
from studio.engines.context import WorkContext, run
from studio.engines.registry import EngineCache
from studio.panels.music.task import MusicTask
from tests.engines.music import gen_folder


class Room:
    """Runs requests with one model."""

    def __init__(self, folder: Path, *, melody: bool) -> None:
        made = gen_folder.source(gen_folder.model(folder, melody=melody))
        self.cache = EngineCache(lambda name: made, 1 << 30)

    def run(self, seed: int = 0, tune: Path | None = None, **params: Any) -> Outcome:
        """Do it."""
        files = {"a" * 64: tune} if tune else {}
        inputs = tuple(Input("melody", digest, path.name) for digest, path in files.items())
        ctx = WorkContext(self.cache, files, device="cpu")
        settings = {"do": "sound", "model": "gen", "prompt": "a slow piano", "seconds": 1.0, **params}
        return run(MusicTask(), Request("music", 1, settings, inputs, seed), ctx)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Generator[Room]:
    made = Room(tmp_path_factory.mktemp("gen"), melody=False)
    yield made
    made.cache.close()


def test_words_become_sound(room: Room) -> None:
    first, other, again = (room.run(seed).outputs[0] for seed in (1, 2, 1))
    assert (first.kind, first.media_type, first.name) == ("audio", "audio/wav", "a slow piano")
    assert first.read() == again.read() != other.read()
    samples, rate = soundfile.read(io.BytesIO(first.read()))
    assert (rate, first.facts["rate"]) == (gen_folder.RATE, gen_folder.RATE)
    assert len(samples) / rate == pytest.approx(1.0, abs=0.05)
    assert first.facts["seconds"] == pytest.approx(1.0, abs=0.05)


def test_a_tune_it_cannot_follow_is_said(room: Room, tmp_path: Path) -> None:
    tune = tmp_path / "tune.wav"
    soundfile.write(tune, np.sin(np.arange(3200) / 5).astype(np.float32), 3200)
    outcome = room.run(tune=tune)
    assert outcome.problem is None, outcome.problem
    assert outcome.notes == ("This model cannot follow a tune; it went by the words alone.",)
    tune.write_bytes(b"RIFFnothing")
    outcome = room.run(tune=tune)
    assert outcome.problem is not None
    assert "tune.wav is no sound that can be read" in outcome.problem.text


def test_notes_are_for_another_model(room: Room) -> None:
    outcome = room.run(do="compose")
    assert outcome.problem is not None
    assert "cannot be used for this" in outcome.problem.text
    assert "no words" in str(room.run(prompt=" ").problem)
