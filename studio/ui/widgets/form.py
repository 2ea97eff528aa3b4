"""A form made from a Params class: nobody writes a setting twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.core.errors import StudioError
from studio.core.params import Params, Setting
from studio.ui.translation import declared
from studio.ui.widgets.fields import (
    ComboField,
    Field,
    ModelChoice,
    ModelField,
    NumberField,
    SegmentedField,
    TextField,
    ToggleField,
)
from studio.ui.widgets.fold import Fold, Heading

HIDDEN = "hidden"
FieldMaker = Callable[[str, Setting], Field]


class ParamsForm(QWidget):
    """Fields in groups as the settings declare them; the group "more" is folded away.

    Settings of the group "hidden" have no field and always their default.
    """

    changed = Signal(str)
    """The name of the setting a person changed."""

    def __init__(self, params: type[Params], models: Callable[[], Sequence[ModelChoice]],
                 makers: Mapping[str, FieldMaker] | None = None, *, untitled: str = "",
                 parent: QWidget | None = None) -> None:
        """``makers`` makes fields of its own for some settings; the group ``untitled`` has no heading."""
        super().__init__(parent)
        self._params, self._models, self._makers = params, models, makers or {}
        self._untitled = untitled
        self.fields: dict[str, Field] = {}
        self._hidden: dict[str, Any] = {}
        self.more: Fold | None = None
        self._groups: dict[str, QVBoxLayout] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        for name, setting in params.settings().items():
            if setting.group == HIDDEN:
                self._hidden[name] = setting.default
            else:
                self._add(name, setting)

    def values(self) -> dict[str, Any]:
        """Every setting's value by name."""
        return {name: field.value() for name, field in self.fields.items()} | self._hidden

    def params(self) -> Params:
        """The values as the Params class."""
        return self._params.from_json(self.values())

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show ``values``: names that are missing stay, invalid ones are left as they are."""
        for name, value in _valid(self._params, values).items():
            if name in self.fields:
                self.fields[name].set_value(value)

    def reset(self) -> None:
        """Back to the defaults, all of them."""
        for field in self.fields.values():
            field.set_value(field.setting.default)

    def reload_models(self) -> None:
        """The list of models changed."""
        for field in self.fields.values():
            if isinstance(field, ModelField):
                field.reload()

    def add_below(self, group: str, widget: QWidget) -> None:
        """Put ``widget`` at the end of ``group``."""
        self._group(group).addWidget(widget)

    def _add(self, name: str, setting: Setting) -> None:
        field = self._makers.get(name, self._make)(name, setting)
        field.changed.connect(lambda: self.changed.emit(name))
        self.fields[name] = field
        self._group(setting.group).addWidget(field)

    def _make(self, name: str, setting: Setting) -> Field:
        if setting.kind == "choice":
            return (SegmentedField if len(setting.choices) <= 3 else ComboField)(name, setting)
        if setting.kind == "model":
            return ModelField(name, setting, self._models)
        if setting.kind in ("int", "float"):
            return NumberField(name, setting)
        return ToggleField(name, setting) if setting.kind == "bool" else TextField(name, setting)

    def _group(self, title: str) -> QVBoxLayout:
        if title not in self._groups:
            self._groups[title] = self._new_group(title)
        return self._groups[title]

    def _new_group(self, title: str) -> QVBoxLayout:
        if title == "more":
            self.more = Fold(self.tr("More"), "param.more", self)
            self._layout.addWidget(self.more)
            return self.more.content
        group = QVBoxLayout()
        group.setSpacing(12)
        if title not in ("", self._untitled):
            group.addWidget(Heading(declared(title), self))
        at = self._layout.count() - (1 if self.more else 0)
        self._layout.insertLayout(at, group)
        return group


def _valid(params: type[Params], values: Mapping[str, Any]) -> dict[str, Any]:
    """Each value by itself, so that one bad entry of an old draft does not lose the others."""
    known, found = params.settings(), {}
    for old, value in values.items():
        name = params.RENAMED.get(old, old)
        try:
            found[name] = known[name].checked(name, value)
        except (KeyError, StudioError):
            continue
    return found
