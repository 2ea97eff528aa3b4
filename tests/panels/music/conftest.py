"""The Music task with a tiny model of random weights, as the command line and the engine process run it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot

from studio.core.arrangement import Arrangement
from studio.core.engine import ModelSource
from studio.core.jobs import Input, Outcome, Request
from studio.core.score import Score
from studio.engines.context import WorkContext, run
from studio.engines.messages import Message, Wrote
from studio.engines.registry import EngineCache, EngineSpec
from studio.media.arrangement_midi import read_arrangement
from studio.panels.music.live import Passage, decode
from studio.panels.music.notes import packed
from studio.panels.music.task import MusicTask
from tests.engines.music import tiny

if TYPE_CHECKING:
    from studio.panels.music.view import MusicView
    from tests.ui.fake_services import FakeProject

def passages(text: str) -> list[Passage]:
    """All whole lines of what a job has written so far."""
    return [found for line in text.split("\n")[:-1] if (found := decode(line))]


SMALL = {"temperature": 0.8, "top_p": 0.9, "bars": 4}


class Desk:
    """Runs requests; ``told`` is what they wrote on the way."""

    def __init__(self, folder: Path, *, throws_dice: bool = False) -> None:
        self.folder, self.told = folder, ""
        if throws_dice:
            spec = EngineSpec("dice", "Dice", "composer", "tests.panels.music.dice:load")
            self.cache = EngineCache(lambda name: ModelSource(name, "dice", folder, {}), 1 << 30, (spec,))
        else:
            made = tiny.source(folder)
            self.cache = EngineCache(lambda name: made, 1 << 30)

    def run(self, do: str, notes: Score | Arrangement | None = None, seed: int = 0, *,
            file: bytes | None = None, name: str = "piece.mid",
            emit: Callable[[WorkContext, Message], None] = lambda ctx, message: None,
            finish: Any = None, **params: Any) -> Outcome:
        """Do it; ``emit`` hears every message too."""
        self.told = ""
        files: dict[str, Path] = {}
        if file is not None:
            files["f" * 64] = self.folder / "input"
            files["f" * 64].write_bytes(file)

        def hear(message: Message) -> None:
            if isinstance(message, Wrote):
                self.told += message.text
            emit(ctx, message)

        ctx = WorkContext(self.cache, files, device="cpu", emit=hear, finish=finish)
        page = Arrangement(notes) if isinstance(notes, Score) else notes
        given = {"notes": packed(page)} if page is not None else {}
        inputs = tuple(Input("notes", digest, name) for digest in files)
        settings = {"do": do, "model": "music-tiny", **SMALL, **given, **params}
        return run(MusicTask(), Request("music", 1, settings, inputs, seed), ctx)

    def made(self, do: str, notes: Score | Arrangement | None = None, seed: int = 0,
             **params: Any) -> Arrangement:
        """What came of it."""
        outcome = self.run(do, notes, seed, **params)
        assert outcome.problem is None, outcome.problem.text + outcome.problem.details
        return read_arrangement(outcome.outputs[0].read())


@pytest.fixture(scope="session")
def dice(tmp_path_factory: pytest.TempPathFactory) -> Generator[Desk]:
    """Without a network."""
    made = Desk(tmp_path_factory.mktemp("dice"), throws_dice=True)
    yield made
    made.cache.close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Generator[Desk]:
    """With a model that stays loaded."""
    made = Desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.cache.close()


@pytest.fixture
def project() -> FakeProject:
    """What the window offers; Qt is imported only where a test asks for it."""
    from tests.ui.fake_services import FakeProject

    return FakeProject()


@pytest.fixture
def view(qtbot: QtBot, project: FakeProject) -> MusicView:
    """The panel, with a piece on the roll and its keyboard there."""
    from studio.panels.music import PANEL
    from studio.panels.music.view import MusicView
    from tests.panels.music import rolling

    view = MusicView(PANEL, project.services())
    qtbot.addWidget(view)
    view.page.playing.make = rolling.FakePlayer
    view.resize(1208, 700)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    rolling.start(view, rolling.piece())
    return view
