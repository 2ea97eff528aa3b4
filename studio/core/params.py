"""Settings, declared once: the form, the command line, the recipe and its migration come from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from math import inf
from typing import Any, ClassVar, Literal, NamedTuple, Self, TypeVar, cast

from studio.core.errors import StudioError

Kind = Literal["int", "float", "bool", "choice", "text", "model"]
T = TypeVar("T", int, float, bool, str)


class Setting(NamedTuple):
    """All that is known about one setting. Texts are English and translated when shown."""

    kind: Kind
    default: Any
    label: str
    help: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label) pairs of a choice."""
    group: str = ""
    """Heading in the form; "more" is folded away, "hidden" is for programs and in no form."""
    option: str = ""
    """Command-line option; by default ``--name-with-dashes``. "-" hides it there."""

    def checked(self, name: str, value: object) -> Any:
        """``value`` as the right type and inside the range, or a StudioError that names the setting."""
        if self.kind == "bool":
            return self._bool(name, value)
        if self.kind in ("int", "float"):
            return self._number(name, value)
        return self._text(name, value)

    def _bool(self, name: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise StudioError("{name} is either on or off, not {value}.", name=name, value=repr(value))
        return value

    def _number(self, name: str, value: object) -> float | int:
        if isinstance(value, bool) or not isinstance(value, int | float) or not -inf < value < inf:
            raise StudioError("{name} needs a number, not {value}.", name=name, value=repr(value))
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            raise self._outside(name, value)
        return round(value) if self.kind == "int" else float(value)

    def _outside(self, name: str, value: float) -> StudioError:
        if self.high is None:
            return StudioError("{name} starts at {low:g}; {value:g} is outside.", name=name, low=self.low,
                               value=value)
        if self.low is None:
            return StudioError("{name} ends at {high:g}; {value:g} is outside.", name=name, high=self.high,
                               value=value)
        return StudioError("{name} goes from {low:g} to {high:g}; {value:g} is outside.", name=name,
                           low=self.low, high=self.high, value=value)

    def _text(self, name: str, value: object) -> str:
        if not isinstance(value, str):
            raise StudioError("{name} needs text, not {value}.", name=name, value=repr(value))
        if self.kind == "choice" and value not in (known := [choice for choice, _ in self.choices]):
            raise StudioError("{name} can be {known}, not {value}.", name=name,
                              known=", ".join(known), value=repr(value))
        return value


def setting(kind: Kind, default: T, label: str, **more: Any) -> T:
    """A dataclass field that carries its `Setting`."""
    declared = Setting(kind=kind, default=default, label=label, **more)
    return field(default=default, metadata={"setting": declared})


@dataclass(frozen=True, slots=True)
class Params:
    """Base of every panel's settings. Subclasses are frozen dataclasses whose fields are `setting`s."""

    RENAMED: ClassVar[Mapping[str, str]] = {}
    """Old names of settings, so that recipes of earlier versions still open."""

    @classmethod
    def settings(cls) -> dict[str, Setting]:
        """Name to declaration, in order."""
        return {item.name: declared(item) for item in fields(cls)}

    def to_json(self) -> dict[str, Any]:
        """Plain values by name."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Settings from ``data``: old names are renamed, unknown ones dropped, missing ones default.

        Raises StudioError when a value has the wrong type or is out of range.
        """
        known = cls.settings()
        renamed = {cls.RENAMED.get(name, name): value for name, value in data.items()}
        return cls(**{n: known[n].checked(n, v) for n, v in renamed.items() if n in known})


def declared(item: Field[Any]) -> Setting:
    """The `Setting` a dataclass field carries."""
    return cast(Setting, item.metadata["setting"])
