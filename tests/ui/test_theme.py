"""Themes: contrast by the book, one style sheet, icons that follow."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from studio.core import places
from studio.ui import icons, theme
from studio.ui.stylesheet import stylesheet
from studio.ui.theme import DARK, LIGHT, Tokens, contrast

THEMES = (DARK, LIGHT)
GROUNDS = ("bg", "surface", "raised", "hover")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", ["text", "muted", "accent", "ok", "warn", "bad", "info"])
def test_text_reaches_aa_on_every_ground(tokens: Tokens, ground: str, colour: str) -> None:
    assert contrast(getattr(tokens, colour), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", THEMES, ids=lambda t: t.name)
def test_edges_and_focus_rings_can_be_seen(tokens: Tokens) -> None:
    for ground in GROUNDS:
        assert contrast(tokens.edge, getattr(tokens, ground)) >= 3
        assert contrast(tokens.accent, getattr(tokens, ground)) >= 3
    assert contrast(tokens.ink, tokens.accent) >= 4.5
    assert contrast(tokens.ink, tokens.accent_hover) >= 4.5


@pytest.mark.parametrize("tokens", THEMES, ids=lambda t: t.name)
def test_the_canvas_is_neutral(tokens: Tokens) -> None:
    for name in ("canvas", "check"):
        red, green, blue, _ = QColor(getattr(tokens, name)).getRgb()
        assert max(red, green, blue) - min(red, green, blue) <= 6


@pytest.mark.parametrize("tokens", THEMES, ids=lambda t: t.name)
def test_the_style_sheet_is_filled_and_its_pictures_exist(tokens: Tokens) -> None:
    sheet = stylesheet(tokens)
    assert "$" not in sheet
    for path in re.findall(r"url\(([^)]+)\)", sheet):
        assert (places.assets() / "icons" / "glyphs" / path.rpartition("/")[2]).is_file(), path


def test_every_focusable_kind_has_a_ring_of_two_pixels() -> None:
    sheet = stylesheet(DARK)
    for kind in ("QPushButton", "QToolButton", "QLineEdit", "QComboBox", "QAbstractSpinBox", "QSlider",
                 "QAbstractItemView", "QPlainTextEdit"):
        assert re.search(rf"{kind}:focus[^{{]*{{[^}}]*border: 2px", sheet), kind


def test_applying_a_theme_reaches_qt_and_says_so(qtbot: QtBot) -> None:
    them = theme.theme()
    them.apply("dark")
    with qtbot.waitSignal(them.changed):
        them.apply("light")
    assert theme.current() is LIGHT
    assert QGuiApplication.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.bg)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert LIGHT.accent in app.styleSheet()
    them.apply("dark")


def test_less_motion_means_none() -> None:
    them = theme.Theme()
    assert 0 < them.motion <= 150
    them.reduce_motion = True
    assert them.motion == 0


def test_every_icon_is_of_the_one_kind() -> None:
    files = [path for path in (places.assets() / "icons").glob("*.svg") if path.stem != "atelier"]
    assert len(files) > 60
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 20 20"' in text, path.name
        assert "currentColor" in text, path.name
        assert not re.search(r"#[0-9A-Fa-f]{3,6}", text), path.name


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0, 3.0])
def test_icons_are_drawn_for_the_screen_and_in_the_colour(qtbot: QtBot, scale: float) -> None:
    drawn = icons.pixmap("close", "#E3A75B", icons.SIZE, scale)
    assert drawn.width() == round(icons.SIZE * scale)
    assert drawn.devicePixelRatio() == scale
    image = drawn.toImage()
    solid = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())
             if image.pixelColor(x, y).alpha() > 250]
    assert solid
    assert all(abs(c.red() - 0xE3) <= 3 and abs(c.blue() - 0x5B) <= 3 for c in solid)


def test_worn_icons_follow_the_theme(qtbot: QtBot) -> None:
    theme.theme().apply("dark")
    button = QToolButton()
    qtbot.addWidget(button)
    icons.wear(button, "close")
    before = button.icon().pixmap(20, 20).toImage()
    theme.theme().apply("light")
    icons.refresh()
    assert button.icon().pixmap(20, 20).toImage() != before
    theme.theme().apply("dark")


def test_a_worn_icon_is_forgotten_with_its_wearer(qtbot: QtBot) -> None:
    button = QToolButton()
    icons.wear(button, "close")
    key = id(button)
    button.deleteLater()
    qtbot.waitUntil(lambda: key not in icons._WEARERS)
    icons.refresh()
