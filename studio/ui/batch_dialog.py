"""Choose a folder to work through: where from, where to, and how thorough."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.core.errors import StudioError
from studio.core.jobs import Request
from studio.core.panel import PanelSpec
from studio.project import naming
from studio.project.batch.folders import walk
from studio.ui.batch_order import BatchOrder
from studio.ui.drops import PICTURES
from studio.ui.translation import declared
from studio.ui.widgets import words
from studio.ui.widgets.background import in_background


class BatchDialog(QDialog):
    """A decision, so a dialog; it starts nothing itself."""

    ordered = Signal(object)
    """BatchOrder."""

    def __init__(self, spec: PanelSpec, request: Request, folder: Path | None = None,
                 parent: QWidget | None = None) -> None:
        """``request`` is what to do, without the picture."""
        super().__init__(parent)
        self.setObjectName("batch")
        self.setWindowTitle(self.tr("{panel}: a whole folder").format(panel=declared(spec.title)))
        self._spec, self._request = spec, request
        self.folder = self._line("folder", self.tr("Pictures from"))
        self.out = self._line("out", self.tr("Results into"))
        self.template = self._line("name", self.tr("Name"))
        self.template.setPlaceholderText(self.tr("As the result is called"))
        self.deep = self._box("deep", self.tr("Folders inside it too, kept as they are"), is_on=True)
        self.skip = self._box("skip", self.tr("Skip what is done already"), is_on=True)
        self.watch = self._box("watch", self.tr("Wait for more pictures in this folder"))
        self._says = QLabel(self)
        self._says.setProperty("role", "muted")
        self._says.setWordWrap(True)
        self._own_out = ""
        self._build()
        self.folder.textChanged.connect(self._on_folder)
        for line in (self.out, self.template):
            line.textChanged.connect(self._check)
        self.deep.toggled.connect(self._count)
        self.folder.setText(str(folder) if folder else "")
        self._check()

    @property
    def said(self) -> str:
        """The line above the buttons: how much there is to do, or what is wrong."""
        return self._says.text()

    def order(self) -> BatchOrder:
        """What is chosen now."""
        return BatchOrder(self._spec.id, self._spec.roles[0].name, self._request, self._path(self.folder),
                          self._path(self.out), self.template.text().strip(), self.deep.isChecked(),
                          self.skip.isChecked(), self.watch.isChecked())

    def accept(self) -> None:
        """Hand the order over and close."""
        self.ordered.emit(self.order())
        super().accept()

    # ---- what is said

    def _on_folder(self) -> None:
        """The results go beside the folder unless the person says otherwise."""
        folder = self._path(self.folder)
        if self.out.text() == self._own_out and folder.name:
            title = declared(self._spec.title)
            self._own_out = str(folder.with_name(f"{folder.name} - {title}"))
            self.out.setText(self._own_out)
        self._check()
        self._count()

    def _check(self) -> None:
        problem = self._problem()
        self._says.setText(problem)
        self._start.setEnabled(not problem and bool(self.folder.text().strip()))

    def _problem(self) -> str:
        if self.folder.text().strip() and not self._path(self.folder).is_dir():
            return self.tr("There is no such folder.")
        if self.folder.text().strip() and not self.out.text().strip():
            return self.tr("Say where the results go.")
        try:
            naming.fill(self.template.text(), dict.fromkeys(naming.FIELDS, ""))
        except StudioError:
            return self.tr("A name can hold {fields}.").format(fields=_fields())
        return ""

    def _count(self) -> None:
        """Say how many pictures there are, found off the UI thread."""
        folder, deep = self._path(self.folder), self.deep.isChecked()
        if self._start.isEnabled():
            out = self._path(self.out)
            in_background(self, lambda: len(walk(folder, PICTURES, deep=deep, without=out).files),
                          partial(self._say_count, folder))

    def _say_count(self, folder: Path, count: int) -> None:
        if self._start.isEnabled() and folder == self._path(self.folder):
            self._says.setText(self.tr("{pictures} there now.").format(pictures=words.pictures(count)))

    # ---- making

    def _build(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Pictures from"), self._row(self.folder, "browse_folder"))
        form.addRow(self.tr("Results into"), self._row(self.out, "browse_out"))
        form.addRow(self.tr("Name"), self.template)
        hint = QLabel(self.tr("Can hold {fields}").format(fields=_fields()), self)
        hint.setProperty("role", "muted")
        form.addRow("", hint)
        boxes = QVBoxLayout()
        boxes.setSpacing(4)
        for box in (self.deep, self.skip, self.watch):
            boxes.addWidget(box)
        form.addRow("", boxes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._says)
        layout.addWidget(self._buttons())

    def _line(self, name: str, label: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"batch.{name}")
        line.setAccessibleName(label)
        line.setMinimumWidth(320)
        return line

    def _box(self, name: str, text: str, *, is_on: bool = False) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(f"batch.{name}")
        box.setAccessibleName(text)
        box.setMinimumHeight(32)
        box.setChecked(is_on)
        return box

    def _row(self, line: QLineEdit, name: str) -> QHBoxLayout:
        browse = QPushButton(self.tr("Choose…"), self)
        browse.setObjectName(f"batch.{name}")
        browse.setAccessibleName(self.tr("Choose a folder"))
        browse.clicked.connect(lambda: self._browse(line))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(line, 1)
        row.addWidget(browse)
        return row

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        verb = declared(self._spec.verb)
        self._start = QPushButton(verb, self)
        self._start.setProperty("role", "primary")
        buttons.addButton(self._start, QDialogButtonBox.ButtonRole.AcceptRole)
        self._start.setObjectName("batch.go")
        self._start.setAccessibleName(verb)
        self._start.setDefault(True)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("batch.cancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _browse(self, line: QLineEdit) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), line.text())
        if chosen:
            line.setText(chosen)

    def _path(self, line: QLineEdit) -> Path:
        return Path(line.text().strip()).expanduser()


def _fields() -> str:
    return " ".join("{" + name + "}" for name in naming.FIELDS)
