"""Panels at work: makes their views, runs what they ask for, shows them what happens."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from studio.core.jobs import JobState, Request
from studio.core.panel import PanelSpec, front_panel
from studio.core.provenance import Recipe
from studio.project.exchange import settings_in
from studio.ui import asset_lookup, borrowing
from studio.ui.notices import Offer
from studio.ui.pages import Pages
from studio.ui.panel_view import PanelServices, PanelView
from studio.ui.parts import Parts
from studio.ui.translation import declared

if TYPE_CHECKING:
    from studio.engines.messages import Wrote
    from studio.library.catalog import Model
    from studio.project.generation_read import Borrowed
    from studio.project.store import Asset
    from studio.ui.early import Early
    from studio.ui.jobs import Job
    from studio.ui.sound_window import SoundWindow

_DRAFT_MS = 700
"""A draft is kept this long after the first change since it was kept last."""
_SEEDS = 2**32


class PanelDesk(QObject):
    """One view for each panel, made when first shown."""

    export_wanted = Signal(object)
    """An asset, to be asked where it goes as a file."""
    brought = Signal(object)
    """The path of the one file that was given to a panel itself."""

    def __init__(self, parts: Parts, models: Any) -> None:
        super().__init__(parts.window)
        self._parts, self._models = parts, models
        self._specs = {spec.id: spec for spec in parts.panels}
        self._views: dict[str, PanelView] = {}
        self._drafts: dict[str, QTimer] = {}
        self._touched: set[str] = set()
        self._is_first = True
        self._noted: tuple[str, set[str]] = ("", set())
        """A batch, and what its jobs have said."""
        self._sounds: SoundWindow | None = None
        self._pages = Pages(parts.document, self)
        parts.document.leaving.connect(self.flush)
        for spec in parts.panels:
            parts.window.add_page(spec.id, partial(self._make, spec))
        parts.window.page_shown.connect(self._on_page_shown)
        parts.runner.changed.connect(self._on_job)
        parts.runner.ended.connect(self._on_ended)
        parts.runner.previewed.connect(self._on_previewed)
        parts.runner.wrote.connect(self._on_wrote)

    # ---- views

    def view(self, panel: str) -> PanelView:
        """The view of ``panel``, in front now."""
        return cast(PanelView, self._parts.window.show_page(panel))

    @property
    def front(self) -> PanelView | None:
        """The panel in front, if one is."""
        return self._views.get(self._parts.window.page)

    def any_view(self) -> PanelView:
        """The panel in front, or the one used last brought to the front."""
        last = self._parts.kept.recall("last_panel")
        return self.front or self.view(front_panel(self._parts.panels, last).id)

    def reload(self) -> None:
        """Another project is open: show its drafts."""
        if not self._is_first:
            self._touched.clear()
        self._is_first = False
        for panel in self._views:
            self._load_draft(panel)

    def reload_models(self) -> None:
        """Models came or went."""
        for view in self._views.values():
            view.reload_models()

    def flush(self) -> None:
        """Keep every page and every draft now."""
        for view in self._views.values():
            view.flush()
        for panel, timer in self._drafts.items():
            if timer.isActive():
                timer.stop()
                self._keep_draft(panel)

    def adopt(self, early: Early, view: PanelView) -> None:
        """Take over ``view``, which was there before what stands behind it."""
        early.connect(self._services(early.spec))
        self._connect(early.spec, view)
        view.reload_models()
        if early.is_touched:
            self._draft_changed(early.spec.id)

    def _make(self, spec: PanelSpec) -> PanelView:
        module, _, name = spec.view.partition(":")
        view: PanelView = getattr(import_module(module), name)(spec, self._services(spec))
        self._connect(spec, view)
        return view

    def _connect(self, spec: PanelSpec, view: PanelView) -> None:
        view.run_requested.connect(partial(self._run, spec))
        view.preview_requested.connect(partial(self._preview, view))
        view.stop_requested.connect(partial(self._stop, spec.id))
        view.finish_requested.connect(partial(self._finish, spec.id))
        view.export_requested.connect(self.export_wanted)
        view.told.connect(lambda words: self._parts.window.notices.show_notice(words))
        view.draft_changed.connect(partial(self._draft_changed, spec.id))
        self._views[spec.id] = view
        if self._parts.document.is_open:
            self._load_draft(spec.id)

    def _services(self, spec: PanelSpec) -> PanelServices:
        document = self._parts.document
        return PanelServices(
            load_image=self._parts.pictures.load, import_files=self._import_files,
            import_bytes=partial(asset_lookup.import_bytes, document),
            find_asset=partial(asset_lookup.find, document),
            models=lambda: self._models_for(spec), estimate=self._estimate,
            load_text=partial(asset_lookup.load_text, document),
            load_bytes=partial(asset_lookup.load_bytes, document),
            recipe_of=partial(asset_lookup.recipe_of, document),
            keep_version=partial(asset_lookup.keep_page, document, spec.id),
            load_page=partial(self._pages.load, spec.id), keep_edits=partial(self._pages.keep, spec.id))

    def _import_files(self, paths: Sequence[Path], then: Callable[[Any], None]) -> None:
        self._parts.document.import_files(paths, then)
        if len(paths) == 1:
            self.brought.emit(paths[0])

    def _models_for(self, spec: PanelSpec) -> Sequence[Model]:
        return [model for model in self._models() if model.task.partition(".")[0] == spec.id]

    def _estimate(self, request: Request) -> float | None:
        content = next((item for item in request.inputs if item.role == "content"), None)
        asset = self._parts.reel.model.asset(content.asset) if content and content.asset else None
        facts = asset.facts if asset is not None else {}
        width, height = int(facts.get("width", 0)), int(facts.get("height", 0))
        size = request.params.get("size", 0) or 0
        if isinstance(size, str):  # both sides, such as "512x768"
            sides = [int(side) if side.isdecimal() else 0 for side in size.split("x")]
            width, height = sides if len(sides) == 2 else (0, 0)
        elif size and max(width, height):
            share = int(size) / max(width, height)
            width, height = round(width * share), round(height * share)
        return self._parts.runner.estimate(request, width * height) if width and height else None

    # ---- work

    def submit(self, panel: str, requests: Sequence[Request]) -> None:
        """Queue ``requests`` of ``panel``."""
        verb = declared(self._specs[panel].verb)
        labels = [_label(verb, request) for request in requests]
        self._parts.runner.submit(requests, panel=panel, label=labels)

    def _run(self, spec: PanelSpec, requests: Sequence[Request]) -> None:
        self._keep_draft(spec.id)
        self.submit(spec.id, requests)

    def _preview(self, view: PanelView, request: Request) -> None:
        self._parts.runner.preview(request, partial(view.show_answer, request),
                                    partial(view.show_refusal, request), partial(view.show_said, request))

    def _stop(self, panel: str) -> None:
        runner = self._parts.runner
        current = runner.current
        job = current if current and current.panel == panel else None
        batch = job.batch if job else ""
        for waiting in runner.waiting:
            if waiting.panel == panel and (job is None or (batch and waiting.batch == batch)):
                runner.stop(waiting)
        if job:
            runner.stop(job)

    def _finish(self, panel: str) -> None:
        current = self._parts.runner.current
        if current and current.panel == panel:
            self._parts.runner.finish(current)

    def _on_job(self, job: Job) -> None:
        if (view := self._views.get(job.panel)) and not job.state.is_final:
            current = self._parts.runner.current
            if current is None or current is job or current.panel != job.panel:
                view.show_job(job)

    def _on_previewed(self, job: Job, image: QImage) -> None:
        if (view := self._views.get(job.panel)) and job.delivery is None:
            view.show_preview(image)

    def _on_wrote(self, job: Job, wrote: Wrote) -> None:
        if (view := self._views.get(job.panel)) and job.delivery is None:
            view.show_written(job, wrote.tokens)

    def _on_ended(self, job: Job) -> None:
        view = self._views.get(job.panel)
        is_told = job.delivery is not None  # by the report of its folder
        has_card = job.state is JobState.FAILED and not is_told
        if view is not None:
            view.show_job(None if job.state is JobState.FAILED and is_told else job)
            waiting = self._parts.runner.waiting
            following = next((other for other in waiting if other.panel == job.panel), None)
            if following and not self._parts.runner.is_paused and not has_card:
                view.show_job(following)
        if is_told:
            return
        if job.assets:
            self._show_result(job, view)
        self._tell_notes(job)
        if job.state is JobState.FAILED and job.problem and (view is None or view is not self.front):
            self._tell_failure(job)

    def _tell_notes(self, job: Job) -> None:
        """Of several jobs that belong together, what each of them says is said once."""
        if not job.batch or job.batch != self._noted[0]:
            self._noted = (job.batch, set())
        view = self._views.get(job.panel)
        view = self._views.get(job.panel)
        for note in view.news(job.notes) if view is not None else job.notes:
            if note not in self._noted[1]:
                self._noted[1].add(note)
                self._parts.window.notices.show_notice(declared(note), kind="warn", seconds=12)

    def _show_result(self, job: Job, view: PanelView | None) -> None:
        asset = job.assets[0]
        if view is not None:
            self._show(asset, view)
        if view is not self.front:
            show = Offer(self.tr("Show"), lambda: self.view(job.panel))
            words = self.tr("Ready: {name}").format(name=job.label)
            self._parts.window.notices.show_notice(words, show, kind="ok")

    def _tell_failure(self, job: Job) -> None:
        again = Offer(self.tr("Try again"), lambda: self._parts.runner.retry(job))
        if job.problem:
            self._parts.window.notices.show_problem(job.problem, again)

    # ---- what the reel asks for

    def show_asset(self, asset: Asset) -> None:
        """Show ``asset`` large: a picture in the panel in front, else where things of its kind are made."""
        if asset.kind == "image":
            self._show(asset, self.any_view())
        elif maker := next((spec for spec in self._specs.values() if spec.makes == asset.kind), None):
            self._show(asset, self.view(maker.id))
        elif asset.kind == "audio":
            self._show_sound(asset)

    def _show_sound(self, asset: Asset) -> None:
        """In a window of its own: no panel works on it."""
        from studio.ui.sound_window import SoundWindow

        if self._sounds is None:
            self._sounds = SoundWindow(self._parts.document, self._parts.window)
        self._sounds.show_asset(asset)

    def _show(self, asset: Asset, view: PanelView) -> None:
        if asset.kind == "image":
            self._parts.pictures.load(asset, partial(view.show_asset, asset))
        else:
            view.show_asset(asset, QImage())

    def give(self, assets: Sequence[Asset], panel: str = "") -> None:
        """Hand ``assets`` to a panel, by default the one in front."""
        view = self.view(panel) if panel in self._specs else self.any_view()
        if view.accepts(assets):
            view.give(assets)

    def use_settings(self, asset: Asset) -> None:
        """Make the panel as it was when ``asset`` was made, here or, if its file tells, elsewhere."""
        self._with_recipe(asset, self._use_found, lambda project: settings_in(project.content(asset.id)))

    def use_seed(self, asset: Asset) -> None:
        """Take over the seed of ``asset`` only."""
        panel = front_panel(self._parts.panels, asset.panel).id
        self._with_recipe(asset, lambda recipe: self.view(panel).set_seed(recipe.seed))

    def vary(self, asset: Asset) -> None:
        """Make ``asset`` again with another seed."""
        self._with_recipe(asset, lambda recipe: self.submit(
            asset.panel, [_varied(self._specs[asset.panel], recipe.request)]))

    def use_recipe(self, request: Request) -> None:
        """Fill the panel of ``request`` with it; inputs that are not in this project stay empty."""
        panel = request.task.partition(".")[0]
        if panel not in self._specs:
            words = self.tr("These settings are for a panel that is not here: {panel}.").format(panel=panel)
            self._parts.window.notices.show_notice(words, kind="warn")
            return
        view = self.view(panel)
        asset_lookup.inputs_of(self._parts.document, request, lambda found: self._fill(view, request, found))

    def use_borrowed(self, borrowed: Borrowed) -> None:
        """Fill the panel with what another program told in a picture, and say what is missing."""
        spec = self._specs[borrowed.request.task]
        view = self.view(spec.id)
        draft, models = view.draft(), self._models_for(spec)
        made = borrowing.fitted(borrowed, draft.get("params", {}), int(draft.get("seed", 0)), models)
        view.set_request(made.request, {})
        if hint := borrowing.in_words(made):
            self._parts.window.notices.show_notice(self.tr("Settings taken over."), hint=hint, seconds=20)

    def can_borrow(self, borrowed: Borrowed) -> bool:
        """Whether the panel is here that these settings are for."""
        return borrowed.request.task in self._specs

    def _fill(self, view: PanelView, request: Request, found: dict[str, list[Asset]]) -> None:
        view.set_request(request, found)
        missing = len(request.inputs) - sum(len(assets) for assets in found.values())
        if missing:
            words = self.tr("Settings taken over. {count} of its pictures are not in this project.")
            self._parts.window.notices.show_notice(words.format(count=missing))

    def _use_found(self, found: Recipe | Borrowed) -> None:
        if isinstance(found, Recipe):
            self.use_recipe(replace(found.request, seed=found.seed))
        elif self.can_borrow(found):
            self.use_borrowed(found)

    def _with_recipe(self, asset: Asset, then: Any, otherwise: Any = lambda project: None) -> None:
        """Call ``then`` with the recipe of ``asset``, or what ``otherwise`` finds in the project instead."""
        def answer(recipe: Recipe | None) -> None:
            if recipe is None:
                words = self.tr("This has no recipe: it was brought in or written.")
                self._parts.window.notices.show_notice(words)
            else:
                then(recipe)
        self._parts.document.call(lambda project: project.recipe(asset.id) or otherwise(project), answer)

    # ---- drafts

    def _draft_changed(self, panel: str) -> None:
        self._touched.add(panel)
        if panel not in self._drafts:
            self._drafts[panel] = QTimer(self, singleShot=True, interval=_DRAFT_MS)
            self._drafts[panel].timeout.connect(partial(self._keep_draft, panel))
        if not self._drafts[panel].isActive():
            self._drafts[panel].start()

    def _keep_draft(self, panel: str) -> None:
        if not self._parts.document.read_only and self._parts.document.is_open:
            draft = self._views[panel].draft()
            self._parts.document.call(lambda project: project.set_draft(panel, draft))

    def _load_draft(self, panel: str) -> None:
        """Show the draft kept in the project, unless a person was quicker and has begun something."""
        def show(draft: dict[str, Any]) -> None:
            if panel not in self._touched:
                self._views[panel].set_draft(draft)
        self._parts.document.call(lambda project: project.draft(panel), show)

    def _on_page_shown(self, page: str) -> None:
        if page in self._specs:
            self._parts.runner.warm(page)


def _varied(spec: PanelSpec, request: Request) -> Request:
    """``request`` with another seed, and room for it to show."""
    params = spec.params.from_json(request.params)
    raised = {name: value for name, value in spec.vary.items()
              if getattr(params, name) == spec.params.settings()[name].default}
    return replace(request, params={**params.to_json(), **raised}, seed=secrets.randbelow(_SEEDS))


def _label(verb: str, request: Request) -> str:
    name = next((item.name for item in request.inputs if item.name), "")
    return f"{verb}: {name}" if name else verb
