"""Pieces of the Style panel that hold no state of their own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from studio.core.panel import Role
from studio.panels.style.view_first import empty_state
from studio.ui.translation import declared
from studio.ui.widgets.brush_page import BrushButton, BrushPage

_GLYPHS = {"content": "picture", "style": "palette"}


class StylePage(BrushPage):
    """The canvas with the brush's tools over it; ``empty`` stands in its place at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = empty_state()


class MaskButton(BrushButton):
    """Paints where the style goes."""

    def explained(self) -> tuple[str, str]:
        """For screen readers, and for all."""
        return (self.tr("Style only a part"),
                self.tr("Paint with a brush where the style goes; the rest stays as it is, to the pixel"))

    def caption(self, *, is_painted: bool) -> str:
        """Whether there is a mask."""
        return self.tr("Style only where painted") if is_painted else self.tr("Style only a part…")


def zones_of(roles: Sequence[Role]) -> list[tuple[str, str, str]]:
    """Where a picture may be dropped on the canvas: (role, words, icon)."""
    return [(role.name, declared(role.label), _GLYPHS[role.name]) for role in roles if role.name in _GLYPHS]
