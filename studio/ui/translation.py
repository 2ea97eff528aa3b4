"""Words in the person's language: Qt Linguist files, and the texts that core declares in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from studio.core import places
from studio.core.errors import fill

if TYPE_CHECKING:
    from studio.core.jobs import Problem

CONTEXT = "Declared"
"""Context of texts that come from declarations: settings, panels, roles, messages of StudioError."""
LANGUAGES = ("en", "zh_CN")


def language(choice: str) -> str:
    """The language to use for the preference ``choice``: one of `LANGUAGES`."""
    if choice in LANGUAGES:
        return choice
    return "zh_CN" if any(name.startswith("zh") for name in QLocale.system().uiLanguages()[:1]) else "en"


def install(app: QCoreApplication, choice: str) -> str:
    """Translate ``app`` into the language of ``choice``; returns its name. Missing files mean English."""
    name = language(choice)
    QLocale.setDefault(QLocale(name))
    if name != "en":
        from PySide6.QtCore import QLibraryInfo

        _load(app, f"atelier_{name}", str(places.assets() / "translations"))
        _load(app, f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return name


def _load(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)


def declared(text: str) -> str:
    """``text`` of a declaration (label, help, choice, message template) in the person's language."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


def sentence(template: str, values: Mapping[str, Any]) -> str:
    """A message template, translated and then filled."""
    return fill(declared(template), dict(values))


def problem_texts(problem: Problem) -> tuple[str, str]:
    """What happened and what to do, in the person's language."""
    return sentence(problem.message, problem.values), sentence(problem.hint, problem.values)
