"""The words of a picture: the prompt with its history, what is read of it, and what should not be there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from studio.core.params import Setting
from studio.panels.image import view_said
from studio.panels.image.view_history import PromptHistory
from studio.panels.image.view_prompt_edit import PromptEdit
from studio.panels.image.view_said import Said
from studio.ui import theme
from studio.ui.translation import declared
from studio.ui.widgets.fold import Heading
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named

_LABEL = 84
_LISTED = 20
_TITLE = 60
"""Letters of a prompt in the list of earlier ones."""


class PromptField(QWidget):
    """What to paint. Alt+Up brings earlier prompts back, Alt+Down later ones."""

    changed = Signal()
    """A person changed the prompt or what should not be in it."""

    def __init__(self, settings: Mapping[str, Setting], history: PromptHistory | None = None,
                 parent: QWidget | None = None) -> None:
        """``settings``: those of the panel, with "prompt" and "negative"."""
        super().__init__(parent)
        self.history = history or PromptHistory()
        self._at, self._written = -1, ""
        """Which earlier prompt is shown, -1 for none; and what was there before."""
        self.edit = PromptEdit(self, least=2)
        self._negative_row = QWidget(self)
        self.negative = PromptEdit(self._negative_row, least=1, most=5)
        for name, edit in (("prompt", self.edit), ("negative", self.negative)):
            named(edit, f"param.{name}", declared(settings[name].label), declared(settings[name].help))
        self.edit.setPlaceholderText(self.tr("A smiling red apple"))
        self.negative.setPlaceholderText(self.tr("text, frame"))
        self.earlier = named(IconButton("clock", self), "prompt.history", self.tr("Earlier prompts"),
                             self.tr("Earlier prompts (Alt+Up)"))
        self.count = named(QLabel(self), "prompt.count", self.tr("Length of the prompt"))
        self.count.setProperty("role", "muted")
        self.count.setFont(theme.number_font(12))
        self.said = _SaidLine(self)
        self._in_words = False
        self._lay_out()
        self.edit.entered.connect(self._on_entered)
        self.edit.turned.connect(self._turn)
        self.negative.entered.connect(self.changed)
        self.earlier.clicked.connect(self._show_list)

    def prompt(self) -> str:
        """As typed."""
        return self.edit.text()

    def set_texts(self, prompt: str, negative: str) -> None:
        """Show both."""
        self._at = -1
        self.edit.set_text(prompt)
        self.negative.set_text(negative)

    def use(self, prompt: str) -> None:
        """Put ``prompt`` in place of what is there; undo brings that back."""
        self.edit.set_text(prompt, is_undoable=True)
        self.changed.emit()

    def remember(self) -> None:
        """A picture is made of it now."""
        self.history.add(self.prompt())
        self._at = -1

    def set_abilities(self, *, has_negative: bool, in_words: bool) -> None:
        """What the chosen model can do with words; ``in_words`` where it reads words and not tokens."""
        self._negative_row.setVisible(has_negative)
        self._in_words = in_words

    def show_said(self, said: Said | None) -> None:
        """What of the prompt is read; None while that is not known."""
        self.edit.marks.show_said(said or Said())
        shown = said if self.prompt().strip() else None
        self.count.setText(view_said.count_words(shown, in_words=self._in_words) if shown else "")
        self.said.show_said(shown)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        title = Heading(self.edit.accessibleName(), self)
        title.setBuddy(self.edit)
        head.addWidget(title, 1)
        head.addWidget(self.count)
        head.addWidget(self.earlier)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.edit)
        layout.addWidget(self.said)
        layout.addWidget(self._against())

    def _against(self) -> QWidget:
        """What should not be there, beside its label."""
        row = QHBoxLayout(self._negative_row)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        caption = QLabel(self.negative.accessibleName(), self._negative_row)
        caption.setBuddy(self.negative)
        caption.setFixedWidth(_LABEL)
        row.addWidget(caption)
        row.addWidget(self.negative, 1)
        return self._negative_row

    def _on_entered(self) -> None:
        self._at = -1
        self.changed.emit()

    def _turn(self, by: int) -> None:
        """Go ``by`` prompts back in time; beyond the latest comes what was being written."""
        prompts = [text for text in self.history.all() if self._at >= 0 or text != self.prompt().strip()]
        if self._at < 0:
            self._written = self.prompt()
        at = min(max(self._at + by, -1), len(prompts) - 1)
        if at != self._at:
            self._at = at
            self.edit.set_text(prompts[at] if at >= 0 else self._written, is_undoable=True)
            self.changed.emit()

    def _show_list(self) -> None:
        menu = self.history_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.earlier.mapToGlobal(QPoint(0, self.earlier.height())))

    def history_menu(self) -> QMenu:
        """The last prompts, each to be taken up again."""
        menu, prompts = QMenu(self), self.history.all()[:_LISTED]
        for prompt in prompts:
            action = QAction(_title(prompt), menu)
            action.setToolTip(prompt)
            action.triggered.connect(lambda _=False, text=prompt: self.use(text))
            menu.addAction(action)
        if prompts:
            menu.addSeparator()
            menu.addAction(self.tr("Forget all"), self.history.clear)
        else:
            menu.addAction(self.tr("None yet")).setEnabled(False)
        return menu


class _SaidLine(QLabel):
    """What is lost of the prompt, or read as something else; hidden where all is well."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "prompt.said", self.tr("What is read of the prompt"))
        self.setProperty("role", "muted")
        self.setFont(theme.number_font(12))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def show_said(self, said: Said | None) -> None:
        """``said`` in words; nothing for None."""
        words = view_said.lines(said) if said is not None else []
        role = "warn" if said is not None and said.is_trouble else "muted"
        self.setText("\n".join(words))
        self.setToolTip("\n".join(view_said.lines(said, 40)) if said is not None else "")
        self.setVisible(bool(words))
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


def _title(prompt: str) -> str:
    words = " ".join(prompt.split())
    short = words if len(words) <= _TITLE else f"{words[:_TITLE].rstrip()}…"
    return short.replace("&", "&&")
