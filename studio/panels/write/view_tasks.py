"""What else can be done with the selection or the page: chosen in the column, shown on a sheet beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QStandardItemModel, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from studio.core.jobs import Request
from studio.core.pieces import Origin, Piece
from studio.core.text import Token
from studio.panels.write import abilities
from studio.panels.write.view_page import WritePage
from studio.panels.write.view_sheet import ProposalSheet
from studio.panels.write.view_writing import Scribe
from studio.ui.translation import declared
from studio.ui.widgets.naming import named
from studio.ui.widgets.number import Combo

MANNERED = ("rewrite", "translate", "dialogue", "poem")
"""Tasks that can be told how."""
OFFERED = ("rewrite", "summarise", "title", "translate", "dialogue", "poem")
Make = Callable[[Mapping[str, Any]], Request]
"""Settings of a task, by name, to its request."""


class TaskField(QWidget):
    """Which task, in what manner, and a button that begins it."""

    wanted = Signal(str, str)
    """Task and manner."""
    changed = Signal()
    """The model can do other tasks than before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: Mapping[str, Any] = {}
        self.combo = named(Combo(self), "task.list", self.tr("Task"),
                           self.tr("What to do with the selection, or with the page"))
        self.manner = named(QLineEdit(self), "task.manner", self.tr("In what manner"))
        self.do = named(QPushButton(self.tr("Do it"), self), "task.do", self.tr("Do it"))
        self.about = QLabel(self)
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        for task in OFFERED:
            self.combo.addItem(task, task)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.combo, 1)
        row.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.manner)
        layout.addWidget(self.about)
        self.combo.activated.connect(lambda _: self._refresh())
        self.do.clicked.connect(self._begin)
        self.manner.returnPressed.connect(self._begin)
        self.set_facts({})

    def set_facts(self, facts: Mapping[str, Any]) -> None:
        """Another model: what it cannot do is greyed out, and the line below says why."""
        self._facts = facts
        model = self.combo.model()
        for row, task in enumerate(OFFERED):
            self.combo.setItemText(row, self.label(task))
            if isinstance(model, QStandardItemModel):
                model.item(row).setEnabled(not abilities.why_not(facts, task))
        if abilities.why_not(facts, self.combo.currentData()):
            self.combo.setCurrentIndex(OFFERED.index("summarise"))
        self._refresh()
        self.changed.emit()

    def label(self, task: str) -> str:
        """What the model's way to do ``task`` is called."""
        return declared(abilities.task_label(self._facts, task))

    def can(self, task: str) -> bool:
        """Whether the model can do ``task``."""
        return not abilities.why_not(self._facts, task)

    def _refresh(self) -> None:
        task = str(self.combo.currentData())
        self.manner.setVisible(task in MANNERED and abilities.follows_instructions(self._facts))
        self.manner.setPlaceholderText(self._hints().get(task, ""))
        about = declared(abilities.task_about(self._facts, task))
        missing = next((why for name in OFFERED if (why := abilities.why_not(self._facts, name))), "")
        self.about.setText("\n".join(filter(None, (about, declared(missing)))))

    def _hints(self) -> dict[str, str]:
        return {"rewrite": self.tr("shorter, longer, or a tone: warmer, plainer…"),
                "translate": self.tr("English, Chinese, or another language"),
                "dialogue": self.tr("Who speaks: Ada and the captain"),
                "poem": self.tr("Its form: a sonnet, four lines…")}

    def _begin(self) -> None:
        manner = self.manner.text().strip() if self.manner.isVisibleTo(self) else ""
        self.wanted.emit(str(self.combo.currentData()), manner)


@dataclass
class Errand:
    """A task under way, and where what comes of it belongs."""

    do: str
    request: Request
    place: QTextCursor
    """Follows the passage while the person types elsewhere."""
    tokens: list[Token] = field(default_factory=list)
    asset: str = ""
    is_over: bool = False
    origin: Origin = "model"
    """Of what comes of it."""


class Errands(QObject):
    """Sends tasks out, shows what they bring, and puts it into the page where that is wanted."""

    sent = Signal(object)
    """Request"""
    told = Signal(str)

    def __init__(self, page: WritePage, scribe: Scribe, make: Make, label: Callable[[str], str],
                 parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._scribe, self._make, self._label = page, scribe, make, label
        self.errand: Errand | None = None
        self.sheet = ProposalSheet()
        page.side.addWidget(self.sheet)
        self.sheet.taken.connect(self._take)
        self.sheet.dropped.connect(self._drop)

    def begin(self, do: str, manner: str = "") -> None:
        """Do it with the selection, or with the whole page where nothing is marked."""
        editor = self._page.editor
        start, end = editor.selection()
        passage = editor.text(start, end) if end > start else ""
        if not (passage or editor.text()).strip():
            self.told.emit(self.tr("Write or mark a text first."))
            return
        place = QTextCursor(editor.document())
        place.setPosition(start if passage else 0)
        place.setPosition(end if passage else editor.length, QTextCursor.MoveMode.KeepAnchor)
        request = self._make({"do": do, "manner": manner, "passage": passage,
                              "prompt": "" if passage else editor.text()})
        self.errand = Errand(do, request, place)
        about = self.tr("Of what is marked") if passage else self.tr("Of the whole page")
        self.sheet.begin(self._label(do), about, self._verb(do))
        self._page.show_sheet(self.sheet)
        self.sent.emit(request)

    def show_text(self, title: str, text: str, facts: Mapping[str, Any]) -> None:
        """A text of the project, by its facts, which can be put in at the cursor."""
        editor = self._page.editor
        place = editor.textCursor()
        place.setPosition(editor.selection()[1])
        self.errand = Errand("insert", Request("write", 1, {}), place, is_over=True, origin=_origin(facts))
        self.sheet.begin(title, "", self._verb("insert"))
        self.sheet.set_text(text)
        self.sheet.set_ready(True)
        self._page.show_sheet(self.sheet)

    def take_words(self, request: Request, tokens: Sequence[Token]) -> bool:
        """More of what ``request`` writes; False if it is none of these."""
        if self.errand is None or self.errand.request != request or self.errand.is_over:
            return False
        self.errand.tokens += tokens
        self.sheet.add("".join(token.text for token in tokens))
        return True

    def end(self, request: Request, asset: str, facts: Mapping[str, Any]) -> bool:
        """``request`` is over; ``asset``, of which its facts tell more, is "" where nothing came of it."""
        if self.errand is None or self.errand.request != request or self.errand.is_over:
            return False
        self.errand.asset, self.errand.is_over, self.errand.origin = asset, True, _origin(facts)
        if not asset and not self.errand.tokens:
            self._drop()
        self.sheet.set_ready(True)
        return True

    def show_result(self, asset: str, text: object) -> None:
        """All of a result, where not every word was told on the way."""
        errand = self.errand
        if errand is not None and errand.asset == asset and not errand.tokens and isinstance(text, str):
            self.sheet.set_text(text)

    def _take(self, text: str) -> None:
        errand = self.errand
        if errand is None or not text.strip():
            return
        start, end, before, after = _where(errand, self._page)
        if errand.do == "title":
            before, text = "# ", text.strip().splitlines()[0].lstrip("#0123456789. ")
        pieces = [Piece(part, errand.origin) for part in (before, text.strip(), after) if part]
        self._scribe.propose(start, end, pieces, errand.request, errand.asset)
        self._drop()

    def _drop(self) -> None:
        self.errand = None
        self._page.show_sheet(None)
        self._page.editor.setFocus()

    def _verb(self, do: str) -> str:
        verbs = {"summarise": self.tr("Put it in below"), "title": self.tr("Take it as the title"),
                 "insert": self.tr("Put it in at the cursor")}
        return verbs.get(do, self.tr("Take it instead"))


def _origin(facts: Mapping[str, Any]) -> Origin:
    """Sentences picked from the page, word for word, are the person's own."""
    return "yours" if facts.get("picked") is True else "model"


def _where(errand: Errand, page: WritePage) -> tuple[int, int, str, str]:
    """From where to where it goes, and what has to stand before and after it."""
    start, end = errand.place.selectionStart(), errand.place.selectionEnd()
    if errand.do == "title":
        return 0, 0, "", "\n\n" if page.editor.length else ""
    if errand.do == "summarise":
        return end, end, "\n\n", ""
    if errand.do == "insert":
        return end, end, "", ""
    old = page.editor.text(start, end)
    return start, end, old[:len(old) - len(old.lstrip())], old[len(old.rstrip()):]
