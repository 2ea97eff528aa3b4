"""Hands and eyes for the tests of the Upscale view."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from studio.core.jobs import JobState, Request
from studio.panels.upscale.plan import crop_box
from studio.panels.upscale.view import UpscaleView
from tests.ui.fake_services import FakeAsset, FakeJob, FakeProject

LEFT = Qt.MouseButton.LeftButton
GREEN = QColor("#20c020")


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def only(view: UpscaleView) -> Request:
    (request,) = view.request_list()
    return request


def press(view: UpscaleView, name: str) -> None:
    """Click the button with this object name."""
    QTest.mouseClick(view.findChild(QAbstractButton, name), LEFT)


def type_in(view: UpscaleView, name: str, text: str) -> None:
    """Type a number into the field with this object name, and press Enter."""
    field: Any = view.findChild(QWidget, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def lines(view: UpscaleView) -> list[str]:
    """What the card with the new size says."""
    return [label.text().replace("\N{NO-BREAK SPACE}", " ")
            for label in (view.card.pixels, view.card.paper, view.card.cost) if label.isVisible()]


def answering(view: UpscaleView, color: QColor = GREEN) -> list[Request]:
    """From now on looks are answered in one colour, at once; returns the list that they are noted in."""
    asked: list[Request] = []

    def answer(request: Request) -> None:
        asked.append(request)
        view.show_answer(request, look(request, color))

    view.preview_requested.connect(answer)
    return asked


def look(request: Request, color: QColor = GREEN) -> QImage:
    box = crop_box(request.params["crop"], 10_000, 10_000)
    scale = request.params["scale"]
    image = QImage(round(box.width * scale), round(box.height * scale), QImage.Format.Format_RGB888)
    image.fill(color)
    return image


def seen(view: UpscaleView, at: QPoint | QPointF) -> QColor:
    """The colour on the canvas at a point."""
    return view.canvas.grab().toImage().pixelColor(at.toPoint() if isinstance(at, QPointF) else at)


def middle(widget: QWidget) -> QPoint:
    return widget.geometry().center()


def finish(view: UpscaleView, project: FakeProject) -> FakeAsset:
    """Run what stands there, and get its result."""
    result = project.picture("lake 4x", 1600, 1200, "#8040c0")
    facts = {**result.facts, "megapixels_in": 0.12, "megapixels_out": 1.92, "seconds": 6.0,
             "bytes": 3_000_000, "memory": 500_000_000}
    result = replace(result, facts=facts)
    view.show_job(FakeJob(only(view), JobState.DONE, assets=(result,)))
    view.show_asset(result, project.images[result.sha256])
    return result
