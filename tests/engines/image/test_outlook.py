"""What a model will need on a machine, told before it is loaded."""

from __future__ import annotations

import pytest

from studio.engines.devices import Device
from studio.engines.image.outlook import expected

GIGA = 1 << 30
FACTS = {"parameters": 1_500_000_000, "largest": 1_000_000_000}


@pytest.mark.parametrize(("kind", "card", "main", "wanted"), [
    ("cuda", 12, 32, ("float16", "cuda", False)), ("mps", 16, 16, ("float16", "mps", False)),
    ("cuda", 4, 32, ("float16", "cuda", True)), ("cuda", 2, 32, ("float32", "cpu", False)),
    ("cpu", 8, 8, ("float32", "cpu", False)), ("cpu", 4, 4, ("bfloat16", "cpu", False)),
    ("cpu", 2, 2, ("bfloat16", "", False))])
def test_where_a_model_will_run(kind: str, card: int, main: int, wanted: tuple[str, str, bool]) -> None:
    told = expected(FACTS, Device(kind, "it", card * GIGA), main * GIGA)  # type: ignore[arg-type]
    assert (told.precision, told.device, told.takes_turns) == wanted
    largest = FACTS["largest" if told.takes_turns else "parameters"]
    assert told.memory == largest * (4 if told.precision == "float32" else 2) + GIGA


def test_flow_models_want_another_half() -> None:
    assert expected(FACTS, Device("cuda", "it", 40 * GIGA), GIGA, is_flow=True).precision == "bfloat16"
