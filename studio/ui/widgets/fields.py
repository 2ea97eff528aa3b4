"""One field of a form for each kind of setting. All speak alike: value, set_value, changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.ui.translation import declared
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Combo, Number, high_of, low_of, step_of
from studio.ui.widgets.segmented import Segmented
from studio.ui.widgets.slider import Scale, Slider
from studio.ui.widgets.toggle import Toggle

_SHORT = 84
"""Labels up to this wide, in logical pixels, share their line with the slider."""


class ModelChoice(Protocol):
    """A model as a chooser shows it."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...


class Field(QWidget):
    """A labelled control for one setting."""

    changed = Signal()
    """A person changed it; not sent by `set_value`."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.setting = name, setting
        self.label, self.help = declared(setting.label), declared(setting.help)
        self.setToolTip(self.help)

    def value(self) -> Any:
        """The setting's value."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        raise NotImplementedError

    def _named(self, widget: QWidget, part: str = "") -> None:
        object_name = f"param.{self.name}" + (f".{part}" if part else "")
        named(widget, object_name, self.label, self.help)

    def _caption(self, buddy: QWidget) -> QLabel:
        caption = QLabel(self.label, self)
        caption.setBuddy(buddy)
        return caption


class NumberField(Field):
    """Label, slider and number in one line; a long label has its own. Double-click: the default."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        scale = Scale(low_of(setting), high_of(setting), step_of(setting))
        self.slider = Slider(scale, float(setting.default), self)
        self.number = Number(setting, self)
        self._named(self.slider, "slider")
        self._named(self.number, "number")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(0)
        caption = self._caption(self.slider)
        layout.addWidget(caption, 0, 0)
        is_short = caption.sizeHint().width() <= _SHORT
        caption.setFixedWidth(_SHORT) if is_short else layout.setColumnStretch(0, 1)
        layout.addWidget(self.slider, *((0, 1) if is_short else (1, 0, 1, 3)))
        layout.addWidget(self.number, 0, 2, Qt.AlignmentFlag.AlignRight)
        self.slider.moved_to.connect(self._on_slider)
        self.slider.reset_requested.connect(self.reset)
        self.number.valueChanged.connect(self._on_number)
        self.set_value(setting.default)

    def value(self) -> Any:
        number = self.number.number()
        return round(number) if self.setting.kind == "int" else number

    def set_value(self, value: Any) -> None:
        self.number.show_number(float(value))
        self.slider.show_value(float(value))

    def reset(self) -> None:
        """Back to the default."""
        if self.value() != self.setting.default:
            self.set_value(self.setting.default)
            self.changed.emit()

    def _on_slider(self, value: float) -> None:
        if value != self.number.number():
            self.number.show_number(value)
            self.changed.emit()

    def _on_number(self) -> None:
        self.slider.show_value(self.number.number())
        self.changed.emit()


class ToggleField(Field):
    """A switch with its label."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        self.toggle = Toggle(self.label, self)
        self._named(self.toggle)
        _fill(self, self.toggle)
        self.toggle.clicked.connect(self.changed)
        self.set_value(setting.default)

    def value(self) -> bool:
        return self.toggle.isChecked()

    def set_value(self, value: Any) -> None:
        self.toggle.setChecked(bool(value))


class SegmentedField(Field):
    """A choice of two or three, all in sight."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        choices = [(value, declared(label)) for value, label in setting.choices]
        self.segments = Segmented(choices, f"param.{name}", self.label, self)
        self.segments.setAccessibleDescription(self.help)
        _fill(self, self.segments)
        self.segments.chosen.connect(lambda _: self.changed.emit())
        self.set_value(setting.default)

    def value(self) -> str:
        return self.segments.value()

    def set_value(self, value: Any) -> None:
        self.segments.set_value(str(value))


class ComboField(Field):
    """A choice of many, in a list, beside its label where that is short."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        self.combo = Combo(self)
        self._named(self.combo)
        for value, label in self._choices():
            self.combo.addItem(label, value)
        self._lay_out(self._caption(self.combo))
        self.combo.activated.connect(lambda _: self.changed.emit())
        self.set_value(setting.default)

    def _lay_out(self, caption: QLabel) -> None:
        """A short label shares its line with the list, as with sliders."""
        if caption.sizeHint().width() > _SHORT:
            _fill(self, caption, self.combo)
            return
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        caption.setFixedWidth(_SHORT)
        row.addWidget(caption)
        row.addWidget(self.combo, 1)

    def _choices(self) -> Sequence[tuple[str, str]]:
        return [(value, declared(label)) for value, label in self.setting.choices]

    def value(self) -> str:
        return str(self.combo.currentData() or "")

    def set_value(self, value: Any) -> None:
        if (index := self.combo.findData(str(value))) >= 0:
            self.combo.setCurrentIndex(index)


class ModelField(ComboField):
    """Which model does it: the one in the box, or one a person brought."""

    def __init__(self, name: str, setting: Setting, models: Callable[[], Sequence[ModelChoice]],
                 parent: QWidget | None = None) -> None:
        self._models = models
        super().__init__(name, setting, parent)

    def reload(self) -> None:
        """Read the list of models again, keeping the choice where it still exists."""
        kept = self.value()
        self.combo.clear()
        for value, label in self._choices():
            self.combo.addItem(label, value)
        self.set_value(kept)

    def set_value(self, value: Any) -> None:
        """Show ``value``; a model that is not here stays visible by its name."""
        name = str(value) or self.setting.default
        if self.combo.findData(name) < 0:
            self.combo.addItem(self.tr("{name} (not here)").format(name=name), name)
        super().set_value(name)

    def _choices(self) -> Sequence[tuple[str, str]]:
        """"The one in the box" only where the setting does not say which that is."""
        unnamed = [] if self.setting.default else [("", self.tr("The one in the box"))]
        return [*unnamed, *((model.id, model.title) for model in self._models())]


class TextField(Field):
    """A line of text."""

    def __init__(self, name: str, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        self.edit = QLineEdit(self)
        self._named(self.edit)
        _fill(self, self._caption(self.edit), self.edit)
        self.edit.textEdited.connect(lambda _: self.changed.emit())
        self.set_value(setting.default)

    def value(self) -> str:
        return self.edit.text()

    def set_value(self, value: Any) -> None:
        self.edit.setText(str(value))


def _fill(field: QWidget, *widgets: QWidget) -> None:
    layout = QVBoxLayout(field)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for widget in widgets:
        layout.addWidget(widget)
