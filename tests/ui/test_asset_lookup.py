"""What a view asks of the open project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from studio.core.jobs import Input
from studio.ui import asset_lookup
from studio.ui.document import Document
from tests.project import making

WAIT = 20_000


def test_what_made_an_asset_with_its_own_seed_and_its_pictures(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    with qtbot.waitSignal(document.opened, timeout=WAIT):
        document.create(tmp_path / "a.atelier")
    photo: list[Any] = []
    document.call(lambda project: project.import_file(making.png(1), "lake"), photo.append)
    qtbot.waitUntil(lambda: bool(photo), timeout=WAIT)
    wanted = making.request(Input("content", photo[0].sha256, asset=photo[0].id), seed=5)
    made: list[Any] = []
    document.call(lambda project: project.add_outcome(wanted, making.outcome(2, seed=5), versions={}),
                  made.extend)
    qtbot.waitUntil(lambda: bool(made), timeout=WAIT)
    heard: list[Any] = []
    for asset in (made[0], photo[0]):
        asset_lookup.recipe_of(document, asset, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=WAIT)
    request, inputs = heard[0]
    assert request.seed == made[0].seed
    assert [asset.id for asset in inputs["content"]] == [photo[0].id]
    assert heard[1] is None
    assert document.close()
