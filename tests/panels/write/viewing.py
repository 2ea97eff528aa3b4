"""Hands and eyes for the tests of the Write view, and a model that says what it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from studio.core.jobs import JobState, Problem, Request
from studio.core.text import Token
from studio.panels.write import trace
from studio.panels.write.view import WriteView
from tests.ui.fake_services import FakeAsset, FakeJob, FakeProject

CTRL, ALT, SHIFT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
                    Qt.KeyboardModifier.ShiftModifier)


def tokens(text: str) -> list[Token]:
    """``text`` word by word; every word had a half, and "sea" a tenth."""
    words = text.split(" ")
    parts = [words[0], *(f" {word}" for word in words[1:])] if words[0] else [f" {w}" for w in words[1:]]
    return [Token(part, 0.5, ((part, 0.5), (" sea", 0.1))) for part in parts]


class Model:
    """Writes what a test tells it, by way of the view's own signals."""

    def __init__(self, view: WriteView, project: FakeProject) -> None:
        self.view, self.project = view, project
        self.requests: list[Request] = []
        self.jobs: list[FakeJob] = []
        self.stops: list[str] = []
        view.run_requested.connect(self._on_run)
        view.stop_requested.connect(lambda: self.stops.append("stop"))
        view.finish_requested.connect(lambda: self.stops.append("finish"))

    @property
    def job(self) -> FakeJob:
        """The one under way."""
        return self.jobs[-1]

    def write(self, text: str, *, batch: int = 2) -> Sequence[Token]:
        """Some words of the job under way, a few at a time."""
        said = tokens(text)
        for at in range(0, len(said), batch):
            self.view.show_written(self.job, said[at:at + batch])
        self._said += said
        return said

    def end(self, text: str = "", **facts: Any) -> FakeAsset:
        """The rest, and the result, of which ``facts`` are told too."""
        if text:
            self.write(text)
        written = "".join(token.text for token in self._said)
        packed = trace.pack(self._said)
        asset = self.project.text(f"result {len(self.jobs)}", written, trace=packed, start=0,
                                  tokens=len(self._said), number=len(self.jobs), **facts)
        asset = replace(asset, id=f"{asset.id}-{len(self.jobs)}")
        self.project.assets[asset.id], self.project.texts[asset.id] = asset, written
        self._finish(JobState.DONE, assets=(asset,))
        self.view.show_asset(asset, QImage())
        return asset

    def fail(self, problem: Problem | None = None) -> None:
        """It comes to nothing, or to nothing more."""
        self._finish(JobState.FAILED if problem else JobState.CANCELLED, problem=problem)

    def answer(self, text: str) -> FakeAsset:
        """One press of the big button, and all of what comes of it."""
        QTest.keyClick(self.view.page.editor, Qt.Key.Key_Return, CTRL)
        return self.end(text)

    def _on_run(self, requests: Sequence[Request]) -> None:
        (request,) = requests
        self.requests.append(request)
        self.jobs.append(FakeJob(request))
        self._said: list[Token] = []
        self.view.show_job(self.job)

    def _finish(self, state: JobState, assets: tuple[FakeAsset, ...] = (),
                problem: Problem | None = None) -> None:
        self.job.state, self.job.assets, self.job.problem = state, assets, problem
        self.view.show_job(self.job)


def typed(view: WriteView, text: str) -> None:
    """Type at the cursor."""
    view.page.editor.setFocus()
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(view.page.editor, Qt.Key.Key_Return)
        QTest.keyClicks(view.page.editor, line)


def text(view: WriteView) -> str:
    """All of the page."""
    return view.page.editor.text()
