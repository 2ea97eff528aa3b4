"""The column of the Music panel: what to do, and how; and requests of what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from studio.core.jobs import Input, Request
from studio.core.params import Setting
from studio.core.score import bars
from studio.panels.music.grid import bar_at
from studio.panels.music.params import STARTER, TASK, VERSION
from studio.panels.music.reasons import Standing, why_not
from studio.panels.music.view_do import DoField
from studio.panels.music.view_pad import MoodField, place_in
from studio.panels.music.view_sheet import Sheet
from studio.ui.translation import declared
from studio.ui.widgets.fields import NumberField
from studio.ui.widgets.fold import Heading
from studio.ui.widgets.form import ParamsForm
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Number
from studio.ui.widgets.seed import HIGHEST, SeedField

if TYPE_CHECKING:
    from collections.abc import Generator

    from studio.ui.panel_view import PanelServices
    from studio.ui.widgets.column import Column

_ATTEMPTS = Setting(kind="int", default=1, label="Attempts", low=1, high=8, step=1)
_FOR_SOUND = ("prompt", "seconds", "guidance")
_FOR_BOTH = ("model", "temperature", "top_p")
_ONLY_FOR = {"amount": ("vary",), "bars": ("compose", "continue", "melody"),
             "chords": ("compose", "continue", "melody", "harmonise", "bass", "fill")}
"""Settings that mean something for some things to do only."""


class MusicColumn(QObject):
    """Makes the fields."""

    changed = Signal()
    """A person changed something."""

    def __init__(self, column: Column, services: PanelServices, params: Any, sheet: Sheet) -> None:
        super().__init__(column)
        self._services, self._sheet = services, sheet
        self.is_restoring = False
        self.inputs: tuple[Input, ...] = ()
        """A recording that a sound shall follow."""
        self.do = DoField(column)
        self.form = ParamsForm(params, services.models, {"valence": MoodField}, untitled="Music",
                               parent=column)
        self.seed = SeedField(column)
        words = self.tr("The same seed and settings give the same notes.")
        named(self.seed.edit, "seed.number", self.seed.edit.accessibleName(), words)
        self.attempts = Attempts(column)
        self.form.add_below("Music", self.attempts)
        self.form.add_below("Music", self.seed)
        for name in ("tempo", "density"):
            cast(NumberField, self.form.fields[name]).number.setSpecialValueText(self.tr("any"))
        column.add(self.do)
        column.add(self.form)
        self._connect()

    @property
    def pad(self) -> MoodField:
        """The field of moods."""
        return cast(MoodField, self.form.fields["valence"])

    @contextmanager
    def restoring(self) -> Generator[None]:
        """Changes in here are none of a person's."""
        before, self.is_restoring = self.is_restoring, True
        try:
            yield
        finally:
            self.is_restoring = before

    # ---- what it says

    def why_not(self) -> str:
        """Why the chosen thing cannot be done now, translated; empty where it can."""
        return declared(why_not(self.do.value(), self._standing()))

    def requests(self) -> list[Request]:
        """One for each attempt, each with a seed of its own; empty where it cannot be done."""
        if self.why_not():
            return []
        do = self.do.value()
        values = self.form.values() | {"do": do} | self._notes(do)
        inputs = self.inputs if do == "sound" else ()
        seed, count = self.seed.seed(), self.attempts.value()
        return [Request(TASK, VERSION, values, inputs, (seed + at) % (HIGHEST + 1)) for at in range(count)]

    def engine(self) -> str:
        """That of the chosen model. One that is not here may be any; the one in the box composes."""
        name = str(self.form.fields["model"].value()) or STARTER
        model = next((model for model in self._services.models() if model.id == name), None)
        return str(getattr(model, "engine", "")) if model is not None else "music.onnx"

    def sound_model(self) -> str:
        """The first model that makes sound, or ""."""
        found: Sequence[Any] = self._services.models()
        return next((model.id for model in found if getattr(model, "engine", "") == "music.gen"), "")

    def _notes(self, do: str) -> dict[str, Any]:
        """What is on the roll, and which part of it is meant."""
        if do in ("compose", "sound") or self._sheet.is_empty:
            return {}
        part: dict[str, Any] = {"notes": self._sheet.packed()}
        span = self._sheet.span()
        if span is not None and do in ("fill", "vary", "restyle"):
            ruler = bars(self._sheet.arrangement.score)
            part["first_bar"] = bar_at(ruler, span[0]).number + 1
            part["last_bar"] = bar_at(ruler, max(span[0], span[1] - 1)).number + 1
            if self._sheet.loop is None and do != "restyle":
                part["tracks"] = str(self._sheet.track + 1)
        return part

    def _standing(self) -> Standing:
        values = self.form.values()
        return Standing(self._sheet.arrangement, self._sheet.span() is not None,
                        bool(str(values["chords"]).strip()), str(values["style"]), self.engine(),
                        str(values["prompt"]))

    # ---- from outside

    def use(self, values: Mapping[str, Any]) -> None:
        """Show settings, all others at their defaults."""
        with self.restoring():
            self.form.reset()
            self.form.set_values(values)
            self.do.set_value(str(values.get("do", "compose")))
        self.refresh()

    def follow_sound(self) -> None:
        """A recording was given: sound is to be made."""
        self.do.set_value("sound")
        self._on_do()

    def reset(self) -> None:
        """The settings of an empty panel; what to do and with which model stay."""
        self.use({"do": self.do.value(), "model": self.form.fields["model"].value()})
        self._on_change()

    def refresh(self) -> None:
        """Follow the sheet, the settings and the models there are."""
        now = self._standing()
        self.do.show_reasons(lambda do: why_not(do, now))
        do = self.do.value()
        for name, field in self.form.fields.items():
            is_sound = name in _FOR_SOUND
            fits = name in _FOR_BOTH or is_sound == (do == "sound")
            field.setVisible(fits and do in _ONLY_FOR.get(name, (do,)))
        shown = {"Sound": do == "sound", "Mood": do != "sound"}
        for heading in self.form.findChildren(Heading):
            for title, is_shown in shown.items():
                if heading.text() == declared(title):
                    heading.setVisible(is_shown)
        self.pad.pad.set_place(place_in(self.form.values()))

    # ---- inside

    def _connect(self) -> None:
        self.form.changed.connect(lambda _: self._on_change())
        for part in (self.seed.changed, self.attempts.changed):
            part.connect(self._on_change)
        self.do.changed.connect(self._on_do)
        self.pad.pad.moved.connect(self._on_pad)

    def _on_do(self) -> None:
        """Sound needs another model than notes: choose it too, where there is one."""
        is_sound, makes_sound = self.do.value() == "sound", self.engine() == "music.gen"
        if is_sound and not makes_sound and (name := self.sound_model()):
            self.form.set_values({"model": name})
        elif not is_sound and makes_sound:
            self.form.set_values({"model": STARTER})
        self._on_change()

    def _on_pad(self) -> None:
        place = self.pad.pad.place
        valence, energy = ("", "") if place is None else map(str, place)
        self.form.set_values({"valence": valence, "energy": energy})
        self._on_change()

    def _on_change(self) -> None:
        if not self.is_restoring:
            self.refresh()
            self.changed.emit()


class Attempts(QWidget):
    """How many to make at once, each with its own seed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr("How many to make, each with a seed of its own")
        self.number = named(Number(_ATTEMPTS, self), "attempts", self.tr("Attempts"), words)
        label = QLabel(self.tr("Attempts"), self)
        label.setBuddy(self.number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label, 1)
        row.addWidget(self.number)
        self.number.valueChanged.connect(lambda _: self.changed.emit())

    def value(self) -> int:
        """1 to 8."""
        return round(self.number.number())

    def set_value(self, count: int) -> None:
        """Show it."""
        self.number.show_number(float(count))
