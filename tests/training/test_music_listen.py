"""Pieces to look at."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.core.score import Note, Score, Track
from studio.media.tokens.encode import encode
from studio.training import music_listen
from studio.training.music_judge_made import Ask, Made
from studio.training.music_listen import ROLL, WIDTH, heard, roll
from tests.engines.music import tiny
from tests.training.small_music import wander


def test_a_roll_shows_each_note() -> None:
    score = Score((Track((Note(0, 60, 960), Note(1920, 72, 960))), Track((Note(960, 36, 240),), drums=True)))
    seen = np.asarray(roll(score)).astype(int)
    assert seen.shape == (ROLL, WIDTH, 3)
    coloured = np.ptp(seen, axis=2) > 40
    left, middle, right = (np.flatnonzero(coloured[:, at].any(1)) for at in (
        slice(0, WIDTH // 3 - 2), slice(WIDTH // 3, WIDTH // 2), slice(2 * WIDTH // 3 + 2, WIDTH)))
    assert right.max() < left.min()
    assert middle.min() > left.max()


def test_what_comes_again_is_told() -> None:
    score = wander(3, 4)
    track = score.tracks[0]
    again = (Note(note.start + score.length, note.pitch, note.length) for note in track.notes)
    twice = Score((Track((*track.notes, *again), track.program),), score.tempos, score.metres, score.keys,
                  length=2 * score.length)
    found = heard(Made(Ask(0, 1, 0, 8), encode(twice).tolist()))
    assert found.again == pytest.approx(3 / 7)
    assert heard(Made(Ask(0, 1, 0, 4), encode(score).tolist())).again == 0


def test_files_of_each_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "music-tiny"
    tiny.source(folder)
    (folder / "model.json").write_text(json.dumps({
        "id": "music-tiny", "engine": "music.onnx", "facts": tiny.FACTS, "metrics": {},
        "files": [{"name": "music-tiny.onnx", "sha256": "0" * 64}]}), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", [
        "listen", "--model", str(folder), "--out", str(tmp_path / "out"), "--pieces", "2", "--bars", "3"])
    music_listen.main()
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"README.md", *(f"{piece}.{kind}" for piece in ("00-irish", "01-hymn")
                                    for kind in ("mid", "wav", "png"))}
    with Image.open(tmp_path / "out" / "00-irish.png") as image:
        assert image.size == (WIDTH, 800)
    lines = (tmp_path / "out" / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
