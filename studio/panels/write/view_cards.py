"""Story cards in the column: a list to switch on and off, and the card that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.core.errors import StudioError
from studio.core.jobs import Problem, problem_of
from studio.media.files import write_atomic
from studio.media.manuscript import decode
from studio.panels.write.cards import Card, parse, to_json
from studio.ui.widgets import chooser
from studio.ui.widgets.background import in_background
from studio.ui.widgets.growing_text import GrowingText
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named

ENDING = ".json"
_ROW, _ROWS = 34, 6
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class CardsField(QWidget):
    """The cards of a story. Space switches one, Enter goes to its text, Delete takes it away."""

    changed = Signal()
    """A person changed something; not sent by `set_cards`."""
    told = Signal(str)
    failed = Signal(object)
    """Problem"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[Card] = []
        self._is_showing = False
        self._gone: tuple[int, Card] | None = None
        self.list = named(QListWidget(self), "cards.list", self.tr("Story cards"),
                          self.tr("People and places: the model is told of one once its words come up."))
        self.list.installEventFilter(self)
        self.list.itemChanged.connect(self._on_check)
        self.list.currentRowChanged.connect(lambda _: self._show_card())
        self._make_buttons()
        self._make_editor()
        self._lay_out()
        self._fill()

    # ---- what there is

    def cards(self) -> tuple[Card, ...]:
        """All of them, in order."""
        return tuple(self._cards)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show these instead."""
        self._cards = list(cards)
        self._fill()

    def mark(self, names: Sequence[str]) -> None:
        """Show which ones the model sees now."""
        self._is_showing = True
        for row, card in enumerate(self._cards):
            font = self.list.item(row).font()
            font.setBold(card.name in names)
            self.list.item(row).setFont(font)
        self._is_showing = False

    # ---- what one can do

    def add(self) -> None:
        """A new card, to be named."""
        self._cards.append(Card("", ""))
        self._fill()
        self.list.setCurrentRow(len(self._cards) - 1)
        self.name.setFocus()
        self.changed.emit()

    def remove(self) -> None:
        """Take the chosen card away; `restore` brings it back."""
        row = self.list.currentRow()
        if 0 <= row < len(self._cards):
            self._gone = row, self._cards.pop(row)
            self._fill()
            self.list.setCurrentRow(min(row, len(self._cards) - 1))
            self._show_buttons()
            self.changed.emit()

    def restore(self) -> None:
        """Bring back the card taken away last."""
        if self._gone is not None:
            row, card = self._gone
            self._gone = None
            self._cards.insert(row, card)
            self._fill()
            self.list.setCurrentRow(row)
            self._show_buttons()
            self.changed.emit()

    def take_file(self, path: Path) -> None:
        """Add the cards in the JSON file ``path``, without those that are here already."""
        in_background(self, partial(_read, path), self._take)

    def choose_file(self) -> None:
        """Let a person choose a file of cards."""
        chooser.choose_file(self, self.tr("Story cards"), self.tr("Story cards (*.json)"),
                            lambda paths: self.take_file(paths[0]))

    def choose_place(self) -> None:
        """Let a person say where the cards go as a file."""
        chooser.choose_place(self, self.tr("Keep the story cards"), "cards.json",
                             self.tr("Story cards (*.json)"), lambda paths: self.save(paths[0]))

    def save(self, path: Path) -> None:
        """Write the cards to ``path``."""
        in_background(self, partial(_write, path, to_json(self._cards)), self._on_saved)

    # ---- making

    def _make_buttons(self) -> None:
        texts = (("plus", "cards.add", self.tr("New story card"), self.add),
                 ("trash", "cards.remove", self.tr("Take this card away"), self.remove),
                 ("undo", "cards.restore", self.tr("Bring the card back"), self.restore),
                 ("import", "cards.import", self.tr("Add story cards from a file…"), self.choose_file),
                 ("export", "cards.export", self.tr("Keep the story cards as a file…"), self.choose_place))
        self.buttons = {name: named(IconButton(glyph, self), name, text, text)
                        for glyph, name, text, _ in texts}
        for _, name, _, do in texts:
            self.buttons[name].clicked.connect(do)

    def _make_editor(self) -> None:
        self.editor = QWidget(self)
        self.name = named(QLineEdit(self.editor), "cards.name", self.tr("Name of the card"))
        self.words = named(QLineEdit(self.editor), "cards.words", self.tr("Words that bring it up"),
                           self.tr("Words that bring it up, commas between; its name, if there are none."))
        self.text = named(GrowingText(self.editor, least=2), "cards.text", self.tr("What the model is told"))
        for field, hint in ((self.name, self.tr("Name")), (self.text, self.tr("What the model is told")),
                            (self.words, self.tr("Words that bring it up: Ada, the captain"))):
            field.setPlaceholderText(hint)
        self.name.textEdited.connect(lambda _: self._on_edit())
        self.words.textEdited.connect(lambda _: self._on_edit())
        self.text.textChanged.connect(self._on_edit)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        caption = QLabel(self.tr("Story cards"), self)
        caption.setBuddy(self.list)
        head.addWidget(caption, 1)
        for button in self.buttons.values():
            head.addWidget(button)
        inner = QVBoxLayout(self.editor)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(8)
        for field in (self.name, self.words, self.text):
            inner.addWidget(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addWidget(self.editor)

    # ---- showing

    def _fill(self) -> None:
        row, self._is_showing = self.list.currentRow(), True
        self.list.clear()
        for card in self._cards:
            item = QListWidgetItem(_title(card) or self.tr("A card without a name"), self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_ON if card.is_on else _OFF)
        self.list.setFixedHeight(min(_ROWS, max(1, len(self._cards))) * _ROW + 6)
        self.list.setVisible(bool(self._cards))
        self._is_showing = False
        self.list.setCurrentRow(min(row, len(self._cards) - 1))
        self._show_card()

    def _show_card(self) -> None:
        row = self.list.currentRow()
        has_card, self._is_showing = 0 <= row < len(self._cards), True
        self.editor.setVisible(has_card)
        if has_card:
            card = self._cards[row]
            self.name.setText(card.name)
            self.words.setText(", ".join(card.words))
            self.text.setPlainText(card.text)
        self._is_showing = False
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.buttons["cards.remove"].setVisible(self.list.currentRow() >= 0)
        self.buttons["cards.restore"].setVisible(self._gone is not None)
        self.buttons["cards.export"].setVisible(bool(self._cards))

    # ---- reacting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Delete:
            self.remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.text.setFocus()
        else:
            return False
        return True

    def _on_check(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        if not self._is_showing and 0 <= row < len(self._cards):
            self._cards[row] = replace(self._cards[row], is_on=item.checkState() == _ON)
            self.changed.emit()

    def _on_edit(self) -> None:
        row = self.list.currentRow()
        if self._is_showing or not 0 <= row < len(self._cards):
            return
        words = [word.strip() for word in self.words.text().replace("，", ",").split(",")]
        card = replace(self._cards[row], name=self.name.text(), text=self.text.toPlainText(),
                       words=tuple(filter(None, words)))
        if card != self._cards[row]:
            self._cards[row], self._is_showing = card, True
            self.list.item(row).setText(_title(card) or self.tr("A card without a name"))
            self._is_showing = False
            self.changed.emit()

    def _take(self, found: tuple[Card, ...] | Problem) -> None:
        if isinstance(found, Problem):
            self.failed.emit(found)
            return
        news = [card for card in found if card not in self._cards]
        self.set_cards([*self._cards, *news])
        self.told.emit(self.tr("{count} story cards added.").format(count=len(news)))
        self.changed.emit()

    def _on_saved(self, problem: Problem | None) -> None:
        if problem is not None:
            self.failed.emit(problem)
        else:
            self.told.emit(self.tr("Story cards kept."))


def _title(card: Card) -> str:
    return card.name.strip() or card.text.strip()[:40]


def _read(path: Path) -> tuple[Card, ...] | Problem:
    try:
        return parse(decode(path.read_bytes(), path.name))
    except StudioError as error:
        return problem_of(error)
    except OSError as error:
        return problem_of(StudioError("{name} cannot be read: {reason}.", name=path.name,
                                      reason=error.strerror or "unknown reason"))


def _write(path: Path, text: str) -> Problem | None:
    try:
        write_atomic(path, text.encode("utf-8", "replace"))
    except StudioError as error:
        return problem_of(error)
    return None
