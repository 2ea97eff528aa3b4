"""What the header of an image generator says, on its card: family, parts, precision, memory, all in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from studio.ui.page import label
from studio.ui.widgets.naming import named

if TYPE_CHECKING:
    from studio.library.model import Model


def told(model: Model) -> str:
    """One line; "" for a model that is none."""
    if model.task != "image" or model.is_starter:
        return ""
    facts = model.facts
    found = [_family(str(facts.get("family", ""))), str(facts.get("components", "")),
             str(facts.get("quantisation", "")), _memory(model)]
    if fits := facts.get("fits"):
        found.append(QCoreApplication.translate("ModelsPage", "for {families}").format(families=fits))
    return " · ".join(part for part in found if part)


def family_row(model: Model, chosen: Callable[[str], object]) -> QWidget | None:
    """Lets a person say what a model is, where it was guessed wrongly; None where there is no choice."""
    from studio.library.imports import families_for

    known = families_for(model) if not model.is_starter else ()
    if not known:
        return None
    words = QCoreApplication.translate("ModelsPage", "Family")
    box = named(QComboBox(), f"model.{model.id}.family", f"{words}: {model.title}")
    now = str(model.facts.get("family", ""))
    if now not in known:
        box.addItem(QCoreApplication.translate("ModelsPage", "not known"), "")
    for name in known:
        box.addItem(_family(name), name)
    box.setCurrentIndex(max(0, box.findData(now)))
    box.activated.connect(lambda at: chosen(str(box.itemData(at))))
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(label(words, "muted"))
    line.addWidget(box)
    line.addStretch(1)
    return row


def _family(name: str) -> str:
    from studio.core.diffusion import FAMILIES

    return FAMILIES[name].title if name in FAMILIES else ""


def _memory(model: Model) -> str:
    """Where it will run, as far as `ModelDesk` has found that out."""
    needed, place = model.facts.get("expected_memory"), model.facts.get("expected_on")
    if not needed:
        return ""
    return QCoreApplication.translate("ModelsPage", "about {size:.1f} GB of memory on {place}").format(
        size=int(needed) / 1e9, place=place)
