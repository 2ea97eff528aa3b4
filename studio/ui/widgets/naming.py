"""Names for tests and screen readers."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, object_name: str, accessible: str, help_text: str = "") -> W:
    """``widget`` with its object name, accessible name and, where given, tooltip and description."""
    widget.setObjectName(object_name)
    widget.setAccessibleName(accessible)
    if help_text:
        widget.setToolTip(help_text)
        widget.setAccessibleDescription(help_text)
    return widget
