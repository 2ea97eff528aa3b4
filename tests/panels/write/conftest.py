"""The Write task with a tiny model, as the command line and the engine process run it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot

from studio.core.engine import ModelSource
from studio.core.jobs import Input, Outcome, Request
from studio.engines.context import WorkContext, run
from studio.engines.messages import Message
from studio.engines.registry import EngineCache
from studio.panels.write.task import WriteTask
from tests import gguf_files

if TYPE_CHECKING:
    from studio.panels.write.view import WriteView
    from tests.ui.fake_services import FakeProject

WILD = {"temperature": 1.0, "top_p": 1.0, "min_p": 0.0, "repetition": 1.0, "length": 30}
"""The tiny model's own odds."""


class Desk:
    """Runs requests; ``said`` is what they told on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, list[Message]()
        path = gguf_files.model(folder / "tiny.gguf")
        self._source = ModelSource("tiny", "write.gguf", path, {path.name: "1" * 64})
        self.cache = EngineCache(lambda name: self._source, 1 << 30)

    def run(self, prompt: str = "", seed: int = 0, *, file: bytes | None = None, name: str = "story.txt",
            emit: Callable[[WorkContext, Message], None] = lambda ctx, message: None,
            finish: Any = None, **params: Any) -> Outcome:
        """Do it; ``emit`` hears every message too."""
        self.said = []
        files, inputs = {}, ()
        if file is not None:
            path = self.folder / "input"
            path.write_bytes(file)
            files, inputs = {"f" * 64: path}, (Input("file", "f" * 64, name),)

        def hear(message: Message) -> None:
            self.said.append(message)
            emit(ctx, message)

        ctx = WorkContext(self.cache, files, device="cpu", emit=hear, finish=finish)
        request = Request("write", 1, {"prompt": prompt, "model": "tiny", **WILD, **params}, inputs, seed)
        return run(WriteTask(), request, ctx)


@pytest.fixture(scope="module")
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
def view(qtbot: QtBot, project: FakeProject) -> WriteView:
    """The panel, with a blank page."""
    from studio.panels.write import PANEL
    from studio.panels.write.view import WriteView

    view = WriteView(PANEL, project.services())
    qtbot.addWidget(view)
    view.resize(1208, 680)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    return view
