"""Sheets: a table of pictures over one or two settings, as text, and the cell at a place.

A line such as ``steps=5,10,20`` names a setting and its values; where there is a "|" outside braces, that
separates them, so that prompts can hold commas: ``prompt=a cat, asleep|a dog``. Besides settings there is
``seed``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from studio.core.errors import StudioError
from studio.core.params import Setting

SEED = "seed"
MOST_VALUES, MOST_CELLS = 64, 400
UNFIT = frozenset(("sheet_x", "sheet_y", "count", "do"))
"""Settings that make no sheet: its own, and those that are no picture's."""
_SEED = Setting("int", 0, "Seed", low=0, high=2**32 - 1)
_SWITCH = {"on": True, "yes": True, "true": True, "1": True,
           "off": False, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Axis:
    """The columns or the rows of a sheet."""

    name: str
    """A setting or "seed"."""
    values: tuple[Any, ...]

    @classmethod
    def parse(cls, text: str, settings: Mapping[str, Setting]) -> Axis:
        """The axis of a line. Raises StudioError: no such setting, no value, a value it cannot have."""
        name, equals, told = text.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise StudioError("A sheet goes over one setting, such as steps=5,10,20; this is {text}.",
                              text=repr(text))
        setting = axis_settings(settings).get(name)
        if setting is None:
            raise StudioError("There can be no sheet over {name}.", "There can be over {known}.",
                              name=repr(name), known=", ".join(axis_settings(settings)))
        values = tuple(_value(name, setting, value) for value in _split(told))
        if len(values) > MOST_VALUES:
            raise StudioError("A sheet has up to {most} values a side; these are {count}.",
                              "Take some out.", most=MOST_VALUES, count=len(values))
        return cls(name, values)

    def format(self) -> str:
        """The line that `parse` reads."""
        told = [shown(value) for value in self.values]
        if not any(set(",|") & set(value) for value in told):
            return f"{self.name}={','.join(told)}"
        return f"{self.name}={'|'.join(told)}{'|' if len(told) == 1 else ''}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One picture of a sheet."""

    column: int
    row: int
    settings: Mapping[str, Any]
    """Those that make it differ; may hold "seed"."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of pictures; one of its axes may be None."""

    x: Axis | None
    y: Axis | None

    @classmethod
    def parse(cls, x: str, y: str, settings: Mapping[str, Setting]) -> Sheet | None:
        """The sheet of two lines, of which "" is none; None where both are. Raises StudioError."""
        across, down = (Axis.parse(text, settings) if text.strip() else None for text in (x, y))
        if across is None and down is None:
            return None
        if across and down and across.name == down.name:
            raise StudioError("A sheet needs two different settings; both sides are {name}.",
                              "Change one.", name=across.name)
        made = cls(across, down)
        if made.columns * made.rows > MOST_CELLS:
            raise StudioError("This sheet would have {count} pictures; {most} is the most.",
                              "Take some values out.", count=made.columns * made.rows, most=MOST_CELLS)
        return made

    @property
    def columns(self) -> int:
        """How many."""
        return len(self.x.values) if self.x else 1

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.y.values) if self.y else 1

    def cells(self) -> Iterator[Cell]:
        """All of them, row after row."""
        for row in range(self.rows):
            for column in range(self.columns):
                chosen = {axis.name: axis.values[at]
                          for axis, at in ((self.x, column), (self.y, row)) if axis}
                yield Cell(column, row, chosen)

    def facts(self) -> dict[str, Any]:
        """What an output says of it; where cells lie is added by who draws it."""
        x, y = self.x or Axis("", ()), self.y or Axis("", ())
        return {"x": x.name, "xs": list(x.values), "y": y.name, "ys": list(y.values)}


def axis_settings(settings: Mapping[str, Setting]) -> dict[str, Setting]:
    """The settings a sheet can go over, the seed first."""
    return {SEED: _SEED} | {name: one for name, one in settings.items() if name not in UNFIT}


def cell_at(facts: Mapping[str, Any], x: float, y: float) -> dict[str, Any] | None:
    """The settings of the cell at pixel (x, y) of a sheet's picture; None beside the cells.

    ``facts`` are those of an output; unsound ones give None.
    """
    try:
        sheet = facts["sheet"]
        column = int((x - sheet["left"]) // sheet["cell_width"])
        row = int((y - sheet["top"]) // sheet["cell_height"])
        xs, ys = list(sheet["xs"]), list(sheet["ys"])
        if not (0 <= column < max(1, len(xs)) and 0 <= row < max(1, len(ys))):
            return None
        found = {sheet["x"]: xs[column]} if xs else {}
        return found | ({sheet["y"]: ys[row]} if ys else {})
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None


def shown(value: object) -> str:
    """A value as a person types it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    return str(value)


def _split(told: str) -> list[str]:
    """The values of a line; a last, empty one after "|" only says that "|" separates."""
    parts = _outside_braces(told, "|")
    if len(parts) == 1:
        return [part.strip() for part in told.split(",")]
    return [part.strip() for part in (parts[:-1] if not parts[-1].strip() else parts)]


def _outside_braces(text: str, mark: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth = max(0, depth + (letter == "{") - (letter == "}"))
        if letter == mark and not depth:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _value(name: str, setting: Setting, text: str) -> Any:
    if setting.kind in ("text", "model", "choice"):
        return setting.checked(name, text)
    try:
        value: Any = _SWITCH[text.lower()] if setting.kind == "bool" else _number(setting, text)
    except (ValueError, KeyError) as error:
        raise StudioError("{name} cannot be {value}.", name=name, value=repr(text)) from error
    return setting.checked(name, value)


def _number(setting: Setting, text: str) -> float:
    return int(text) if setting.kind == "int" else float(text)
