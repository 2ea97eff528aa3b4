"""The line below the page: how much is written, how to look at it, what the model sees."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, QSize, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from studio.panels.write.context import Fit
from studio.ui import theme
from studio.ui.widgets import paint
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named

GOALS = (0, 250, 500, 1000, 2000, 5000, 20_000, 50_000, 90_000)
"""Words one may aim for; 0 is no goal."""
_WORDS_A_MINUTE = 230
"""Silent reading of fiction (Brysbaert 2019: 260 for fiction, less across languages)."""


class BottomLine(QWidget):
    """Buttons left and right, words and context between."""

    goal_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("write.line")
        self.setFixedHeight(40)
        self.goal, self._words = 0, 0
        make = self._button
        self.outline = make("outline", self.tr("Outline"), self.tr("The headings of the page (Ctrl+Shift+H)"))
        self.focus = make("focus", self.tr("Focus"),
                          self.tr("Dim all but the paragraph one writes (Ctrl+Shift+F)"))
        self.origins = make("origins", self.tr("Who wrote what"),
                            self.tr("Mark what the model wrote, and what you changed of it (Ctrl+Shift+G)"))
        self.chat = make("chat", self.tr("Chat"),
                         self.tr("Talk with the model about the page (Ctrl+Shift+C)"))
        self.more = named(IconButton("more", self), "write.more", self.tr("More"),
                          self.tr("Open, keep a version, export"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.words = named(_Words(self), "write.words", self.tr("Words"),
                           self.tr("Words and reading time; press to set a goal"))
        self.context = QLabel(self)
        self.context.setProperty("role", "muted")
        self.context.setObjectName("write.context")
        self._make_goals()
        self._lay_out()
        self.show_counts(0)

    def show_counts(self, words: int, selected: int = 0) -> None:
        """``words`` on the page, ``selected`` of them marked."""
        self._words = words
        number = QLocale().toString
        if selected:
            text = self.tr("{selected} of {words} words")
            text = text.format(selected=number(selected), words=number(words))
        elif self.goal:
            text = self.tr("{words} of {goal} words").format(words=number(words), goal=number(self.goal))
        else:
            text = self.tr("1 word") if words == 1 else self.tr("{words} words").format(words=number(words))
        minutes = (selected or words) / _WORDS_A_MINUTE
        self.words.setText("  ·  ".join([text, _reading(minutes)] if words else [text]))
        self.words.share = min(1.0, words / self.goal) if self.goal else 0.0
        self.words.update()

    def set_goal(self, goal: int) -> None:
        """So many words; 0 for none."""
        self.goal = max(0, goal)
        for action in self._goals.actions():
            action.setChecked(action.data() == self.goal)
        self.show_counts(self._words)

    def show_fit(self, fit: Fit | None) -> None:
        """What the model sees of the page."""
        if fit is None or fit.problem is not None:
            self.context.setText("")
            self.context.setToolTip("")
            return
        number, share = QLocale().toString, round(100 * fit.used)
        whole, end = self.tr("the model sees all of it"), self.tr("the model sees the end of it")
        seen = end if fit.start else whole
        self.context.setText(self.tr("{seen}  ·  {share} % full").format(seen=seen, share=number(share)))
        self.context.setToolTip(self.tr(
            "About {shown} tokens of the text, {fixed} of memory, cards and note, and room for {length} "
            "new ones, of {context} that this model sees at once.").format(
                shown=number(fit.shown), fixed=number(fit.fixed), length=number(fit.length),
                context=number(fit.context)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        tone = paint.tones(self)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), tone.room)
            painter.fillRect(0, 0, self.width(), 1, tone.border)

    def _button(self, glyph: str, text: str, tip: str) -> IconButton:
        button = named(IconButton(glyph, self), f"write.{glyph}", text, tip)
        button.setCheckable(True)
        return button

    def _make_goals(self) -> None:
        menu, self._goals = QMenu(self), QActionGroup(self)
        for goal in GOALS:
            text = self.tr("{goal} words").format(goal=QLocale().toString(goal))
            action = menu.addAction(text if goal else self.tr("No goal"))
            action.setData(goal)
            action.setCheckable(True)
            self._goals.addAction(action)
            action.triggered.connect(lambda _=False, goal=goal: self._choose(goal))
        self._goals.actions()[0].setChecked(True)
        self.words.setMenu(menu)
        self.words.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _choose(self, goal: int) -> None:
        self.set_goal(goal)
        self.goal_changed.emit()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 3)
        layout.setSpacing(4)
        for button in (self.outline, self.focus, self.origins):
            layout.addWidget(button)
        layout.addSpacing(8)
        layout.addWidget(self.words)
        layout.addStretch(1)
        layout.addWidget(self.context)
        layout.addSpacing(8)
        layout.addWidget(self.chat)
        layout.addWidget(self.more)


class _Words(QToolButton):
    """The count, over a thin line as long as the goal is near."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setMinimumSize(theme.HIT, theme.HIT)
        self.share = 0.0

    def sizeHint(self) -> QSize:  # noqa: N802
        return super().sizeHint().expandedTo(QSize(theme.HIT, theme.HIT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self.share:
            tone, rect = paint.tones(self), QRectF(self.rect()).adjusted(8, 0, -8, 0)
            with paint.smooth(self) as painter:
                line = QRectF(rect.left(), rect.bottom() - 4, rect.width(), 2)
                paint.box(painter, line, tone.border, radius=1)
                line.setWidth(line.width() * self.share)
                paint.box(painter, line, tone.accent, radius=1)


def _reading(minutes: float) -> str:
    if minutes < 1:
        return QCoreApplication.translate("BottomLine", "under 1 min to read")
    if minutes < 90:
        text = QCoreApplication.translate("BottomLine", "{minutes} min to read")
        return text.format(minutes=round(minutes))
    return QCoreApplication.translate("BottomLine", "{hours} h to read").format(hours=round(minutes / 60))
