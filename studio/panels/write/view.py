"""The Write panel: a page, and a model that goes on where the cursor is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.core.jobs import JobState, Request
from studio.core.manuscript import Manuscript
from studio.core.panel import PanelSpec, Role
from studio.core.pieces import Piece
from studio.core.text import Token
from studio.panels.write import view_actions, view_draft
from studio.panels.write.abilities import why_not
from studio.panels.write.context import Fit
from studio.panels.write.view_column import WriteColumn
from studio.panels.write.view_count import Counting
from studio.panels.write.view_guide import Guide
from studio.panels.write.view_page import WritePage
from studio.panels.write.view_ponder import Pondering
from studio.panels.write.view_take import Taking
from studio.panels.write.view_talk import Talking
from studio.panels.write.view_tasks import Errands
from studio.panels.write.view_writing import Scribe
from studio.ui.panel_view import AssetLike, JobLike, PanelServices, PanelView
from studio.ui.translation import declared

_PLACE_MS = 1000
"""Where the cursor is goes into the draft this long after it moved first."""


class WriteView(PanelView):
    """The page in the middle, how the model writes on the right."""

    def __init__(self, spec: PanelSpec, services: PanelServices, parent: QWidget | None = None) -> None:
        super().__init__(spec, services, parent)
        self._place: tuple[int, ...] = ()
        self._after: list[Callable[[], None]] = []
        """What is to be done once the model has stopped."""
        self._again: Callable[[], object] = self.run
        """What was begun last, for another try."""
        self._has_words = self._is_finishing = False
        self._made: set[str] = set()
        """Results that are on the page or a sheet already."""
        self.page = WritePage(self.stage)
        self.settings = WriteColumn(self.column, services, spec.params, self.page.editor)
        self.scribe = Scribe(self.page.editor, services, self)
        self.errands = Errands(self.page, self.scribe, self.settings.request, self.settings.tasks.label, self)
        self.talking = Talking(self.page, self.settings, self)
        self.pondering = Pondering(self.page, self.scribe)
        self.guide = Guide(self.page, self.scribe)
        self.counting = Counting(self.settings.asked, self)
        self.taking = Taking(self.page, self.errands, services)
        self._place_soon = QTimer(self, singleShot=True, interval=_PLACE_MS)
        self.stage.add(self.page)
        self.run_bar.takes_folders = False
        self._stop_action.setShortcuts([QKeySequence(key) for key in ("Ctrl+.", "Esc")])
        view_actions.add_all(self, self._action)
        self._connect_parts()
        self.order_tabs()
        self.page.editor.setReadOnly(True)  # until it is known what stands there
        services.load_page(self._on_page)
        self._on_setting(is_draft=False)

    # ---- what a run would do

    def request_list(self) -> list[Request]:
        """What stands before the cursor, to be continued; empty while there is nothing to continue."""
        return [self.settings.continuing(self.page.editor.selection()[1])] if self._is_ready() else []

    def template(self) -> None:
        """Folders of texts are not worked through."""

    def run(self) -> None:
        """Go on where the cursor is."""
        if not self.run_bar.is_working and self._is_ready():
            self._again = self.run
            self.settings.seed.take()
            self.start([self.scribe.write_on(self.settings.continuing)])

    def start(self, requests: Sequence[Request]) -> None:
        """Have ``requests`` written; what was typed is kept before that."""
        self.page.editor.flush()
        self._has_words = self._is_finishing = False
        super().start(requests)
        self._show_working()

    def retry(self) -> None:
        """One more attempt at the fork here; what is there is kept."""
        def again() -> None:
            if not self._send(self.scribe.retry(self.settings.continuing)):
                self.run()
        self.when_free(again)

    def fork(self, option: int, token: int, lead: Token) -> None:
        """Go on with another word than the one that stands there."""
        self.when_free(lambda: self._send(self.scribe.fork_at(option, token, lead, self.settings.continuing)))

    def when_free(self, do: Callable[[], object]) -> None:
        """With a fresh seed, now or once the model has stopped, which it is asked to."""
        def begin() -> None:
            self.settings.seed.take()
            do()
        if self.page.editor.isReadOnly():
            return
        if self.run_bar.is_working:
            self._after = [begin]
            self._stop()
        else:
            begin()

    def run_caption(self, requests: Sequence[Request]) -> str:
        """What is missing."""
        return "" if self._has_text() else self.tr("First, a sentence")

    def refresh_run(self) -> None:
        """Whether there is something to go on from; looks at no text, since this is called while typing."""
        if self.job is None and not self._starting.isActive():
            self.run_bar.show_idle(self.run_caption(()), is_ready=self._is_ready())

    # ---- settings from outside

    def set_request(self, request: Request, assets: Mapping[str, Sequence[AssetLike]]) -> None:
        """Use these settings; the page stays as it is, unless it is blank."""
        self.settings.use(request)
        prompt = str(request.params.get("prompt", ""))
        if prompt and not self.page.editor.length:
            self.taking.put([Piece(prompt)])
        for files in assets.values():
            self.taking.give(files)
        self._on_setting()

    def set_seed(self, seed: int) -> None:
        """Take over the seed of a result, and keep it."""
        self.settings.seed.set_seed(seed, locked=True)
        self._on_setting()

    def reload_models(self) -> None:
        """Models came or went."""
        self.settings.form.reload_models()
        self._on_setting(is_draft=False)

    def draft(self) -> dict[str, Any]:
        """Everything entered but the page."""
        return view_draft.draft_of(self)

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Show an earlier draft; {} clears the panel but for the page."""
        with self.settings.restoring(), self.guide.resting():
            view_draft.restore(self, draft)
        self._place_soon.stop()
        self._on_setting(is_draft=False)

    def accepts(self, assets: Sequence[AssetLike]) -> list[Role]:
        """Texts, for the page."""
        kinds = {asset.kind for asset in assets}
        return [role for role in self.spec.roles if kinds == {role.kind}]

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """Put a text into the page: all of it where it is blank, else at the cursor."""
        self.taking.give(assets)

    def go_back_to(self, place: Sequence[int]) -> None:
        """Put cursor and scroll to ``place``, now or once the page is there."""
        self._place = tuple(place)
        if self._place and not self.page.editor.isReadOnly():
            self.page.editor.go_to(self._place)

    # ---- what is shown

    def show_written(self, job: JobLike, tokens: Sequence[Token]) -> None:
        """Words, where they belong: the page, a sheet or the talk."""
        self._has_words = True
        takers = (self.scribe, self.errands, self.talking)
        any(taker.take_words(job.request, tokens) for taker in takers)

    def show_job(self, job: JobLike | None) -> None:
        """Also end what it wrote."""
        super().show_job(job)
        if job is not None and job.state.is_final:
            self._end(job)
        self._show_working()
        if not self.run_bar.is_working and self._after:
            after, self._after = self._after, []
            QTimer.singleShot(0, self, after[0])

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A text chosen in the reel, or one that no part of this page was waiting for: beside the page."""
        if asset.id in self._made:
            self._made.discard(asset.id)
        else:
            self.taking.show(asset)

    def offer(self, mime: QMimeData | None) -> None:
        """Light up what would take what is dragged."""
        self.page.drops.offer(mime)

    def focus_first(self) -> None:
        """The page."""
        self.page.editor.setFocus()

    def _end(self, job: JobLike) -> None:
        asset = job.assets[0] if job.state is JobState.DONE and job.assets else None
        number = asset.id if asset is not None else ""
        if any(taker.end(job.request, number) for taker in (self.scribe, self.talking)):
            self._made.add(number)
        elif self.errands.end(job.request, number, asset.facts if asset else {}) and asset is not None:
            self._made.add(number)
            self.services.load_text(asset, partial(self.errands.show_result, number))
        if asset is not None:
            self.counting.learn(self.settings.model(), asset.facts)
        self.draft_changed.emit()

    # ---- inside

    def _connect_parts(self) -> None:
        page, editor, guide = self.page, self.page.editor, self.guide
        editor.edited.connect(self.services.keep_edits)
        editor.document().contentsChanged.connect(self._on_text)
        editor.place_changed.connect(self._on_place)
        self._place_soon.timeout.connect(self.draft_changed)
        self.scribe.undone.connect(self._stop)
        page.bar.stepped.connect(self.step)
        page.bar.retried.connect(self.retry)
        page.bar.tree_wanted.connect(guide.open_tree)
        page.tree.chosen.connect(lambda option: self.when_free(lambda: self.scribe.go_to(option)))
        page.invite.sample_requested.connect(self.taking.put_sample)
        page.invite.browse_requested.connect(self.taking.choose)
        page.drops.cards_dropped.connect(self.settings.cards.take_file)
        self.pondering.chosen.connect(self.fork)
        self.counting.counted.connect(self._on_counted)
        self.settings.changed.connect(self._on_setting)
        self.settings.tasks.wanted.connect(self.begin_task)
        for begins in (self.errands.sent, self.talking.sent):
            begins.connect(lambda request: self.start([request]))
        self.talking.wanted.connect(self._ask)
        self.stage.error.retry_requested.disconnect(self.run)
        self.stage.error.retry_requested.connect(lambda: self._again())
        for changed in (self.scribe.changed, self.talking.sheet.changed, page.looks_changed):
            changed.connect(self._on_draft)
        self.taking.kept.connect(self.export_requested)
        for part in (self.settings, self.settings.cards, self.errands, self.taking):
            part.told.connect(self.told)
        for field in (self.settings.cards, self.settings.presets, self.taking):
            field.failed.connect(self.show_problem)

    def _send(self, request: Request | None) -> bool:
        if request is not None:
            self.start([request])
        return request is not None

    def _is_ready(self) -> bool:
        return self._has_text() and not self.page.editor.isReadOnly()

    def _has_text(self) -> bool:
        return self.page.editor.length > 0 or self.settings.has_memory()

    def step(self, by: int) -> None:
        """The next attempt at the fork here, or the one before."""
        if self.run_bar.is_working:
            self.told.emit(self.tr("The model is writing. Esc stops it."))
        else:
            self.scribe.step(by)

    def begin_task(self, do: str, manner: str = "") -> None:
        """Something else than going on, with the selection or the page."""
        self._again = partial(self.begin_task, do, manner)
        self.when_free(lambda: self.errands.begin(do, manner))

    def _ask(self, do: Callable[[], object]) -> None:
        self._again = self.talking.sheet.ask  # the question stands in its line again
        self.when_free(do)

    def ponder(self) -> None:
        """What the model considered for the word at the cursor."""
        if not self.pondering.ask_at_cursor():
            self.told.emit(self.tr("The model did not write this word."))

    def _show_working(self) -> None:
        self.guide.set_working(self.run_bar.is_working)
        self.counting.is_resting = self.run_bar.is_working
        self.counting.count_soon()

    def _stop(self) -> None:
        """Stop and keep what is there; where nothing is there yet, or at a second press, only stop."""
        is_writing = self.job is not None and self.job.state is JobState.RUNNING and self._has_words
        if is_writing and not self._is_finishing:
            self._is_finishing = True
            self._finish()
        else:
            super()._stop()

    def _on_page(self, manuscript: Manuscript) -> None:
        """Another project, or the first one."""
        self.page.editor.setReadOnly(False)
        self.page.editor.set_manuscript(manuscript)
        if self._place:
            self.page.editor.go_to(self._place)
        self._place_soon.stop()
        self._on_text()

    def _on_text(self) -> None:
        self.page.show_invitation(self.page.editor.length == 0)
        self.refresh_run()
        self.counting.count_soon()

    def _on_place(self) -> None:
        self.counting.count_soon()
        if not self._place_soon.isActive():
            self._place_soon.start()

    def _on_draft(self) -> None:
        if not self.settings.is_restoring:
            self.draft_changed.emit()

    def _on_setting(self, *, is_draft: bool = True) -> None:
        self.settings.refresh()
        self.talking.sheet.set_reason(declared(why_not(self.settings.facts(), "chat")))
        self.refresh_run()
        self.counting.count_soon()
        if is_draft:
            self.draft_changed.emit()

    def _on_counted(self, found: Fit, start: int) -> None:
        self.page.line.show_fit(found if self._has_text() else None)
        self.page.seen.show_from(start)
        self.settings.cards.mark(found.cards)
