"""Drops anywhere on the window: says what would happen while a drag hovers, and does it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QWidget

from studio.core.events import Event
from studio.core.jobs import Problem
from studio.core.provenance import Recipe
from studio.ui import asset_lookup, drops
from studio.ui.drops import Drop
from studio.ui.notices import Offer
from studio.ui.parts import Parts
from studio.ui.reel_model import ASSET_MIME
from studio.ui.widgets import words
from studio.ui.widgets.background import in_background

if TYPE_CHECKING:
    from studio.project.generation_read import Borrowed
    from studio.project.store import Asset
    from studio.ui.panel_desk import PanelDesk
    from studio.ui.project_desk import ProjectDesk

_LEFT_MS = 150
_FILES: Mapping[drops.Kind, str] = {"picture": "image", "text": "text", "score": "score", "sound": "audio"}
"""Kinds of files that become assets, and of which kind these are."""
_CONTENTS: frozenset[drops.Kind] = frozenset((*_FILES, "image data", "text data"))


class DropDesk(QObject):
    """Watches the window for drags; files are read off the UI thread."""

    def __init__(self, parts: Parts, panels: PanelDesk, projects: ProjectDesk,
                 import_models: Callable[[Sequence[Path]], None]) -> None:
        super().__init__(parts.window)
        self._parts, self._panels, self._projects = parts, panels, projects
        self._import_models = import_models
        self._window = parts.window
        self._keep_only = False
        self.folder_wanted: Event[Path] = Event()
        """A whole folder is to be worked through, with all that is inside it."""
        self._word = QLabel(self._window)
        self._word.setObjectName("dropword")
        self._word.hide()
        self._lights: list[QFrame] = []
        self._left = QTimer(self, singleShot=True, interval=_LEFT_MS)
        self._left.timeout.connect(self._look_whether_left)
        self._window.installEventFilter(self)
        panels.brought.connect(self._look_for_settings)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QDropEvent):  # entering, moving and dropping are all of this class
            return self._on_drag(event)
        if event.type() == QEvent.Type.DragLeave:
            self._left.start()
        return False

    def take(self, mime: QMimeData, *, keep_only: bool = False) -> None:
        """Do the natural thing with what was dropped or pasted; ``keep_only`` hands it to no panel."""
        if mime.hasFormat(ASSET_MIME):
            ids = bytes(mime.data(ASSET_MIME).data()).decode("utf-8", "replace").split()
            if not keep_only:
                self._parts.document.call(lambda project: project.assets_among(ids), self._panels.give)
            return
        self._keep_only = keep_only
        self.take_drops(drops.classify(mime))

    def take_drops(self, dropped: Sequence[Drop]) -> None:
        """Projects, models, folders, pictures; what is not understood is answered in words."""
        by_kind: dict[str, list[Drop]] = {}
        for drop in dropped:
            by_kind.setdefault(drop.kind, []).append(drop)
        for kind, do in self._takers().items():
            if kind in by_kind:
                do(by_kind[kind])

    def import_pictures(self, paths: Sequence[Path]) -> None:
        """Bring pictures, texts or music into the project, and hand them to the panel in front."""
        if paths:
            self._parts.document.import_files(list(paths), partial(self._imported, list(paths)))

    def say(self, dropped: Sequence[Drop]) -> str:
        """What a drop of these would do, in words."""
        kinds = drops.kinds(dropped)
        known = {"project": self.tr("Open this project"), "model": self.tr("Add to your models"),
                 "folder": self.tr("Bring in the pictures of this folder")}
        if first := next((word for kind, word in known.items() if kind in kinds), ""):
            return first
        if kinds & _CONTENTS:
            count = sum(drop.kind in _CONTENTS for drop in dropped)
            return self.tr("Bring in {pictures}").format(pictures=words.counted(count, _are(kinds)))
        return self.tr("A web address: save the picture first") if "web" in kinds else \
            self.tr("Let go to see what this is")

    # ---- drags

    def _on_drag(self, event: QDropEvent) -> bool:
        event.acceptProposedAction()
        self._left.stop()
        if event.type() == QEvent.Type.Drop:
            self._clear()
            self.take(event.mimeData(), keep_only=self._is_on_reel(event))
        elif not self._word.isVisible():
            self._light(event.mimeData())
        return True

    def _light(self, mime: QMimeData) -> None:
        found = [] if mime.hasFormat(ASSET_MIME) else drops.classify(mime)
        self._word.setText(self.say(found) if found else self.tr("Use it here"))
        self._word.adjustSize()
        line = self._window.topline
        middle = line.mapTo(self._window, line.rect().center())
        self._word.move(middle - self._word.rect().center())
        self._word.show()
        self._word.raise_()
        for place in self._takes(drops.kinds(found)):
            self._light_up(place)
        if view := self._panels.front:
            view.offer(mime)

    def _takes(self, kinds: set[drops.Kind]) -> list[QWidget]:
        """The places outside the panel that would take something of these kinds."""
        found: list[QWidget] = []
        if kinds & {*_CONTENTS, "folder"} and self._window.reel_holder.isVisible():
            found.append(self._window.reel_holder)
        if "model" in kinds and (button := self._window.rail.findChild(QToolButton, "rail.models")):
            found.append(button)
        return [*found, self._window.topline.title] if "project" in kinds else found

    def _light_up(self, place: QWidget) -> None:
        light = QFrame(self._window)
        light.setObjectName("droplight")
        light.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        light.setGeometry(QRect(place.mapTo(self._window, QPoint(2, 2)), place.size() - QSize(4, 4)))
        light.show()
        self._lights.append(light)

    def _is_on_reel(self, event: QDropEvent) -> bool:
        holder = self._window.reel_holder
        return holder.isVisible() and holder.rect().contains(
            holder.mapFrom(self._window, event.position().toPoint()))

    def _look_whether_left(self) -> None:
        """To Qt a drag has also left the window when it is over a well, which then shows its own light."""
        self._clear(has_left=not self._window.geometry().contains(QCursor.pos()))

    def _clear(self, *, has_left: bool = True) -> None:
        self._word.hide()
        while self._lights:
            self._lights.pop().deleteLater()
        if has_left and (view := self._panels.front):
            view.offer(None)

    # ---- drops

    def _takers(self) -> dict[str, Callable[[list[Drop]], object]]:
        return {"project": lambda found: self._projects.open(_path(found[0])),
                "model": lambda found: self._import_models([_path(drop) for drop in found]),
                "folder": self._take_folders,
                **dict.fromkeys(_FILES, lambda found: self.import_pictures([_path(drop) for drop in found])),
                "image data": self._take_data, "text data": self._take_text,
                "web": self._answer_web, "unknown": self._answer_unknown}

    def _take_folders(self, found: Sequence[Drop]) -> None:
        for drop in found:
            in_background(self, partial(_listed, _path(drop)), partial(self._take_listed, _path(drop)))

    def _take_listed(self, folder: Path, paths: list[Path] | str) -> None:
        if isinstance(paths, str):
            self._say_no(self.tr("This folder cannot be read: {name}.").format(name=folder.name), paths)
        elif not paths:
            self._say_no(self.tr("There are no pictures in {name}.").format(name=folder.name),
                         self.tr("Folders inside it are not looked into."))
        else:
            self.import_pictures(paths)
            self._offer_whole(folder, len(paths))

    def _offer_whole(self, folder: Path, count: int) -> None:
        """Bringing many in one by one is rarely what is meant."""
        if count > 1 and not self._keep_only:
            whole = Offer(self.tr("The whole folder…"), partial(self.folder_wanted.emit, folder))
            text = self.tr("{folder} can also be worked through straight into another folder.")
            self._window.notices.show_notice(text.format(folder=folder.name), whole)

    def _take_data(self, found: Sequence[Drop]) -> None:
        name = found[0].text or self.tr("Dropped picture")
        data = found[0].data
        asset_lookup.import_bytes(self._parts.document, data, name,
                                  lambda answer: self._imported([Path(name)], [answer], data))

    def _take_text(self, found: Sequence[Drop]) -> None:
        def answered(answer: Asset | Problem) -> None:
            self._imported([Path(name)], [answer])
        data, name = found[0].data, found[0].text
        self._parts.document.call(lambda project: project.import_file(data, f"{name}.md", "text"), answered,
                                  answered)

    def _answer_web(self, found: Sequence[Drop]) -> None:
        self._say_no(self.tr("Atelier is offline; save the picture first."),
                     self.tr("All that came is an address: {address}").format(address=found[0].text[:120]))

    def _answer_unknown(self, found: Sequence[Drop]) -> None:
        if found[0].path is None:
            self._say_no(self.tr("Atelier does not know what to do with this."),
                         self.tr("It takes pictures, folders of pictures, texts, music, projects, models."))
            return
        # the name says nothing: what is inside may still be a picture or a text
        self.import_pictures([_path(drop) for drop in found])

    def _imported(self, paths: Sequence[Path], answers: Sequence[Asset | Problem], data: bytes = b"") -> None:
        """What came of ``paths``; of ``data``, where there is no file, the path is but a name."""
        good = [answer for answer in answers if not isinstance(answer, Problem)]
        bad = [(path, answer) for path, answer in zip(paths, answers, strict=True)
               if isinstance(answer, Problem)]
        if good and not self._keep_only:
            self._give(good)
        if len(answers) > 1 and good:
            counted = words.counted(len(good), {asset.kind for asset in good})
            self._window.notices.show_notice(
                self.tr("Brought in {pictures}.").format(pictures=counted), kind="ok")
        if len(bad) == 1:
            self._window.notices.show_problem(bad[0][1], about=bad[0][0].name)
        elif bad:
            self._tell_many(bad)
        if len(paths) == 1 and good:
            self._look_for_settings(paths[0], data)

    def _give(self, good: Sequence[Asset]) -> None:
        """To the panel in front, or the first that takes such things."""
        kinds = {asset.kind for asset in good}
        takers = (spec.id for spec in self._parts.panels if kinds & {role.kind for role in spec.roles})
        self._panels.give(good, "" if self._panels.any_view().accepts(good) else next(takers, ""))

    def _tell_many(self, bad: Sequence[tuple[Path, Problem]]) -> None:
        lines = "\n".join(f"{path.name}: {problem.text}" for path, problem in bad)
        together = Problem("{count} files could not be read.", "The others are here.",
                           {"count": len(bad)}, lines)
        self._window.notices.show_problem(together)

    def _look_for_settings(self, path: Path, data: bytes = b"") -> None:
        in_background(self, partial(_settings, data or path), partial(self._offer_recipe, path.name))

    def _offer_recipe(self, name: str, recipe: Recipe | Borrowed | None) -> None:
        if recipe is None:
            return
        if not isinstance(recipe, Recipe):
            self._offer_borrowed(name, recipe)
        else:
            use = Offer(self.tr("Use its settings"), lambda: self._panels.use_recipe(recipe.request))
            self._window.notices.show_notice(
                self.tr("{name} was made with Atelier and carries its settings.").format(name=name), use,
                seconds=30)

    def _offer_borrowed(self, name: str, borrowed: Borrowed) -> None:
        if self._panels.can_borrow(borrowed):
            use = Offer(self.tr("Use these settings"), lambda: self._panels.use_borrowed(borrowed))
            text = self.tr("{name} tells how it was made in another program.")
            self._window.notices.show_notice(text.format(name=name), use, seconds=30)

    def _say_no(self, message: str, hint: str) -> None:
        self._window.notices.show_notice(message, hint=hint, kind="warn", seconds=15)


def _are(kinds: set[drops.Kind]) -> set[str]:
    """The kinds of assets that drops of ``kinds`` become."""
    known: Mapping[drops.Kind, str] = {**_FILES, "image data": "image", "text data": "text"}
    return {known[kind] for kind in kinds & _CONTENTS}


def _path(drop: Drop) -> Path:
    return drop.path or Path()


def _listed(folder: Path) -> list[Path] | str:
    try:
        return drops.pictures_in(folder)
    except OSError as error:
        return error.strerror or str(error)


def _settings(source: Path | bytes) -> Recipe | Borrowed | None:
    """The recipe inside something exported, or what another program left in its picture."""
    from studio.project.exchange import settings_in

    with contextlib.suppress(Exception):  # no recipe is the rule; a damaged one is none
        return settings_in(source)
    return None
