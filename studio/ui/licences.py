"""Licences: Atelier's own, and those of every package it stands on, with their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from studio.core import places
from studio.ui.page import label

_TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Package:
    """A package as its own metadata describes it."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def packages() -> list[Package]:
    """Atelier and every package that it needs, sorted by name. Reads files, so not at start."""
    found = {_key(name): package for name in _needed() if (package := _package(name)) is not None}
    return sorted(found.values(), key=lambda package: package.name.casefold())


def licence_text(package: Package) -> str:
    """The texts that come with ``package``, one after another."""
    parts = [path.read_text(encoding="utf-8", errors="replace") for path in package.texts if path.is_file()]
    return "\n\n──────\n\n".join(parts)


def own_texts() -> str:
    """Atelier's licence and the notices that go with it."""
    root = places.assets().parent
    files = [path for name in ("LICENSE", "NOTICE", "NOTICE.md") if (path := root / name).is_file()]
    return "\n\n──────\n\n".join(path.read_text(encoding="utf-8") for path in files)


def _needed() -> Iterator[str]:
    """Names of what the distribution requires, and what that requires, as far as it is installed."""
    waiting, seen = ["studio"], set()
    while waiting:
        name = waiting.pop()
        if _key(name) in seen:
            continue
        seen.add(_key(name))
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        if name != "studio":
            yield name
        waiting += [_name(line) for line in needs if "extra ==" not in line]


def _package(name: str) -> Package | None:
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    facts = found.metadata
    texts = tuple(Path(str(file.locate())) for file in found.files or () if _TEXT.search(file.as_posix()))
    return Package(facts["Name"], found.version, _licence(facts), texts)


def _licence(facts: metadata.PackageMetadata) -> str:
    if "License-Expression" in facts:
        return facts["License-Expression"]
    classes = [line.rpartition("::")[2].strip() for line in facts.get_all("Classifier") or ()
               if line.startswith("License ::")]
    said = facts["License"].strip().splitlines() if "License" in facts else []
    return ", ".join(classes) or (said[0] if said else "")


def _name(requirement: str) -> str:
    return re.split(r"[\s;<>=!~\[(]", requirement, maxsplit=1)[0]


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


class LicencesPage(QWidget):
    """Packages on the left, the chosen one's text on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page.licences")
        self.setAccessibleName(self.tr("Licences"))
        self._list, self._text = QListWidget(self), QPlainTextEdit(self)
        self._list.setObjectName("licences.list")
        self._list.setAccessibleName(self.tr("Packages"))
        self._list.setFixedWidth(280)
        self._text.setObjectName("licences.text")
        self._text.setAccessibleName(self.tr("Licence text"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self._list)
        across.addWidget(self._text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("Licences"), "head"))
        layout.addWidget(label(self.tr("Atelier is free software under the Apache License 2.0. "
                                       "It stands on the work of many others."), "muted"))
        layout.addLayout(across, 1)

    def _fill(self) -> None:
        self._add("Atelier", "Apache-2.0", own_texts)
        for package in packages():
            self._add(f"{package.name} {package.version}", package.licence, lambda p=package: licence_text(p))
        self._list.currentItemChanged.connect(self._show)
        self._list.setCurrentRow(0)

    def _add(self, title: str, licence: str, text: object) -> None:
        item = QListWidgetItem(title)
        item.setToolTip(licence)
        item.setData(Qt.ItemDataRole.UserRole, text)
        self._list.addItem(item)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            words = item.data(Qt.ItemDataRole.UserRole)() or self.tr("No text came with this package.")
            self._text.setPlainText("\n\n".join(part for part in (item.toolTip(), words) if part))
