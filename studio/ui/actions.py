"""Every action once: menus, shortcuts, palette and top line show the same objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from studio.ui import icons

Shortcut = str | QKeySequence.StandardKey | Sequence[str] | None


class Actions(QObject):
    """The actions of the window by name, in menus."""

    changed = Signal()
    """The actions of a page came or went."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self._of_page: list[QAction] = []

    def add(self, name: str, text: str, do: Callable[[], object] | None = None, *, menu: str = "",
            shortcut: Shortcut = None, icon: str = "", checkable: bool = False) -> QAction:
        """Make the action ``name`` and put it at the end of ``menu``."""
        action = QAction(text, self)
        action.setObjectName(name)
        action.setProperty("title", text)
        action.setCheckable(checkable)
        if shortcut is not None:
            action.setShortcuts(_keys(shortcut))
        if icon:
            icons.wear(action, icon)
        if do is not None:
            action.triggered.connect(lambda: do())
        self._actions[name] = action
        self._window.addAction(action)
        if menu:
            self._menus[menu].addAction(action)
        return action

    def menu(self, name: str, title: str, bar: QMenuBar) -> QMenu:
        """Make the menu ``name``."""
        self._menus[name] = bar.addMenu(title)
        self._menus[name].setObjectName(f"menu.{name}")
        return self._menus[name]

    def submenu(self, name: str, title: str, inside: str) -> QMenu:
        """Make the menu ``name`` inside another."""
        self._menus[name] = self._menus[inside].addMenu(title)
        return self._menus[name]

    def menu_of(self, name: str) -> QMenu:
        """The menu ``name``."""
        return self._menus[name]

    def separate(self, menu: str) -> None:
        """A line at the end of ``menu``."""
        self._menus[menu].addSeparator()

    def __contains__(self, name: object) -> bool:
        return name in self._actions or name in self._menus

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        yield from self._actions.values()
        yield from self._of_page

    def set_page(self, actions: Sequence[QAction], menu: str) -> None:
        """Show the actions of the page in front in ``menu``, in place of the last page's."""
        for action in self._of_page:
            self._menus[menu].removeAction(action)
        self._of_page = list(actions)
        self._menus[menu].addActions(self._of_page)
        self._menus[menu].menuAction().setVisible(bool(actions))
        self.changed.emit()


def title(action: QAction) -> str:
    """What it does in general, without what it would be done to just now."""
    return str(action.property("title") or action.text()).replace("&", "")


def plain(action: QAction) -> str:
    """The action's text without the mark of its access key."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def keys(action: QAction) -> str:
    """Its shortcuts as the platform writes them, or ""."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(form) for key in action.shortcuts())


def _keys(shortcut: Shortcut) -> list[QKeySequence]:
    if isinstance(shortcut, QKeySequence.StandardKey):
        return QKeySequence.keyBindings(shortcut)[:1]  # the rest are keys few keyboards have
    return [QKeySequence(key) for key in ([shortcut] if isinstance(shortcut, str) else shortcut or [])]
