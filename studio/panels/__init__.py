"""The panels, in the order shown. A sixth one is a folder and a name here."""

from __future__ import annotations

from importlib import import_module

from studio.core.panel import PanelSpec

NAMES = ("write", "image", "style", "upscale", "music")


def panels() -> tuple[PanelSpec, ...]:
    """Every panel's description; imports neither Qt nor a model library."""
    return tuple(import_module(f"studio.panels.{name}").PANEL for name in NAMES)
