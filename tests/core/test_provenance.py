from __future__ import annotations

import hashlib
import json
from datetime import datetime

import pytest

from studio import __version__
from studio.core.errors import StudioError
from studio.core.jobs import Input, JobState, ModelRef, Outcome, Output, Request
from studio.core.provenance import Recipe, recipes_of

REQUEST = Request("style", 1, {"strength": 0.5}, (Input("content", "ab" * 32, "ñ 画.jpg"),), 7)
OUTPUTS = (Output("image", "image/png", "a", b"one", 7), Output("image", "image/png", "b", b"two", 8))
OUTCOME = Outcome(JobState.DONE, OUTPUTS, 1.23456, None, "cpu", "float32",
                  (ModelRef("quick", {"net.onnx": "00" * 32}),), ("A note.",))


def test_one_recipe_for_each_output() -> None:
    first, second = recipes_of(REQUEST, OUTCOME, {"onnxruntime": "1.2"})
    assert (first.index, first.seed, second.index, second.seed) == (0, 7, 1, 8)
    assert first.digest == hashlib.sha256(b"one").hexdigest()
    assert first.models == OUTCOME.models
    assert (first.device, first.precision, first.seconds) == ("cpu", "float32", 1.235)
    assert first.notes == ("A note.",)
    assert first.versions == {"atelier": __version__, "onnxruntime": "1.2"}
    assert datetime.fromisoformat(first.created).utcoffset() is not None


def test_round_trip_through_json() -> None:
    for recipe in recipes_of(REQUEST, OUTCOME, {}):
        assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe


def test_a_later_version_and_an_early_one() -> None:
    recipe = recipes_of(REQUEST, OUTCOME, {})[0]
    assert Recipe.from_json(recipe.to_json() | {"future": 1}) == recipe
    least = Recipe.from_json({"request": REQUEST.to_json(), "index": 0, "seed": 7, "digest": "x"})
    assert least.models == ()


@pytest.mark.parametrize("data", [
    {}, {"request": {}}, {"request": REQUEST.to_json()}, {"request": 7, "index": 0, "seed": 0, "digest": ""},
    {"request": REQUEST.to_json(), "index": 0, "seed": 0, "digest": "", "models": [{"id": "x"}]},
    {"request": REQUEST.to_json(), "index": 0, "seed": 0, "digest": "", "models": 7},
])
def test_damaged_recipes_are_told(data: dict[str, object]) -> None:
    with pytest.raises(StudioError, match="This recipe is damaged"):
        Recipe.from_json(data)
