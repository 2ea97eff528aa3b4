"""Everything the Music panel can do, as actions for the menu, the keys and the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from studio.panels.music.view import MusicView

translate = QCoreApplication.translate
Add = Callable[..., QAction]
"""Text, name, what it does, keys."""


def add_all(view: MusicView, add: Add) -> None:
    """Give ``view`` its actions; ``add`` makes one."""
    _add_transport(view, add)
    notes = _add_notes(view, add)
    _add_rest(view, add)

    def open_menu(place: QPoint) -> None:
        menu = QMenu(view.page.roll)
        menu.addActions(notes)
        menu.popup(place)
    view.page.roll.menu_wanted.connect(open_menu)


def _add_transport(view: MusicView, add: Add) -> None:
    page = view.page
    add(translate("MusicView", "Play or pause"), "play", page.playing.toggle, "F5")
    add(translate("MusicView", "Stop playing"), "silence", page.playing.stop, "Shift+F5")
    add(translate("MusicView", "Loop the chosen bars"), "loop", page.deeds.loop)
    add(translate("MusicView", "The attempt before"), "back", partial(page.variants.step, -1), "Alt+Left")
    add(translate("MusicView", "The next attempt"), "forth", partial(page.variants.step, 1), "Alt+Right")


def _add_notes(view: MusicView, add: Add) -> list[QAction]:
    deeds, sheet = view.page.deeds, view.page.sheet
    rows = (
        (translate("MusicView", "Undo on the roll"), "notes_undo", sheet.undo),
        (translate("MusicView", "Redo on the roll"), "notes_redo", sheet.redo),
        (translate("MusicView", "Cut notes"), "cut", deeds.cut),
        (translate("MusicView", "Copy notes"), "copy", deeds.copy),
        (translate("MusicView", "Paste notes at the playhead"), "paste", deeds.paste),
        (translate("MusicView", "Duplicate notes"), "duplicate", deeds.duplicate),
        (translate("MusicView", "Delete notes"), "delete", deeds.delete),
        (translate("MusicView", "Choose all notes of the track"), "all", deeds.choose_all),
        (translate("MusicView", "Lock or unlock notes"), "lock", deeds.lock),
        (translate("MusicView", "Bring notes to the grid"), "quantise", deeds.quantise),
        (translate("MusicView", "An octave up"), "octave_up", partial(deeds.transpose, 12)),
        (translate("MusicView", "An octave down"), "octave_down", partial(deeds.transpose, -12)),
        (translate("MusicView", "A semitone up"), "semitone_up", partial(deeds.transpose, 1)),
        (translate("MusicView", "A semitone down"), "semitone_down", partial(deeds.transpose, -1)),
        (translate("MusicView", "Write the chord here"), "chord", view.page.write_chord))
    return [add(text, name, do) for text, name, do in rows]


def _add_rest(view: MusicView, add: Add) -> None:
    page, settings = view.page, view.settings
    add(translate("MusicView", "Add a track"), "track", page.tracks.add_track)
    add(translate("MusicView", "Remove the track"), "untrack", page.tracks.remove_track)
    add(translate("MusicView", "Open a score…"), "open", view.taking.choose, "Ctrl+Shift+O")
    add(translate("MusicView", "Clear the roll"), "clear", view.clear)
    add(translate("MusicView", "New seed"), "seed", settings.seed.roll)
    add(translate("MusicView", "Reset the settings"), "reset", settings.reset)
