"""The format that ``-o`` names is the one a result is made in."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.cli.panel import _named_format
from studio.cli.saving import Target
from studio.panels import panels

SPECS = {spec.id: spec for spec in panels()}


@pytest.mark.parametrize(("name", "wanted"), [
    ("big.jpg", "jpeg"), ("big.jpeg", "jpeg"), ("big.webp", "webp"), ("big.tif", "tiff"), ("big.png", "png")])
def test_upscale_is_told(name: str, wanted: str) -> None:
    spec = SPECS["upscale"]
    target = Target.of(Path(name), spec.makes, is_batch=False)
    assert _named_format(spec, target) == {"format": wanted}


def test_a_panel_without_formats_is_not() -> None:
    target = Target.of(Path("new.jpg"), "image", is_batch=False)
    assert _named_format(SPECS["style"], target) == {}


def test_a_folder_names_none(tmp_path: Path) -> None:
    assert _named_format(SPECS["upscale"], Target.of(tmp_path, "image", is_batch=True)) == {}
