"""What a recipe tells those who get an exported file."""

from __future__ import annotations

import json

import pytest

from studio.core.jobs import Input, ModelRef, Request
from studio.core.provenance import Recipe
from studio.project.exchange import to_text


@pytest.mark.parametrize("path", ["/home/ana/Modelle/mosaic.pth", "C:\\Users\\Ana\\mosaic.pth"])
def test_folders_of_this_machine_stay_here(path: str) -> None:
    request = Request("style", 1, {"model": path, "strength": 0.5}, (Input("content", "0" * 64, "a.jpg"),), 3)
    text = to_text(Recipe(request, 0, 3, "1" * 64, (ModelRef(path, {"mosaic.pth": "2" * 64}),)))
    data = json.loads(text)
    assert data["request"]["params"] == {"model": "mosaic.pth", "strength": 0.5}
    assert data["models"][0]["id"] == "mosaic.pth"
    assert "Ana" not in text
    assert "ana/" not in text
    assert Recipe.from_json(data).request.inputs == request.inputs
