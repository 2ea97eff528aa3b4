"""Preferences: kept as they change, told to the window, translated languages found."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.core.jobs import Problem
from studio.core.preferences import Preferences
from studio.core.settings import PreferencesFile
from studio.ui import translation
from studio.ui.preferences import PreferencesPage


def test_every_preference_has_its_field(qtbot: QtBot) -> None:
    page = PreferencesPage(PreferencesFile())
    qtbot.addWidget(page)
    assert page.form.values() == PreferencesFile().preferences.to_json()


def test_a_change_is_kept_at_once_and_told(qtbot: QtBot) -> None:
    page = PreferencesPage(PreferencesFile())
    qtbot.addWidget(page)
    page.form.fields["theme"].set_value("light")
    with qtbot.waitSignal(page.changed) as told:
        page.form.fields["theme"].changed.emit()
    preferences, name = told.args
    assert (preferences.theme, name) == ("light", "theme")
    assert PreferencesFile().preferences.theme == "light"


def test_preferences_that_cannot_be_kept_are_still_used(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    page = PreferencesPage(PreferencesFile(tmp_path / "file" / "preferences.json"))
    qtbot.addWidget(page)
    with qtbot.waitSignals([page.failed, page.changed]):
        page.form.fields["reduce_motion"].set_value(True)
        page.form.fields["reduce_motion"].changed.emit()


@pytest.mark.parametrize(("choice", "system", "language"), [
    ("en", "zh_CN", "en"), ("zh_CN", "de_DE", "zh_CN"), ("system", "zh_CN", "zh_CN"),
    ("system", "de_DE", "en"),
])
def test_the_language_is_that_of_the_system_unless_chosen(
        monkeypatch: pytest.MonkeyPatch, choice: str, system: str, language: str) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(system))
    assert translation.language(choice) == language


def test_english_needs_no_file(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert app is not None
    before = QLocale()
    assert translation.install(app, "en") == "en"
    QLocale.setDefault(before)


def test_a_message_is_translated_as_a_template_and_then_filled(qtbot: QtBot) -> None:
    problem = Problem("{name} needs {n} GB.", "Close something.", {"name": "It", "n": 3})
    assert translation.problem_texts(problem) == ("It needs 3 GB.", "Close something.")
    assert translation.declared("") == ""


def test_the_choices_of_the_language_are_those_there_are() -> None:
    choices = {value for value, _ in Preferences.settings()["language"].choices}
    assert choices == {"system", *translation.LANGUAGES}
