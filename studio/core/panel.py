"""A panel, described without Qt and without models.

The window shows every panel's name and icon, so these are made on any start: cheaply, and settings and roles
are imported when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from studio.core.params import Params

    _Each = Callable[[Mapping[str, Any], int], list[tuple[dict[str, Any], int]]]

InputKind = Literal["text", "image", "audio", "score"]


class Role(NamedTuple):
    """A place where an input goes."""

    name: str
    """As in `Input.role`."""
    kind: InputKind
    label: str
    """What a drop there does, such as "Restyle this"."""
    low: int = 1
    """How many it needs."""
    high: int = 1
    """How many it takes."""
    options: tuple[str, ...] = ()
    """Command-line options where it may stay empty; by default ``--name``."""


class PanelSpec:
    """What the studio knows of a panel. What is named as ``module:name`` is imported when first needed."""

    def __init__(self, id: str, title: str, icon: str, verb: str,  # noqa: A002 - as requests say it
                 params: type[Params] | str, task: str, view: str, roles: tuple[Role, ...] | str = (),
                 vary: Mapping[str, Any] | None = None, makes: InputKind = "image",
                 makes_by: Mapping[str, InputKind] | None = None, *, is_front: bool = False,
                 first: str = "", each: str = "") -> None:
        """``params`` and ``roles``: the thing itself, or ``module:name`` of it."""
        self.id, self.title = id, title
        self.icon = icon
        """File name in assets/icons without suffix."""
        self.verb = verb
        """The word on the big button."""
        self.task, self.view = task, view
        """``module:class`` of its `Task`, and of its `PanelView`."""
        self.vary: Mapping[str, Any] = vary or {}
        """Settings that "Vary" raises where a recipe has them at their default, so that a new seed shows."""
        self.makes = makes
        self.makes_by: Mapping[str, InputKind] = makes_by or {}
        """What it makes instead, by the value of its setting ``do``."""
        self.is_front = is_front
        """In front when the studio starts for the first time."""
        self.first = first
        """``module:function`` of the empty place shown while the view is loaded, made as in
        `studio.ui.quick`."""
        self._params, self._roles, self._each = params, roles, each

    @cached_property
    def params(self) -> type[Params]:
        """Its settings."""
        return cast("type[Params]", _named(self._params))

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The places for its inputs."""
        return cast("tuple[Role, ...]", _named(self._roles))

    def each(self, params: Mapping[str, Any], seed: int) -> list[tuple[dict[str, Any], int]]:
        """Settings and seed of every request that comes of ``params``: one, unless the panel says more.

        ``each`` of a panel is ``module:function`` of a function that does this for it.
        """
        if not self._each:
            return [(dict(params), seed)]
        return cast("_Each", _named(self._each))(params, seed)

    def kind_for(self, params: Mapping[str, Any]) -> InputKind:
        """What comes of these settings."""
        return self.makes_by.get(str(params.get("do", "")), self.makes)


def _named(thing: object) -> object:
    if not isinstance(thing, str):
        return thing
    module, _, name = thing.partition(":")
    return getattr(import_module(module), name)


def front_panel(panels: Sequence[PanelSpec], last: object) -> PanelSpec:
    """The panel used ``last``, or the one to begin with."""
    wanted = [spec for spec in panels if spec.id == last] + [spec for spec in panels if spec.is_front]
    return next(iter(wanted), panels[0])
