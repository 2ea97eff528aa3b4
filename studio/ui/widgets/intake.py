"""From what was dropped, pasted or chosen to assets of the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, Signal

from studio.core.jobs import Problem
from studio.ui.drops import classify, pictures_in
from studio.ui.reel_model import ASSET_MIME
from studio.ui.widgets.background import in_background

if TYPE_CHECKING:
    from studio.ui.panel_view import PanelServices

_PICTURES = frozenset(("picture", "folder", "image data"))


@dataclass(frozen=True, slots=True)
class Dropped:
    """Pictures on their way in: assets of the reel, files and folders, encoded pictures."""

    assets: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    data: tuple[tuple[bytes, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.assets or self.paths or self.data)

    @property
    def has_folder(self) -> bool:
        """Whether it may hold many pictures."""
        return any(path.is_dir() for path in self.paths)


def pictures_of(mime: QMimeData) -> Dropped:
    """The pictures in ``mime``; false if there is none. Assets of the reel win over their files."""
    if mime.hasFormat(ASSET_MIME):
        return Dropped(tuple(bytes(mime.data(ASSET_MIME).data()).decode("utf-8", "replace").split()))
    found = [drop for drop in classify(mime) if drop.kind in _PICTURES]
    paths = tuple(drop.path for drop in found if drop.path is not None)
    return Dropped(paths=paths, data=tuple((drop.data, drop.text) for drop in found if drop.data))


class Intake(QObject):
    """Brings pictures into the project and answers with their assets."""

    failed = Signal(object)
    """list[Problem]"""

    def __init__(self, services: PanelServices, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services

    def take(self, dropped: Dropped, then: Callable[[list[Any]], None]) -> None:
        """``then(assets)`` in the UI thread, in order; nothing if all of it failed."""
        if any(path.is_dir() for path in dropped.paths):
            in_background(self, lambda: _expanded(dropped), partial(self._collect, then))
        else:
            self._collect(then, dropped)

    def _collect(self, then: Callable[[list[Any]], None], dropped: Dropped) -> None:
        pending = _Pending(self, then, len(dropped.assets) + len(dropped.data) + bool(dropped.paths))
        for place, asset in enumerate(dropped.assets):
            self._services.find_asset(asset, partial(pending.one, place))
        first = len(dropped.assets)
        for place, (data, name) in enumerate(dropped.data, start=first):
            self._services.import_bytes(data, name or self.tr("Pasted picture"), partial(pending.one, place))
        if dropped.paths:
            self._services.import_files(dropped.paths, partial(pending.many, first + len(dropped.data)))


class _Pending(QObject):
    """Waits for all answers, whatever their order."""

    def __init__(self, intake: Intake, then: Callable[[list[Any]], None], count: int) -> None:
        super().__init__(intake)
        self._intake, self._then, self._left = intake, then, count
        self._answers: dict[int, list[Any]] = {}

    def one(self, place: int, answer: Any) -> None:
        """An asset, a Problem or None."""
        self.many(place, [answer])

    def many(self, place: int, answers: Sequence[Any]) -> None:
        """Several of them."""
        self._answers[place] = list(answers)
        if len(self._answers) == self._left:
            self._finish()

    def _finish(self) -> None:
        flat = [answer for place in sorted(self._answers) for answer in self._answers[place] if answer]
        problems = [answer for answer in flat if isinstance(answer, Problem)]
        assets = [answer for answer in flat if not isinstance(answer, Problem) and answer.kind == "image"]
        if problems:
            self._intake.failed.emit(problems)
        if assets:
            self._then(assets)
        self.deleteLater()


def as_one(problems: Sequence[Problem]) -> Problem:
    """One to tell: the only one, or how many there are, each in the details."""
    if len(problems) == 1:
        return problems[0]
    details = "\n".join(problem.text for problem in problems)
    return Problem("{count} files could not be read.", "The others are here.", {"count": len(problems)},
                   details)


def _expanded(dropped: Dropped) -> Dropped:
    """Folders replaced by the pictures in them."""
    paths: list[Path] = []
    for path in dropped.paths:
        try:
            paths.extend(pictures_in(path) if path.is_dir() else [path])
        except OSError:  # it went away, or may not be read: importing it says so
            paths.append(path)
    return Dropped(dropped.assets, tuple(paths), dropped.data)
