"""The menu bar: everything the window can do, with its shortcut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from studio.core.panel import PanelSpec
from studio.ui.actions import Shortcut
from studio.ui.main_window import MainWindow
from studio.ui.translation import declared

translate = QCoreApplication.translate
Do = Callable[[], object]
Row = tuple[str, str, str, Shortcut]
"""Name, text, icon, shortcut."""
KEYS = QKeySequence.StandardKey


def make_frame(window: MainWindow, panels: Sequence[PanelSpec]) -> None:
    """Menus without their actions, the rail, undo and redo: what a window needs before it is shown."""
    bar, actions = window.menuBar(), window.actions_
    for name, title in _menus():
        actions.menu(name, f"&{title}" if title.isascii() else title, bar)
    actions.menu_of("page").menuAction().setVisible(False)
    undo = actions.add("undo", translate("Menus", "Undo"), menu="edit", shortcut=KEYS.Undo, icon="undo")
    redo = actions.add("redo", translate("Menus", "Redo"), menu="edit", icon="redo",
                       shortcut=["Ctrl+Shift+Z", "Ctrl+Y"])
    for action in (undo, redo):
        action.setEnabled(False)
    window.topline.add_history([undo, redo])
    for spec in panels:
        window.rail.add(spec.id, declared(spec.title), spec.icon)
    window.rail.add("models", translate("Menus", "Models"), "models", below=True)
    window.rail.add("preferences", translate("Menus", "Preferences"), "preferences", below=True)


def name_page_menu(window: MainWindow, makes: str) -> None:
    """Call the menu of the page in front what is made there."""
    titles = {"image": translate("Menus", "Picture"), "text": translate("Menus", "Text"),
              "audio": translate("Menus", "Sound"), "score": translate("Menus", "Music")}
    title = titles.get(makes, titles["image"])
    window.actions_.menu_of("page").setTitle(f"&{title}" if title.isascii() else title)


def fillings(window: MainWindow, panels: Sequence[PanelSpec],
             deeds: dict[str, Do]) -> list[Callable[[], None]]:
    """Turns that together put every action into its menu; ``deeds`` says by name what each does."""
    menus = (("file", _file()), ("edit", _edit()), ("queue", _queue()), ("help", _help()))
    return [partial(_connect_history, window, deeds),
            *(partial(_fill, window, menu, rows, deeds) for menu, rows in menus),
            partial(_fill_view, window, panels, deeds), partial(_set_tips, window, panels)]


def _connect_history(window: MainWindow, deeds: dict[str, Do]) -> None:
    for name in ("undo", "redo"):
        window.actions_[name].triggered.connect(partial(_do, deeds[name]))


def _fill_view(window: MainWindow, panels: Sequence[PanelSpec], deeds: dict[str, Do]) -> None:
    actions = window.actions_
    for number, spec in enumerate(panels, start=1):
        actions.add(f"panel.{spec.id}", declared(spec.title), partial(window.show_page, spec.id),
                    menu="view", shortcut=f"Ctrl+{number}", icon=spec.icon)
    _fill(window, "view", _view(), deeds)
    actions.menu_of("view").insertAction(actions["fullscreen"], window.fold_reel)


def _set_tips(window: MainWindow, panels: Sequence[PanelSpec]) -> None:
    tips = {spec.id: f"panel.{spec.id}" for spec in panels}
    tips |= {"models": "models", "preferences": "preferences"}
    window.rail.set_tips((page, window.actions_[name]) for page, name in tips.items())


def _do(deed: Do, _checked: bool = False) -> None:
    deed()


def _menus() -> list[tuple[str, str]]:
    return [("file", translate("Menus", "File")), ("edit", translate("Menus", "Edit")),
            ("page", translate("Menus", "Picture")), ("view", translate("Menus", "View")),
            ("queue", translate("Menus", "Queue")), ("help", translate("Menus", "Help"))]


def _fill(window: MainWindow, menu: str, rows: Sequence[Row | None], deeds: dict[str, Do]) -> None:
    for row in rows:
        if row is None:
            window.actions_.separate(menu)
        elif row[0] == "recent":
            window.actions_.submenu("recent", row[1], menu)
        else:
            name, text, icon, shortcut = row
            window.actions_.add(name, text, deeds[name], menu=menu, shortcut=shortcut, icon=icon)


def _file() -> list[Row | None]:
    return [
        ("new", translate("Menus", "New project"), "project-new", KEYS.New),
        ("open", translate("Menus", "Open…"), "folder", KEYS.Open),
        ("recent", translate("Menus", "Recent projects"), "", None),
        ("copy", translate("Menus", "Save a copy…"), "save-copy", "Ctrl+Shift+S"), None,
        ("import", translate("Menus", "Bring in pictures or texts…"), "import", "Ctrl+I"),
        ("batch", translate("Menus", "A whole folder…"), "folder", "Ctrl+Shift+B"),
        ("paste", translate("Menus", "Paste"), "", KEYS.Paste),
        ("export", translate("Menus", "Export…"), "export", "Ctrl+E"), None,
        ("trash.empty", translate("Menus", "Empty the trash…"), "trash", None), None,
        ("quit", translate("Menus", "Quit"), "quit", "Ctrl+Q")]


def _edit() -> list[Row | None]:
    return [
        None, ("rename", translate("Menus", "Rename the project"), "rename", "F2"), None,
        ("palette", translate("Menus", "Find an action…"), "search", "Ctrl+K"),
        ("preferences", translate("Menus", "Preferences"), "preferences", "Ctrl+,")]


def _view() -> list[Row | None]:
    return [
        None, ("models", translate("Menus", "Models"), "models", "Ctrl+Shift+M"), None,
        ("theme", translate("Menus", "Dark or light"), "theme", "Ctrl+Shift+L"),
        ("fullscreen", translate("Menus", "Full screen"), "fullscreen", "F11")]


def _queue() -> list[Row | None]:
    return [
        ("queue.show", translate("Menus", "Show the queue"), "queue", "Ctrl+J"), None,
        ("queue.pause", translate("Menus", "Pause the queue"), "pause", "Ctrl+Shift+P"),
        ("queue.stop", translate("Menus", "Stop now"), "stop", "Ctrl+Shift+."),
        ("queue.after", translate("Menus", "Stop after this"), "stop-after", None),
        ("queue.skip", translate("Menus", "Skip this"), "skip", None)]


def _help() -> list[Row | None]:
    return [
        ("shortcuts", translate("Menus", "Shortcuts"), "keyboard", ["F1", "Ctrl+/"]),
        ("licences", translate("Menus", "Licences"), "licence", None),
        ("logs", translate("Menus", "Show the log folder"), "folder", None), None,
        ("about", translate("Menus", "About Atelier"), "info", None)]
