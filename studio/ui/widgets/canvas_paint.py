"""How the canvas is drawn: grey, checkerboard, the best level of each picture, overlays."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPen, QPixmap

from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.canvas_levels import Levels

if TYPE_CHECKING:
    from studio.ui.widgets.canvas import Canvas
    from studio.ui.widgets.canvas_transform import Transform

_CHECK = 8
_EXACT = 1e-6
_CHORD = 0.8
"""Of the lens's diameter: how wide it is where its words stand."""
_PIXELS_FROM = 3.0
"""From this zoom on, pixels are shown as squares."""


def draw(painter: QPainter, canvas: Canvas, tone: paint.Tones, *, is_fast: bool) -> None:
    """Everything the canvas shows; ``is_fast`` while it moves."""
    painter.fillRect(canvas.rect(), tone.canvas)
    for number, pane in enumerate(canvas.panes()):
        painter.save()
        painter.setClipRect(pane if not canvas.is_split else pane.adjusted(canvas.split.line(), 0, 0, 0))
        painter.translate(pane.topLeft())
        _pane(painter, canvas, number, tone, is_fast=is_fast)
        painter.restore()
    if canvas.is_split:
        _split(painter, canvas, tone, is_fast=is_fast)
    if len(canvas.panes()) == 2:
        middle = canvas.width() / 2
        painter.fillRect(QRectF(middle - 1, 0, 2, canvas.height()), tone.room)
    _labels(painter, canvas, tone)
    _zoom(painter, canvas, tone)
    if canvas.has_ring:
        paint.focus_ring(painter, QRectF(canvas.rect()), tone.accent, radius=2)
    canvas.brush.draw_cursor(painter)


def draw_lens(painter: QPainter, canvas: Canvas, view: Transform, tone: paint.Tones) -> None:
    """What the lens shows: the result, or what came in while that is compared with."""
    painter.fillRect(QRectF(QPointF(0, 0), view.viewport), tone.canvas)
    _result(painter, canvas, 0, view, tone, is_fast=False)


def ring(painter: QPainter, rect: QRectF, tone: paint.Tones, *, has_focus: bool) -> None:
    """The rim of the lens, seen on light and dark pictures alike."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 130), 4.0),
                         (tone.accent if has_focus else QColor("white"), 2.0 if has_focus else 1.5)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(rect)


def lens_words(painter: QPainter, canvas: Canvas, rect: QRectF, zoom: float, tone: paint.Tones) -> None:
    """What it shows, and how large, low in the lens."""
    before = QCoreApplication.translate("Canvas", "Before")
    magnified = f"{round(zoom * 100)} %" if zoom != 1.0 else ""
    if words := before if canvas.is_comparing else canvas.words or magnified:
        most = rect.width() * _CHORD
        chip(painter, QPointF(rect.center().x(), rect.bottom() - 56), words, tone, side=0, most=most)


def _pane(painter: QPainter, canvas: Canvas, number: int, tone: paint.Tones, *, is_fast: bool) -> None:
    _result(painter, canvas, number, canvas.transform, tone, is_fast=is_fast)
    if canvas.shown_in(number) is not None:
        canvas.brush.draw_overlay(painter, canvas.transform.rect())


def _result(painter: QPainter, canvas: Canvas, number: int, view: Transform, tone: paint.Tones, *,
            is_fast: bool) -> None:
    """The picture of a pane, with the looks over it where it is the result's."""
    picture = canvas.shown_in(number)
    if picture is None:
        return
    if picture is canvas.preview and canvas.is_preview_part and canvas.before is not None:
        _picture(painter, canvas.before, canvas, view, tone, is_fast=is_fast)
    _picture(painter, picture, canvas, view, tone, is_fast=is_fast)
    if canvas.shows_looks and number == len(canvas.panes()) - 1 and (view is not canvas.transform
                                                                     or canvas.mode != "lens"):
        canvas.looks.draw(painter, _aligned(view.rect(), view.ratio))


def _split(painter: QPainter, canvas: Canvas, tone: paint.Tones, *, is_fast: bool) -> None:
    """Before, left of the line."""
    if canvas.before is None:
        return
    painter.save()
    painter.setClipRect(QRectF(0, 0, canvas.split.line(), canvas.height()))
    _picture(painter, canvas.before, canvas, canvas.transform, tone, is_fast=is_fast)
    painter.restore()


def _picture(painter: QPainter, picture: Levels | QImage, canvas: Canvas, view: Transform, tone: paint.Tones,
             *, is_fast: bool) -> None:
    rect = view.rect()
    if isinstance(picture, Levels):
        zoom = rect.width() * view.ratio / picture.size.width()
        image, has_alpha = picture.best(zoom), picture.has_alpha
        # a picture shown at its result's size is compared with it fairly: smooth, not in squares
        is_sharp = abs(zoom - 1.0) < _EXACT or view.zoom >= _PIXELS_FROM * view.ratio
        is_fast = is_fast and zoom < 1  # while it moves it must not change between smooth and squares
    else:
        image, has_alpha, is_sharp = picture, picture.hasAlphaChannel(), False
    if has_alpha and not (picture is canvas.preview and canvas.is_preview_part):
        painter.fillRect(rect, _checkers(tone.canvas.name(), tone.check.name()))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_fast and not is_sharp)
    whole = QRectF(QPointF(0, 0), QSizeF(image.size()))
    painter.drawImage(_aligned(rect, view.ratio), image, whole)


def _aligned(rect: QRectF, ratio: float) -> QRectF:
    """``rect`` moved to whole device pixels, so that 100 % is sharp."""
    corner = QPointF(round(rect.x() * ratio) / ratio, round(rect.y() * ratio) / ratio)
    return QRectF(corner, rect.size())


@lru_cache(maxsize=4)
def _checkers(one: str, other: str) -> QBrush:
    tile = QPixmap(2 * _CHECK, 2 * _CHECK)
    tile.fill(QColor(one))
    painter = QPainter(tile)
    painter.fillRect(0, 0, _CHECK, _CHECK, QColor(other))
    painter.fillRect(_CHECK, _CHECK, _CHECK, _CHECK, QColor(other))
    painter.end()
    return QBrush(tile)


def _labels(painter: QPainter, canvas: Canvas, tone: paint.Tones) -> None:
    """Which picture is which, wherever two are to be told apart."""
    before = QCoreApplication.translate("Canvas", "Before")
    after = QCoreApplication.translate("Canvas", "After")
    if canvas.is_split:
        x = canvas.split.line()
        chip(painter, QPointF(x - 12, 12), before, tone, side=-1)
        chip(painter, QPointF(x + 12, 12), after, tone)
    elif len(canvas.panes()) == 2:
        chip(painter, QPointF(12, 12), before, tone)
        chip(painter, QPointF(canvas.width() / 2 + 12, 12), after, tone)
    elif canvas.has_result and canvas.shown_in(0) is canvas.before:
        chip(painter, QPointF(12, 12), before, tone)
    if canvas.words and not canvas.is_lens and canvas.mode != "single":
        pane = canvas.panes()[-1]
        chip(painter, QPointF(pane.right() - 12, 12), canvas.words, tone, side=-1)


def _zoom(painter: QPainter, canvas: Canvas, tone: paint.Tones) -> None:
    if canvas.is_zoom_shown and canvas.shown_in(0) is not None:
        text = f"{round(canvas.transform.zoom * 100)} %"
        chip(painter, QPointF(12, canvas.height() - 36), text, tone)


def chip(painter: QPainter, at: QPointF, text: str, tone: paint.Tones, *, side: int = 1,
         most: float = 400.0) -> None:
    """``text`` on a dark or light ground, right (1), left (-1) or around (0) ``at``, which is its top."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(theme.ui_font(12))
    painter.setFont(font)
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(most) - 16)
    width = painter.fontMetrics().horizontalAdvance(text) + 16
    rect = QRectF(at.x() - width * (1 - side) / 2, at.y(), width, 24)
    paint.box(painter, rect, paint.faded(tone.room, 0.86), radius=4)
    painter.setPen(tone.text)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
