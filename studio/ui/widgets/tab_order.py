"""The tab key goes where the eye goes: in the order of layouts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def set_tab_order(*roots: QWidget) -> None:
    """Chain everything that can have the focus in ``roots``, in the order of their layouts."""
    for first, second in pairwise([widget for root in roots for widget in _within(root)]):
        QWidget.setTabOrder(first, second)


def _within(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    children = [inner] if inner is not None else list(_laid_out(widget.layout()))
    children += [child for child in widget.findChildren(
        QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child not in children and not child.isWindow()]
    for child in children:
        yield from _within(child)


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)
