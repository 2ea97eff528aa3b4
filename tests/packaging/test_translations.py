"""Every text has a Chinese one that fits, and the compiled file is up to date."""

from __future__ import annotations

import importlib.util
import re
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """packaging/translations.py as a module; the folder is no package, or it would hide the library."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def chinese(tool: ModuleType) -> dict[object, object]:
    found: dict[object, object] = tool.read("zh_CN")
    return found


def test_every_text_has_a_chinese_one(tool: ModuleType) -> None:
    missing = [f"{text.context}: {text.source}" for text in tool.missing("zh_CN")]
    assert not missing, "add them to assets/translations/atelier_zh_CN.ts"


def test_nothing_translated_is_out_of_use(tool: ModuleType, chinese: dict[object, object]) -> None:
    assert not set(chinese) - set(tool.collect()), "run packaging/translations.py"


def test_names_and_marks_are_kept(chinese: dict[object, object]) -> None:
    wrong = [
        form
        for text, translated in chinese.items()
        for form in (translated if isinstance(translated, tuple) else (translated,))
        if marks(text.source) != marks(form)  # type: ignore[attr-defined]
    ]
    assert not wrong


def marks(text: str) -> list[str]:
    """What code fills in or reads: {names}, %1, %n, line ends."""
    names = re.findall(r"\{[^}]*\}", text) if "{" in text else []
    assert not names or list(string.Formatter().parse(text))
    return sorted(names + re.findall(r"%[1-9nL]", text)) + ["\n"] * text.count("\n")


def test_the_compiled_file_says_the_same(chinese: dict[object, object]) -> None:
    from PySide6.QtCore import QTranslator

    translator = QTranslator()
    assert translator.load("atelier_zh_CN", str(ROOT / "assets" / "translations"))
    for text, translated in chinese.items():
        if not isinstance(translated, tuple):
            found = translator.translate(text.context, text.source, text.comment or None)  # type: ignore[attr-defined]
            assert found == translated, "run packaging/translations.py"


def test_texts_are_found_where_they_stand(tool: ModuleType) -> None:
    found = {(text.context, text.source) for text in tool.collect()}
    assert ("Declared", "Keep the photo's colours") in found
    assert ("Declared", "{name} is read-only.") in found
    assert ("Declared", "Restyle this") in found
    assert not {context for context, _ in found if not context}
