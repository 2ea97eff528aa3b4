"""The Image panel's tools at work: puts them into the column and over the canvas, and answers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout

from studio.core import prompt_lists, wildcards
from studio.core.jobs import Request
from studio.core.sheets import SEED, Sheet
from studio.panels.image import view_fits
from studio.panels.image.params import ImageParams
from studio.panels.image.view_extend import ExtendBox
from studio.panels.image.view_extend_handles import ExtendHandles
from studio.panels.image.view_fields import SCHEDULERS
from studio.panels.image.view_mask import MaskBox, MaskTint
from studio.panels.image.view_play import GRID_LOOK, LOOK, PlayBox
from studio.panels.image.view_sheet import SheetMaker, told
from studio.panels.image.view_sheet_pick import SheetPicker
from studio.panels.image.view_tools import ExtendTool, MaskTool, PlayTool, SheetTool
from studio.panels.image.view_vary import VaryButtons, can_vary, variations
from studio.ui.widgets import words
from studio.ui.widgets.fold import Fold
from studio.ui.widgets.masks import Masks
from studio.ui.widgets.picture_ref import PictureRef

if TYPE_CHECKING:
    from studio.panels.image.view import ImageView
    from studio.ui.panel_view import AssetLike

_LOOK_MS = 30
_GRID_SIZE = "1088x1088"
"""Of a grid's picture, about: what earlier ones took is counted by the pixel."""


class Bench(QObject):
    """Mask, room around, variations, playground, sheets."""

    def __init__(self, view: ImageView) -> None:
        super().__init__(view)
        self._view, self._settings, self._showcase = view, view.settings, view.showcase
        self._asset: AssetLike | None = None
        """On the canvas."""
        self._made: Request | None = None
        """What made it, and from what."""
        self._made_of: Mapping[str, Sequence[AssetLike]] = {}
        self._is_look_due = False
        """Whether a look was asked for and has not come."""
        self._make_tools()
        self._look_soon = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look_soon.timeout.connect(self._look)
        self._lay_out()
        self._connect()
        self.refresh()

    # ---- for the view

    def refresh(self) -> None:
        """Settings, model or picture changed."""
        picture = self._settings.pictures.current
        self._settings.below_picture.setVisible(picture is not None)
        self.extend.set_picture(None if picture is None else QSize(picture.width, picture.height))
        self.play.set_room(self._settings.abilities().is_sticker)
        self.maker.refresh()
        self.play.show_grid_time(self._grid_time())
        self.handles.place()

    def set_working(self, is_working: bool) -> None:
        """Whether something is being made, so that nothing else can be asked for."""
        self.maker.set_working(is_working)
        self.play.grid.setEnabled(not is_working and self._now() is not None)
        self.vary.setEnabled(not is_working and can_vary(self._made))

    def settle(self) -> bool:
        """Whether the masks are ready for a run; where they are not, the view's `run` follows."""
        pictures = self._settings.pictures.pictures()
        if self.masks.is_settled(pictures):
            return True
        self.masks.settle(pictures, self._view.run)
        return False

    def show_mask(self) -> None:
        """The mask of the picture on the canvas may be another one now."""
        canvas, picture = self._view.canvas, self._settings.pictures.current
        if picture is not None and canvas.before is not None:
            canvas.brush.set_picture(None)
            canvas.brush.set_picture(canvas.before.size)
            self.masks.show_for(picture)

    def show_asset(self, asset: AssetLike) -> None:
        """``asset`` is on the canvas: a sheet can be clicked, another picture be varied."""
        self._asset, self._made, self._made_of = asset, None, {}
        self.picker.show_facts(asset.facts)
        self._show_idle()
        self._view.services.recipe_of(asset, partial(self._know, asset))

    def show_look(self, image: QImage) -> None:
        """The look that was asked for has come."""
        self._is_look_due = False
        self.show_other()
        self._showcase.show_preview(image, None)

    def look_again(self) -> None:
        """Something else was quicker to be answered: only the newest question waits."""
        if self._is_look_due:
            self._look()

    def show_other(self) -> None:
        """A preview is on the canvas, or another picture."""
        self._asset, self._made, self._made_of = None, None, {}
        self.picker.show_facts(None)
        self._show_idle()

    def actions(self) -> list[tuple[str, str, Callable[[], object], str]]:
        """(text, name, what it does, shortcut) of what can be done from the keyboard."""
        return [
            (self.tr("Paint a mask"), "mask", self.mask.button.click, "Ctrl+M"),
            (self.tr("Paint beyond the edges"), "extend", self.extend.button.click, ""),
            (self.tr("Vary near"), "vary_near", self.vary.near.click, ""),
            (self.tr("Vary far"), "vary_far", self.vary.far.click, ""),
            (self.tr("Playground"), "play", lambda: self.play_fold.set_open(True), ""),
            (self.tr("Sheet of pictures"), "sheet", lambda: self.sheet_fold.set_open(True), ""),
            (self.tr("8 × 8 pictures around here"), "grid", self.play.grid.click, "")]

    # ---- making

    def _make_tools(self) -> None:
        view, column, canvas = self._view, self._view.column, self._view.canvas
        self.masks = Masks(canvas, view.services)
        self.mask = MaskBox(canvas, column)
        self.tint = MaskTint(canvas, self.mask)
        self.extend = ExtendBox(column)
        self.extend.shown.connect(self._on_extend_shown)  # before the handles hear of it
        self.handles = ExtendHandles(canvas, self.extend)
        self.vary, self.play = VaryButtons(column), PlayBox(column)
        self.maker = SheetMaker(self._now, self._estimate, self._choices, column)
        self.picker = SheetPicker(canvas)
        self.play_fold = Fold(self.tr("Variations and playground"), "tools.play", column)
        self.sheet_fold = Fold(self.tr("Sheet of pictures"), "tools.sheet", column)
        self._settings.tools += [
            MaskTool(self.masks, self.mask), ExtendTool(self.extend),
            PlayTool(self.play, partial(self.play_fold.set_open, True)), SheetTool(self.maker)]

    def _lay_out(self) -> None:
        below = QVBoxLayout(self._settings.below_picture)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.mask)
        below.addWidget(self.extend)
        for fold, widgets in ((self.play_fold, (self.vary, self.play)), (self.sheet_fold, (self.maker,))):
            for widget in widgets:
                fold.content.addWidget(widget)
            self._view.column.add(fold)

    def _connect(self) -> None:
        view, changed = self._view, self._settings.changed
        for signal in (self.mask.changed, self.extend.changed, self.play.changed, self.maker.changed):
            signal.connect(changed)
        self.masks.changed.connect(changed)
        self.masks.failed.connect(view.show_problem)
        self.play.changed.connect(self._look_soon.start)
        self.play.grid_wanted.connect(partial(self.make_sheet, GRID_LOOK))
        self.maker.wanted.connect(partial(self.make_sheet, {}))
        self.vary.wanted.connect(self._vary)
        self.picker.taken.connect(self._take)
        self._showcase.came.connect(self.masks.show_for)
        view.taking.mask_given.connect(self._on_mask_given)
        view.canvas.brush.options_changed.connect(self._on_brush)

    # ---- what the tools ask

    def make_sheet(self, look: Mapping[str, Any], x: str, y: str) -> None:
        """Have a sheet made over two settings; ``look`` goes before what the fields say."""
        pictures = self._settings.pictures.pictures()
        if self._view.run_bar.is_working or self._now() is None:
            return
        if not self.masks.is_settled(pictures):
            self.masks.settle(pictures, partial(self.make_sheet, look, x, y))
            return
        seed = self._settings.seed.take()
        lines = {**look, "sheet_x": x, "sheet_y": y}
        self._view.start([self._settings.request(self._settings.pictures.current, seed, lines)])

    def _now(self) -> Request | None:
        """The picture as it would be made now; None while there are no words."""
        return next(iter(self._settings.requests()), None)

    def _estimate(self, request: Request) -> float | None:
        size = request.params.get("size") or "x".join(map(str, self._settings.size.pixels()))
        return self._view.services.estimate(replace(request, params={**request.params, "size": size}))

    def _grid_time(self) -> str:
        sheet, request = Sheet.parse(*self.play.grid_axes(), ImageParams.settings()), self._now()
        if sheet is None or request is None:
            return ""
        x, y = self.play.grid_axes()
        whole = {**request.params, **GRID_LOOK, "size": _GRID_SIZE, "sheet_x": x, "sheet_y": y}
        seconds = self._view.services.estimate(replace(request, params=whole))  # from earlier grids
        count = words.pictures(sheet.columns * sheet.rows)
        return count if seconds is None else f"{count}  ·  {words.about(seconds)}"

    def _choices(self, name: str) -> Sequence[str]:
        if name == "model":
            return [model.id for model in view_fits.painters(self._view.services.models())]
        if name == "scheduler" and self._settings.abilities().has_schedulers:
            return [value for value, _ in SCHEDULERS]
        return ()

    def _vary(self, is_far: bool) -> None:
        if self._made is not None and not self._view.run_bar.is_working:
            self._view.start(variations(self._made, is_far=is_far))

    def _look(self) -> None:
        """A small, quick picture of where the playground is now."""
        picture = self._settings.pictures.current
        self._is_look_due = False
        if self._view.run_bar.is_working or self._now() is None or not self.play.has_room:
            return
        self._is_look_due = True
        request = self._settings.request(picture, self._settings.seed.seed(), LOOK)
        alone = replace(request, inputs=tuple(item for item in request.inputs if item.role == "picture"))
        self._showcase.expect_preview()
        self._showcase.size_wanted = QSize(*self._settings.size.pixels())
        params = wildcards.settled(alone.params, alone.seed, prompt_lists.find)
        self._view.preview_requested.emit(replace(alone, params=params))

    def _take(self, cell: Mapping[str, Any]) -> None:
        """The settings of a cell, and all else as the sheet was made."""
        if self._made is None:
            return
        params = {name: value for name, value in cell.items() if name != SEED}
        params = {**self._made.params, **self._own(self._made), "sheet_x": "", "sheet_y": "", **params}
        request = replace(self._made, params=params, seed=int(cell.get(SEED, self._made.seed)))
        self._view.set_request(request, self._made_of)
        self._view.told.emit(self.tr("Taken over: {settings}").format(settings=told(cell)))

    def _own(self, request: Request) -> dict[str, Any]:
        """The grid's pictures are small and quick; one that is taken is made as the fields say."""
        is_grid = all(request.params.get(name) == line for name, line in
                      zip(("sheet_x", "sheet_y"), self.play.grid_axes(), strict=True))
        is_grid = is_grid and all(request.params.get(name) == value for name, value in GRID_LOOK.items())
        now = self._settings.values()
        return {name: now[name] for name in GRID_LOOK} if is_grid else {}

    # ---- reacting

    def _know(self, asset: AssetLike, answer: Any) -> None:
        if asset is self._asset and answer is not None:
            self._made, self._made_of = answer
            self._show_idle()

    def _show_idle(self) -> None:
        self.set_working(self._view.run_bar.is_working)

    def _on_extend_shown(self, is_on: bool) -> None:
        if is_on:
            self._showcase.expect_preview()  # the picture itself comes back

    def _on_brush(self) -> None:
        if self._view.canvas.brush.is_on:
            self.extend.button.setChecked(False)

    def _on_mask_given(self, asset: AssetLike) -> None:
        if (picture := self._settings.pictures.current) is None:
            self._view.told.emit(self.tr("First a picture to start from, then its mask."))
            return
        self.masks.put(picture, PictureRef.of(asset))
        self.masks.show_for(picture)
        self._settings.changed.emit()
