"""Composing in the engine process, as the window does it: bar by bar, and the same as outside."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from studio.core.jobs import JobState, Outcome, Request
from studio.engines.messages import Cancel, Run, Said, Wrote
from tests import model_sheets
from tests.engines.test_host import Office
from tests.panels.music.conftest import SMALL, Desk, passages

TASK = "studio.panels.music.task:MusicTask"


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    """Closed in the end; the conftest then looks for processes left over."""
    found = Office(tmp_path, resolve="studio.library.catalog:resolve",
                   cache="studio.engines.registry:EngineCache")
    yield found
    found.close()


def test_it_tells_bars_and_repeats_itself_also_outside(office: Office, desk: Desk, tmp_path: Path) -> None:
    model = model_sheets.composer(tmp_path / "tiny")
    outcomes: list[Outcome] = []
    for number, (seed, bars) in enumerate(((1, 4), (2, 4), (1, 4), (3, 200)), 1):
        settings = {"do": "compose", "model": str(model), **SMALL, "bars": bars}
        office.ask(Run(number, TASK, Request("music", 1, settings, (), seed), {}, "cpu"))
        if bars == 200:
            office.wait_said(number)
            office.ask(Cancel(number))
        outcomes.append(office.outcome())
    told = "".join(said.what.text for said in tuple(office.told) if isinstance(said, Said)
                   and said.number == 1 and isinstance(said.what, Wrote))
    assert [passage.bar for passage in passages(told)] == [0, 1, 2, 3]
    first, second, again = (outcome.outputs[0].read() for outcome in outcomes[:3])
    assert first == again != second
    assert first == desk.run("compose", seed=1).outputs[0].read()
    assert outcomes[0].models[0].files
    assert outcomes[3].state is JobState.CANCELLED
