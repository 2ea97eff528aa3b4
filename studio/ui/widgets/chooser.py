"""The platform's file chooser, without waiting for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.ui.drops import PICTURES


def choose_pictures(parent: QWidget, title: str, then: Callable[[list[Path]], None], *,
                    many: bool = False) -> QFileDialog:
    """Let a person choose picture files; ``then(paths)`` if they did. Returns the open dialog."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile)
    every = QCoreApplication.translate("Chooser", "All files")
    pictures = QCoreApplication.translate("Chooser", "Pictures")
    endings = " ".join(f"*{ending}" for ending in sorted(PICTURES))
    dialog.setNameFilters([f"{pictures} ({endings})", f"{every} (*)"])
    return _open(dialog, then)


def choose_folder(parent: QWidget, title: str, then: Callable[[list[Path]], None]) -> QFileDialog:
    """Let a person choose a folder; ``then([path])`` if they did. Returns the open dialog."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    return _open(dialog, then)


def choose_file(parent: QWidget, title: str, kinds: str, then: Callable[[list[Path]], None]) -> QFileDialog:
    """Let a person choose a file of ``kinds``, such as "Texts (*.txt)"; ``then([path])`` if they did."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([kinds, f"{QCoreApplication.translate('Chooser', 'All files')} (*)"])
    return _open(dialog, then)


def choose_place(parent: QWidget, title: str, name: str, kinds: str,
                 then: Callable[[list[Path]], None]) -> QFileDialog:
    """Let a person say where a new file goes, ``name`` to begin with; ``then([path])`` if they did."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([kinds])
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    return _open(dialog, then)


def _open(dialog: QFileDialog, then: Callable[[list[Path]], None]) -> QFileDialog:
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
