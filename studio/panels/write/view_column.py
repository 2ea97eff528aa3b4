"""The column of the Write panel: how the model writes, what it is told, what else it can do."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.core.errors import StudioError
from studio.core.jobs import Request
from studio.panels.write import cards as story_cards
from studio.panels.write.context import tail
from studio.panels.write.params import STARTER
from studio.panels.write.prompt import Sheet
from studio.panels.write.view_cards import CardsField
from studio.panels.write.view_count import Asked, context_of
from studio.panels.write.view_editor import Editor
from studio.panels.write.view_fields import LinesField
from studio.panels.write.view_presets import PresetField
from studio.panels.write.view_tasks import TaskField
from studio.ui.translation import sentence
from studio.ui.widgets.form import ParamsForm
from studio.ui.widgets.seed import SeedField

if TYPE_CHECKING:
    from collections.abc import Generator

    from studio.ui.panel_view import PanelServices
    from studio.ui.widgets.column import Column

TASK, VERSION = "write", 1
"""As `WriteTask` says; a contract test holds them equal, so that the window need not import the task."""
_LINES = ("memory", "note", "stop", "banned")


class WriteColumn(QObject):
    """Makes the fields, and requests of what they say."""

    changed = Signal()
    """A person changed something."""
    told = Signal(str)

    def __init__(self, column: Column, services: PanelServices, params: Any, editor: Editor) -> None:
        super().__init__(column)
        self._services, self._editor = services, editor
        self.is_restoring = False
        """Whether what changes now is none of a person's doing."""
        self.form = ParamsForm(params, services.models, dict.fromkeys(_LINES, LinesField), untitled="Write",
                               parent=column)
        self.presets, self.seed = PresetField(parent=column), SeedField(column)
        self.cards, self.tasks = CardsField(column), TaskField(column)
        self.form.add_below("Write", self.presets)
        self.form.add_below("Write", self.seed)
        self.form.add_below("Memory", self.cards)
        column.add(self.form)
        column.add(self.tasks, self.tr("With the selection, or the page"))
        self.presets.chosen.connect(self._use_preset)
        self.form.changed.connect(lambda _: self._on_change())
        self.seed.changed.connect(self._on_change)
        self.cards.changed.connect(self._on_change)

    @contextmanager
    def restoring(self) -> Generator[None]:
        """Changes in here are none of a person's."""
        before, self.is_restoring = self.is_restoring, True
        try:
            yield
        finally:
            self.is_restoring = before

    # ---- what it says

    def request(self, settings: Mapping[str, Any]) -> Request:
        """With ``settings`` beside those of the form."""
        cards = self.cards.cards()
        told = {"cards": story_cards.to_json(cards) if cards else "", "whole": False}
        return Request(TASK, VERSION, self.form.values() | told | dict(settings), (), self.seed.seed())

    def continuing(self, at: int, word: str = "") -> Request:
        """Go on from the text before ``at`` and ``word``."""
        return self.request({"prompt": self._editor.text(tail(at, self.context()), at) + word})

    def asked(self) -> Asked:
        """What is to be counted."""
        values, context, at = self.form.values(), self.context(), self._editor.selection()[1]
        cut = tail(at, context)
        sheet = Sheet(self._editor.text(cut, at), values["memory"], values["note"], self.cards.cards())
        return Asked(sheet, self.model(), context, values["length"], cut)

    def has_memory(self) -> bool:
        """Whether there is something to begin from beside the page."""
        return bool(str(self.form.fields["memory"].value()).strip())

    def model(self) -> str:
        """The chosen model's id."""
        return str(self.form.fields["model"].value()) or STARTER

    def facts(self) -> dict[str, Any]:
        """What is known of that model."""
        name = self.model()
        model = next((model for model in self._services.models() if model.id == name), None)
        return dict(getattr(model, "facts", {}))

    def context(self) -> int:
        """Tokens it sees at once."""
        return context_of(self.facts())

    # ---- from outside

    def use(self, request: Request) -> None:
        """The settings of ``request``."""
        with self.restoring():
            self.form.reset()
            self.form.set_values(request.params)
            self.seed.set_seed(request.seed)
            try:
                self.cards.set_cards(story_cards.parse(str(request.params.get("cards", ""))))
            except StudioError as error:
                self.told.emit(sentence(error.template, error.values))

    def reset(self) -> None:
        """The settings of an empty panel; what the model is told stays."""
        told = {name: self.form.fields[name].value() for name in ("model", "memory", "note")}
        with self.restoring():
            self.form.reset()
            self.form.set_values(told)
        self._on_change()

    def refresh(self) -> None:
        """Follow the settings and the models there are."""
        self.tasks.set_facts(self.facts())
        self.presets.show_settings(self.form.values())

    def _use_preset(self, settings: Mapping[str, Any]) -> None:
        self.form.set_values(settings)
        self._on_change()

    def _on_change(self) -> None:
        if not self.is_restoring:
            self.changed.emit()
