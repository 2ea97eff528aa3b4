"""The Music panel: a piano roll, and a model that composes with the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.jobs import Input, JobState, Request
from studio.core.panel import PanelSpec, Role
from studio.core.score import TICKS, Track, bars
from studio.core.text import Token
from studio.panels.music import edits, view_actions, view_draft
from studio.panels.music.feelings import Reading, read
from studio.panels.music.view_column import MusicColumn
from studio.panels.music.view_first import empty_state
from studio.panels.music.view_page import MusicPage
from studio.panels.music.view_sheet import EMPTY, unpack
from studio.panels.music.view_take import Taking
from studio.panels.music.view_variants import Variant
from studio.ui import icons
from studio.ui.panel_view import AssetLike, JobLike, PanelServices, PanelView
from studio.ui.translation import declared
from studio.ui.widgets.background import in_background

_READ_MS = 250
"""Mood and chords are told anew so long after the last edit."""


class MusicView(PanelView):
    """The roll in the middle; what the model shall do on the right."""

    def __init__(self, spec: PanelSpec, services: PanelServices, parent: QWidget | None = None) -> None:
        super().__init__(spec, services, parent)
        self._made: dict[str, Arrangement | None] = {}
        """Results that are about to be shown, and what was on the roll when they were asked for."""
        self._asked: list[Request] = []
        self._before = EMPTY
        """What was on the roll when they were made."""
        self._shown_of_run = False
        self._is_read = EMPTY
        self.empty = empty_state()
        self.page = MusicPage(self.stage)
        self.settings = MusicColumn(self.column, services, spec.params, self.page.sheet)
        self.taking = Taking(self.page, services)
        self._read_soon = QTimer(self, singleShot=True, interval=_READ_MS)
        self.stage.add(self.empty)
        self.stage.add(self.page)
        self.run_bar.takes_folders = False
        self._looks = self._make_looks()
        view_actions.add_all(self, self._action)
        self._connect_parts()
        self.order_tabs()
        self._on_setting(is_draft=False)

    # ---- what a run would do

    def request_list(self) -> list[Request]:
        """One for each attempt; empty while something is missing."""
        return self.settings.requests()

    def template(self) -> None:
        """Folders of scores are not worked through."""

    def before_run(self) -> bool:
        """A new seed, if the last one was used."""
        self.settings.seed.take()
        return True

    def start(self, requests: Sequence[Request]) -> None:
        """A new run: the attempts of the last one make room."""
        self.page.variants.clear()
        self._shown_of_run = False
        self._asked, self._before = list(requests), self.page.sheet.arrangement
        super().start(requests)
        self._show_page()

    def run_caption(self, requests: Sequence[Request]) -> str:
        """Why not, or how long it takes."""
        if not requests:
            return self.tr("Something is missing: see above")
        return super().run_caption(requests)

    def refresh_run(self) -> None:
        """Named for what it does; notes are packed only when they are sent."""
        if self.job is None and not self._starting.isActive():
            reason = self.settings.why_not()
            self.run_bar.name_verb(self.settings.do.buttons[self.settings.do.value()].text())
            self.run_bar.show_idle(self.run_caption([] if reason else self._plain()), is_ready=not reason)

    def place_of(self, job: JobLike) -> str:
        """Which attempt it is."""
        count = len(self._asked)
        at = next((at for at, request in enumerate(self._asked) if request is job.request), -1)
        words = self.tr("{place} of {count}").format(place=at + 1, count=count)
        return words if count > 1 and at >= 0 else ""

    # ---- settings from outside

    def set_request(self, request: Request, assets: Mapping[str, Sequence[AssetLike]]) -> None:
        """Use these settings; what they started from goes onto the roll."""
        self.settings.use(request.params)
        self.settings.seed.set_seed(request.seed)
        self.settings.attempts.set_value(1)
        self._put_notes(request.params)
        for files in assets.values():
            self.taking.give(files)
        self._on_setting()

    def set_seed(self, seed: int) -> None:
        """Take over the seed of a result, and keep it."""
        self.settings.seed.set_seed(seed, locked=True)
        self._on_setting()

    def reload_models(self) -> None:
        """Models came or went."""
        self.settings.form.reload_models()
        self._on_setting(is_draft=False)

    def draft(self) -> dict[str, Any]:
        """Everything entered, and the notes."""
        return view_draft.draft_of(self)

    def flush(self) -> None:
        """Silence, and notes that are still being packed for the draft."""
        self.page.playing.close()
        if not self.page.sheet.is_packed and self.page.sheet.packed():
            self.draft_changed.emit()

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Show an earlier draft; {} clears the panel."""
        self.page.variants.clear()
        with self.settings.restoring():
            view_draft.restore(self, draft)
        self._on_setting(is_draft=False)
        self._show_page()

    def accepts(self, assets: Sequence[AssetLike]) -> list[Role]:
        """Scores for the roll, recordings for sound."""
        kinds = {asset.kind for asset in assets}
        return [role for role in self.spec.roles if role.kind in kinds]

    def give(self, assets: Sequence[AssetLike], role: str | None = None) -> None:
        """Onto the roll."""
        self.taking.give(assets)

    def clear(self) -> None:
        """An empty roll; undo brings the piece back."""
        self.page.sheet.edit(EMPTY, ())

    def draw_first(self) -> None:
        """An empty roll with one track, and a pencil in the hand."""
        if not self.page.sheet.arrangement.score.tracks:
            self.page.sheet.edit(edits.add_track(EMPTY, Track()))
        self.page.hand.take("draw")
        self._show_page()
        self.page.roll.setFocus()

    # ---- what is shown

    def view_actions(self) -> list[QAction]:
        """Zoom."""
        return self._looks

    def show_written(self, job: JobLike, tokens: Sequence[Token]) -> None:
        """Bars as they come."""
        self.page.arriving.take(job.request, tokens)

    def show_job(self, job: JobLike | None) -> None:
        """Also let go of what it told: its result comes, or nothing does."""
        super().show_job(job)
        if job is None or job.state.is_final:
            self.page.arriving.clear()
        if job is not None and job.state is JobState.DONE:
            is_asked = any(request is job.request for request in self._asked)
            for asset in job.assets:
                self._made[asset.id] = self._before if is_asked else None

    def show_asset(self, asset: AssetLike, image: QImage) -> None:
        """A result, or a score from the reel. A sound stays in the reel."""
        if asset.kind == "audio":
            self._made.pop(asset.id, None)
            self.told.emit(self.tr("{name} is in the reel below.").format(name=asset.name))
        elif asset.kind == "score" and asset.id in self._made:
            self.taking.load(asset, partial(self._show_result, self._made.pop(asset.id)))
        else:
            self.taking.give([asset])

    def offer(self, mime: QMimeData | None) -> None:
        """Light up what would take what is dragged."""
        if self.stage.page() is not self.page and mime is not None:
            self.stage.show_page(self.page)
        self.page.offer(mime)
        if mime is None:
            self._show_page()

    def focus_first(self) -> None:
        """The roll, or the empty place's first button."""
        (self.page.roll if self.stage.page() is self.page else self.empty.sample).setFocus()

    # ---- inside

    def _make_looks(self) -> list[QAction]:
        roll = self.page.roll
        made = []
        for name, glyph, text, do in (
                ("zoom_out", "zoom-out", self.tr("Narrower"), lambda: roll.zoom(0.8)),
                ("zoom_in", "zoom-in", self.tr("Wider"), lambda: roll.zoom(1.25)),
                ("zoom_fit", "zoom-fit", self.tr("All of the piece"), roll.fit)):
            action = QAction(text, self)
            action.setObjectName(f"action.music.{name}")
            icons.wear(action, glyph)
            action.triggered.connect(lambda _=False, do=do: do())
            made.append(action)
        return made

    def _connect_parts(self) -> None:
        page, settings = self.page, self.settings
        page.sheet.changed.connect(self._on_sheet)
        page.sheet.chosen.connect(self._on_chosen)
        page.sheet.was_packed.connect(self.draft_changed)
        page.arriving.changed.connect(self._on_arriving)
        page.dropped.connect(self.taking.take)
        page.variants.chosen.connect(self._choose_variant)
        settings.changed.connect(self._on_setting)
        self._read_soon.timeout.connect(self._read)
        self.taking.continue_wanted.connect(self._go_on)
        self.taking.recording_taken.connect(self._follow)
        self.empty.sample_requested.connect(self.taking.put_sample)
        self.empty.browse_requested.connect(self.draw_first)
        for part in (self.taking, page.deeds, page.tracks, page.chord):
            part.told.connect(self.told)
        for failing in (self.taking.failed, page.playing.failed):
            failing.connect(self.show_problem)

    def _plain(self) -> list[Request]:
        """What a run is, but for the notes: enough to tell how long it takes."""
        values = self.settings.form.values() | {"do": self.settings.do.value()}
        return [Request(self.spec.id, 1, values, (), 0)] * self.settings.attempts.value()

    def _put_notes(self, values: Mapping[str, Any]) -> None:
        sheet = self.page.sheet
        try:
            arrangement = unpack(str(values.get("notes", "")))
        except StudioError as error:
            self.told.emit(declared(error.template))
            return
        if arrangement is EMPTY:
            return
        sheet.edit(arrangement, ())
        found = bars(arrangement.score)
        first, last = values.get("first_bar", 0), values.get("last_bar", 0)
        if isinstance(first, int) and isinstance(last, int) and 0 < first <= last <= len(found):
            sheet.set_loop(found[first - 1].start, found[last - 1].end)
        tracks = str(values.get("tracks", ""))
        if tracks.isdigit():
            sheet.work_on(int(tracks) - 1)

    def _show_result(self, before: Arrangement | None, asset: AssetLike, arrangement: Arrangement) -> None:
        """The first of a run goes onto the roll, unless the person has gone on there meanwhile."""
        sheet = self.page.sheet
        is_first = not self._shown_of_run
        is_free = before is None or sheet.arrangement is before or sheet.is_empty
        if is_first and is_free:
            self._put_result(arrangement)
        elif is_first:
            self.told.emit(self.tr("Ready. The roll has changed meanwhile: choose the attempt below."))
            self.page.variants.add(Variant("", self.tr("Yours"), sheet.arrangement), is_current=True)
        self._shown_of_run = True
        self.page.variants.add(Variant(asset.id, asset.name, arrangement), is_current=is_first and is_free)

    def _put_result(self, arrangement: Arrangement) -> None:
        was_empty = self.page.sheet.is_empty
        self.page.sheet.edit(arrangement, ())
        if was_empty or arrangement.score.length > 64 * 4 * TICKS:
            self.page.roll.fit()

    def _choose_variant(self, variant: Variant) -> None:
        self.page.sheet.edit(variant.arrangement, ())

    def _go_on(self) -> None:
        self.settings.do.set_value("continue")
        self._on_setting()

    def _follow(self, recording: Input) -> None:
        """A recording: a sound follows its tune, where there is a model for it."""
        if not self.settings.sound_model() and self.settings.engine() != "music.gen":
            self.told.emit(self.tr("A recording is for an audio model that follows a tune, and there is "
                                   "none here. MIDI, MusicXML and ABC go onto the roll."))
            return
        self.settings.inputs = (recording,)
        self.settings.follow_sound()
        self.told.emit(self.tr("The sound will follow {name}.").format(name=recording.name))

    def _on_arriving(self) -> None:
        arriving, roll = self.page.arriving, self.page.roll
        was_showing = bool(roll.live)
        roll.show_live(list(arriving.notes), arriving.shown().score if arriving.is_fresh else None)
        if arriving.notes and not was_showing:
            self._show_page()

    def _on_sheet(self) -> None:
        self._read_soon.start()
        self._show_page()
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.settings.refresh()
        self.refresh_run()
        if not self.settings.is_restoring:
            self.draft_changed.emit()

    def _on_setting(self, *, is_draft: bool = True) -> None:
        self.settings.refresh()
        self.refresh_run()
        if is_draft:
            self.draft_changed.emit()

    def _show_page(self) -> None:
        sheet, arriving = self.page.sheet, self.page.arriving
        has_work = bool(sheet.arrangement.score.tracks) or sheet.steps.can_undo or bool(arriving.notes)
        self.stage.show_page(self.page if has_work else self.empty)

    def _read(self) -> None:
        arrangement = self.page.sheet.arrangement
        if arrangement is not self._is_read:
            self._is_read = arrangement
            in_background(self.page, lambda: (arrangement, read(arrangement.score)), self._on_read)

    def _on_read(self, answer: tuple[Arrangement, Reading]) -> None:
        arrangement, reading = answer
        if arrangement is self.page.sheet.arrangement:
            self.page.roll.show_reading(reading)
            felt = reading.felt
            count = max(1, len(felt))
            mean = (sum(f.valence for f in felt) / count, sum(f.energy for f in felt) / count)
            self.settings.pad.pad.show_felt(mean if felt else None)
