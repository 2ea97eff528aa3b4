"""The Style panel: a photograph, up to four paintings, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget

from studio.core.jobs import JobState, Problem, Request
from studio.core.panel import PanelSpec
from studio.panels.style import view_draft
from studio.panels.style.view_contents import Contents
from studio.panels.style.view_mask import Masks
from studio.panels.style.view_parts import MaskButton, StylePage, content_of, zones_of
from studio.panels.style.view_samples import sample_files
from studio.ui.panel_view import AssetLike, JobLike, PanelServices, PanelView
from studio.ui.translation import declared
from studio.ui.widgets import chooser, words
from studio.ui.widgets.canvas_actions import CanvasActions
from studio.ui.widgets.form import ParamsForm
from studio.ui.widgets.intake import Dropped, Intake
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.seed import SeedField
from studio.ui.widgets.size_field import SizeField
from studio.ui.widgets.weighted_wells import WeightedWells

TASK, VERSION = "style", 1
"""As `StyleTask` says; a contract test holds them equal, so that the window need not import the task."""
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
        self.intake = Intake(services, self)
        self._content_image: QImage | None = None
        self._results: dict[str, AssetLike] = {}
        """The last result of each photograph, by the photograph's content."""
        self._followed: Request | None = None
        self._is_restoring = False
        self._preview_soon = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._preview_soon.timeout.connect(self._ask_preview)
        self._unlight_soon = QTimer(self, singleShot=True, interval=60)
        self._unlight_soon.timeout.connect(lambda: self._light(False))
        self._is_hovered = self._is_preview_late = False
        self._make_column()
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

    def before_run(self) -> bool:
        """A mask still on its way goes first; then a new seed, if the last one was used."""
        if not self.masks.is_settled:
            self.masks.settle(self.run)
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

    def can_finish(self, job: JobLike) -> bool:
        """Fine improves a picture that is there already."""
        return job.request.params.get("method") == "fine"

    def _request(self, content: PictureRef, styles: Sequence[tuple[PictureRef, float]], *,
                 preview: bool = False) -> Request:
        mask = self.masks.of(content)
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
        self._results.clear()
        view_draft.restore(self, draft)
        self._is_restoring = False
        self._on_setting(is_draft=False)

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """Take pictures: the first one for the photo, then for the painting, unless ``role`` says which."""
        refs = [PictureRef.of(asset) for asset in assets if asset.kind == "image"]
        if role is None and len(refs) == 2 and not self.contents.pictures() and not self.styles.pictures():
            self.contents.set_pictures(refs[:1])
            self.styles.put(refs[1:], 0)
        elif role == "style" or (role is None and self.contents.pictures() and not self.styles.pictures()):
            self._add_styles(refs, len(self.styles.pictures()))
        elif refs:
            self.contents.set_pictures(refs)

    def try_sample(self) -> None:
        """Fill in the sample photograph and painting."""
        files = sample_files()
        if files is None:
            self.told.emit(self.tr("The samples are not installed."))
            return
        self.intake.take(Dropped(paths=files), self.give)

    # ---- what is shown

    def show_job(self, job: JobLike | None) -> None:
        """Also follow a batch from picture to picture, and remember what was made of each."""
        super().show_job(job)
        if job is None:
            return
        content = content_of(job.request)
        if job.state is JobState.RUNNING and self._followed is not job.request:
            self._followed = job.request
            self._go_to(content)
        elif job.state is JobState.DONE and job.assets:
            self._results[content] = job.assets[0]

    def show_preview(self, image: QImage) -> None:
        """Over the picture it belongs to, without moving it."""
        content, job = self.contents.current, self.job
        if content is None or (job is None and self._is_preview_late):
            return
        if job is not None and content_of(job.request) != content.sha256:
            return
        self.canvas.set_preview(image)
        self._show_page()

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A result over its photograph; another picture by itself."""
        self._is_preview_late = True  # one asked for earlier must not cover this
        self._go_to(next((sha256 for sha256, made in self._results.items() if made.id == asset.id), ""))
        content = self.contents.current
        if content is not None and asset.sha256 == content.sha256:
            self._restore_content()
            self.canvas.set_after(None)
        elif image.isNull():
            self.show_problem(Problem("This picture could not be shown.", "Try exporting it instead."))
        elif self._is_of_content(image):
            self._restore_content()
            self.canvas.set_after(image)
        else:
            self.canvas.set_before(None)
            self.canvas.set_after(image)
            self.canvas.show_new()
        self._show_page()

    def offer(self, mime: QMimeData | None) -> None:
        """Light up the wells and the zones over the canvas."""
        if mime is None and self._is_hovered:
            return  # it left the rest of the window, for one of these very places
        self._unlight_soon.stop()
        self._light(mime is not None)

    def _light(self, is_on: bool) -> None:
        light = "offer" if is_on else ""
        for well in (self.contents.well, *(cell.well for cell in self.styles.cells)):
            well.set_light(light)  # type: ignore[arg-type]  # a literal either way
        self.stage.light(is_on)

    def view_actions(self) -> list[QAction]:
        """Zoom and compare."""
        return self.canvas_actions.all()

    def _is_of_content(self, image: QImage) -> bool:
        """Whether it has the photograph's proportions."""
        content = self.contents.current
        if content is None or not content.height:
            return False
        ours, theirs = content.width / content.height, image.width() / max(image.height(), 1)
        return abs(ours / theirs - 1) < 0.02

    def _go_to(self, content: str) -> None:
        """Bring the photograph with this content to the front, if it is one of ours."""
        place = next((at for at, ref in enumerate(self.contents.pictures()) if ref.sha256 == content), None)
        if place is not None and place != self.contents.at:
            self.contents.go(place)

    def _restore_content(self) -> None:
        if self.canvas.before is None and self._content_image is not None:
            self.canvas.set_before(self._content_image)

    def _show_page(self) -> None:
        has_picture = bool(self.contents.pictures()) or self.canvas.after is not None
        self.stage.show_page(self.page if has_picture else self.page.empty)

    # ---- making

    def _make_column(self) -> None:
        self.contents = Contents(self._roles["content"], self.column)
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
        photos = self._action(self.tr("Choose photos…"), "choose", self._choose_contents, "Ctrl+Shift+O")
        folder = self._action(self.tr("Choose a folder of photos…"), "choose_folder", self._choose_folder)
        self.contents.well.addActions([photos, folder])
        self._action(self.tr("Choose a painting…"), "choose_style", lambda: self._choose_style(99))
        self._action(self.tr("Paint a mask"), "mask", self.mask_button.click, "Ctrl+M")
        self._action(self.tr("New seed"), "seed", self.seed.roll)
        self._action(self.tr("Swap photo and painting"), "swap", self.swap)
        self._action(self.tr("Reset the settings"), "reset", self._reset)

    def _connect_parts(self) -> None:
        self.contents.changed.connect(self._on_contents)
        self.contents.well.dropped.connect(partial(self._take, "content"))
        self.contents.well.browse_requested.connect(self._choose_contents)
        self.styles.changed.connect(self._on_setting)
        self.styles.dropped.connect(lambda dropped, place: self._take_styles(place, dropped))
        self.styles.browse_requested.connect(self._choose_style)
        self.stage.dropped.connect(self._take)
        for source in (self.contents.well, self.styles, self.stage):
            source.hovered.connect(self._on_hover)
        self.form.changed.connect(lambda _: self._on_setting())
        self.seed.changed.connect(self._on_setting)
        self.masks.changed.connect(self._on_mask)
        self.masks.failed.connect(self.show_problem)
        self.intake.failed.connect(self._on_refused)
        self.page.empty.sample_requested.connect(self.try_sample)
        self.page.empty.browse_requested.connect(self._choose_contents)

    # ---- taking pictures

    def _take(self, role: str, dropped: Dropped) -> None:
        self.intake.take(dropped, partial(self.give, role=role))

    def _take_styles(self, place: int, dropped: Dropped) -> None:
        self.intake.take(dropped, lambda assets: self._add_styles([PictureRef.of(a) for a in assets], place))

    def _add_styles(self, refs: Sequence[PictureRef], place: int) -> None:
        if left := self.styles.put(refs, place):
            self.told.emit(self.tr("There is room for four paintings; {pictures} did not fit.").format(
                pictures=words.pictures(left)))

    def _choose_contents(self) -> None:
        chooser.choose_pictures(self, self.tr("Photos to restyle"), self._take_files, many=True)

    def _choose_folder(self) -> None:
        chooser.choose_folder(self, self.tr("A folder of photos"), self._take_files)

    def _take_files(self, paths: list[Path]) -> None:
        self._take("content", Dropped(paths=tuple(paths)))

    def _choose_style(self, place: int) -> None:
        chooser.choose_pictures(self, self.tr("Paintings to follow"), lambda paths: self._take_styles(
            place, Dropped(paths=tuple(paths))), many=True)

    def swap(self) -> None:
        """The photo becomes the painting, and the other way round."""
        content, styles = self.contents.current, self.styles.pictures()
        if content is not None and styles:
            self.styles.set_pictures([(content, styles[0][1]), *styles[1:]])
            self.contents.set_pictures([styles[0][0]])

    def _reset(self) -> None:
        self.form.reset()
        self._on_setting()

    def _on_refused(self, problems: Sequence[Problem]) -> None:
        if len(problems) == 1:
            self.show_problem(problems[0])
            return
        details = "\n".join(problem.text for problem in problems)
        self.show_problem(Problem("{count} files could not be read.", "The others are here.",
                                  {"count": len(problems)}, details))

    def _on_hover(self, mime: QMimeData | None) -> None:
        self._is_hovered = mime is not None
        if mime is None:
            self._unlight_soon.start()  # soon, not now: it may go from one place to the next
        else:
            self.offer(mime)

    # ---- reacting

    def _on_contents(self) -> None:
        content = self.contents.current
        self._content_image = None
        self.masks.show_for(None)  # keeps the last strokes, before the canvas forgets them
        self.canvas.set_before(None)
        if content is not None:
            self.services.load_image(content.sha256, partial(self._show_content, content))
        self._show_page()
        self._on_setting()

    def _show_content(self, content: PictureRef, image: QImage) -> None:
        if content is not self.contents.current or image.isNull():
            return
        self._content_image = image
        self.canvas.set_before(image)
        self.canvas.show_new()
        self.contents.show_image(image)
        self.masks.show_for(content)
        if (result := self._results.get(content.sha256)) is not None and self.canvas.after is None:
            self.services.load_image(result.sha256, partial(self._show_result, content))

    def _show_result(self, content: PictureRef, image: QImage) -> None:
        if content is self.contents.current and self.canvas.after is None and not image.isNull():
            self.canvas.set_after(image)

    def _load_thumbnail(self, ref: PictureRef, then: Any) -> None:
        self.services.load_image(ref.sha256, then)

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
        self._restore_content()
        self._is_preview_late = False
        self.preview_requested.emit(self._request(content, styles, preview=True))
