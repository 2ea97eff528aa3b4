"""Icons from assets/icons, drawn in the theme's text colour at the screen's own sharpness."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from studio.core import places
from studio.ui import theme

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
    result = QPixmap(QSize(round(size * scale), round(size * scale)))
    result.fill(_CLEAR)
    painter = QPainter(result)
    paint(painter, name, colour, QRectF(result.rect()))
    painter.end()
    result.setDevicePixelRatio(scale)
    return result


def paint(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw ``name`` into ``rect``."""
    QSvgRenderer(QByteArray(_svg(name).replace(b"currentColor", colour.encode()))).render(painter, rect)


@cache
def _svg(name: str) -> bytes:
    return (places.assets() / "icons" / f"{name}.svg").read_bytes()


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


def _put_on(target: QObject, name: str, tone: str) -> None:
    colour = getattr(theme.current(), tone)
    target.setIcon(icon(name, colour))  # type: ignore[attr-defined]


def refresh() -> None:
    """Draw every worn icon again: the theme or the screens changed."""
    for target, name, tone in list(_WEARERS.values()):
        if isValid(target):
            _put_on(target, name, tone)
