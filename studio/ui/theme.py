"""The look: colour tokens for dark and light, and how they reach Qt. Follows the system unless told."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication


class Tokens(NamedTuple):
    """Colours of one theme, as ``#RRGGBB``. Every text colour reaches WCAG AA (4.5) on every ground."""

    name: str
    bg: str
    """The room: window, rail, lines."""
    surface: str
    """Columns and cards."""
    raised: str
    """Controls."""
    hover: str
    """A control under the pointer."""
    border: str
    """Decoration only."""
    edge: str
    """The edge of a control: at least 3 on its ground (WCAG 1.4.11)."""
    text: str
    muted: str
    accent: str
    accent_hover: str
    ink: str
    """Text on the accent."""
    ok: str
    warn: str
    bad: str
    info: str
    canvas: str
    """Behind pictures: neutral, never tinted."""
    check: str
    """Second colour of the transparency checkerboard."""


DARK = Tokens("dark", bg="#17181B", surface="#1F2125", raised="#2A2D32", hover="#34383E", border="#3A3E45",
              edge="#80868F", text="#ECEBE8", muted="#A6A9AE", accent="#E3A75B", accent_hover="#EDB876",
              ink="#17181B", ok="#7FB685", warn="#E7C15A", bad="#EE8277", info="#8AB4E8",
              canvas="#202225", check="#2B2D31")
LIGHT = Tokens("light", bg="#F4F1EB", surface="#FFFFFF", raised="#FBF9F5", hover="#F0ECE3", border="#D8D2C6",
               edge="#8A8377", text="#1E1C19", muted="#635E56", accent="#8F4F0E", accent_hover="#7A4209",
               ink="#FFFFFF", ok="#2F6B3A", warn="#7A5A00", bad="#A8281C", info="#1F5A9E",
               canvas="#D9D9D9", check="#C9C9C9")

GRID = 4
"""Everything is placed on multiples of this, in logical pixels."""
HIT = 32
"""Smallest height and width of anything to press."""
RADIUS = 6
COLUMN = 320
"""Width of the settings, logical pixels."""


class Theme(QObject):
    """The theme in use. ``changed`` tells whoever draws by hand or holds tinted icons."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = DARK
        self.reduce_motion = False
        self._choice = "system"
        self._style = ""
        self._was_light = False

    @property
    def motion(self) -> int:
        """Milliseconds an animation may take; 0 where the person asks for less motion."""
        return 0 if self.reduce_motion else 120

    def apply(self, choice: str) -> None:
        """Use ``choice`` from now on: "dark", "light", or "system", which follows the desktop."""
        self._choice = choice
        self._refresh()

    def follow_system(self) -> None:
        """Listen to the desktop's light and dark switch."""
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)

    def _refresh(self) -> None:
        tokens = self._wanted()
        if tokens.name == self._style:
            return
        from studio.ui.stylesheet import stylesheet

        self.tokens, self._style = tokens, tokens.name
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(ui_font())
            app.setPalette(palette(tokens))
            app.setStyleSheet(stylesheet(tokens))
        self.changed.emit()

    def _wanted(self) -> Tokens:
        if not self._style:  # Qt's palette is still the desktop's
            self._was_light = QGuiApplication.palette().window().color().lightnessF() > 0.5
        if self._choice != "system":
            return DARK if self._choice == "dark" else LIGHT
        if not self._style:  # sooner known than by asking; see `studio.ui.quick`
            return LIGHT if self._was_light else DARK
        from PySide6.QtCore import Qt

        scheme = QGuiApplication.styleHints().colorScheme()
        if scheme == Qt.ColorScheme.Unknown:
            return LIGHT if self._was_light else DARK
        return LIGHT if scheme == Qt.ColorScheme.Light else DARK


@cache
def theme() -> Theme:
    """The one theme of this process."""
    return Theme()


def current() -> Tokens:
    """The colours in use."""
    return theme().tokens


def palette(tokens: Tokens) -> QPalette:
    """Qt's own palette from ``tokens``, for what the style sheet does not reach."""
    result = QPalette()
    roles = QPalette.ColorRole
    for role, colour in ((roles.Window, tokens.bg), (roles.WindowText, tokens.text),
                         (roles.Base, tokens.surface), (roles.Mid, tokens.border), (roles.Dark, tokens.edge),
                         (roles.AlternateBase, tokens.raised), (roles.Text, tokens.text),
                         (roles.Button, tokens.raised), (roles.ButtonText, tokens.text),
                         (roles.BrightText, tokens.bad), (roles.Highlight, tokens.accent),
                         (roles.HighlightedText, tokens.ink), (roles.Link, tokens.accent),
                         (roles.ToolTipBase, tokens.raised), (roles.ToolTipText, tokens.text),
                         (roles.PlaceholderText, tokens.muted), (roles.Accent, tokens.accent)):
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, faded(tokens))
    return result


def faded(tokens: Tokens) -> QColor:
    """The colour of text and icons that cannot be used now."""
    colour = QColor(tokens.muted)
    colour.setAlphaF(0.55)
    return colour


def ui_font(size: int = 13, *, bold: bool = False) -> QFont:
    """The system's UI font at ``size`` pixels."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def number_font(size: int = 12, *, bold: bool = False) -> QFont:
    """`ui_font` with figures of equal width, so that counting numbers do not wobble."""
    font = ui_font(size, bold=bold)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def mixed(first: str, second: str, share: float) -> str:
    """``first`` with ``share`` (0 to 1) of ``second`` in it, as ``#rrggbb``."""
    pairs = ((int(first[i:i + 2], 16), int(second[i:i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two ``#RRGGBB`` colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
