"""What several tests of sound need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.media.sound import makers


@pytest.fixture(scope="session")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SoundFont that plays sines, releasing in a second's time."""
    return makers.font(tmp_path_factory.mktemp("fonts") / "tone.sf2")
