"""A panel, described without Qt and without models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.core.params import Params

InputKind = Literal["text", "image", "audio", "score"]


@dataclass(frozen=True, slots=True)
class Role:
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


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """What the studio knows of a panel. ``task`` and ``view`` are imported when first needed."""

    id: str
    title: str
    icon: str
    """File name in assets/icons without suffix."""
    verb: str
    """The word on the big button."""
    params: type[Params]
    task: str
    """``module:class`` of its `Task`."""
    view: str
    """``module:class`` of its `PanelView`."""
    roles: tuple[Role, ...] = ()
    vary: Mapping[str, Any] = field(default_factory=dict)
    """Settings that "Vary" raises where a recipe has them at their default, so that a new seed shows."""
    makes: InputKind = "image"
    makes_by: Mapping[str, InputKind] = field(default_factory=dict)
    """What it makes instead, by the value of its setting ``do``."""
    is_front: bool = False
    """In front when the studio starts for the first time."""
    first: str = ""
    """``module:function`` of the empty place shown while the view is loaded, made as in `studio.ui.quick`."""

    def kind_for(self, params: Mapping[str, Any]) -> InputKind:
        """What comes of these settings."""
        return self.makes_by.get(str(params.get("do", "")), self.makes)


def front_panel(panels: Sequence[PanelSpec], last: object) -> PanelSpec:
    """The panel used ``last``, or the one to begin with."""
    wanted = [spec for spec in panels if spec.id == last] + [spec for spec in panels if spec.is_front]
    return next(iter(wanted), panels[0])
