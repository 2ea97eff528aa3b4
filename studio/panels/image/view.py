"""The Image panel: words, and the pictures that come of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QMimeData, QSize, QTimer
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget

from studio.core import prompt_lists, wildcards
from studio.core.jobs import JobState, Problem, Request
from studio.core.panel import PanelSpec, Role
from studio.panels.image import view_draft, view_said
from studio.panels.image.view_bench import Bench
from studio.panels.image.view_column import ImageColumn
from studio.panels.image.view_page import ImagePage
from studio.panels.image.view_show import PaintShowcase
from studio.panels.image.view_size import pair_of
from studio.panels.image.view_take import Taking
from studio.ui.panel_view import AssetLike, JobLike, PanelServices, PanelView
from studio.ui.translation import declared
from studio.ui.widgets import words
from studio.ui.widgets.canvas_actions import CanvasActions
from studio.ui.widgets.drag_lights import DragLights

_COUNT_MS = 500
"""The words are counted so long after the last letter."""
TOLD_BELOW = ("It knows other words for: ", "It does not know: ", "It reads ")
"""How notes of the task begin that say of a prompt what the panel says while it is typed."""
SAMPLE = "a smiling red apple, flat style"


class ImageView(PanelView):
    """Words and settings right, the canvas in the middle, the pictures of a run below it."""

    def __init__(self, spec: PanelSpec, services: PanelServices, parent: QWidget | None = None) -> None:
        super().__init__(spec, services, parent)
        roles = {role.name: declared(role.label) for role in spec.roles}
        self._announced: set[str] = set()
        """Assets of jobs that ended: they come by themselves, nobody asked to see them."""
        self._counted: Request | None = None
        self.page = ImagePage(self.stage)
        self.canvas = self.page.canvas
        self.settings = ImageColumn(self.column, services, spec.params, roles["picture"])
        self.pictures = self.settings.pictures
        self.showcase = PaintShowcase(self.canvas, self.pictures, services)
        self.taking = Taking(self.pictures, services, self)
        self._count_soon = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self.stage.add(self.page.empty)
        self.stage.add(self.page)
        self.stage.set_zones([("picture", roles["picture"], "picture")])
        self.lights = DragLights(self.stage, [self.pictures.well], [self.pictures.well])
        self.bench = Bench(self)
        self._make_actions()
        self._connect_parts()
        self.order_tabs()
        self._show_page()
        self.refresh_run()

    # ---- what a run would do

    def request_list(self) -> list[Request]:
        """One for each picture; empty while there are no words."""
        return self.settings.requests()

    def template(self) -> Request | None:
        """The words, for any picture to start from; a mask belongs to one picture only."""
        if not self.settings.prompt.prompt().strip():
            return None
        return _settled(replace(self.settings.request(None, self.settings.seed.seed()), inputs=()))

    def before_run(self) -> bool:
        """A mask still on its way goes first; then a new seed, if the last one was used."""
        if not self.bench.settle():
            return False
        self.settings.seed.take()
        return True

    def start(self, requests: Sequence[Request]) -> None:
        """A new run: lines of lists are drawn now, and stand in the requests."""
        settled = [_settled(request) for request in requests]
        self.settings.prompt.remember()
        self.page.strip.begin(settled)
        self._announced.clear()
        super().start(settled)
        self.bench.set_working(self.run_bar.is_working)

    def run_caption(self, requests: Sequence[Request]) -> str:
        """What is missing, or how much there is to do."""
        if not requests:
            return self.tr("First, what to paint")
        size = "x".join(map(str, self.settings.size.pixels()))
        sized = [replace(request, params={**request.params, "size": size}) for request in requests]
        count = words.pictures(len(requests)) if len(requests) > 1 else ""
        return "  ·  ".join(part for part in (count, super().run_caption(sized)) if part)

    def place_of(self, job: JobLike) -> str:
        """Which picture of the run it is."""
        at, count = self.page.strip.place_of(job.request) or (1, 1)
        return self.tr("{at} of {count}").format(at=at, count=count) if count > 1 else ""

    def can_finish(self, job: JobLike) -> bool:
        """What is painted so far can be kept, once there is something."""
        return job.state is JobState.RUNNING and bool(job.fraction)

    # ---- settings from outside

    def set_request(self, request: Request, assets: Mapping[str, Sequence[AssetLike]]) -> None:
        """Use these settings; pictures that are not among ``assets`` stay empty."""
        found = {asset.sha256: asset for some in assets.values() for asset in some}
        before = self.pictures.current
        with self.settings.restoring():
            self.taking.give([found[item.sha256] for item in request.inputs
                              if item.role == "picture" and item.sha256 in found])
            if not any(item.role == "picture" and item.sha256 in found for item in request.inputs):
                self.pictures.set_pictures([])
            self.settings.use(request, found)
        if self.pictures.current != before:
            self._on_pictures()
        else:  # what is on the canvas stays: it may be the very result whose settings these are
            self.bench.show_mask()
        self._on_setting()

    def set_seed(self, seed: int) -> None:
        """Take over the seed of a result, and keep it."""
        self.settings.seed.set_seed(seed, locked=True)
        self._on_setting()

    def reload_models(self) -> None:
        """Models came or went."""
        self.settings.reload_models()
        self._on_setting(is_draft=False)

    def draft(self) -> dict[str, Any]:
        """Everything entered."""
        return view_draft.draft_of(self.settings)

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Show an earlier draft; {} clears the panel."""
        self.showcase.forget()
        self.page.strip.clear()
        view_draft.restore(self.settings, draft)
        self._on_pictures()
        self._on_setting(is_draft=False)

    def accepts(self, assets: Sequence[AssetLike]) -> list[Role]:
        """Pictures: to start from, or where to paint."""
        return list(self.spec.roles) if {asset.kind for asset in assets} == {"image"} else []

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """Start from them."""
        self.taking.give(assets, role)

    def try_sample(self) -> None:
        """Fill in words for a first picture."""
        self.settings.prompt.use(SAMPLE)
        self.settings.prompt.edit.setFocus()

    def focus_first(self) -> None:
        """To the words."""
        self.settings.prompt.edit.setFocus()

    # ---- what is shown

    def show_job(self, job: JobLike | None) -> None:
        """Also show where it stands among the others of its run."""
        super().show_job(job)
        self.bench.set_working(self.run_bar.is_working)
        if job is None:
            return
        self.page.strip.follow(job)
        self.showcase.follow(job)
        self.showcase.size_wanted = self._size_of(job.request)
        if job.state.is_final:
            self._count_soon.start()  # the words are not counted while the machine is at work
        if job.state is JobState.DONE:
            self._announced.update(asset.id for asset in job.assets)
        elif job.state.is_final:
            self.showcase.drop_preview()
            if job.state is JobState.CANCELLED:
                self.page.strip.stop()
            self._show_page()

    def show_preview(self, image: QImage) -> None:
        """How the picture looks that is being painted."""
        if self.job is not None:
            self.page.strip.show_preview(self.job.request, image)
        if not self.page.strip.is_pinned:
            self.bench.show_other()
            self.showcase.show_preview(image, self.job)
            self._show_page(has_picture=True)

    def show_answer(self, request: Request, image: QImage) -> None:
        """A look at where the playground is; by now a run may have begun."""
        if not self.run_bar.is_working:
            self.bench.show_look(image)
            self._show_page(has_picture=True)

    def refresh_run(self) -> None:
        """The tools have buttons of their own."""
        super().refresh_run()
        self.bench.set_working(self.run_bar.is_working)

    def show_said(self, request: Request, text: str) -> None:
        """How much of the prompt is read."""
        if request == self._counted:
            self.settings.prompt.show_said(view_said.parse(text))
        self.bench.look_again()

    def news(self, notes: Sequence[str]) -> Sequence[str]:
        """What stands below the prompt need not be told again for every picture."""
        is_told = not self.settings.prompt.said.isHidden()
        return [note for note in notes if not (is_told and note.startswith(TOLD_BELOW))]

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A result, over the picture it started from where there was one; another picture by itself."""
        if image.isNull():
            self.show_problem(Problem("This picture could not be shown.", "Try exporting it instead."))
            return
        comes_by_itself = asset.id in self._announced
        self._announced.discard(asset.id)
        is_of_run = self.page.strip.show_result(asset, image)
        if not (comes_by_itself and is_of_run and self.page.strip.is_pinned):
            self.showcase.show_asset(asset, image)
            self.bench.show_asset(asset)
            self._show_page(has_picture=True)
        self.refresh_run()  # by now it is known how long that took

    def offer(self, mime: QMimeData | None) -> None:
        """Light up the well and the canvas."""
        self.lights.offer(mime)

    def view_actions(self) -> list[QAction]:
        """Zoom and compare."""
        return self.canvas_actions.all()

    def _show_page(self, *, has_picture: bool = False) -> None:
        is_full = has_picture or bool(self.pictures.pictures()) or self.canvas.after is not None
        self.stage.show_page(self.page if is_full else self.page.empty)

    # ---- making

    def _make_actions(self) -> None:
        self.canvas_actions = CanvasActions(self.canvas)
        self.addActions(self.canvas_actions.all())
        add, prompt = self._action, self.settings.prompt
        choose = add(self.tr("Start from a picture…"), "choose", self.taking.choose, "Ctrl+Shift+O")
        self.pictures.well.addActions([choose])
        add(self.tr("Write the prompt"), "prompt", prompt.edit.setFocus, "Ctrl+L")
        add(self.tr("Earlier prompts"), "history", prompt.earlier.click)
        add(self.tr("Weigh the word more"), "heavier", lambda: prompt.edit.weigh(1))
        add(self.tr("Weigh the word less"), "lighter", lambda: prompt.edit.weigh(-1))
        add(self.tr("New seed"), "seed", self.settings.seed.roll)
        add(self.tr("Reset the settings"), "reset", self.settings.reset)
        for text, name, do, keys in self.bench.actions():
            add(text, name, do, *filter(None, [keys]))

    def _connect_parts(self) -> None:
        self.pictures.changed.connect(self._on_pictures)
        self.settings.changed.connect(self._on_setting)
        self.settings.failed.connect(self.show_problem)
        self.settings.style.shown = self._shown
        self.stage.dropped.connect(self.taking.take)
        self.taking.failed.connect(self.show_problem)
        self.page.strip.chosen.connect(self._show_chosen)
        self.page.empty.sample_requested.connect(self.try_sample)
        self.page.empty.browse_requested.connect(self.taking.choose)
        self._count_soon.timeout.connect(self._ask_count)

    # ---- reacting

    def _on_pictures(self) -> None:
        if not self.settings.is_restoring:
            self.bench.show_other()
            self.showcase.load_picture()
            self._show_page()

    def _on_setting(self, *, is_draft: bool = True) -> None:
        self.bench.refresh()
        self.refresh_run()
        self._count_soon.start()
        if is_draft:
            self.draft_changed.emit()

    def _size_of(self, request: Request) -> QSize:
        """Of what will come of it; empty for a sheet, whose previews have its proportions."""
        if request.params.get("sheet_x") or request.params.get("sheet_y"):
            return QSize()
        return QSize(*(pair_of(str(request.params.get("size", ""))) or self.settings.size.pixels()))

    def _ask_count(self) -> None:
        request = self.settings.counting()
        if request == self._counted:
            return
        self._counted = request
        if not str(request.params["prompt"]).strip():
            self.settings.prompt.show_said(None)
        elif not self.run_bar.is_working:
            self.preview_requested.emit(request)
        else:
            self._counted = None  # the machine has better things to do; the next change asks again

    def _show_chosen(self, asset: AssetLike) -> None:
        self.services.load_image(asset.sha256, lambda image: self.show_asset(asset, image))

    def _shown(self) -> QImage:
        return self.canvas.after.images[0] if self.canvas.after is not None else QImage()


def _settled(request: Request) -> Request:
    return replace(request, params=wildcards.settled(request.params, request.seed, prompt_lists.find))
