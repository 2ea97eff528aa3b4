"""The one style sheet of the window, written from the theme's tokens."""

from __future__ import annotations

from string import Template

from studio.core import places
from studio.ui.theme import RADIUS, Tokens

_BASE = Template("""
QMainWindow, QDialog, #room { background: $bg; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; font-size: 12px; }
QLabel[role="title"] { font-size: 16px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="head"] { font-size: 20px; font-weight: 600; }
QLabel[role="bad"] { color: $bad; } QLabel[role="ok"] { color: $ok; } QLabel[role="warn"] { color: $warn; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: ${radius}px; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; }
QFrame[role="column"] { background: $surface; border: none; }
QMenuBar { background: $bg; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; border-radius: ${radius}px; padding: 4px; }
QMenu::item { padding: 7px 24px 7px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $accent; color: $ink; }
QMenu::item:disabled { color: $muted; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::right-arrow { image: url($glyphs/right-$name.svg); width: 12px; }
""")

_BUTTONS = Template("""
QPushButton { background: $raised; border: 1px solid $edge; border-radius: ${radius}px; padding: 6px 13px;
  min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:checked { background: $hover; border-color: $text; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 12px; }
QPushButton:disabled { color: $muted; border-color: $border; background: transparent; }
QPushButton[role="primary"] { background: $accent; color: $ink; border: 1px solid $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $raised; color: $muted; border-color: $border; }
QPushButton[role="big"] { background: $accent; color: $ink; border: 2px solid $accent; font-size: 14px;
  font-weight: 600; min-height: 28px; }
QPushButton[role="big"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="big"]:focus { border: 2px solid $text; }
QPushButton[role="big"]:disabled { background: $raised; color: $muted; border-color: $border; }
QPushButton[role="link"] { background: transparent; border: 2px solid transparent; color: $accent;
  padding: 5px 8px; text-align: left; font-weight: 600; }
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border: 2px solid $accent; }
QToolButton { background: transparent; border: 2px solid transparent; border-radius: ${radius}px;
  padding: 4px; min-width: 20px; min-height: 20px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $raised; }
QToolButton:focus { border: 2px solid $accent; }
QToolButton:disabled { color: $muted; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="rail"] { font-size: 11px; color: $muted; padding: 6px 0 4px 0; margin: 0 1px;
  border-radius: 8px; }
QToolButton[role="rail"]:hover { color: $text; }
QToolButton[role="rail"]:checked { background: $raised; color: $text; font-weight: 600; }
QToolButton[role="chip"] { color: $muted; font-size: 12px; padding: 2px 8px; min-height: 24px; }
QToolButton[role="chip"]:hover, QToolButton[role="chip"]:checked { color: $text; }
QCheckBox, QRadioButton { spacing: 8px; padding: 4px; border: 2px solid transparent;
  border-radius: ${radius}px; min-height: 20px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 16px; height: 16px;
  border: 1px solid $edge; border-radius: 4px; background: $raised; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent;
  border-color: $accent; image: url($glyphs/check-$name.svg); }
QCheckBox::indicator:indeterminate { background: $accent; image: url($glyphs/dash-$name.svg); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url($glyphs/dot-$name.svg); }
""")

_FIELDS = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: $raised; color: $text;
  border: 1px solid $edge; border-radius: ${radius}px; selection-background-color: $accent;
  selection-color: $ink; }
QLineEdit { padding: 5px 8px; min-height: 20px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { background: transparent; border: none; padding: 0;
  min-height: 0; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QAbstractSpinBox { padding: 5px 4px 5px 8px; min-height: 20px; }
QComboBox { padding: 5px 8px; min-height: 20px; }
QAbstractSpinBox QLineEdit:hover, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus {
  background: transparent; border: none; padding: 0; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { background: $hover; }
QLineEdit:focus { border: 2px solid $accent; padding: 4px 7px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 3px; }
QAbstractSpinBox:focus { border: 2px solid $accent; padding: 4px 3px 4px 7px; }
QComboBox:focus { border: 2px solid $accent; padding: 4px 7px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $muted; border-color: $border;
  background: transparent; }
QLineEdit[role="title"] { background: transparent; border: 2px solid transparent; font-weight: 600;
  padding: 2px 6px; min-height: 24px; }
QLineEdit[role="title"]:hover { background: $hover; }
QLineEdit[role="title"]:focus { background: $raised; border: 2px solid $accent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none;
  width: 18px; subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QAbstractSpinBox[role="plain"]::up-button, QAbstractSpinBox[role="plain"]::down-button {
  width: 8px; margin: 0; background: transparent; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $border;
  border-radius: 3px; }
QAbstractSpinBox::up-arrow { image: url($glyphs/up-$name.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($glyphs/down-$name.svg); width: 10px; height: 10px; }
QAbstractSpinBox[role="plain"]::up-arrow, QAbstractSpinBox[role="plain"]::down-arrow {
  image: none; width: 0; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url($glyphs/down-$name.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; padding: 4px; outline: 0; }
QSlider { min-height: 24px; border: 2px solid transparent; border-radius: ${radius}px; padding: 2px; }
QSlider:focus { border: 2px solid $accent; }
QSlider::groove:horizontal { height: 4px; background: $edge; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; background: $text;
  border: 1px solid $bg; }
QSlider::groove:vertical { width: 4px; background: $edge; border-radius: 2px; }
QSlider::add-page:vertical { background: $accent; border-radius: 2px; }
QSlider::handle:vertical { width: 14px; height: 14px; margin: 0 -6px; border-radius: 8px; background: $text;
  border: 1px solid $bg; }
QSlider::sub-page:disabled, QSlider::add-page:disabled { background: $edge; }
QSlider::handle:disabled { background: $edge; }
""")

_VIEWS = Template("""
QAbstractScrollArea { background: transparent; border: none; }
QPlainTextEdit[role="field"] { background: $raised; border: 1px solid $edge; }
QPlainTextEdit[role="field"]:focus { border: 2px solid $accent; }
QPlainTextEdit[role="field"]:disabled { color: $muted; border-color: $border; background: transparent; }
QAbstractItemView { background: $surface; border: 2px solid transparent; border-radius: ${radius}px;
  outline: 0; selection-background-color: $raised; selection-color: $text; }
QAbstractItemView:focus { border: 2px solid $accent; }
QAbstractItemView::item { padding: 6px 8px; border-radius: 4px; min-height: 20px; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $raised; color: $text; border: 1px solid $accent; }
QHeaderView::section { background: $surface; color: $muted; border: none; padding: 6px 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; } QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $border; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
  color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QTabBar::tab { padding: 8px 12px; color: $muted; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar:focus { border: 2px solid $accent; border-radius: ${radius}px; }
QSplitter::handle { background: $border; }
QGroupBox { border: none; margin-top: 24px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: $text; }
QStatusBar { background: $bg; } QStatusBar::item { border: none; }
#rail, #topline, #statusline { background: $bg; }
#rail { border-right: 1px solid $border; }
#topline { border-bottom: 1px solid $border; }
#statusline { border-top: 1px solid $border; }
#empty { background: $canvas; }
#reelholder { background: $bg; border-top: 1px solid $border; }
#notice { background: $raised; border: 1px solid $edge; border-radius: 8px; }
#banner { background: $raised; border-bottom: 1px solid $border; }
#invite { background: transparent; border: none; }
#palette, #queue { background: $surface; border: 1px solid $edge; border-radius: 8px; }
#queuerow { background: $raised; border: 2px solid transparent; border-radius: ${radius}px; }
#queuerow:focus { border: 2px solid $accent; }
#droplight { background: transparent; border: 2px dashed $accent; border-radius: 8px; }
#dropword { background: $accent; color: $ink; border-radius: ${radius}px; padding: 6px 16px;
  font-weight: 600; }
""")


def stylesheet(tokens: Tokens) -> str:
    """The whole style sheet in the colours of ``tokens``."""
    values = tokens._asdict()
    values |= {"radius": str(RADIUS), "glyphs": (places.assets() / "icons" / "glyphs").as_posix()}
    return "".join(part.substitute(values) for part in (_BASE, _BUTTONS, _FIELDS, _VIEWS))
