"""News in place: quiet cards over the page, never a modal box. Read aloud by screen readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCursor, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from studio.ui import icons, theme
from studio.ui.translation import problem_texts

if TYPE_CHECKING:
    from studio.core.jobs import Problem

Kind = Literal["info", "ok", "warn", "bad"]
_ICONS: dict[Kind, str] = {"info": "info", "ok": "ok", "warn": "warn", "bad": "bad"}
_MOST = 4
"""Cards at once; older ones make room."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of a notice."""

    label: str
    do: Callable[[], object]
    closes: bool = True


class Notice(QFrame):
    """One card: icon, message, hint, offers, a way to close it."""

    closed = Signal()

    def __init__(self, kind: Kind, message: str, hint: str = "", offers: tuple[Offer, ...] = (),
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.kind, self.message, self.hint = kind, message, hint
        self.setAccessibleName(" ".join(part for part in (message, hint) if part))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(_text(message, self))
        self._hint = _text(hint, self, "muted")
        self._hint.setVisible(bool(hint))
        words.addWidget(self._hint)
        if offers:
            words.addLayout(self._buttons(offers))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 4, 8)
        layout.setSpacing(8)
        layout.addWidget(self._badge(), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self._closer(), 0, Qt.AlignmentFlag.AlignTop)

    def set_hint(self, hint: str) -> None:
        """Say something else below the message."""
        if isValid(self._hint):
            self._hint.setText(hint)

    def close_notice(self) -> None:
        """Take it away."""
        self.closed.emit()
        self.hide()
        self.deleteLater()

    def height_for(self, width: int) -> int:
        """The height that shows everything at ``width``."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else 0

    def _badge(self) -> QLabel:
        badge = QLabel(self)
        colour = getattr(theme.current(), self.kind)
        badge.setPixmap(icons.pixmap(_ICONS[self.kind], colour, icons.SIZE, self.devicePixelRatioF()))
        badge.setFixedHeight(28)
        return badge

    def _buttons(self, offers: tuple[Offer, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.setContentsMargins(0, 0, 0, 0)
        for offer in offers:
            button = QPushButton(offer.label, self)
            button.setObjectName("notice.offer")
            button.setProperty("role", "link")
            button.setAccessibleName(offer.label)
            button.clicked.connect(lambda _=False, o=offer: self._take(o))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _take(self, offer: Offer) -> None:
        offer.do()
        if offer.closes:
            self.close_notice()

    def _closer(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("notice.close")
        button.setAccessibleName(self.tr("Close this notice"))
        button.setToolTip(self.tr("Close"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setIconSize(QSize(16, 16))
        icons.wear(button, "close", "muted")
        button.clicked.connect(self.close_notice)
        return button


class Notices(QWidget):
    """Stacks cards at the lower left of ``host``, over the page and clear of the settings column."""

    WIDTH = 440

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("notices")
        self._host = host
        self._cards: list[Notice] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        host.installEventFilter(self)
        self.hide()

    def show_notice(self, message: str, *offers: Offer, hint: str = "", kind: Kind = "info",
                    seconds: float | None = None) -> Notice:
        """Show a card and read it aloud. It leaves by itself after ``seconds``; by default good news
        stays 6 s, an offer 12 s, and bad news until it is closed. 0 means it stays."""
        card = Notice(kind, message, hint, offers, self)
        self._cards.append(card)
        self._layout.addWidget(card)
        card.closed.connect(lambda: self._forget(card))
        while len(self._cards) > _MOST:
            self._cards[0].close_notice()
        stay = seconds if seconds is not None else (0 if kind in ("bad", "warn") else 12 if offers else 6)
        if stay:
            QTimer.singleShot(round(stay * 1000), card, lambda: self._fade(card))
        self._announce(card)
        self._place()
        return card

    def show_problem(self, problem: Problem, *offers: Offer, about: str = "") -> Notice:
        """Show what went wrong (with the file ``about``), what to do, and a way to copy the details."""
        message, hint = problem_texts(problem)
        message = f"{about}: {message}" if about and about not in message else message
        copy = Offer(self.tr("Copy details"), lambda: copy_details(problem), closes=False)
        all_offers = (*offers, copy) if problem.details else offers
        return self.show_notice(message, *all_offers, hint=hint, kind="bad")

    def cards(self) -> list[Notice]:
        """What is shown now, oldest first."""
        return list(self._cards)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self._host and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return False

    def _fade(self, card: Notice) -> None:
        focus = QGuiApplication.focusObject()
        has_focus = isinstance(focus, QWidget) and card.isAncestorOf(focus)
        if has_focus or card.rect().contains(card.mapFromGlobal(QCursor.pos())):
            QTimer.singleShot(3000, card, lambda: self._fade(card))  # someone is reading or about to press
        else:
            card.close_notice()

    def _forget(self, card: Notice) -> None:
        if card in self._cards:
            self._cards.remove(card)
            self._layout.removeWidget(card)
            self._place()

    def _announce(self, card: Notice) -> None:
        event = QAccessibleAnnouncementEvent(card, card.accessibleName())
        is_urgent = card.kind in ("bad", "warn")
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)

    def _place(self) -> None:
        self.setVisible(bool(self._cards))
        if not self._cards:
            return
        width = min(self.WIDTH, self._host.width() - 32)
        heights = [card.height_for(width) for card in self._cards]
        for card, height in zip(self._cards, heights, strict=True):
            card.setFixedHeight(height)
        height = sum(heights) + self._layout.spacing() * (len(heights) - 1)
        self.setGeometry(16, max(0, self._host.height() - height - 16), width, height)
        self.raise_()


def copy_details(problem: Problem) -> None:
    """Put everything about ``problem`` on the clipboard."""
    from studio import __version__

    text = f"{problem.text}\n\nAtelier {__version__}\n{problem.details}"
    QGuiApplication.clipboard().setText(text)


def _text(words: str, parent: QWidget, role: str = "") -> QLabel:
    label = QLabel(words, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumHeight(28 if not role else 0)
    if role:
        label.setProperty("role", role)
    return label
