"""The form: one field for each setting, nothing changed by accident, everything reachable."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import ClassVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.core.params import Params, Setting, setting
from studio.ui.widgets.fields import (
    ComboField,
    ModelField,
    NumberField,
    SegmentedField,
    TextField,
    ToggleField,
)
from studio.ui.widgets.form import ParamsForm
from tests.ui.fake_services import FakeModel


@dataclass(frozen=True, slots=True)
class AllKinds(Params):
    """One setting of each kind."""

    RENAMED: ClassVar[dict[str, str]] = {"power": "strength"}

    way: str = setting("choice", "a", "Way", group="First", choices=(("a", "One"), ("b", "Two")))
    place: str = setting("choice", "n", "Place", group="First",
                         choices=(("n", "North"), ("e", "East"), ("s", "South"), ("w", "West")))
    strength: float = setting("float", 0.5, "Strength", group="First", low=0.0, high=1.0, step=0.01,
                              help="How much.")
    brush: float = setting("float", 1.0, "Brush", group="Second", low=0.25, high=4.0, step=0.05, unit="x")
    count: int = setting("int", 3, "Count", group="Second", low=1, high=9, step=1, unit="px")
    keep: bool = setting("bool", False, "Keep", group="Second")
    title: str = setting("text", "", "Title", group="more")
    model: str = setting("model", "", "Model", group="more")


@pytest.fixture
def form(qtbot: QtBot) -> ParamsForm:
    form = ParamsForm(AllKinds, lambda: [FakeModel("mine", "My model")])
    qtbot.addWidget(form)
    form.resize(288, 700)
    form.show()
    return form


def number(form: ParamsForm, name: str) -> NumberField:
    field = form.fields[name]
    assert isinstance(field, NumberField)
    return field


def wheel(widget: QWidget, notches: int) -> QWheelEvent:
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(centre, widget.mapToGlobal(centre), QPoint(), QPoint(0, 120 * notches),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                        Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)
    return event


def test_every_setting_has_the_field_of_its_kind(form: ParamsForm) -> None:
    kinds = {"way": SegmentedField, "place": ComboField, "strength": NumberField, "brush": NumberField,
             "count": NumberField, "keep": ToggleField, "title": TextField, "model": ModelField}
    assert {name: type(field) for name, field in form.fields.items()} == kinds
    assert form.values() == AllKinds().to_json()


def test_values_go_round(form: ParamsForm) -> None:
    values = {"way": "b", "place": "s", "strength": 0.37, "brush": 2.05, "count": 7, "keep": True,
              "title": "Été", "model": "mine"}
    form.set_values(values)
    assert form.values() == values
    assert form.params() == AllKinds(**values)  # type: ignore[arg-type]


def test_setting_values_says_nothing(form: ParamsForm) -> None:
    heard: list[str] = []
    form.changed.connect(heard.append)
    form.set_values({"strength": 0.9, "way": "b", "keep": True, "title": "x", "count": 4})
    assert heard == []


def test_bad_and_unknown_values_leave_the_others_alone(form: ParamsForm) -> None:
    form.set_values({"strength": 7, "count": "many", "ghost": 1, "keep": True, "place": "nowhere"})
    assert form.values() == AllKinds(keep=True).to_json()


def test_old_names_are_understood(form: ParamsForm) -> None:
    form.set_values({"power": 0.25})
    assert form.values()["strength"] == 0.25


def test_more_is_folded_until_asked_for(form: ParamsForm) -> None:
    title = form.fields["title"]
    assert not title.isVisible()
    assert form.more is not None
    QTest.keyClick(form.more.button, Qt.Key.Key_Space)
    assert title.isVisible()


def test_a_share_is_shown_in_per_cent(form: ParamsForm) -> None:
    field = number(form, "strength")
    assert field.number.text() == "50 %"
    field.number.setValue(80)
    assert form.values()["strength"] == 0.8


def test_units_stand_behind_the_number(form: ParamsForm) -> None:
    assert number(form, "brush").number.text() == "1.00 ×"
    assert number(form, "count").number.text() == "3 px"


def test_typing_moves_the_slider_and_is_told_once(form: ParamsForm) -> None:
    heard: list[str] = []
    form.changed.connect(heard.append)
    field = number(form, "count")
    field.number.selectAll()
    QTest.keyClicks(field.number, "9")
    assert heard == []  # a half-typed number is no number yet
    QTest.keyClick(field.number, Qt.Key.Key_Return)
    assert form.values()["count"] == 9
    assert field.slider.value() == field.slider.maximum()
    assert heard == ["count"]


def test_the_slider_snaps_to_steps_and_moves_the_number(form: ParamsForm) -> None:
    field = number(form, "brush")
    QTest.mouseClick(field.slider, Qt.MouseButton.LeftButton, pos=QPoint(200, 16))
    value = form.values()["brush"]
    assert value > 1.0
    assert round(value / 0.05) * 0.05 == pytest.approx(value)
    assert field.number.number() == value


def test_double_click_goes_back_to_the_default(form: ParamsForm) -> None:
    form.set_values({"strength": 0.1})
    heard: list[str] = []
    form.changed.connect(heard.append)
    QTest.mouseDClick(number(form, "strength").slider, Qt.MouseButton.LeftButton, pos=QPoint(250, 16))
    assert form.values()["strength"] == 0.5
    assert heard[-1:] == ["strength"]


def test_a_wide_range_is_logarithmic(form: ParamsForm) -> None:
    slider = number(form, "brush").slider
    assert slider.scale.is_log
    assert slider.value() == pytest.approx(slider.maximum() / 2, abs=1)
    assert not number(form, "count").slider.scale.is_log


@pytest.mark.parametrize("part", ["slider", "number"])
def test_the_wheel_works_only_with_the_focus(qtbot: QtBot, form: ParamsForm, part: str) -> None:
    target: QWidget = getattr(number(form, "count"), part)
    before = form.values()
    assert not wheel(target, 1).isAccepted()
    assert form.values() == before
    form.activateWindow()
    target.setFocus()
    qtbot.waitUntil(target.hasFocus)
    wheel(target, 3)
    assert form.values()["count"] > before["count"]


def test_the_wheel_passes_over_lists(form: ParamsForm) -> None:
    field = form.fields["place"]
    assert isinstance(field, ComboField)
    assert not wheel(field.combo, -1).isAccepted()
    assert form.values()["place"] == "n"


def test_arrow_keys_move_the_segments(qtbot: QtBot, form: ParamsForm) -> None:
    field = form.fields["way"]
    assert isinstance(field, SegmentedField)
    first = field.segments.findChildren(QWidget)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert form.values()["way"] == "b"


def test_a_click_on_the_label_toggles(form: ParamsForm) -> None:
    field = form.fields["keep"]
    assert isinstance(field, ToggleField)
    QTest.mouseClick(field.toggle, Qt.MouseButton.LeftButton, pos=QPoint(4, 16))
    assert form.values()["keep"] is True


def test_a_model_that_went_stays_named(form: ParamsForm) -> None:
    field = form.fields["model"]
    assert isinstance(field, ModelField)
    form.set_values({"model": "gone"})
    assert form.values()["model"] == "gone"
    field.reload()
    assert form.values()["model"] == "gone"
    assert "gone" in field.combo.currentText()


def test_names_and_help_for_everyone(form: ParamsForm) -> None:
    slider = number(form, "strength").slider
    assert slider.accessibleName() == "Strength"
    assert slider.toolTip() == "How much."
    assert slider.objectName() == "param.strength.slider"


def test_it_fits_the_column(qtbot: QtBot) -> None:
    column = QWidget()
    qtbot.addWidget(column)
    form = ParamsForm(AllKinds, lambda: [FakeModel("x", "A model with a name that goes on and on and on")])
    QVBoxLayout(column).addWidget(form)
    assert form.minimumSizeHint().width() <= 288


@dataclass(frozen=True, slots=True)
class WithHidden(Params):
    """One setting for people, one for programs."""

    size: int = setting("int", 3, "Size", low=1, high=9)
    part: str = setting("text", "", "Part", group="hidden")


def test_hidden_settings_have_no_field_and_keep_their_default(qtbot: QtBot) -> None:
    form = ParamsForm(WithHidden, list)
    qtbot.addWidget(form)
    form.set_values({"size": 5, "part": "1,2,3,4"})
    assert set(form.fields) == {"size"}
    assert form.values() == {"size": 5, "part": ""}
    assert form.params() == WithHidden(5)


def test_a_setting_that_names_its_model_offers_no_other_name_for_it(qtbot: QtBot) -> None:
    models = [SimpleNamespace(id="photo", title="Photographs"), SimpleNamespace(id="own", title="Mine")]
    field = ModelField("model", Setting(kind="model", default="photo", label="Model"), lambda: models)
    qtbot.addWidget(field)
    assert [field.combo.itemText(at) for at in range(field.combo.count())] == ["Photographs", "Mine"]
    field.set_value("own")
    field.set_value("")  # a recipe of before the setting named it
    assert field.value() == "photo"
    assert field.combo.count() == 2
