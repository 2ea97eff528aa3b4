"""What the library says of a file without torch is what torch finds in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.engines.weights import read_weights
from studio.library import checkpoints
from studio.library.inspect import inspect
from tests.library import makers

FORMS: list[dict[str, Any]] = [{}, {"legacy": True}, {"deflate": True}, {"under": "state_dict"},
                               {"under": "params"}, {"under": "model", "legacy": True}]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("old", [False, True])
def test_names_and_shapes(tmp_path: Path, form: dict[str, Any], old: bool) -> None:
    path = makers.torch_file(tmp_path / "a.pth", makers.fast_style(5, old=old), **form)
    assert inspect(path).kind == "style.fast"
    tensors, _ = (checkpoints.read_legacy if form.get("legacy") else checkpoints.read_zip)(path)
    theirs = read_weights(path)
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        name: tuple(tensor.shape) for name, tensor in theirs.items()}
