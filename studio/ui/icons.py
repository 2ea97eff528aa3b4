"""Icons from assets/icons, drawn in the theme's text colour at the screen's own sharpness."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from studio.core import places
from studio.ui import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

_CLEAR = QColor(0, 0, 0, 0)
SIZE = 20
"""Logical pixels an icon is drawn for."""


class HasIcon(Protocol):
    """A button, action or label that can show an icon."""

    def setIcon(self, icon: QIcon) -> None: ...  # noqa: N802 - Qt's name


_WEARERS: dict[int, tuple[QObject, str, str]] = {}


def icon(name: str, colour: str = "") -> QIcon:
    """The icon ``name`` in ``colour`` (the theme's text colour by default).

    Its pixmaps fit the screens there are now; `wear` keeps it right when theme or screen change.
    """
    return _icon(name, colour or theme.current().text, _scales())


def wear(target: QObject, name: str, tone: str = "text") -> None:
    """Give ``target`` the icon ``name`` in the theme's colour ``tone``, now and after a change of theme."""
    key = id(target)
    if key not in _WEARERS:
        target.destroyed.connect(lambda: _WEARERS.pop(key, None))
    _WEARERS[key] = (target, name, tone)
    _put_on(target, name, tone)


def pixmap(name: str, colour: str, size: int, scale: float) -> QPixmap:
    """``name`` in ``colour``, ``size`` logical pixels square, for a screen of ``scale``."""
    return _drawn(_svg(f"icons/{name}").replace(b"currentColor", colour.encode()), QSize(size, size), scale)


def paint(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw ``name`` into ``rect``."""
    _render(_svg(f"icons/{name}").replace(b"currentColor", colour.encode()), painter, rect)


def drawing(name: str, size: QSize, scale: float) -> QPixmap:
    """A drawing of assets/drawings, ``size`` logical pixels, for a screen of ``scale``.

    ``@text`` and the like in it stand for the theme's colours, ``@sheet`` for a paper lying on the canvas.
    """
    tokens = theme.current()
    svg = _svg(f"drawings/{name}").replace(b"@sheet", theme.mixed(tokens.canvas, tokens.text, 0.06).encode())
    for tone in ("text", "muted", "accent", "edge", "canvas"):
        svg = svg.replace(b"@" + tone.encode(), getattr(tokens, tone).encode())
    return _drawn(svg, size, scale)


def _drawn(svg: bytes, size: QSize, scale: float) -> QPixmap:
    result = QPixmap(QSize(round(size.width() * scale), round(size.height() * scale)))
    result.fill(_CLEAR)
    painter = QPainter(result)
    _render(svg, painter, QRectF(result.rect()))
    painter.end()
    result.setDevicePixelRatio(scale)
    return result


def _render(svg: bytes, painter: QPainter, rect: QRectF) -> None:
    QSvgRenderer(QByteArray(svg)).render(painter, rect)


@cache
def _svg(name: str) -> bytes:
    return (places.assets() / f"{name}.svg").read_bytes()


@cache
def _icon(name: str, colour: str, scales: tuple[float, ...]) -> QIcon:
    result = QIcon()
    for scale in scales:
        drawn = pixmap(name, colour, SIZE, scale)
        result.addPixmap(drawn)
        result.addPixmap(_faded(drawn), QIcon.Mode.Disabled)
    return result


def _faded(drawn: QPixmap) -> QPixmap:
    result = QPixmap(drawn.size())
    result.setDevicePixelRatio(drawn.devicePixelRatio())
    result.fill(_CLEAR)
    painter = QPainter(result)
    painter.setOpacity(0.4)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return result


def _scales() -> tuple[float, ...]:
    return tuple(sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}))


class ScreenWatch(QObject):
    """Keeps the icons sharp when ``window`` comes to a screen of another scale."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        from PySide6.QtCore import QEvent

        if event.type() == QEvent.Type.DevicePixelRatioChange:
            refresh()
        return False


def _put_on(target: QObject, name: str, tone: str) -> None:
    colour = getattr(theme.current(), tone)
    target.setIcon(icon(name, colour))  # type: ignore[attr-defined]


def refresh() -> None:
    """Draw every worn icon again: the theme or the screens changed."""
    for target, name, tone in list(_WEARERS.values()):
        if isValid(target):
            _put_on(target, name, tone)
