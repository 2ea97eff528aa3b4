"""Bytes travel as files and leave nothing behind."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.core import places
from studio.core.jobs import JobState, Outcome, Output
from studio.engines import spool


def test_an_outcome_comes_back_the_same_and_its_files_go(tmp_path: Path) -> None:
    outcome = Outcome(JobState.DONE, (Output("image", "image/png", "a", b"a" * 1000, 5, {"width": 1}),
                                      Output("text", "text/plain", "b", b"")), 1.5, notes=("n",))
    ended = spool.write_outcome(tmp_path, 3, outcome)
    assert ended.number == 3
    assert ended.outcome.outputs == ()
    assert spool.read_outcome(ended) == outcome
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_moved_and_stays_a_file(tmp_path: Path) -> None:
    scratch = spool.scratch(tmp_path, 3)
    scratch.mkdir()
    (scratch / "big").write_bytes(b"pixels")
    output = Output("image", "image/png", "a", scratch / "big", 5, {"width": 1}, b"small")
    ended = spool.write_outcome(tmp_path, 3, Outcome(JobState.DONE, (output,)))
    assert not (scratch / "big").exists()
    found = spool.read_outcome(ended).outputs[0]
    assert found == replace(output, data=found.data)
    assert isinstance(found.data, Path)
    assert (found.size, found.read()) == (6, b"pixels")
    spool.remove_scratch(tmp_path)
    assert found.digest() == Output("image", "image/png", "b", b"pixels").digest()
    found.discard()
    found.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_gone_is_an_error_where_it_is_expected(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"pixels")
    output = Output("image", "image/png", "a", tmp_path / "big")
    ended = spool.write_outcome(tmp_path, 3, Outcome(JobState.DONE, (output,)))
    ended.outputs[0].path.unlink()
    with pytest.raises(OSError, match="output"):
        spool.read_outcome(ended)


def test_a_preview_is_bare_pixels(tmp_path: Path) -> None:
    pixels = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
    raw = spool.write_preview(tmp_path, pixels[:, ::2])
    assert (raw.height, raw.width, raw.channels) == (2, 2, 4)
    assert spool.take(raw.path) == pixels[:, ::2].tobytes()
    assert not raw.path.exists()


def test_only_folders_of_dead_processes_are_removed() -> None:
    root = places.cache() / "spool"
    for name in ("999999999", str(os.getpid()), "notes"):
        (root / name).mkdir(parents=True)
    spool.remove_stale()
    assert sorted(path.name for path in root.iterdir()) == sorted([str(os.getpid()), "notes"])


def test_the_last_folder_takes_the_processs_own_with_it() -> None:
    first, second = spool.folder(), spool.folder()
    first.mkdir(parents=True)
    second.mkdir(parents=True)
    spool.remove(first)
    assert second.is_dir()
    spool.remove(second)
    assert not second.parent.exists()
