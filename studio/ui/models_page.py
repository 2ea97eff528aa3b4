"""The models page: what is in the box, what a person brought, and how more get here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studio.ui import drops, model_facts
from studio.ui.page import Card, Page, label
from studio.ui.widgets.naming import named

if TYPE_CHECKING:
    from studio.library.catalog import Model
    from studio.library.downloads import Download


class ModelsPage(Page):
    """Shows cards and asks; does nothing by itself."""

    import_requested = Signal(object)
    verify_requested = Signal(object)
    remove_requested = Signal(object)
    download_requested = Signal(object)
    family_requested = Signal(object, str)
    """A model, and the id of the family a person says it is of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("models", parent)
        self.begin(self.tr("Models"), self.tr(
            "Models are files on this machine. Drop your own anywhere on the window: style networks "
            "and upscalers (.pth, .model, .onnx, .safetensors), language models (.gguf, or a folder with "
            "config.json and .safetensors), image generators (.safetensors, or a folder with "
            "model_index.json) with their add-ons and decoders. They are looked at before they are used, "
            "and a file that would run code is refused."))
        words = self.tr("Bring in a model…")
        bring = named(QPushButton(words), "models.import", words)
        bring.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.addWidget(bring)
        row.addStretch(1)
        self.column.addLayout(row)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self.column.addLayout(self._cards)
        self.finish()

    def show_models(self, models: Sequence[Model]) -> None:
        """Show ``models``, those in the box first."""
        while (item := self._cards.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for title, wanted in ((self.tr("In the box"), True), (self.tr("Yours"), False)):
            found = [model for model in models if model.is_starter == wanted]
            if found:
                self._cards.addWidget(label(title, "title"))
            for model in found:
                self._cards.addWidget(self._card(model))
        self._add_downloads({model.id for model in models})

    def _card(self, model: Model) -> Card:
        card = Card(f"model.{model.id}")
        card.column.addWidget(label(model.title, "heading"))
        size = self.tr("{size:.1f} MB").format(size=model.size / 1e6)
        facts = [str(fact) for fact in (size, model.licence, model.task, model.source_url) if fact]
        card.column.addWidget(label(" · ".join(facts), "muted", selectable=True))
        if said := model_facts.told(model):
            card.column.addWidget(label(said, "muted", selectable=True))
        if family := model_facts.family_row(model, partial(self.family_requested.emit, model)):
            card.column.addWidget(family)
        text = QPlainTextEdit(card)
        text.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        if model.card is not None:
            row.addWidget(self._about(model, text))
        row.addWidget(self._button(f"model.{model.id}.verify", self.tr("Check the files"),
                                   lambda: self.verify_requested.emit(model)))
        if not model.is_starter:
            row.addWidget(self._button(f"model.{model.id}.remove", self.tr("Remove"),
                                       lambda: self.remove_requested.emit(model)))
        row.addStretch(1)
        card.column.addLayout(row)
        card.column.addWidget(text)
        return card

    def _about(self, model: Model, text: QPlainTextEdit) -> QPushButton:
        named(text, f"model.{model.id}.text", self.tr("About {name}").format(name=model.title))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setFixedHeight(280)
        button = self._button(f"model.{model.id}.about", self.tr("About"), lambda: _toggle(text, model.card))
        button.setAccessibleName(self.tr("About {name}").format(name=model.title))
        return button

    def _add_downloads(self, here: set[str]) -> None:
        from studio.library import imports

        missing = [known for known in imports.DOWNLOADS.values() if known.id not in here]
        if missing:
            self._cards.addWidget(label(self.tr("Can be fetched"), "title"))
        for known in missing:
            self._cards.addWidget(self._download_card(known))

    def _download_card(self, known: Download) -> Card:
        card = Card(f"download.{known.id}")
        card.column.addWidget(label(known.title, "heading"))
        facts = self.tr("{size:.0f} MB · licence {licence} · from {source}").format(
            size=known.size / 1e6, licence=known.licence, source=known.url)
        card.column.addWidget(label(facts, "muted", selectable=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        button = self._button(f"download.{known.id}.go", self.tr("Download"),
                              partial(self.download_requested.emit, known))
        button.setAccessibleDescription(facts)
        row.addWidget(button)
        row.addWidget(label(self.tr("Connects to that address only, when you press it."), "muted"), 1)
        card.column.addLayout(row)
        return card

    def _button(self, name: str, text: str, do: Callable[[], object]) -> QPushButton:
        button = named(QPushButton(text), name, text)
        button.clicked.connect(lambda: do())
        return button

    def _ask(self) -> None:
        names = " ".join(f"*{ending}" for ending in sorted(drops.MODELS))
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Bring in a model"), "",
                                                 self.tr("Models ({names})").format(names=names))
        if chosen:
            self.import_requested.emit([Path(name) for name in chosen])


def _toggle(text: QPlainTextEdit, card: Path | None) -> None:
    if card is not None and not text.toPlainText():
        text.setPlainText(card.read_text(encoding="utf-8", errors="replace"))
    text.setVisible(text.isHidden())
