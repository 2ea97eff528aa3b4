"""Models in the window: listed, brought in by drop, checked, removed, downloaded. All off the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from studio.core.errors import Cancelled
from studio.core.jobs import CancelToken, Problem, problem_of
from studio.ui.main_window import MainWindow
from studio.ui.notices import Offer
from studio.ui.widgets.background import in_background

if TYPE_CHECKING:
    from studio.library.catalog import Model
    from studio.library.downloads import Download
    from studio.ui.models_page import ModelsPage
    from studio.ui.notices import Notice


STOPPED = object()
"""Answer of work that a person stopped: nothing to say."""


class ModelDesk(QObject):
    """Knows the models there are; reads them again when they change."""

    changed = Signal()
    _received = Signal(int, int)
    """Bytes that have come, and bytes in all; sent from the thread that downloads."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._models: list[Model] = []
        self._page: ModelsPage | None = None
        self._leaving: set[str] = set()
        self._download: Notice | None = None
        self._received.connect(self._on_received)

    def models(self) -> Sequence[Model]:
        """Every model there is, as far as they have been read."""
        return [model for model in self._models if model.id not in self._leaving]

    def reload(self) -> None:
        """Read the list again."""
        in_background(self, partial(_tried, _listed), self._on_listed)

    def make_page(self) -> ModelsPage:
        """The models page, made when first shown."""
        from studio.ui.models_page import ModelsPage

        self._page = page = ModelsPage(self._window)
        page.import_requested.connect(self.import_files)
        page.verify_requested.connect(self.verify)
        page.remove_requested.connect(self.remove)
        page.family_requested.connect(self.set_family)
        page.download_requested.connect(self.download)
        page.show_models(self.models())
        return page

    def import_files(self, paths: Sequence[Path]) -> None:
        """Copy model files into the person's library, one after another."""
        from studio.library import imports

        for path in paths:
            self._do(partial(imports.import_file, path), self._imported)

    def verify(self, model: Model) -> None:
        """Compare a model's files with what its card says."""
        from studio.library import imports

        self._do(partial(imports.verify, model.id), partial(self._verified, model))

    def set_family(self, model: Model, family: str) -> None:
        """Keep what a person says a model is."""
        from studio.library import imports

        self._do(partial(imports.set_family, model.id, family), lambda _: None)

    def remove(self, model: Model) -> None:
        """Take a model that a person brought off the list; its files go when the offer to undo has gone."""
        self._leaving.add(model.id)
        self._show()
        notice = self._window.notices.show_notice(
            self.tr("Removed {name}.").format(name=model.title),
            Offer(self.tr("Undo"), partial(self._keep, model)))
        notice.closed.connect(partial(self._delete, model))

    def download(self, known: Download) -> None:
        """Fetch a named model: the person saw its size, licence and source, and pressed Download."""
        from studio.library import imports

        if self._download is not None:
            return
        token = CancelToken()
        self._download = self._window.notices.show_notice(
            self.tr("Downloading {name}").format(name=known.title),
            Offer(self.tr("Stop"), token.cancel), hint=self.tr("Connecting"), seconds=0)
        fetch = partial(imports.download, known.id, progress=self._received.emit, cancel=token)
        self._do(fetch, self._imported, done=self._end_download)

    def _do(self, work: Callable[[], Any], then: Callable[[Any], None],
            done: Callable[[], None] = lambda: None) -> None:
        def answer(result: Any) -> None:
            done()
            if isinstance(result, Problem):
                self._window.notices.show_problem(result)
            elif result is not STOPPED:
                then(result)
            self.reload()
        in_background(self, partial(_tried, work), answer)

    def _on_listed(self, models: list[Model] | Problem) -> None:
        if isinstance(models, Problem):
            self._window.notices.show_problem(models)
            return
        self._models = models
        self._show()

    def _show(self) -> None:
        if self._page is not None:
            self._page.show_models(self.models())
        self.changed.emit()

    def _keep(self, model: Model) -> None:
        self._leaving.discard(model.id)
        self._show()

    def _delete(self, model: Model) -> None:
        from studio.library import imports

        if model.id in self._leaving:
            self._do(partial(imports.remove, model.id), lambda _: None,
                     done=partial(self._leaving.discard, model.id))

    def _on_received(self, done: int, total: int) -> None:
        if self._download is not None:
            words = self.tr("{done:.0f} of {total:.0f} MB").format(done=done / 1e6, total=total / 1e6)
            self._download.set_hint(words)

    def _end_download(self) -> None:
        if self._download is not None and isValid(self._download):
            self._download.close_notice()
        self._download = None

    def _imported(self, model: Model) -> None:
        show = Offer(self.tr("Show"), lambda: self._window.show_page("models"))
        self._window.notices.show_notice(
            self.tr("{name} is now one of your models.").format(name=model.title), show, kind="ok")

    def _verified(self, model: Model, files: Sequence[tuple[str, bool]]) -> None:
        wrong = [name for name, is_right in files if not is_right]
        if wrong:
            self._window.notices.show_notice(
                self.tr("{name} has changed since it came: {files}.").format(
                    name=model.title, files=", ".join(wrong)), kind="bad",
                hint=self.tr("Remove it and bring it in again from where you got it."))
        else:
            self._window.notices.show_notice(
                self.tr("{name} is whole: {count} files as they should be.").format(
                    name=model.title, count=len(files)), kind="ok")


def _listed() -> list[Model]:
    from studio.library import catalog

    return [_with_outlook(model) for model in catalog.default().models()]


def _with_outlook(model: Model) -> Model:
    """An image generator says what it will need on this machine too."""
    if not model.facts.get("parameters") or model.engine not in (
            "image.diffusers", "image.checkpoint", "image.onnx"):
        return model
    from studio.engines.image import outlook

    return replace(model, facts={**model.facts, **outlook.describe(model.facts)})


def _tried(work: Callable[[], Any]) -> Any:
    """What ``work`` gives, or the Problem it ran into, or `STOPPED`."""
    try:
        return work()
    except Cancelled:
        return STOPPED
    except Exception as error:  # noqa: BLE001 - becomes a Problem that is shown
        return problem_of(error)
