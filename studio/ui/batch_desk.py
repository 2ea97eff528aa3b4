"""Whole folders: asks what to do, tells how each batch ended, offers the unfinished ones again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from studio.core.errors import StudioError
from studio.core.jobs import Problem
from studio.core.panel import PanelSpec, Role
from studio.project.jobs import JobRow
from studio.project.store import Project
from studio.ui.batch_order import BatchOrder
from studio.ui.batch_run import BatchRun
from studio.ui.deliveries import Deliveries
from studio.ui.notices import Notice, Offer
from studio.ui.panel_desk import PanelDesk
from studio.ui.panel_view import PanelView
from studio.ui.parts import Parts
from studio.ui.translation import declared, problem_texts

_FAILURES_TOLD = 3
Rows = dict[str, list[JobRow]]


class BatchDesk(QObject):
    """Holds the batches of the open project."""

    def __init__(self, parts: Parts, panels: PanelDesk) -> None:
        super().__init__(parts.window)
        self._parts, self._panels = parts, panels
        self._window, self._document = parts.window, parts.document
        self.deliveries = Deliveries(parts.document, parts.runner, self)
        self.runs: dict[str, BatchRun] = {}
        self._cards: dict[str, Notice] = {}
        self._unwritten: Notice | None = None
        self._connected: set[str] = set()
        self.deliveries.delivered.connect(self._on_delivered)
        self.deliveries.refused.connect(self._on_refused)
        self._window.page_shown.connect(self._on_page)
        self._document.opened.connect(self._on_opened)
        self._on_page(self._window.page)  # the first panel is there before the desks are

    def ask(self, folder: Path | None = None) -> None:
        """Ask for a folder, for the panel in front."""
        from studio.ui.batch_dialog import BatchDialog

        view = self._panels.any_view()
        if not view.before_run():
            return
        request = view.template()
        if request is None:
            self._say_missing(view.spec)
            return
        dialog = BatchDialog(view.spec, request, folder, self._window)
        dialog.ordered.connect(self.begin)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin(self, order: BatchOrder, rows: Sequence[JobRow] = ()) -> BatchRun:
        """Start a batch; it is in the project before its first file."""
        self._document.call(lambda project: project.batches.put(order.id, order.to_json()))
        run = BatchRun(order, self._document, self._parts.runner, self)
        self.runs[order.id] = run
        run.changed.connect(partial(self._show_progress, run))
        run.over.connect(partial(self._on_over, run))
        self._show_start(run)
        run.start(rows)
        return run

    def _say_missing(self, spec: PanelSpec) -> None:
        roles: list[Role] = [role for role in spec.roles[1:] if role.low > 0]
        text = self.tr("First something for: {role}.").format(role=declared(roles[0].label)) if roles else \
            self.tr("First say what to do.")
        self._window.notices.show_notice(text, kind="warn", seconds=12)

    # ---- while it runs

    def _show_start(self, run: BatchRun) -> None:
        name = run.order.folder.name
        text = self.tr("Watching {folder}.") if run.order.watch else self.tr("Working through {folder}.")
        stop = Offer(self.tr("Stop"), run.stop)
        card = self._window.notices.show_notice(text.format(folder=name), stop, hint=" ", seconds=0)
        card.closed.connect(lambda: self._cards.pop(run.order.id, None))
        self._cards[run.order.id] = card

    def _show_progress(self, run: BatchRun) -> None:
        if card := self._cards.get(run.order.id):
            card.set_hint(self._progress(run))

    def _progress(self, run: BatchRun) -> str:
        words = [self.tr("{ended} of {count}").format(ended=run.ended, count=run.count)]
        if failed := run.report.count("failed"):
            words.append(self.tr("{count} failed").format(count=failed))
        return "  ·  ".join(words)

    def _on_delivered(self, row: JobRow) -> None:
        if run := self.runs.get(row.batch):
            run.deliver(row)

    def _on_refused(self, row: JobRow, problem: Problem) -> None:
        if run := self.runs.get(row.batch):
            run.refuse(row, problem)
        self._tell_unwritten(problem)

    def _tell_unwritten(self, problem: Problem) -> None:
        """One card for all that could not be written, whatever their number."""
        if self._unwritten is not None:
            self._unwritten.close_notice()
        count = len(self.deliveries.waiting)
        text = self.tr("1 result could not be written.") if count == 1 else \
            self.tr("{count} results could not be written.").format(count=count)
        again = Offer(self.tr("Try again"), self.deliveries.try_again)
        hint = " ".join(filter(None, (*problem_texts(problem), self.tr("They are in the project."))))
        card = self._unwritten = self._window.notices.show_notice(text, again, hint=hint, kind="bad")
        card.closed.connect(partial(self._forget_unwritten, card))

    def _forget_unwritten(self, card: Notice) -> None:
        if self._unwritten is card:
            self._unwritten = None

    # ---- at the end

    def _on_over(self, run: BatchRun) -> None:
        self.runs.pop(run.order.id, None)
        if card := self._cards.pop(run.order.id, None):
            card.close_notice()
        self._document.call(lambda project: project.batches.forget(run.order.id))
        self._show_report(run)
        run.deleteLater()

    def _show_report(self, run: BatchRun) -> None:
        report, out = run.report, run.order.out
        text = report.text
        told = [f"{Path(row.input).name}: {row.reason}" for row in report.of("failed")]
        more = len(told) - _FAILURES_TOLD
        hint = told[:_FAILURES_TOLD] + ([self.tr("and {count} more").format(count=more)] if more > 0 else [])
        show = Offer(self.tr("Show the folder"),
                     lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(out))), closes=False)
        copy = Offer(self.tr("Copy the report"), lambda: QGuiApplication.clipboard().setText(text),
                     closes=False)
        self._window.notices.show_notice(self._summary(run), show, copy, hint="\n".join(hint),
                                         kind="warn" if told else "ok", seconds=0)

    def _summary(self, run: BatchRun) -> str:
        done, skipped, failed = (run.report.count(state) for state in ("done", "skipped", "failed"))
        words = [self.tr("{count} done").format(count=done)]
        if skipped:
            words.append(self.tr("{count} there already").format(count=skipped))
        if failed:
            words.append(self.tr("{count} failed").format(count=failed))
        return f"{run.order.folder.name}: {', '.join(words)}."

    # ---- after a restart

    def _on_opened(self) -> None:
        """Another project: its own batches are offered, those of the last one wait in their file."""
        for run in self.runs.values():
            run.deleteLater()
        self.runs.clear()
        for card in list(self._cards.values()):
            card.close_notice()
        if not self._document.read_only:
            self._document.call(_unfinished, self._offer)

    def _offer(self, found: tuple[Mapping[str, Mapping[str, Any]], Rows]) -> None:
        batches, rows = found
        for name, data in batches.items():
            try:
                order = BatchOrder.from_json(data)
            except StudioError:
                self._forget(name)
                continue
            text = self.tr("The batch of {folder} is not finished.").format(folder=order.folder.name)
            self._window.notices.show_notice(
                text, Offer(self.tr("Go on"), partial(self._go_on, order, rows.get(name, []))),
                Offer(self.tr("Forget it"), partial(self._forget, name)), seconds=0)

    def _go_on(self, order: BatchOrder, rows: Sequence[JobRow]) -> None:
        self.begin(order, rows)
        self._parts.runner.resume()

    def _forget(self, batch: str) -> None:
        """What waits in the queue stays there."""
        self._document.call(lambda project: project.batches.forget(batch))

    # ---- the panels' own button

    def _on_page(self, page: str) -> None:
        view = self._window.made_page(page)
        if isinstance(view, PanelView) and page not in self._connected:
            self._connected.add(page)
            view.run_bar.folder_requested.connect(lambda: self.ask())


def _unfinished(project: Project) -> tuple[dict[str, dict[str, Any]], Rows]:
    rows: Rows = {}
    for row in project.jobs():
        rows.setdefault(row.batch, []).append(row)
    return project.batches.all(), rows
