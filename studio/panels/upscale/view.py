"""The Upscale panel: a picture, how large it shall be, and looks at it before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget

from studio.core.jobs import JobState, Problem, Request
from studio.core.panel import PanelSpec
from studio.panels.upscale import view_draft
from studio.panels.upscale.forecast import Measured
from studio.panels.upscale.params import STARTER, UpscaleParams
from studio.panels.upscale.view_fields import ScaleField, SideField, SizeCard
from studio.panels.upscale.view_first import empty_state
from studio.panels.upscale.view_look import Looking, subject_of
from studio.panels.upscale.view_size import SizeFields
from studio.panels.upscale.view_take import Taking
from studio.ui.panel_view import AssetLike, JobLike, PanelServices, PanelView
from studio.ui.translation import declared, sentence
from studio.ui.widgets import words
from studio.ui.widgets.background import in_background
from studio.ui.widgets.canvas import Canvas
from studio.ui.widgets.canvas_actions import CanvasActions
from studio.ui.widgets.drag_lights import DragLights
from studio.ui.widgets.form import ParamsForm
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.seed import SeedField
from studio.ui.widgets.showcase import Showcase

TASK, VERSION = "upscale", 2
"""As `UpscaleTask` says; a contract test holds them equal, so that the window need not import the task."""
_SIDES = ("width", "height", "print_width", "print_height", "dpi")


class UpscaleView(PanelView):
    """The picture and its settings right, the canvas with its lens in the middle."""

    def __init__(self, spec: PanelSpec, services: PanelServices, parent: QWidget | None = None) -> None:
        super().__init__(spec, services, parent)
        self._offer = declared(spec.roles[0].label)
        self._is_restoring = False
        self._made: PictureRef | None = None
        """The result on the canvas, while the settings are those it was made with."""
        self._requests: dict[str, Request] = {}
        """What results of this session were made with, by asset."""
        self._was_fitted = True
        self.canvas = Canvas(self.stage)
        self.measured = Measured()
        self._make_column()
        self._make_stage()
        self.showcase = Showcase(self.canvas, self.batch, "picture", services)
        self.looking = Looking(self.canvas)
        self.taking = Taking(self.batch, services, self)
        self.lights = DragLights(self.stage, [self.batch.well], [self.batch.well])
        self._make_actions()
        self._connect_parts()
        self.order_tabs()
        self.canvas.set_mode("lens")
        self._show_page()
        self._on_setting(is_draft=False)

    # ---- what a run would do

    def request_list(self) -> list[Request]:
        """One request for each picture; empty while there is none, or no size to enlarge to."""
        pictures = self.batch.pictures()
        if not pictures or not self._has_size(pictures[0]):
            return []
        return [self._request(ref) for ref in pictures]

    def template(self) -> Request:
        """The settings, for any picture."""
        return Request(TASK, VERSION, self.form.values(), (), self.seed.seed())

    def before_run(self) -> bool:
        """A new seed, if the last one was used."""
        self.seed.take()
        return True

    def run_caption(self, requests: Sequence[Request]) -> str:
        """What is missing, or how much there is to do."""
        if not self.batch.pictures():
            return self.tr("First, a picture")
        if not requests:
            return self.tr("Now a size")
        count = words.pictures(len(requests)) if len(requests) > 1 else ""
        seconds = self.fields.forecast.seconds
        time = words.about(seconds * len(requests)) if seconds is not None else super().run_caption(requests)
        return "  ·  ".join(part for part in (count, time) if part)

    def place_of(self, job: JobLike) -> str:
        """Which picture of the batch it is."""
        return self.batch.place_of(self.showcase.picture_of(job.request))

    def _request(self, picture: PictureRef) -> Request:
        return Request(TASK, VERSION, self.form.values(), (picture.as_input("picture"),), self.seed.seed())

    def _has_size(self, picture: PictureRef) -> bool:
        size = QSize(picture.width or 1, picture.height or 1)
        return subject_of(self._request(picture), size) is not None

    # ---- settings from outside

    def set_request(self, request: Request, assets: Mapping[str, Sequence[AssetLike]]) -> None:
        """Use these settings; a picture that is not among ``assets`` stays empty."""
        found = {asset.sha256: asset for some in assets.values() for asset in some}
        self._is_restoring = True
        self.form.reset()
        self.form.set_values(request.params)
        self.seed.set_seed(request.seed)
        self.batch.set_pictures([PictureRef.of(found[item.sha256]) for item in request.inputs
                                 if item.sha256 in found])
        self._is_restoring = False
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
        """Everything entered."""
        return view_draft.draft_of(self)

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Show an earlier draft; {} clears the panel."""
        self._is_restoring = True
        self.showcase.forget()
        view_draft.restore(self, draft)
        self._is_restoring = False
        self._on_setting(is_draft=False)

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """These pictures instead of what is there."""
        self.taking.give(assets)

    def try_sample(self) -> None:
        """Fill in the sample photograph."""
        self.taking.take_sample()

    # ---- what is shown

    def show_job(self, job: JobLike | None) -> None:
        """Also go through a batch with its jobs, and remember what they took."""
        super().show_job(job)
        self.looking.pause(self.run_bar.is_working)
        if job is None:
            return
        self.showcase.follow(job)
        if job.state is JobState.DONE and job.assets:
            self._requests[job.assets[0].id] = job.request
            self._measure(job.request, job.assets[0].facts)

    def show_preview(self, image: QImage) -> None:
        """What is done so far of a job, over its picture."""
        self.showcase.show_preview(image, self.job)
        self._show_page()

    def show_answer(self, request: Request, image: QImage) -> None:
        """A look at a part."""
        self.looking.take(request, image)

    def show_refusal(self, request: Request, problem: Problem) -> None:
        """No look: the lens says why."""
        self.looking.refuse(request, sentence(problem.message, problem.values))

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A result over its picture; another one by itself."""
        if image.isNull():
            self.show_problem(Problem("This picture could not be shown.", "Try exporting it instead."))
            return
        self.showcase.show_asset(asset, image)
        self._made = PictureRef.of(asset)
        self._show_page()
        self._look()
        self.refresh_run()

    def offer(self, mime: QMimeData | None) -> None:
        """Light up the well and the zone over the canvas."""
        self.lights.offer(mime)

    def view_actions(self) -> list[QAction]:
        """Zoom, compare, lens."""
        return self.canvas_actions.all()

    # ---- making

    def _make_column(self) -> None:
        invitation = self.tr("Drop a picture, or click to choose")
        self.batch = PictureBatch("picture", invitation, self._offer, self.column)
        makers = {"scale": ScaleField} | dict.fromkeys(_SIDES, SideField)
        self.form = ParamsForm(self.spec.params, self.services.models, makers, untitled="Enlarge",
                               parent=self.column)
        self.card, self.seed = SizeCard(self.column), SeedField(self.column)
        self.form.add_below("Enlarge", self.card)
        self.form.add_below("Look", self.seed)
        self.fields = SizeFields(self.form, self.card, self.measured)
        self.column.add(self.batch)
        self.column.add(self.form)

    def _make_stage(self) -> None:
        self.empty = empty_state()
        self.stage.add(self.empty)
        self.stage.add(self.canvas)
        self.stage.set_zones([("picture", self._offer, "upscale")])

    def _make_actions(self) -> None:
        self.canvas_actions = CanvasActions(self.canvas)
        self.addActions(self.canvas_actions.all())
        add = self._action
        pictures = add(self.tr("Choose pictures…"), "choose", self.taking.choose, "Ctrl+Shift+O")
        folder = add(self.tr("Choose a folder of pictures…"), "choose_folder", self.taking.choose_folder)
        self.batch.well.addActions([pictures, folder])
        add(self.tr("New seed"), "seed", self.seed.roll)
        add(self.tr("Reset the settings"), "reset", self._reset)

    def _connect_parts(self) -> None:
        self.batch.changed.connect(self._on_batch)
        self.stage.dropped.connect(lambda _, dropped: self.taking.take(dropped))
        self.taking.told.connect(self.told)
        self.taking.failed.connect(self.show_problem)
        self.form.changed.connect(self._on_field)
        self.seed.changed.connect(self._on_setting)
        self.looking.wanted.connect(self.preview_requested)
        self.canvas.shown.connect(self._look)
        self.canvas.mode_changed.connect(self._on_mode)
        self.empty.sample_requested.connect(self.try_sample)
        self.empty.browse_requested.connect(self.taking.choose)

    # ---- reacting

    def _reset(self) -> None:
        self.form.reset()
        self._on_setting()

    def _on_batch(self) -> None:
        self._made = None
        self.showcase.load_picture()
        self._show_page()
        self._on_setting()

    def _on_field(self, name: str) -> None:
        self.fields.start(name)
        self._on_setting()

    def _on_setting(self, *, is_draft: bool = True) -> None:
        if self._is_restoring:
            return
        self._made = None
        picture = self.batch.current
        self.fields.show_picture(QSize(picture.width, picture.height) if picture else QSize())
        self.fields.refresh()
        self.seed.setVisible(bool(self.form.fields["grain"].value()))
        self.form.fields["clean"].setEnabled(self._can_clean())
        self._look()
        self.refresh_run()
        if is_draft:
            self.draft_changed.emit()

    def _on_mode(self, mode: str) -> None:
        """Side by side is pixel by pixel; afterwards all of it, if that is how it was."""
        if mode == "side":
            self._was_fitted = self.canvas.transform.is_fit
            self.canvas.actual_at(self.canvas.lens.at)
        elif self._was_fitted and not self.canvas.transform.is_fit:
            self.canvas.fit()

    def _look(self) -> None:
        """Have looks at what a run would make, unless that is on the canvas."""
        picture, before = self.batch.current, self.canvas.before
        if picture is None or before is None:
            self.looking.show(None, self.canvas.after.size if self.canvas.after else QSize())
            return
        after = self.canvas.after.size if self.canvas.after is not None else None
        if after is not None and self._made is not None:
            self._look_at_result(self._made, after, before.size)
        else:
            subject = subject_of(self._request(picture), before.size)
            self.looking.show(subject, subject.target if subject else before.size)

    def _look_at_result(self, made: PictureRef, held: QSize, source: QSize) -> None:
        """There is nothing to enlarge but where the canvas holds less than was made."""
        size, request = QSize(made.width, made.height), self._requests.get(made.id)
        is_smaller = size.width() > held.width()
        self.looking.show(subject_of(request, source) if request and is_smaller else None,
                          size if is_smaller else held)

    def _show_page(self) -> None:
        has_picture = bool(self.batch.pictures()) or self.canvas.after is not None
        self.stage.show_page(self.canvas if has_picture else self.empty)

    def _can_clean(self) -> bool:
        """Whether the chosen model has networks that clean; one that is not here may."""
        name = self.form.fields["model"].value() or STARTER
        model = next((model for model in self.services.models() if model.id == name), None)
        networks = getattr(model, "facts", {}).get("networks")
        return model is None or (isinstance(networks, list) and any(one.get("clean") for one in networks))

    def _measure(self, request: Request, facts: Mapping[str, Any]) -> None:
        """Remember what it took; the file is small, but disks can be slow."""
        params, found = UpscaleParams.from_json(request.params), dict(facts)
        in_background(self, lambda: self._recorded(params, found), lambda _: self._on_measured())

    def _recorded(self, params: UpscaleParams, facts: Mapping[str, Any]) -> None:
        try:
            self.measured.record(params, facts)
        except OSError:  # a lost measurement is no news
            return

    def _on_measured(self) -> None:
        self.fields.refresh()
        self.refresh_run()
