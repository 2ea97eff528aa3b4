"""The first panel, there before the project is: what it asks for is done as soon as it can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from importlib import import_module
from typing import Any

from studio.core.panel import PanelSpec
from studio.ui.panel_view import PanelServices, PanelView

_AT_ONCE: dict[str, Any] = {"models": (), "estimate": None}
"""Services that answer at once, and what they answer while nothing is known."""


class Early:
    """A view with services that wait: `connect` says what stands behind them, `release` that it is ready."""

    def __init__(self, spec: PanelSpec) -> None:
        self.spec = spec
        self.is_touched = False
        """Whether something was entered meanwhile."""
        self._view: PanelView | None = None
        self._behind: PanelServices | None = None
        self._waiting: list[Callable[[], object]] | None = []

    def make(self) -> PanelView:
        """The view."""
        module, _, name = self.spec.view.partition(":")
        view: PanelView = getattr(import_module(module), name)(self.spec, self._services())
        view.draft_changed.connect(self._touch)
        self._view = view
        return view

    def focus(self) -> None:
        """Give the keyboard to the view."""
        if self._view is not None:
            self._view.focus_first()

    def connect(self, services: PanelServices) -> None:
        """From now on ``services`` answer; what has to wait still does."""
        self._behind = services

    def release(self) -> None:
        """Do what waited, in order."""
        waiting, self._waiting = self._waiting or [], None
        for call in waiting:
            call()

    def _services(self) -> PanelServices:
        later: dict[str, Any] = {
            field.name: partial(self._answer if field.name in _AT_ONCE else self._ask, field.name)
            for field in fields(PanelServices)}
        return PanelServices(**later)

    def _answer(self, name: str, *args: Any) -> Any:
        return getattr(self._behind, name)(*args) if self._behind is not None else _AT_ONCE[name]

    def _ask(self, name: str, *args: Any) -> None:
        if self._waiting is None:
            getattr(self._behind, name)(*args)
        else:
            self._waiting.append(partial(self._ask, name, *args))

    def _touch(self) -> None:
        self.is_touched = True
