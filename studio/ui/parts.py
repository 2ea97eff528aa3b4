"""The few things every desk of the window works with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.panel import PanelSpec
from studio.core.settings import PreferencesFile
from studio.ui.document import Document
from studio.ui.main_window import MainWindow
from studio.ui.pictures import Pictures
from studio.ui.reel import Reel
from studio.ui.runner import Runner


@dataclass(frozen=True, slots=True)
class Parts:
    """Made once by the composition root."""

    window: MainWindow
    document: Document
    runner: Runner
    reel: Reel
    pictures: Pictures
    kept: PreferencesFile
    panels: Sequence[PanelSpec]
