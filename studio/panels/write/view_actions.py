"""Everything the Write panel can do, as actions for the menu, the keys and the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from studio.panels.write.view import WriteView


translate = QCoreApplication.translate
Add = Callable[..., QAction]
"""Text, name, what it does, keys."""


def add_all(view: WriteView, add: Add) -> None:
    """Give ``view`` its actions; ``add`` makes one."""
    _add_ways(view, add)
    _add_looks(view, add)
    _add_tasks(view, add)
    _add_files(view, add)


def _add_ways(view: WriteView, add: Add) -> None:
    again = add(translate("WriteView", "Another attempt"), "retry", view.retry, "Ctrl+R")
    add(translate("WriteView", "The attempt before"), "back", lambda: view.step(-1), "Alt+Left")
    add(translate("WriteView", "The next attempt"), "forth", lambda: view.step(1), "Alt+Right")
    add(translate("WriteView", "All attempts"), "tree", view.guide.open_tree, "Ctrl+Shift+R")
    odds = add(translate("WriteView", "What the model considered here"), "odds", view.ponder, "Alt+Down")
    view.page.editor.menu_wanted.connect(lambda menu: menu.addActions([again, odds]))


def _add_looks(view: WriteView, add: Add) -> None:
    line, find = view.page.line, view.page.editor.open_find
    add(translate("WriteView", "Find…"), "find", find, "Ctrl+F")
    add(translate("WriteView", "Replace…"), "replace", lambda: find(with_replace=True), "Ctrl+H")
    add(translate("WriteView", "Outline"), "outline", line.outline.click, "Ctrl+Shift+H")
    add(translate("WriteView", "Focus on one paragraph"), "focus", line.focus.click, "Ctrl+Shift+F")
    add(translate("WriteView", "Who wrote what"), "origins", line.origins.click, "Ctrl+Shift+G")
    add(translate("WriteView", "Chat about the page"), "chat", line.chat.click, "Ctrl+Shift+C")


def _add_tasks(view: WriteView, add: Add) -> None:
    settings, do = view.settings, view.begin_task
    tasks = (
        ("rewrite", "shorter", translate("WriteView", "Shorter"), "shorter"),
        ("rewrite", "longer", translate("WriteView", "Longer"), "longer"),
        ("summarise", "summarise", translate("WriteView", "Summarise"), ""),
        ("title", "titles", translate("WriteView", "Titles"), ""),
        ("translate", "english", translate("WriteView", "Translate into English"), "English"),
        ("translate", "chinese", translate("WriteView", "Translate into Chinese"), "Chinese"),
        ("dialogue", "dialogue", translate("WriteView", "Make a dialogue of it"), ""),
        ("poem", "poem", translate("WriteView", "Make a poem of it"), ""))
    made = {add(text, name, partial(do, task, manner)): task for task, name, text, manner in tasks}

    def show_able() -> None:
        for action, task in made.items():
            action.setEnabled(settings.tasks.can(task))

    def offer(menu: QMenu) -> None:
        inner = menu.addMenu(translate("WriteView", "With the model"))
        inner.addActions(list(made))
    settings.tasks.changed.connect(show_able)
    show_able()
    view.page.editor.menu_wanted.connect(offer)
    add(translate("WriteView", "New story card"), "card", settings.cards.add)
    add(translate("WriteView", "New seed"), "seed", settings.seed.roll)
    add(translate("WriteView", "Reset the settings"), "reset", settings.reset)


def _add_files(view: WriteView, add: Add) -> None:
    menu = QMenu(view.page.line.more)
    menu.addActions([
        add(translate("WriteView", "Open a text…"), "open", view.taking.choose, "Ctrl+Shift+O"),
        add(translate("WriteView", "Keep a version"), "version", view.taking.keep_version, "Ctrl+Shift+V"),
        add(translate("WriteView", "Export the page…"), "export", view.taking.export, "Ctrl+Shift+E")])
    view.page.line.more.setMenu(menu)
