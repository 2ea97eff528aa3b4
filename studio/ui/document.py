"""The open project as the window sees it: asked without waiting, answered in the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from studio.core.errors import StudioError
from studio.core.jobs import Problem, problem_of
from studio.project.assets import Asset
from studio.project.changes import Changes
from studio.project.facts import kind_of
from studio.project.scores import is_slow, taken_in
from studio.project.store import Project
from studio.ui.widgets.background import in_background
from studio.ui.worker import Worker

T = TypeVar("T")
Answer = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the window shows of a project at any time."""

    path: Path | None = None
    title: str = ""
    read_only: bool = False
    read_only_reason: str = ""
    can_undo: str = ""
    """What undo would take back, an English template; empty if nothing."""
    can_redo: str = ""


class Document(QObject):
    """Owns a `Project` on its own thread. Every signal and every callback comes in the UI thread.

    Calls are done in order, answers come in the same order, and the changes of a call are announced
    before its answer. Answers that come after `close`, or for a widget that is gone, are dropped.
    """

    changed = Signal(object)
    """Changes: something was committed."""
    failed = Signal(object)
    """Problem: a call without its own ``failed`` went wrong."""
    leaving = Signal()
    """Another project is about to be opened: what belongs to this one has to be handed in now."""
    opened = Signal()
    """Another project is open now."""
    closed = Signal()
    """The project was closed."""

    _relay = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("document", self)
        self._project: Project | None = None  # the worker's alone
        self._facts = Facts()
        self._is_closed = False
        self._relay.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def facts(self) -> Facts:
        """What is open, and what can be undone."""
        return self._facts

    @property
    def is_open(self) -> bool:
        """Whether there is a project."""
        return self._facts.path is not None

    @property
    def path(self) -> Path | None:
        """Its file."""
        return self._facts.path

    @property
    def title(self) -> str:
        """Its title."""
        return self._facts.title

    @property
    def read_only(self) -> bool:
        """Whether it cannot be changed; `facts` says why."""
        return self._facts.read_only

    def open(self, path: Path, then: Answer | None = None, failed: Answer | None = None, *,
             read_only: bool = False) -> None:
        """Open a project instead of the present one, which stays open if this fails."""
        self._switch(lambda: Project.open(path, read_only=read_only), then, failed)

    def create(self, path: Path, then: Answer | None = None, failed: Answer | None = None) -> None:
        """Make a new project and open it instead of the present one."""
        self._switch(lambda: Project.create(path), then, failed)

    def call(self, fn: Callable[[Project], T], then: Callable[[T], None] | None = None,
             failed: Callable[[Problem], None] | None = None) -> None:
        """Do ``fn`` on the project's thread; ``then`` gets what it returns, ``failed`` what went wrong."""
        self._worker.post(partial(self._work, fn, then, failed))

    def import_files(self, paths: Sequence[Path], then: Callable[[list[Asset | Problem]], None]) -> None:
        """Bring files in, one call each so that others get their turn; ``then`` gets one answer per file.

        Scores are read off the project's thread: it takes seconds where they are long, or ABC.
        """
        answers: dict[int, Asset | Problem] = {}

        def collect(number: int, answer: Asset | Problem) -> None:
            answers[number] = answer
            if len(answers) == len(paths):
                then([answers[number] for number in range(len(paths))])

        if not paths:
            then([])
        for number, path in enumerate(paths):
            self._import_one(path, partial(collect, number))

    def _import_one(self, path: Path, then: Callable[[Asset | Problem], None]) -> None:
        if not is_slow(path):
            self.call(partial(_import, path), then, then)
            return

        def keep(answer: bytes | Problem) -> None:
            if isinstance(answer, Problem):
                then(answer)
            else:
                self.call(lambda project: project.import_file(answer, path.name, "score"), then, then)

        in_background(self, partial(_read_score, path), keep)

    def close(self, timeout_ms: int = 10_000) -> bool:
        """Finish all that was asked for, unanswered, and close; whether that was done in time."""
        self._is_closed = True
        self._worker.post(self._close_project)
        done = self._worker.close(timeout_ms)
        self._facts = Facts()
        self.closed.emit()
        return done

    # ---- on the worker's thread

    def _switch(self, make: Callable[[], Project], then: Answer | None, failed: Answer | None) -> None:
        self.leaving.emit()
        self._worker.post(partial(self._open, make, then, failed))

    def _open(self, make: Callable[[], Project], then: Answer | None, failed: Answer | None) -> None:
        try:
            project = make()
        except Exception as error:  # noqa: BLE001 - becomes a Problem
            self._tell(failed or self.failed.emit, problem_of(error))
            return
        self._close_project()
        self._project = project
        project.changed.connect(self._on_changed)
        self._tell(partial(self._adopt, then), _facts(project))

    def _work(self, fn: Callable[[Project], Any], then: Answer | None, failed: Answer | None) -> None:
        try:
            if self._project is None:
                raise StudioError("No project is open.", "Open or make one first.")
            result = fn(self._project)
        except Exception as error:  # noqa: BLE001 - becomes a Problem
            self._tell(failed or self.failed.emit, problem_of(error))
            return
        if then is not None:
            self._tell(then, result)

    def _on_changed(self, changes: Changes) -> None:
        if self._project is not None:
            self._tell(partial(self._announce, _facts(self._project)), changes)

    def _close_project(self) -> None:
        if self._project is not None:
            try:
                self._project.close()
            except Exception as error:  # noqa: BLE001 - what could be kept is kept
                self._tell(self.failed.emit, problem_of(error))
        self._project = None

    def _tell(self, callback: Answer, value: object) -> None:
        self._relay.emit((callback, value))

    # ---- in the UI thread

    def _adopt(self, then: Answer | None, facts: Facts) -> None:
        self._facts = facts
        self.opened.emit()
        if then is not None:
            then(facts)

    def _announce(self, facts: Facts, changes: Changes) -> None:
        self._facts = facts
        self.changed.emit(changes)

    def _deliver(self, answer: tuple[Answer, object]) -> None:
        callback, value = answer
        if not self._is_closed and _is_there(callback):
            callback(value)


def _is_there(callback: Answer) -> bool:
    """Whether the object a bound method belongs to still exists; Qt may have deleted it meanwhile."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _read_score(path: Path) -> bytes | Problem:
    """The project's thread does not wait for it."""
    try:
        return taken_in(path, path.name)
    except Exception as error:  # noqa: BLE001 - becomes a Problem
        return problem_of(error)


def _import(path: Path, project: Project) -> Asset:
    kind = kind_of(path)
    return project.import_file(path, path.stem if kind == "image" else path.name, kind)


def _facts(project: Project) -> Facts:
    return Facts(project.path, project.title, project.read_only, project.read_only_reason,
                 project.can_undo or "", project.can_redo or "")
