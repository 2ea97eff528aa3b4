"""The page every panel has: the work in the middle, settings on the right, one big button.

Styling: widgets draw themselves with the theme's tokens; labels use the properties role=title|muted|head.
Object names: panel.fold, run.button, run.keep, run.progress, error.card, param.NAME, well.*, canvas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QImage, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.core.jobs import JobState, Problem, Request
from studio.core.manuscript import Edit, Manuscript
from studio.core.panel import PanelSpec, Role
from studio.core.text import Token
from studio.ui import theme
from studio.ui.translation import declared, sentence
from studio.ui.widgets import words
from studio.ui.widgets.column import Column
from studio.ui.widgets.fields import ModelChoice
from studio.ui.widgets.icon_button import IconButton
from studio.ui.widgets.naming import named
from studio.ui.widgets.run_bar import RunBar
from studio.ui.widgets.stage import Stage
from studio.ui.widgets.tab_order import set_tab_order
from studio.ui.widgets.well import Well

COLUMN_WIDTH = theme.COLUMN
_START_MS = 4000
"""A run that is heard of no sooner waits behind others, or in a queue on hold: the button is free again."""


class AssetLike(Protocol):
    """What a view knows of an asset of the project."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    @property
    def facts(self) -> Mapping[str, Any]: ...


class JobLike(Protocol):
    """What a view shows of a job."""

    @property
    def state(self) -> JobState: ...

    @property
    def request(self) -> Request: ...

    @property
    def fraction(self) -> float | None: ...

    @property
    def text(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...

    @property
    def problem(self) -> Problem | None: ...

    @property
    def eta(self) -> float | None: ...

    @property
    def assets(self) -> Sequence[AssetLike]: ...

    @property
    def is_stopping(self) -> bool: ...


Imported = Sequence[AssetLike | Problem]


def _never(*_: object) -> None:
    """A service that this window does not offer: no answer comes."""


@dataclass(frozen=True, slots=True)
class PanelServices:
    """All that a view may ask of the window. Answers come later, in the UI thread, or never."""

    load_image: Callable[[Any, Callable[[QImage], None]], None]
    """An asset or a SHA-256, decoded off the UI thread; a null image where it cannot be read."""
    import_files: Callable[[Sequence[Path], Callable[[Any], None]], None]
    """Paths into the project; answers a list of assets and problems, in order."""
    import_bytes: Callable[[bytes, str, Callable[[Any], None]], None]
    """An encoded picture and its name into the project; answers an asset or a Problem."""
    find_asset: Callable[[str, Callable[[Any], None]], None]
    """An asset of the project by id; answers it, or None."""
    models: Callable[[], Sequence[ModelChoice]]
    """The models that can do this panel's task."""
    estimate: Callable[[Request], float | None] = field(default=lambda request: None)
    """Seconds a request takes on this machine, from its own measurements."""
    load_text: Callable[[AssetLike, Callable[[Any], None]], None] = _never
    """What a text asset says; answers a str or a Problem."""
    load_bytes: Callable[[AssetLike, Callable[[Any], None]], None] = _never
    """What an asset's file holds; answers bytes or a Problem."""
    recipe_of: Callable[[AssetLike, Callable[[Any], None]], None] = _never
    """What made an asset; answers its Request, as it ran, and the assets of its inputs by role, or None
    where it was brought in."""
    keep_version: Callable[[str, Manuscript, Callable[[Any], None]], None] = _never
    """Keeps a page under a name as a text of the project; answers its asset or a Problem."""
    load_page: Callable[[Callable[[Manuscript], None]], None] = field(default=lambda show: None)
    """Calls back with the panel's page of writing, and again whenever another project is opened. Until then
    nothing should be written on it: edits of a page that was not loaded are not kept."""
    keep_edits: Callable[[Sequence[Edit]], None] = field(default=lambda edits: None)
    """Keeps what was edited on that page, in order."""


class PanelView(QWidget):
    """Base of every panel's view. Holds no project, starts no job, shows no dialog but the file chooser."""

    run_requested = Signal(object)
    """list[Request]"""
    preview_requested = Signal(object)
    """Request, small, wanted at once"""
    stop_requested = Signal()
    finish_requested = Signal()
    """Stop the job but keep what is there."""
    export_requested = Signal(object)
    """The asset that a person wants as a file."""
    draft_changed = Signal()
    told = Signal(str)
    """A short sentence for the window's notices."""

    def __init__(self, spec: PanelSpec, services: PanelServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"panel.{spec.id}")
        self.spec, self.services = spec, services
        self.stage = Stage(self)
        self.column = Column(declared(spec.title), COLUMN_WIDTH, self)
        self.run_bar = RunBar(declared(spec.verb), self)
        self.fold_button = IconButton("fold-right", self)
        self._job: JobLike | None = None
        self._starting = QTimer(self, singleShot=True, interval=_START_MS)
        self._starting.timeout.connect(self.refresh_run)
        self._lay_out()
        self._connect()

    def request_list(self) -> list[Request]:
        """What the big button would do now; empty while something is missing."""
        raise NotImplementedError

    def template(self) -> Request | None:
        """What a run would do with any picture: settings, seed and all inputs but the first; None where one
        of those is missing."""
        requests = self.request_list()
        if not requests:
            return None
        roles = {role.name for role in self.spec.roles[1:] if role.low > 0}
        return replace(requests[0], inputs=tuple(item for item in requests[0].inputs if item.role in roles))

    def set_request(self, request: Request, assets: Mapping[str, Sequence[AssetLike]]) -> None:
        """Use the settings of ``request`` with ``assets`` by role."""
        raise NotImplementedError

    def draft(self) -> dict[str, Any]:
        """Everything entered, as JSON values."""
        raise NotImplementedError

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Show what ``draft`` gave; unknown and damaged entries are passed over."""
        raise NotImplementedError

    def flush(self) -> None:
        """Hand over what waits to be kept: the project or the program is about to be closed."""

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """Take ``assets`` for ``role``, or for the natural one."""
        raise NotImplementedError

    def accepts(self, assets: Sequence[AssetLike]) -> list[Role]:
        """The roles that would take ``assets``."""
        kinds = {asset.kind for asset in assets}
        return [role for role in self.spec.roles if kinds == {role.kind} and role.low > 0]

    def set_seed(self, seed: int) -> None:
        """Take over the seed of a result."""

    def reload_models(self) -> None:
        """Models came or went."""

    def view_actions(self) -> list[QAction]:
        """Ways to look at the work, for the top line: zoom, compare."""
        return []

    def show_preview(self, image: QImage) -> None:
        """Show an unfinished or small result where the result will be."""

    def show_written(self, job: JobLike, tokens: Sequence[Token]) -> None:
        """More of the text that ``job`` writes, in order."""

    def show_answer(self, request: Request, image: QImage) -> None:
        """The answer to `preview_requested`; it may be that of an earlier request."""
        self.show_preview(image)

    def news(self, notes: Sequence[str]) -> Sequence[str]:
        """Those of a job's ``notes`` that the window should tell: not what the view itself shows."""
        return notes

    def show_said(self, request: Request, text: str) -> None:
        """The answer to `preview_requested` where that is a text, such as a count of words."""

    def show_refusal(self, request: Request, problem: Problem) -> None:
        """There is no answer to `preview_requested`, and why. A run would say it in full."""

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """Show ``asset``, made here or chosen in the reel; ``image`` is null where it is no picture."""

    def offer(self, mime: QMimeData | None) -> None:
        """Light up every place that would take what is dragged over the window; None when it has left."""

    def before_run(self) -> bool:
        """Last preparations; False when `run` will be called again by the view itself."""
        return True

    def run(self) -> None:
        """Press the big button."""
        if self.run_bar.is_working or not self.request_list() or not self.before_run():
            return
        self.start(self.request_list())

    def start(self, requests: Sequence[Request]) -> None:
        """Have ``requests`` done, and show at once that they are on their way."""
        self.stage.error.hide()
        self.run_requested.emit(list(requests))
        if not self.run_bar.is_working:  # the job is on its way: answer the press at once
            self.run_bar.show_working(None, self.tr("Starting"))
            self._starting.start()

    def show_job(self, job: JobLike | None) -> None:
        """Show the job of this panel that matters now: the running one, or the last to fail."""
        self._job = job
        self._starting.stop()
        if job is None or job.state.is_final:
            self._show_end(job)
            self.refresh_run()
        else:
            self.stage.error.hide()
            self._show_progress(job)
        self._stop_action.setEnabled(self.run_bar.is_working)
        self._run_action.setEnabled(not self.run_bar.is_working)

    def show_problem(self, problem: Problem, *, can_retry: bool = False) -> None:
        """Show an error card in place."""
        self.stage.error.show_problem(problem, can_retry=can_retry)
        self.stage.place_overlays()

    @property
    def job(self) -> JobLike | None:
        """The panel's job that runs or waits now."""
        return self._job if self._job is not None and not self._job.state.is_final else None

    def place_of(self, job: JobLike) -> str:
        """Where ``job`` stands among those of its run, such as "3 of 12"; empty if it is alone."""
        return ""

    def can_finish(self, job: JobLike) -> bool:
        """Whether stopping ``job`` may keep what is there."""
        return False

    def order_tabs(self) -> None:
        """The work, the settings, the big button, the fold; call when everything is in place."""
        set_tab_order(self.stage, self.column, self.run_bar, self.fold_button)

    def focus_first(self) -> None:
        """Give the keyboard to where the work begins: the canvas, or the first well while that is empty."""
        canvas = self.findChild(QWidget, "canvas")
        wells = (well for well in self.findChildren(Well) if well.isVisibleTo(self))
        first = canvas if canvas is not None and canvas.isVisibleTo(self) else next(wells, None)
        if first is not None:
            first.setFocus()

    def refresh_run(self) -> None:
        """Show on the big button what `request_list` would do and how long it takes."""
        if self._starting.isActive() or (self._job is not None and not self._job.state.is_final):
            return
        requests = self.request_list()
        self.run_bar.show_idle(self.run_caption(requests), is_ready=bool(requests))

    def run_caption(self, requests: Sequence[Request]) -> str:
        """The line above the big button."""
        times = [self.services.estimate(request) for request in requests[:1]]
        known = [time for time in times if time is not None]
        return words.about(known[0] * len(requests)) if known else ""

    def set_folded(self, is_folded: bool) -> None:
        """Fold the settings away; the big button stays where it is."""
        self.column.setVisible(not is_folded)
        self.fold_button.set_glyph("unfold-right" if is_folded else "fold-right")
        text = self.tr("Show the settings") if is_folded else self.tr("Fold the settings away")
        named(self.fold_button, "panel.fold", text, text)
        if (layout := self.layout()) is not None:
            layout.activate()
        self.fold_button.raise_()
        self.run_bar.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        height = self.run_bar.sizeHint().height()
        self.run_bar.setGeometry(self.width() - COLUMN_WIDTH, self.height() - height, COLUMN_WIDTH, height)
        self.fold_button.move(self.width() - self.fold_button.width() - 8, 4)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.stage, 1)
        layout.addWidget(self.column)
        self.column.leave_below(self.run_bar.sizeHint().height())
        self.setMinimumSize(COLUMN_WIDTH + 320, 320)
        self.set_folded(False)

    def _connect(self) -> None:
        self.run_bar.run_requested.connect(self.run)
        self.run_bar.stop_requested.connect(self._stop)
        self.run_bar.finish_requested.connect(self._finish)
        self.stage.error.retry_requested.connect(self.run)
        self.fold_button.clicked.connect(lambda: self.set_folded(self.column.isVisibleTo(self)))
        verb = declared(self.spec.verb)
        self._run_action = self._action(verb, "run", self.run, "Ctrl+Return", "Ctrl+Enter")
        self._stop_action = self._action(self.tr("Stop"), "stop", self._stop, "Ctrl+.")
        self._stop_action.setEnabled(False)
        fold = self._action(self.tr("Fold settings"), "fold", self.fold_button.click, "Ctrl+\\")
        fold.setToolTip(self.tr("Fold the settings away"))

    def _action(self, text: str, name: str, do: Callable[[], object], *keys: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(f"action.{self.spec.id}.{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _show_progress(self, job: JobLike) -> None:
        is_queued = job.state is JobState.QUEUED
        if job.is_stopping:
            self.run_bar.show_working(job.fraction, self.tr("Stopping"))
        elif is_queued:
            self.run_bar.show_working(None, self.tr("Waiting its turn"))
        else:
            doing = [self.place_of(job), sentence(job.text, job.values) or self.tr("Starting")]
            left = words.left(job.eta) if job.eta is not None else ""
            self.run_bar.show_working(job.fraction, "  ·  ".join(filter(None, doing)), left,
                                      can_keep=self.can_finish(job))

    def _stop(self) -> None:
        self.run_bar.say(self.tr("Stopping"))
        self.stop_requested.emit()

    def _finish(self) -> None:
        self.run_bar.say(self.tr("Finishing"))
        self.finish_requested.emit()

    def _show_end(self, job: JobLike | None) -> None:
        self.run_bar.is_working = False
        if job is not None and job.state is JobState.FAILED and job.problem is not None:
            self.show_problem(job.problem, can_retry=True)
