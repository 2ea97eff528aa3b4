"""The Style panel: a photograph, up to four paintings, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget

from studio.core.jobs import Problem, Request
from studio.core.panel import PanelSpec
from studio.panels.style import view_draft
from studio.panels.style.params import TASK, VERSION
from studio.panels.style.view_parts import MaskButton, StylePage, zones_of
from studio.panels.style.view_show import MaskedShowcase
from studio.panels.style.view_take import Taking
from studio.ui.panel_view import AssetLike, JobLike, PanelServices, PanelView
from studio.ui.translation import declared
from studio.ui.widgets import words
from studio.ui.widgets.canvas_actions import CanvasActions
from studio.ui.widgets.drag_lights import DragLights
from studio.ui.widgets.form import ParamsForm
from studio.ui.widgets.masks import Masks
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.seed import SeedField
from studio.ui.widgets.size_field import SizeField
from studio.ui.widgets.weighted_wells import WeightedWells

PREVIEW_SIZE = 256
_PREVIEW_MS = 30
_OWN_STYLE = ("style.fast", "style.onnx")
"""Engines whose models bring their style with them."""


class StyleView(PanelView):
    """Wells and settings right, the canvas in the middle."""

    def __init__(self, spec: PanelSpec, services: PanelServices, parent: QWidget | None = None) -> None:
        super().__init__(spec, services, parent)
        self._roles = {role.name: declared(role.label) for role in spec.roles}
        self.page = StylePage(self.stage)
        self.canvas = self.page.canvas
        self.masks = Masks(self.canvas, services)
        self._is_restoring = False
        self._preview_soon = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._preview_soon.timeout.connect(self._ask_preview)
        self._make_column()
        self.showcase = MaskedShowcase(self.canvas, self.contents, self.masks, services)
        self.taking = Taking(self.contents, self.styles, services, self)
        wells = [self.contents.well, *(cell.well for cell in self.styles.cells)]
        self.lights = DragLights(self.stage, wells, (self.contents.well, self.styles))
        self._make_actions()
        self._connect_parts()
        self.order_tabs()
        self._show_page()
        self.refresh_run()

    # ---- what a run would do

    def request_list(self) -> list[Request]:
        """One request for each photograph; empty while a picture is missing."""
        styles = self.styles.pictures() if self._needs_style() else []
        if self._needs_style() and not styles:
            return []
        return [self._request(content, styles) for content in self.contents.pictures()]

    def template(self) -> Request | None:
        """Settings and paintings, for any photograph; a mask belongs to one picture only."""
        styles = self.styles.pictures() if self._needs_style() else []
        if self._needs_style() and not styles:
            return None
        inputs = tuple(ref.as_input("style", weight) for ref, weight in styles)
        return Request(TASK, VERSION, self.form.values(), inputs, self.seed.seed())

    def before_run(self) -> bool:
        """A mask still on its way goes first; then a new seed, if the last one was used."""
        contents = self.contents.pictures()
        if not self.masks.is_settled(contents):
            self.masks.settle(contents, self.run)
            return False
        self.seed.take()
        return True

    def run_caption(self, requests: Sequence[Request]) -> str:
        """What is missing, or how much there is to do."""
        if not self.contents.pictures():
            return self.tr("First, a photo")
        if not requests:
            return self.tr("Now a painting to follow")
        time = super().run_caption(requests)
        count = words.pictures(len(requests)) if len(requests) > 1 else ""
        return "  ·  ".join(part for part in (count, time) if part)

    def place_of(self, job: JobLike) -> str:
        """Which picture of the batch it is."""
        return self.contents.place_of(self.showcase.picture_of(job.request))

    def can_finish(self, job: JobLike) -> bool:
        """Fine improves a picture that is there already."""
        return job.request.params.get("method") == "fine"

    def _request(self, content: PictureRef, styles: Sequence[tuple[PictureRef, float]], *,
                 preview: bool = False) -> Request:
        mask = None if preview else self.masks.of(content)  # the canvas masks a preview itself
        inputs = [content.as_input("content"), *(ref.as_input("style", weight) for ref, weight in styles)]
        inputs += [mask.as_input("mask")] if mask is not None else []
        params = self.form.values() | ({"method": "quick", "size": PREVIEW_SIZE} if preview else {})
        return Request(TASK, VERSION, params, tuple(inputs), self.seed.seed())

    def _needs_style(self) -> bool:
        chosen = self.form.fields["model"].value()
        engine = next((getattr(m, "engine", "") for m in self.services.models() if m.id == chosen), "")
        return engine not in _OWN_STYLE or self.form.fields["method"].value() == "fine"

    # ---- settings from outside

    def set_request(self, request: Request, assets: Mapping[str, Sequence[AssetLike]]) -> None:
        """Use these settings; inputs that are not among ``assets`` stay empty."""
        found = {asset.sha256: asset for some in assets.values() for asset in some}
        refs = [(item, PictureRef.of(found[item.sha256])) for item in request.inputs if item.sha256 in found]
        contents = [ref for item, ref in refs if item.role == "content"]
        for _, mask in ((item, ref) for item, ref in refs if item.role == "mask" and contents):
            self.masks.put(contents[0], mask)
        self.form.set_values(request.params)
        self.seed.set_seed(request.seed)
        self.styles.set_pictures([(ref, item.weight) for item, ref in refs if item.role == "style"])
        self.contents.set_pictures(contents)
        self._on_setting()

    def set_seed(self, seed: int) -> None:
        """Take over the seed of a result, and keep it."""
        self.seed.set_seed(seed, locked=True)
        self._on_setting()

    def reload_models(self) -> None:
        """Models came or went."""
        self.form.reload_models()
        self.refresh_run()

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
        """The first one is the photo, then comes the painting, unless ``role`` says which."""
        self.taking.give(assets, role)

    def try_sample(self) -> None:
        """Fill in the sample photograph and painting."""
        self.taking.take_sample()

    # ---- what is shown

    def show_job(self, job: JobLike | None) -> None:
        """Also go through a batch with its jobs."""
        super().show_job(job)
        if job is not None:
            self.showcase.follow(job)

    def show_preview(self, image: QImage) -> None:
        """Over the picture it belongs to, without moving it."""
        self.showcase.show_preview(image, self.job)
        self._show_page()

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A result over its photograph; another picture by itself."""
        if image.isNull():
            self.show_problem(Problem("This picture could not be shown.", "Try exporting it instead."))
            return
        self.showcase.show_asset(asset, image)
        self._show_page()
        self.refresh_run()  # by now it is known how long that took

    def offer(self, mime: QMimeData | None) -> None:
        """Light up the wells and the zones over the canvas."""
        self.lights.offer(mime)

    def view_actions(self) -> list[QAction]:
        """Zoom and compare."""
        return self.canvas_actions.all()

    def _show_page(self) -> None:
        has_picture = bool(self.contents.pictures()) or self.canvas.after is not None
        self.stage.show_page(self.page if has_picture else self.page.empty)

    # ---- making

    def _make_column(self) -> None:
        invitation = self.tr("Drop a photo, or click to choose")
        self.contents = PictureBatch("content", invitation, self._roles["content"], self.column)
        texts = self.tr("Drop a painting, or click to choose"), self.tr("One more"), self._roles["style"]
        high = next(role.high for role in self.spec.roles if role.name == "style")
        self.styles = WeightedWells("style", texts, high, self._load_thumbnail, self.column)
        self.form = ParamsForm(self.spec.params, self.services.models, {"size": SizeField}, untitled="Style",
                               parent=self.column)
        self.mask_button = MaskButton(self.canvas, self.column)
        self.seed = SeedField(self.column)
        self.form.add_below("Style", self.mask_button)
        self.form.add_below("Output", self.seed)
        self.column.add(self.contents, self.tr("Photo"))
        self.column.add(self.styles, self.tr("Paintings"))
        self.column.add(self.form)
        self.stage.add(self.page.empty)
        self.stage.add(self.page)
        self.stage.set_zones(zones_of(self.spec.roles))

    def _make_actions(self) -> None:
        self.canvas_actions = CanvasActions(self.canvas)
        self.addActions(self.canvas_actions.all())
        taking, add = self.taking, self._action
        photos = add(self.tr("Choose photos…"), "choose", taking.choose_contents, "Ctrl+Shift+O")
        folder = add(self.tr("Choose a folder of photos…"), "choose_folder", taking.choose_folder)
        self.contents.well.addActions([photos, folder])
        add(self.tr("Choose a painting…"), "choose_style", lambda: taking.choose_styles(99))
        add(self.tr("Paint a mask"), "mask", self.mask_button.click, "Ctrl+M")
        add(self.tr("New seed"), "seed", self.seed.roll)
        add(self.tr("Swap photo and painting"), "swap", taking.swap)
        add(self.tr("Reset the settings"), "reset", self._reset)

    def _connect_parts(self) -> None:
        self.contents.changed.connect(self._on_contents)
        self.styles.changed.connect(self._on_setting)
        self.stage.dropped.connect(self.taking.take)
        self.taking.told.connect(self.told)
        self.taking.failed.connect(self.show_problem)
        self.form.changed.connect(lambda _: self._on_setting())
        self.seed.changed.connect(self._on_setting)
        self.masks.changed.connect(self._on_mask)
        self.masks.failed.connect(self.show_problem)
        self.page.empty.sample_requested.connect(self.try_sample)
        self.page.empty.browse_requested.connect(self.taking.choose_contents)

    def _load_thumbnail(self, ref: PictureRef, then: Callable[[QImage], None]) -> None:
        self.services.load_image(ref.sha256, then)

    # ---- reacting

    def _reset(self) -> None:
        self.form.reset()
        self._on_setting()

    def _on_contents(self) -> None:
        self.showcase.load_picture()
        self._show_page()
        self._on_setting()

    def _on_mask(self) -> None:
        self.mask_button.show_state()
        self._on_setting()

    def _on_setting(self, *, is_draft: bool = True) -> None:
        if self._is_restoring:
            return
        is_fine = self.form.fields["method"].value() == "fine"
        self.form.fields["steps"].setEnabled(is_fine)
        self.styles.setEnabled(self._needs_style())
        self.refresh_run()
        self._preview_soon.start()
        if is_draft:
            self.draft_changed.emit()

    def _ask_preview(self) -> None:
        content = self.contents.current
        if content is None or self.run_bar.is_working or not self.request_list():
            return
        styles = self.styles.pictures() if self._needs_style() else []
        self.showcase.expect_preview()
        self.preview_requested.emit(self._request(content, styles, preview=True))
