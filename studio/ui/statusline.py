"""The status line: the reel's fold and the queue on the left; device, memory and "Offline" on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from studio.ui import icons, quick, theme

HEIGHT = 36


class Chip(QToolButton):
    """Icon and words; says more in its tooltip, and may be pressed."""

    def __init__(self, name: str, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"chip.{name}")
        self.setProperty("role", "chip")
        quick.set_by_name(self, focusPolicy="StrongFocus", toolButtonStyle="ToolButtonTextBesideIcon")
        self.setIconSize(QSize(16, 16))
        self.setFont(theme.number_font())
        self._title = title
        self._icon, self._tone = icon, "muted"
        icons.wear(self, icon, "muted")
        self.say("")

    def say(self, words: str, tip: str = "", *, icon: str = "", tone: str = "muted") -> None:
        """Show ``words``; a screen reader hears the chip's title too."""
        self.setText(words)
        self.setToolTip(tip or self._title)
        self.setAccessibleName(f"{self._title}: {words}" if words else self._title)
        if (icon or self._icon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icon or self._icon, tone
            icons.wear(self, self._icon, tone)


class StatusLine(QFrame):
    """One quiet line at the foot of the window."""

    def __init__(self, reel: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusline")
        self.setFixedHeight(HEIGHT)
        self._fold = reel

    def fill(self) -> None:
        """Make the chips: nobody misses them before there is something to tell."""
        reel = self._fold
        self.reel = Chip("reel", "reel", self.tr("Reel"), self)
        self.reel.setCheckable(True)
        self.reel.setText(self.tr("Reel"))
        self.reel.setChecked(reel.isChecked())
        self.reel.clicked.connect(reel.trigger)
        reel.toggled.connect(self.reel.setChecked)
        self.queue = Chip("queue", "queue", self.tr("Queue"), self)
        self.queue.setCheckable(True)
        self.device = Chip("device", "device", self.tr("Device"), self)
        self.memory = Chip("memory", "memory", self.tr("Memory"), self)
        self.offline = Chip("offline", "offline", self.tr("Connections"), self)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(4)
        layout.addWidget(self.reel)
        layout.addWidget(self.queue)
        layout.addStretch(1)
        for chip in (self.device, self.memory, self.offline):
            layout.addWidget(chip)

    def show_queue(self, waiting: int, running: int, fraction: float | None, *, paused: bool) -> None:
        """How much there is to do."""
        if not waiting and not running:
            self.queue.say(self.tr("Queue is empty"))
        elif paused:
            words = self.tr("Paused · {count} waiting").format(count=waiting)
            self.queue.say(words, icon="pause", tone="warn")
        else:
            done = "" if fraction is None else f" {fraction:.0%}"
            text = self.tr("Working{done} · {count} waiting") if waiting else self.tr("Working{done}")
            self.queue.say(text.format(done=done, count=waiting), icon="queue", tone="accent")

    def show_connections(self, count: int) -> None:
        """How many connections were made since the start."""
        words = self.tr("Offline · {count}").format(count=count) if count == 0 else \
            self.tr("Connected · {count}").format(count=count)
        tip = self.tr("Connections opened since the start: {count}. Nothing connects unless you press "
                      "Download for a model.").format(count=count)
        self.offline.say(words, tip, icon="offline" if count == 0 else "online",
                         tone="ok" if count == 0 else "warn")

    def show_memory(self, used: int, total: int) -> None:
        """Memory in use, bytes."""
        words = self.tr("{used:.1f} of {total:.0f} GB").format(used=used / 2**30, total=total / 2**30)
        self.memory.say(words, self.tr("Memory in use on this machine: {words}").format(words=words))
