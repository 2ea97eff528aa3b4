"""Which SoundFont plays the piece: the piece remembers, and so do its exports."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from studio.core.errors import StudioError
from studio.media.sound import fonts
from studio.panels.music.view_sheet import Sheet


class FontButton(QToolButton):
    """Opens a list of the SoundFonts there are: the one in the box, the person's own, the system's."""

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._shown: str | None = None
        self.setObjectName("transport.font")
        self.setAccessibleName(self.tr("SoundFont"))
        self.setToolTip(self.tr("The instruments it is played with. More come with a .sf2 or .sf3 file "
                                "dropped on the window."))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        sheet.changed.connect(self._show)
        self._show()

    def fill(self) -> None:
        """Look which there are now."""
        self._menu.clear()
        group, chosen = QActionGroup(self._menu), self._sheet.arrangement.facts.get(fonts.FACT, "")
        found = fonts.fonts()
        known = {font.id for font in found}
        for number, font in enumerate(found):
            action = self._menu.addAction(font.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setChecked(font.id == chosen or (number == 0 and chosen not in known))
            action.triggered.connect(partial(self.choose, font.id if number else ""))

    def choose(self, name: str) -> None:
        """Play with the font of that id from now on; "" is the usual one. One step to undo."""
        arrangement = self._sheet.arrangement
        facts = {key: value for key, value in arrangement.facts.items() if key != fonts.FACT}
        self._sheet.edit(replace(arrangement, facts={**facts, **({fonts.FACT: name} if name else {})}))

    def _show(self) -> None:
        name = self._sheet.arrangement.facts.get(fonts.FACT, "")
        if name != self._shown:
            self._shown = name
            self.setText(self._title(name) if name else self.tr("SoundFont"))

    def _title(self, name: str) -> str:
        try:
            title = fonts.find(name).name
        except StudioError:
            return self.tr("SoundFont missing")
        return title if len(title) <= 24 else title[:23] + "…"
