"""Choose how results leave the project: format, bits, quality, name and folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studio.core import places
from studio.ui import export_sound, export_text

if TYPE_CHECKING:
    from studio.project.store import Asset

FORMATS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("PNG", "png", {"bits": 8}), ("PNG, 16 bit", "png", {"bits": 16}), ("JPEG", "jpeg", {}),
    ("WebP", "webp", {}), ("TIFF", "tiff", {"bits": 8}), ("TIFF, 16 bit", "tiff", {"bits": 16}),
)
"""Title, exporter id, options."""
_WITH_QUALITY = {"jpeg", "webp"}


class _Fields(Protocol):
    """What assets of one kind have besides."""

    def formats(self) -> tuple[tuple[str, str], ...]: ...
    def rows(self) -> Iterator[tuple[str, QWidget, str]]: ...
    def show_for(self, exporter: str) -> None: ...
    def options(self, exporter: str) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What the person decided."""

    assets: Sequence[str]
    exporter: str
    options: Mapping[str, Any]
    template: str
    folder: Path
    kinds: frozenset[str] = frozenset({"image"})
    """Of the assets."""

    @property
    def is_slow(self) -> bool:
        """Whether the project should not be kept waiting for it."""
        return not self.kinds & {"image"}


class ExportDialog(QDialog):
    """A decision, so a dialog; it exports nothing itself."""

    ordered = Signal(object)
    """ExportOrder."""

    def __init__(self, assets: Sequence[Asset], folder: Path | None = None,
                 parent: QWidget | None = None, *, author: str = "", wanted: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self._assets = assets
        self.setWindowTitle(self.tr("Export"))
        self._format = QComboBox(self)
        self._fields = self._fields_for({asset.kind for asset in assets}, author)
        for title, exporter, options in FORMATS if self._fields is None else _plain(self._fields.formats()):
            self._format.addItem(title, (exporter, options))
            if exporter == wanted:
                self._format.setCurrentIndex(self._format.count() - 1)
        self._quality = QSpinBox(self)
        self._quality.setRange(1, 100)
        self._quality.setValue(92)
        self._template = QLineEdit("{name}", self)
        self._folder = QLineEdit(str(folder or places.documents()), self)
        self._build()
        self._format.currentIndexChanged.connect(self._show_quality)
        self._show_quality()

    def order(self) -> ExportOrder:
        """What is chosen now."""
        exporter, options = self._format.currentData()
        if exporter in _WITH_QUALITY:
            options = {**options, "quality": self._quality.value()}
        if self._fields is not None:
            options = self._fields.options(exporter)
        return ExportOrder([asset.id for asset in self._assets], exporter, options,
                           self._template.text().strip() or "{name}", Path(self._folder.text()).expanduser(),
                           frozenset(asset.kind for asset in self._assets))

    def accept(self) -> None:
        """Hand the order over and close."""
        self.ordered.emit(self.order())
        super().accept()

    def _fields_for(self, kinds: set[str], author: str) -> _Fields | None:
        if kinds == {"text"}:
            return export_text.TextFields(self, is_one=len(self._assets) == 1, author=author)
        return export_sound.SoundFields(self, kinds) if kinds and kinds <= {"score", "audio"} else None

    def _build(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(12)
        self._row(form, self.tr("Format"), self._format, "export.format")
        if self._fields is None:
            self._row(form, self.tr("Quality"), self._quality, "export.quality")
        else:
            self._quality.hide()
            for label, field, name in self._fields.rows():
                self._row(form, label, field, name)
        self._row(form, self.tr("Name"), self._template, "export.name")
        hint = QLabel(self.tr("Can hold {name} {date} {seed} {model} {panel} {width} {height} {index}"))
        hint.setProperty("role", "muted")
        form.addRow("", hint)
        form.addRow(self.tr("Folder"), self._folder_row())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._buttons())

    def _row(self, form: QFormLayout, label: str, field: QWidget, name: str) -> None:
        field.setObjectName(name)
        if label:
            field.setAccessibleName(label)
        form.addRow(label, field)

    def _folder_row(self) -> QHBoxLayout:
        self._folder.setObjectName("export.folder")
        self._folder.setAccessibleName(self.tr("Folder"))
        self._folder.setMinimumWidth(280)
        browse = QPushButton(self.tr("Choose…"), self)
        browse.setObjectName("export.browse")
        browse.setAccessibleName(self.tr("Choose a folder"))
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(browse)
        return row

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        export = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        export.setObjectName("export.go")
        export.setAccessibleName(self.tr("Export"))
        export.setDefault(True)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("export.cancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _show_quality(self) -> None:
        exporter = self._format.currentData()[0]
        self._quality.setEnabled(exporter in _WITH_QUALITY)
        if self._fields is not None:
            self._fields.show_for(exporter)


def _plain(formats: Sequence[tuple[str, str]]) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [(title, exporter, {}) for title, exporter in formats]
