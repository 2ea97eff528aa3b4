"""The tiny diffusion models, each loaded once for all tests that paint with it as it is."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from studio.engines import devices
from studio.engines.image import folder
from tests.engines.image import tiny_diffusion


class Shelf(dict[str, Any]):
    """Loads a model when it is first asked for."""

    def __missing__(self, kind: str) -> Any:
        self[kind] = folder.load(tiny_diffusion.source(tiny_diffusion.made(kind)), devices.cpu())
        return self[kind]

    def close(self) -> None:
        """Give their memory back."""
        for model in self.values():
            model.close()


@pytest.fixture(scope="session")
def models() -> Generator[Shelf]:
    """What one test asked must not change another's answer."""
    made = Shelf()
    yield made
    made.close()


@pytest.fixture(scope="module")
def own_models() -> Generator[Shelf]:
    """For a module that puts things on them."""
    made = Shelf()
    yield made
    made.close()
