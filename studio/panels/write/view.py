"""The Write panel: a page, and a model that goes on where the cursor is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QAction, QImage, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.core.errors import StudioError
from studio.core.jobs import JobState, Problem, Request
from studio.core.manuscript import Manuscript
from studio.core.panel import PanelSpec, Role
from studio.core.pieces import Piece
from studio.core.text import Token
from studio.panels.write import cards as story_cards
from studio.panels.write import view_draft
from studio.panels.write.abilities import why_not
from studio.panels.write.context import Fit, tail
from studio.panels.write.params import STARTER
from studio.panels.write.prompt import Sheet
from studio.panels.write.view_cards import CardsField
from studio.panels.write.view_chat import ChatSheet
from studio.panels.write.view_count import Asked, Counting, context_of
from studio.panels.write.view_fields import LinesField
from studio.panels.write.view_page import WritePage
from studio.panels.write.view_ponder import Pondering
from studio.panels.write.view_presets import PresetField
from studio.panels.write.view_tasks import Errands, TaskField
from studio.panels.write.view_writing import Scribe
from studio.ui.panel_view import AssetLike, JobLike, PanelServices, PanelView
from studio.ui.translation import declared
from studio.ui.widgets.background import in_background
from studio.ui.widgets.form import ParamsForm
from studio.ui.widgets.seed import SeedField

TASK, VERSION = "write", 1
"""As `WriteTask` says; a contract test holds them equal, so that the window need not import the task."""
_LINES = ("memory", "note", "stop", "banned")
_PLACE_MS = 1000
"""Where the cursor is goes into the draft this long after it moved first."""
_LEARN_TOKENS = 16


class WriteView(PanelView):
    """The page in the middle, how the model writes on the right."""

    def __init__(self, spec: PanelSpec, services: PanelServices, parent: QWidget | None = None) -> None:
        super().__init__(spec, services, parent)
        self._is_restoring = False
        self._place: tuple[int, ...] = ()
        self._after: list[Any] = []
        """What is to be done once the model has stopped."""
        self._has_words = self._is_finishing = False
        self._made: set[str] = set()
        """Results that are on the page or a sheet already."""
        self.page = WritePage(self.stage)
        self.scribe = Scribe(self.page.editor, services, self)
        self.chat = ChatSheet()
        self._talk: Request | None = None
        self.errands = Errands(self.page, self.scribe, self._request_for, self)
        self.pondering = Pondering(self.page, self.scribe)
        self.counting = Counting(self._asked, self)
        self._place_soon = QTimer(self, singleShot=True, interval=_PLACE_MS)
        self._make_column()
        self.stage.add(self.page)
        self.page.side.addWidget(self.chat)
        self.run_bar.takes_folders = False
        self._make_actions()
        self._connect_parts()
        self.order_tabs()
        self.page.editor.setReadOnly(True)  # until it is known what stands there
        services.load_page(self._on_page)
        self._on_setting(is_draft=False)

    # ---- what a run would do

    def request_list(self) -> list[Request]:
        """What stands before the cursor, to be continued; empty while there is nothing to continue."""
        return [self._request(self.page.editor.selection()[1], "")] if self._has_text() else []

    def template(self) -> None:
        """Folders of texts are not worked through."""

    def run(self) -> None:
        """Go on where the cursor is."""
        if not self.run_bar.is_working and self._has_text() and not self.page.editor.isReadOnly():
            self.seed.take()
            self.start([self.scribe.write_on(self._request)])

    def start(self, requests: Sequence[Request]) -> None:
        """Have ``requests`` written; what was typed is kept before that."""
        self.page.editor.flush()
        self._has_words = self._is_finishing = False
        super().start(requests)
        self._show_standing()

    def retry(self) -> None:
        """One more attempt at the fork here; what is there is kept."""
        def again() -> None:
            self.seed.take()
            request = self.scribe.retry(self._request)
            if request is None:
                self.run()
            else:
                self.start([request])
        self._when_free(again)

    def fork(self, option: int, token: int, lead: Token) -> None:
        """Go on with another word than the one that stands there."""
        def begin() -> None:
            self.seed.take()
            request = self.scribe.fork_at(option, token, lead, self._request)
            if request is not None:
                self.start([request])
        self._when_free(begin)

    def run_caption(self, requests: Sequence[Request]) -> str:
        """What is missing."""
        return "" if self._has_text() else self.tr("First, a sentence")

    def refresh_run(self) -> None:
        """Whether there is something to go on from; looks at no text, since this is called while typing."""
        if self.job is None and not self._starting.isActive():
            is_ready = self._has_text() and not self.page.editor.isReadOnly()
            self.run_bar.show_idle(self.run_caption(()), is_ready=is_ready)

    def _has_text(self) -> bool:
        return self.page.editor.length > 0 or bool(str(self.form.fields["memory"].value()).strip())

    def _request(self, at: int, word: str) -> Request:
        """Go on from the text before ``at`` and ``word``."""
        start = tail(at, self._context())
        return self._request_for({"prompt": self.page.editor.text(start, at) + word})

    def _request_for(self, settings: Mapping[str, Any]) -> Request:
        params = self.form.values() | {"cards": self._cards_json(), "whole": False} | dict(settings)
        return Request(TASK, VERSION, params, (), self.seed.seed())

    def _cards_json(self) -> str:
        cards = self.cards.cards()
        return story_cards.to_json(cards) if cards else ""

    def _when_free(self, do: Any) -> None:
        """Now, or once the model has stopped, which it is asked to."""
        if self.page.editor.isReadOnly():
            return
        if self.run_bar.is_working:
            self._after = [do]
            self._stop()
        else:
            do()

    # ---- settings from outside

    def set_request(self, request: Request, assets: Mapping[str, Sequence[AssetLike]]) -> None:
        """Use these settings; the page stays as it is, unless it is blank."""
        self._is_restoring = True
        self.form.reset()
        self.form.set_values(request.params)
        self.seed.set_seed(request.seed)
        try:
            self.cards.set_cards(story_cards.parse(str(request.params.get("cards", ""))))
        except StudioError as error:
            self.told.emit(str(error))
        self._is_restoring = False
        prompt = str(request.params.get("prompt", ""))
        if prompt and not self.page.editor.length:
            self._put_in(prompt)
        for files in assets.values():
            self.give(files)
        self._on_setting()

    def set_seed(self, seed: int) -> None:
        """Take over the seed of a result, and keep it."""
        self.seed.set_seed(seed, locked=True)
        self._on_setting()

    def reload_models(self) -> None:
        """Models came or went."""
        self.form.reload_models()
        self._on_setting(is_draft=False)

    def draft(self) -> dict[str, Any]:
        """Everything entered but the page."""
        return view_draft.draft_of(self)

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Show an earlier draft; {} clears the panel but for the page."""
        self._is_restoring = True
        view_draft.restore(self, draft)
        self._is_restoring = False
        self._on_setting(is_draft=False)

    def accepts(self, assets: Sequence[AssetLike]) -> list[Role]:
        """Texts, for the page."""
        kinds = {asset.kind for asset in assets}
        return [role for role in self.spec.roles if kinds == {role.kind}]

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """Put a text into the page: all of it where it is blank, else at the cursor."""
        for asset in [asset for asset in assets if asset.kind == "text"][:1]:
            self.services.load_text(asset, partial(self._take_text, asset))

    def go_back_to(self, place: Sequence[int]) -> None:
        """Put cursor and scroll to ``place``, now or once the page is there."""
        self._place = tuple(place)
        if self._place and not self.page.editor.isReadOnly():
            self.page.editor.go_to(self._place)

    # ---- what is shown

    def show_written(self, job: JobLike, tokens: Sequence[Token]) -> None:
        """Words, where they belong: the page, a sheet or the talk."""
        self._has_words = True
        if self.scribe.take(job.request, tokens) or self.errands.take_words(job.request, tokens):
            return
        if self._talk == job.request:
            self.chat.add("".join(token.text for token in tokens))

    def show_job(self, job: JobLike | None) -> None:
        """Also end what it wrote."""
        super().show_job(job)
        self._stop_action.setEnabled(self.run_bar.is_working)
        if job is not None and job.state.is_final:
            self._end(job)
        if not self.run_bar.is_working and self._after:
            after, self._after = self._after, []
            QTimer.singleShot(0, self, after[0])
        self._show_standing()

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A text chosen in the reel, or one that no part of this page was waiting for: beside the page."""
        if asset.id in self._made:
            self._made.discard(asset.id)
        else:
            self.services.load_text(asset, partial(self._show_text, asset))

    def offer(self, mime: QMimeData | None) -> None:
        """Light up the page while it would take what is dragged."""

    def view_actions(self) -> list[QAction]:
        """Ways to look at the page."""
        return []

    def focus_first(self) -> None:
        """The page."""
        self.page.editor.setFocus()

    def _end(self, job: JobLike) -> None:
        asset = job.assets[0] if job.state is JobState.DONE and job.assets else None
        number = asset.id if asset is not None else ""
        if self.scribe.end(job.request, number) or self._end_talk(job.request):
            self._made.add(number)
        elif self.errands.end(job.request, number) and asset is not None:
            self._made.add(number)
            self.services.load_text(asset, lambda text: self.errands.show_result(number, str(text)))
        if asset is not None:
            self._learn(asset)
        self.counting.count_soon()
        self.draft_changed.emit()

    def _end_talk(self, request: Request) -> bool:
        if self._talk != request:
            return False
        self._talk = None
        self.chat.end()
        return True

    def _learn(self, asset: AssetLike) -> None:
        """How many tokens its letters were; the file is small, but disks can be slow."""
        model, facts = self._model(), dict(asset.facts)
        def read(text: object) -> None:
            if isinstance(text, str):
                written = text[int(facts.get("start", 0)):]
                in_background(self, lambda: self._learned(model, written, facts), lambda _: None)
        if int(facts.get("tokens", 0) or 0) >= _LEARN_TOKENS:
            self.services.load_text(asset, read)

    def _learned(self, model: str, text: str, facts: Mapping[str, Any]) -> None:
        try:
            self.counting.learned.learn(model, text, facts)
        except OSError:  # a lost measurement is no news
            return

    def _show_text(self, asset: AssetLike, text: object) -> None:
        if isinstance(text, Problem):
            self.show_problem(text)
        else:
            self.errands.show_text(asset.name, str(text))

    def _take_text(self, asset: AssetLike, text: object) -> None:
        if isinstance(text, Problem):
            self.show_problem(text)
            return
        is_blank = not self.page.editor.length
        self._put_in(str(text), is_model="trace" in asset.facts)
        if not is_blank:
            words = self.tr("{name} stands at the cursor now. Undo takes it out again.")
            self.told.emit(words.format(name=asset.name))

    def _put_in(self, text: str, *, is_model: bool = False) -> None:
        at = self.page.editor.selection()[1]
        self.page.editor.replace(at, at, [Piece(text, "model" if is_model else "yours")])
        self.page.editor.go_to(at if at else self.page.editor.length)
        self.page.editor.setFocus()

    # ---- making

    def _make_column(self) -> None:
        self.form = ParamsForm(self.spec.params, self.services.models, dict.fromkeys(_LINES, LinesField),
                               untitled="Write", parent=self.column)
        self.presets, self.seed = PresetField(parent=self.column), SeedField(self.column)
        self.cards, self.tasks = CardsField(self.column), TaskField(self.column)
        self.form.add_below("Write", self.presets)
        self.form.add_below("Write", self.seed)
        self.form.add_below("Memory", self.cards)
        self.column.add(self.form)
        self.column.add(self.tasks, self.tr("With the selection, or the page"))

    def _make_actions(self) -> None:
        add, line = self._action, self.page.line
        keys = [QKeySequence(key) for key in ("Ctrl+.", "Esc")]
        self._stop_action.setShortcuts(keys)
        add(self.tr("Another attempt"), "retry", self.retry, "Ctrl+R")
        add(self.tr("The attempt before"), "back", lambda: self._step(-1), "Alt+Left")
        add(self.tr("The next attempt"), "forth", lambda: self._step(1), "Alt+Right")
        add(self.tr("All attempts"), "tree", self.open_tree, "Ctrl+Shift+R")
        add(self.tr("What the model considered here"), "odds", self.ponder, "Alt+Down")
        add(self.tr("Outline"), "outline", line.outline.click, "Ctrl+Shift+H")
        add(self.tr("Focus on one paragraph"), "focus", line.focus.click, "Ctrl+Shift+F")
        add(self.tr("Who wrote what"), "origins", line.origins.click, "Ctrl+Shift+G")
        add(self.tr("Chat about the page"), "chat", line.chat.click, "Ctrl+Shift+C")
        add(self.tr("New story card"), "card", self.cards.add)
        add(self.tr("New seed"), "seed", self.seed.roll)
        add(self.tr("Reset the settings"), "reset", self._reset)

    def _connect_parts(self) -> None:
        page, editor = self.page, self.page.editor
        editor.edited.connect(self.services.keep_edits)
        editor.document().contentsChanged.connect(self._on_text)
        editor.place_changed.connect(self._on_place)
        self._place_soon.timeout.connect(self.draft_changed)
        self.scribe.changed.connect(self._on_forks)
        self.scribe.switched.connect(self._show_standing)
        self.scribe.undone.connect(self._stop)
        page.placed.connect(self._show_standing)
        page.placed.connect(page.seen.follow)
        page.bar.stepped.connect(self._step)
        page.bar.retried.connect(self.retry)
        page.bar.tree_wanted.connect(self.open_tree)
        page.tree.chosen.connect(self._go_to)
        page.invite.sample_requested.connect(self.try_sample)
        page.line.goal_changed.connect(self.draft_changed)
        page.line.chat.toggled.connect(self._show_chat)
        page.line.origins.toggled.connect(self._show_origins)
        self.pondering.chosen.connect(self.fork)
        self.counting.counted.connect(self._on_counted)
        self.form.changed.connect(lambda _: self._on_setting())
        self.seed.changed.connect(self._on_setting)
        self.cards.changed.connect(self._on_setting)
        self.presets.chosen.connect(self._use_preset)
        self.tasks.wanted.connect(self._begin_task)
        self.errands.sent.connect(lambda request: self.start([request]))
        self.chat.asked.connect(self._ask)
        self.chat.changed.connect(self.draft_changed)
        self.chat.closed.connect(lambda: page.line.chat.setChecked(False))
        for part in (self.cards, self.errands):
            part.told.connect(self.told)
        for field in (self.cards, self.presets):
            field.failed.connect(self.show_problem)

    # ---- what one can do

    def try_sample(self) -> None:
        """Fill in the opening of a story."""
        self._put_in(self.tr("The lighthouse had been dark for eleven years when the lamp came on again. "
                             "Nobody in the village slept that night."))

    def open_tree(self) -> None:
        """All attempts, to go to."""
        forks, spans = self.scribe.forks, self.scribe.spans()
        regions = forks.regions(spans)
        texts = {option: " ".join(self.page.editor.text(start, min(end, start + 80)).split())
                 for option, (start, end) in regions.items()}
        self.page.tree.open_tree(forks, regions, texts, self.scribe.here())

    def ponder(self) -> None:
        """What the model considered for the word at the cursor."""
        if not self.pondering.ask_at_cursor():
            self.told.emit(self.tr("The model did not write this word."))

    def _step(self, by: int) -> None:
        if self.run_bar.is_working:
            self.told.emit(self.tr("The model is writing. Esc stops it."))
        else:
            self.scribe.step(by)

    def _go_to(self, option: int) -> None:
        self._when_free(lambda: self.scribe.go_to(option))

    def _begin_task(self, do: str, manner: str) -> None:
        self._when_free(lambda: self._take_seed_and(lambda: self.errands.begin(do, manner)))

    def _take_seed_and(self, do: Any) -> None:
        self.seed.take()
        do()

    def _ask(self, talk: str) -> None:
        def send() -> None:
            self.seed.take()
            editor = self.page.editor
            start, end = editor.selection()
            prompt = editor.text(tail(editor.length, self._context())) if self.chat.reads.isChecked() else ""
            passage = editor.text(start, end) if prompt else ""
            self._talk = self._request_for({"do": "chat", "talk": talk, "prompt": prompt, "passage": passage})
            self.start([self._talk])
        self._when_free(send)

    def _show_chat(self, is_shown: bool) -> None:
        self.page.show_sheet(self.chat if is_shown else None)
        if is_shown:
            self.chat.line.setFocus()

    def _show_origins(self, is_shown: bool) -> None:
        if hasattr(self.page.editor, "show_origins"):
            self.page.editor.show_origins(is_shown)
        self._on_look()

    def _use_preset(self, settings: Mapping[str, Any]) -> None:
        self.form.set_values(settings)
        self._on_setting()

    def _reset(self) -> None:
        self.form.reset()
        self._on_setting()

    def _stop(self) -> None:
        """Stop and keep what is there; where nothing is there yet, or at a second press, only stop."""
        if self.job is not None and self.job.state is JobState.RUNNING and self._has_words \
                and not self._is_finishing:
            self._is_finishing = True
            self._finish()
        else:
            super()._stop()

    # ---- reacting

    def _on_page(self, manuscript: Manuscript) -> None:
        """Another project, or the first one."""
        self.page.editor.setReadOnly(False)
        self.page.editor.set_manuscript(manuscript)
        if self._place:
            self.page.editor.go_to(self._place)
        self._on_text()

    def _on_text(self) -> None:
        self.page.show_invitation(self.page.editor.length == 0)
        self.refresh_run()
        self.counting.count_soon()

    def _on_place(self) -> None:
        self._show_standing()
        self.counting.count_soon()
        if not self._is_restoring and not self._place_soon.isActive():
            self._place_soon.start()

    def _on_forks(self) -> None:
        self._show_standing()
        if not self._is_restoring:
            self.draft_changed.emit()

    def _on_look(self) -> None:
        if not self._is_restoring:
            self.draft_changed.emit()

    def _on_setting(self, *, is_draft: bool = True) -> None:
        if self._is_restoring:
            return
        facts = self._facts()
        self.tasks.set_facts(facts)
        self.chat.set_reason(declared(why_not(facts, "chat")))
        self.presets.show_settings(self.form.values())
        self.refresh_run()
        self.counting.count_soon()
        if is_draft:
            self.draft_changed.emit()

    def _on_counted(self, found: Fit, start: int) -> None:
        self.page.line.show_fit(found if self._has_text() else None)
        self.page.seen.show_from(start)
        self.cards.mark(found.cards)

    def _show_standing(self) -> None:
        """The bar at the fork where the cursor is."""
        option = self.scribe.stroke.option if self.scribe.stroke is not None else self.scribe.here()
        region = self.scribe.region(option) if option else None
        if region is None or self.page.editor.isReadOnly():
            self.page.bar.hide()
            return
        self.page.bar.show_standing(*self.scribe.standing(option), can_retry=not self.run_bar.is_working)
        self.page.place_bar(region)

    def _asked(self) -> Asked:
        editor, context, values = self.page.editor, self._context(), self.form.values()
        at = editor.selection()[1]
        cut = tail(at, context)
        sheet = Sheet(editor.text(cut, at), values["memory"], values["note"], self.cards.cards())
        return Asked(sheet, self._model(), context, values["length"], cut)

    def _model(self) -> str:
        return str(self.form.fields["model"].value()) or STARTER

    def _facts(self) -> dict[str, Any]:
        name = self._model()
        model = next((model for model in self.services.models() if model.id == name), None)
        return dict(getattr(model, "facts", {}))

    def _context(self) -> int:
        return context_of(self._facts())
