"""What every panel's view keeps, tested before anyone writes a test for a new one."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from studio.core import places
from studio.core.panel import PanelSpec
from studio.panels import panels
from studio.ui import theme
from studio.ui.panel_view import PanelView
from studio.ui.widgets.form import HIDDEN
from tests.ui.fake_services import FakeProject

SPECS = panels()
every_panel = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)


def make(qtbot: QtBot, spec: PanelSpec, project: FakeProject | None = None) -> PanelView:
    module, _, name = spec.view.partition(":")
    view: PanelView = getattr(import_module(module), name)(spec, (project or FakeProject()).services())
    qtbot.addWidget(view)
    return view


def fill(view: PanelView, project: FakeProject) -> None:
    """Give every role that takes pictures one, and one that takes a text a sentence; say what to make."""
    for prompt in view.findChildren(QPlainTextEdit, "param.prompt"):
        prompt.setPlainText("a red apple")
    for role in (role for role in view.spec.roles if role.kind == "text"):
        view.give([project.text(role.name, "The sea was calm.")], role.name)
    for at, role in enumerate(role for role in view.spec.roles if role.kind == "image" and role.low > 0):
        view.give([project.picture(role.name, 40 + at, 30)], role.name)


@every_panel
def test_it_builds_and_shows(qtbot: QtBot, spec: PanelSpec) -> None:
    view = make(qtbot, spec)
    view.resize(1208, 680)
    view.show()
    assert view.objectName() == f"panel.{spec.id}"
    assert not view.grab().isNull()


@every_panel
def test_a_draft_goes_round_and_changes_nothing(qtbot: QtBot, spec: PanelSpec) -> None:
    project = FakeProject()
    view = make(qtbot, spec, project)
    for prepare in (lambda: None, lambda: fill(view, project)):
        prepare()
        draft = json.loads(json.dumps(view.draft()))
        requests = view.request_list()
        view.set_draft(draft)
        assert view.draft() == draft
        assert view.request_list() == requests


@every_panel
def test_a_filled_panel_has_something_to_do(qtbot: QtBot, spec: PanelSpec) -> None:
    project = FakeProject()
    view = make(qtbot, spec, project)
    fill(view, project)
    requests = view.request_list()
    assert requests
    module, _, name = spec.task.partition(":")
    task: Any = getattr(import_module(module), name)
    for request in requests:
        assert (request.task, request.version) == (task.id, task.version)
        assert spec.params.from_json(json.loads(json.dumps(dict(request.params)))).to_json() == request.params
        assert {item.role for item in request.inputs} <= {role.name for role in spec.roles}


@every_panel
def test_settings_of_a_request_come_back(qtbot: QtBot, spec: PanelSpec) -> None:
    project = FakeProject()
    view = make(qtbot, spec, project)
    fill(view, project)
    requests = view.request_list()
    assets: dict[str, list[Any]] = {}
    for item in requests[0].inputs:
        assets.setdefault(item.role, []).append(project.assets[item.asset])
    view.set_draft({})
    view.set_request(requests[0], assets)
    assert view.request_list()[0] == requests[0]


@every_panel
def test_it_fits_a_small_window(qtbot: QtBot, spec: PanelSpec) -> None:
    view = make(qtbot, spec)
    rail, lines, reel = 72, 40 + 28 + 28, 192
    smallest = view.minimumSizeHint().expandedTo(view.minimumSize())
    assert smallest.width() <= 1024 - rail
    assert smallest.height() <= 680 - lines - reel


@every_panel
def test_everything_that_can_have_the_focus_has_a_name(qtbot: QtBot, spec: PanelSpec) -> None:
    project = FakeProject()
    view = make(qtbot, spec, project)
    fill(view, project)
    nameless = [f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}"
                for widget in view.findChildren(QWidget)
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_inside(widget)
                and not (widget.objectName() and widget.accessibleName())]
    assert not nameless


@every_panel
def test_everything_to_press_is_large_enough(qtbot: QtBot, spec: PanelSpec) -> None:
    project = FakeProject()
    theme.theme().apply("dark")
    view = make(qtbot, spec, project)
    view.resize(1208, 680)
    view.show()
    fill(view, project)
    QApplication.processEvents()
    small = [f"{button.objectName()} {button.width()}x{button.height()}"
             for button in view.findChildren(QAbstractButton)
             if button.isVisible() and min(button.width(), button.height()) < theme.HIT]
    assert not small


@every_panel
def test_the_tab_key_reaches_the_big_button(qtbot: QtBot, spec: PanelSpec) -> None:
    project = FakeProject()
    view = make(qtbot, spec, project)
    fill(view, project)
    view.show()
    seen, widget = [], view.nextInFocusChain()
    while widget is not view and len(seen) < 500:
        seen.append(widget.objectName())
        widget = widget.nextInFocusChain()
    assert "run.button" in seen
    assert seen.index("run.button") < seen.index("panel.fold")


@every_panel
def test_every_setting_is_labelled_and_has_a_field(qtbot: QtBot, spec: PanelSpec) -> None:
    view = make(qtbot, spec)
    names = {widget.objectName() for widget in view.findChildren(QWidget)}
    for name, setting in spec.params.settings().items():
        if setting.group == HIDDEN:
            continue
        assert setting.label == setting.label.strip() != ""
        assert setting.help == setting.help.strip()
        assert not any(mark in setting.label + setting.help for mark in "{}"), "translated as it stands"
        assert any(known == f"param.{name}" or known.startswith(f"param.{name}.") for known in names), name


@every_panel
def test_the_icon_is_there(spec: PanelSpec) -> None:
    assert (places.assets() / "icons" / f"{spec.icon}.svg").is_file()


@every_panel
def test_actions_are_named_once_and_do_not_fight(qtbot: QtBot, spec: PanelSpec) -> None:
    view = make(qtbot, spec)
    actions = [*view.actions(), *view.view_actions()]
    assert all(action.text() and action.objectName() for action in actions)
    keys = [key.toString() for action in dict.fromkeys(actions) for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def _is_inside(widget: QWidget) -> bool:
    """Whether it is a part of Qt's own, such as the line of a spin box or the list of a combo box."""
    return (isinstance(widget, QLineEdit) and widget.objectName().startswith("qt_")) or any(
        isinstance(ancestor, QComboBox) for ancestor in _ancestors(widget))


def _ancestors(widget: QWidget) -> list[QWidget]:
    found, parent = [], widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found
