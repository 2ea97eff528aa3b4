"""The list of styles in the column, each with its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.core.errors import StudioError
from studio.core.jobs import problem_of
from studio.panels.image.view_styles_kept import HERE, OwnStyles, Style, data_of, in_the_box
from studio.ui.translation import declared
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Combo

_SIDE = 40
_SMALL = QSize(20, 20)
_ROUND = 10
_KEPT = 96
"""Pixels of a picture that is kept with a style."""


class StyleField(QWidget):
    """None, one of those in the box, or one's own; a plus keeps the words of the prompt as a style."""

    changed = Signal()
    """A person chose another."""
    failed = Signal(object)
    """Problem"""

    def __init__(self, own: OwnStyles | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = own or OwnStyles()
        self._boxed = in_the_box()
        self._styles: list[Style] = []
        self.words: Callable[[], tuple[str, str]] = lambda: ("", "")
        """The prompt and what is not in it, for a new style."""
        self.shown: Callable[[], QImage] = QImage
        """The picture on the canvas, for a new style."""
        self.combo = named(_PictureCombo(self), "param.style", self.tr("Style"),
                           self.tr("Words around the prompt"))
        self.save = named(IconButton("plus", self), "style.save", self.tr("Keep the prompt as a style"),
                          self.tr("Keep these words as a style; {prompt} stands for what comes later"))
        self.drop = named(IconButton("trash", self), "style.remove", self.tr("Forget this style"),
                          self.tr("Forget this style"))
        self.name = named(_NameLine(self), "style.name", self.tr("Name of the style"))
        self.name.setPlaceholderText(self.tr("Its name, then Enter"))
        self.name.hide()
        self.combo.opens.connect(lambda: self._draw(range(len(self._styles))))
        self.combo.currentIndexChanged.connect(lambda at: self._draw((at - 1,)))
        self.combo.activated.connect(lambda _: self._on_chosen())
        self.save.clicked.connect(self._ask_name)
        self.drop.clicked.connect(self._remove)
        self.name.returnPressed.connect(self._keep)
        self._lay_out()
        self.reload()

    def style_now(self) -> Style | None:
        """The one that is chosen."""
        at = self.combo.currentIndex()
        return self._styles[at - 1] if 0 < at <= len(self._styles) else None

    def template(self) -> str:
        """As requests say it; "" for none."""
        style = self.style_now()
        return style.template if style is not None else ""

    def with_negative(self, negative: str) -> str:
        """``negative`` with that of the style behind it."""
        style = self.style_now()
        return ", ".join(part for part in (negative.strip(), style.negative if style else "") if part)

    def without_negative(self, negative: str) -> str:
        """What a person wrote of ``negative``, which `with_negative` gave."""
        style = self.style_now()
        if style is None or not style.negative or not negative.endswith(style.negative):
            return negative
        return negative.removesuffix(style.negative).rstrip().removesuffix(",")

    def set_template(self, template: str) -> None:
        """Show the style with ``template``; one that is not known here is listed by its words."""
        at = next((at for at, style in enumerate(self._styles) if style.template == template), -1)
        if template and at < 0:
            self._styles.append(Style(template, template))
            self.combo.addItem(template)
            at = len(self._styles) - 1
        self.combo.setCurrentIndex(at + 1 if template else 0)
        self._show_drop()

    def reload(self) -> None:
        """Read one's own again."""
        kept = self.template()
        self._styles = [*self._boxed, *self._own.all()]
        self.combo.clear()
        self.combo.addItem(self.tr("No style"))
        for at, style in enumerate(self._styles):
            is_boxed = at < len(self._boxed)
            self.combo.addItem(declared(style.name) if is_boxed else style.name)
            tip = " · ".join(filter(None, (style.template, style.negative)))
            self.combo.setItemData(at + 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.set_template(kept)

    def _draw(self, places: Iterable[int]) -> None:
        """Their pictures, when they are first seen."""
        for at in places:
            if 0 <= at < len(self._styles) and self.combo.itemIcon(at + 1).isNull():
                self.combo.setItemIcon(at + 1, icon_of(self._styles[at]))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.combo, 1)
        row.addWidget(self.drop)
        row.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.name)

    def _on_chosen(self) -> None:
        self._show_drop()
        self.changed.emit()

    def _show_drop(self) -> None:
        self.drop.setVisible(self.style_now() in self._own.all())

    def _ask_name(self) -> None:
        self.name.setVisible(self.name.isHidden())
        self.name.setFocus()

    def _keep(self) -> None:
        name, (prompt, negative) = self.name.text().strip()[:80], self.words()
        if not name or not (prompt.strip() or negative.strip()):
            return
        template = prompt.strip() if HERE in prompt else ", ".join(filter(None, (HERE, prompt.strip())))
        style = Style(name, template, negative.strip(), data_of(_small(self.shown())))
        self._change(lambda: self._own.keep(style))
        self.name.clear()
        self.name.hide()

    def _remove(self) -> None:
        if (style := self.style_now()) is not None:
            self._change(lambda: self._own.remove(style.name))
            self.changed.emit()

    def _change(self, do: Callable[[], None]) -> None:
        try:
            do()
        except OSError as error:
            self.failed.emit(problem_of(StudioError("The styles could not be kept: {reason}.",
                                                    reason=error.strerror or "unknown reason")))
        self.combo.setCurrentIndex(0)
        self.reload()


class _PictureCombo(Combo):
    """Says when its list is about to be seen."""

    opens = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIconSize(_SMALL)

    def showPopup(self) -> None:  # noqa: N802
        """The pictures are larger in the list; the field keeps its height."""
        self.opens.emit()
        self.setFixedHeight(self.height())
        self.setIconSize(_SMALL * 2)
        super().showPopup()

    def hidePopup(self) -> None:  # noqa: N802
        super().hidePopup()
        self.setIconSize(_SMALL)


class _NameLine(QLineEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


def icon_of(style: Style) -> QIcon:
    """Its picture; an empty icon where it has none."""
    try:
        data = style.picture()
    except OSError:
        return QIcon()
    if not style.preview.endswith(".svg"):
        return QIcon(QPixmap.fromImage(QImage.fromData(data)))
    pixmap = QPixmap(2 * _SIDE, 2 * _SIDE)
    pixmap.fill(Qt.GlobalColor.transparent)
    outline = QPainterPath()
    outline.addRoundedRect(pixmap.rect().toRectF(), _ROUND, _ROUND)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(outline)
        QSvgRenderer(QByteArray(data)).render(painter)
    return QIcon(pixmap)


def _small(image: QImage) -> bytes:
    if image.isNull():
        return b""
    small = image.scaled(_KEPT, _KEPT, Qt.AspectRatioMode.KeepAspectRatio,
                         Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
