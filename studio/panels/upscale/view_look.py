"""Looks: the part under the pointer, enlarged as the whole would be, before committing to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColorSpace, QImage

from studio.core.errors import StudioError
from studio.core.jobs import Request
from studio.panels.upscale.params import UpscaleParams
from studio.panels.upscale.plan import make_plan
from studio.ui.widgets.canvas import Canvas

_SOON_MS = 30
_SLOW_MS = 200
"""A look that takes longer is announced."""
_AROUND = 0.3
"""Share of a part that is enlarged beyond each of its sides, so that a small move needs no new look."""
_MOST = 2_500_000
"""Pixels of the result that a look may have; about two seconds' work on two cores."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at."""

    request: Request
    """The whole enlargement."""
    source: QSize
    """Of the picture."""
    target: QSize
    """Of the result."""

    @property
    def key(self) -> str:
        """Equal for subjects whose looks are the same."""
        return json.dumps(self.part("").to_json(), sort_keys=True)

    def part(self, crop: str) -> Request:
        """The request for a part; "" is all of it. What belongs to the file makes no difference."""
        params = UpscaleParams().to_json()
        same = {name: params[name] for name in ("format", "quality", "keep_metadata", "tile")}
        seed = self.request.seed if self.request.params.get("grain") else 0
        return replace(self.request, params={**self.request.params, **same, "crop": crop}, seed=seed)


class Looking(QObject):
    """Asks for what the canvas is close to and has not got yet; the newest wish wins."""

    wanted = Signal(object)
    """Request for a part"""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._subject: Subject | None = None
        self._asked: Request | None = None
        self.is_paused = False
        """While a job runs: the machine has enough to do."""
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._look)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(lambda: self._canvas.say(self.tr("Enlarging…")))
        canvas.looked.connect(self._soon.start)

    def show(self, subject: Subject | None, size: QSize) -> None:
        """Look at ``subject`` from now on, or at nothing: the canvas has it. ``size`` is the result's."""
        key, old = (subject.key if subject else ""), (self._subject.key if self._subject else "")
        self._subject = subject
        if key != old or self._canvas.result_size() != size:
            self._asked = None
            self._still()
            self._canvas.set_looks(subject is not None, size)
        self._soon.start()

    def pause(self, is_paused: bool) -> None:
        """Ask for nothing while this is on."""
        self.is_paused = is_paused
        if is_paused:
            self._asked = None
            self._still()
        self._soon.start()

    def take(self, request: Request, image: QImage) -> None:
        """The answer to a wish, perhaps an older one."""
        if self._subject is None or not (crop := str(request.params.get("crop", ""))):
            return
        if self._subject.part(crop) == request and not image.isNull():
            self._canvas.show_look(self._share(self._subject, crop), _on_screen(image))
            self._soon.start()

    def refuse(self, request: Request, why: str) -> None:
        """A wish could not be fulfilled; it is not made again until something changes."""
        if request == self._asked:
            self._slow.stop()
            self._canvas.say(why)

    def _look(self) -> None:
        part, subject = self._canvas.close_up(), self._subject
        if subject is None or self.is_paused or self._canvas.before is None:
            return
        if part.isEmpty() or self._canvas.looks.covers(part):
            self._still()
        elif not (crop := _crop(part, subject)):
            self._slow.stop()
            self._canvas.say(self.tr("Come closer to see it enlarged"))
        elif (request := subject.part(crop)) != self._asked:
            self._asked = request
            self._canvas.say("")
            self._slow.start()
            self.wanted.emit(request)

    def _still(self) -> None:
        self._slow.stop()
        self._canvas.say("")

    def _share(self, subject: Subject, crop: str) -> QRectF:
        """Where the look of ``crop`` lies in the result, in shares: to the pixel as the task cuts it."""
        params = UpscaleParams.from_json({**subject.request.params, "crop": crop})
        plan = make_plan(params, subject.source.height(), subject.source.width(), (1,), 0)
        height, width = plan.target
        return QRectF(plan.part.left / width, plan.part.top / height, plan.part.width / width,
                      plan.part.height / height)


def subject_of(request: Request, source: QSize) -> Subject | None:
    """``request`` for a picture of size ``source``, or None where it has no size to enlarge to."""
    try:
        plan = make_plan(UpscaleParams.from_json(request.params), source.height(), source.width(), (1,), 0)
    except (StudioError, ZeroDivisionError):
        return None
    return Subject(request, source, QSize(plan.target[1], plan.target[0]))


def _crop(part: QRectF, subject: Subject) -> str:
    """``part`` with some more around it, in pixels of the picture; "" if that is too much to ask."""
    for around in (_AROUND, 0.0):
        wide = part.adjusted(-around * part.width(), -around * part.height(),
                             around * part.width(), around * part.height()).intersected(QRectF(0, 0, 1, 1))
        area = wide.width() * subject.target.width() * wide.height() * subject.target.height()
        if area <= _MOST:
            return _whole_pixels(wide, subject.source)
    return ""


def _whole_pixels(part: QRectF, source: QSize) -> str:
    width, height = source.width(), source.height()
    box = QRectF(part.x() * width, part.y() * height, part.width() * width, part.height() * height)
    whole = box.toAlignedRect().intersected(QRectF(0, 0, width, height).toRect())
    return f"{whole.x()},{whole.y()},{max(whole.width(), 1)},{max(whole.height(), 1)}"


def _on_screen(image: QImage) -> QImage:
    """``image`` in the screen's colours: a look keeps the profile of its picture."""
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if not image.colorSpace().isValid() or image.colorSpace() == srgb:
        return image
    converted = image.convertedToColorSpace(srgb)
    return image if converted.isNull() else converted


