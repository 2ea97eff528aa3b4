"""Where a result came from and what was made from it, as a window beside the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from studio.ui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from studio.core.provenance import Recipe
    from studio.project.store import Asset, Project
    from studio.ui.document import Document

_PICTURE = 96


@dataclass(frozen=True, slots=True)
class Lineage:
    """One asset with its neighbours."""

    asset: Asset
    parents: Sequence[Asset]
    children: Sequence[Asset]
    recipe: Recipe | None


def lineage_of(project: Project, asset_id: str) -> Lineage:
    """Read the neighbours of ``asset_id``. Raises StudioError when it is gone."""
    return Lineage(project.asset(asset_id), project.parents(asset_id), project.children(asset_id),
                   project.recipe(asset_id))


class LineageWindow(QDialog):
    """Parents on the left, the asset in the middle, its children on the right. A click walks on."""

    opened = Signal(object)
    """Asset to show large."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lineage")
        self.setWindowTitle(self.tr("Lineage"))
        self.setModal(False)
        self.resize(720, 420)
        self._document = document
        self._thumbnails = Thumbnails(document, _PICTURE, self.devicePixelRatioF(), self)
        self._thumbnails.ready.connect(self._on_ready)
        self._buttons: dict[str, QToolButton] = {}
        self._recipe = QLabel(self)
        self._recipe.setWordWrap(True)
        self._recipe.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                             | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._recipe.setObjectName("lineage.recipe")
        self._recipe.setAccessibleName(self.tr("How it was made"))
        self._row = QWidget(self)
        self._page = QVBoxLayout(self)
        self._page.addWidget(self._row, 1)
        self._page.addWidget(self._recipe)

    def show_asset(self, asset_id: str) -> None:
        """Show the neighbours of ``asset_id``."""
        self._document.call(lambda project: lineage_of(project, asset_id), self.show_lineage)

    def show_lineage(self, lineage: Lineage) -> None:
        """Lay out ``lineage``."""
        self._buttons.clear()
        row = QWidget(self)
        layout = QHBoxLayout(row)
        outside = self.tr("Nothing: it was brought in or written")
        layout.addLayout(self._column(self.tr("Made from"), lineage.parents, outside))
        layout.addWidget(self._arrow(), 0, Qt.AlignmentFlag.AlignCenter)
        layout.addLayout(self._column(self.tr("This"), [lineage.asset], ""))
        layout.addWidget(self._arrow(), 0, Qt.AlignmentFlag.AlignCenter)
        layout.addLayout(self._column(self.tr("Made with it"), lineage.children, self.tr("Nothing yet")))
        self._page.replaceWidget(self._row, row)
        self._row.deleteLater()
        self._row = row
        self._recipe.setText(self._told(lineage.recipe))

    def closeEvent(self, event: object) -> None:  # noqa: N802
        self._thumbnails.close()
        super().closeEvent(event)  # type: ignore[arg-type]

    def _column(self, title: str, assets: Sequence[Asset], empty: str) -> QVBoxLayout:
        column = QVBoxLayout()
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        for asset in assets[:12]:
            column.addWidget(self._button(asset), 0, Qt.AlignmentFlag.AlignHCenter)
        if not assets:
            column.addWidget(QLabel(empty), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return column

    def _button(self, asset: Asset) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"lineage.{asset.id}")
        button.setAccessibleName(asset.name)
        button.setText(asset.name if len(asset.name) < 24 else asset.name[:22] + "…")
        button.setToolTip(asset.name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(_PICTURE, _PICTURE))
        button.clicked.connect(lambda: self._walk(asset))
        self._buttons[asset.id] = button
        self._show_icon(asset.id, self._thumbnails.get(asset.id))
        return button

    def _walk(self, asset: Asset) -> None:
        self.opened.emit(asset)
        self.show_asset(asset.id)

    def _on_ready(self, asset_id: str) -> None:
        self._show_icon(asset_id, self._thumbnails.get(asset_id))

    def _show_icon(self, asset_id: str, pixmap: QPixmap | None) -> None:
        if pixmap is not None and (button := self._buttons.get(asset_id)):
            button.setIcon(QIcon(pixmap))

    def _arrow(self) -> QLabel:
        arrow = QLabel("→")
        arrow.setProperty("role", "muted")
        return arrow

    def _told(self, recipe: Recipe | None) -> str:
        if recipe is None:
            return self.tr("There is no recipe: it was brought in, or is a page as you kept it.")
        facts = [self.tr("Seed {seed}").format(seed=recipe.seed),
                 *(f"{name}: {value}" for name, value in recipe.request.params.items()),
                 *(model.id for model in recipe.models), recipe.device, recipe.precision,
                 self.tr("{seconds:.1f} s").format(seconds=recipe.seconds), recipe.created, *recipe.notes]
        return " · ".join(str(fact) for fact in facts if fact != "")
