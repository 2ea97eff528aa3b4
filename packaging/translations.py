"""Collects every text people see, keeps assets/translations/*.ts up to date and makes the .qm files.

    python packaging/translations.py            update the .ts files, keep what is translated, make .qm
    python packaging/translations.py --missing  list what has no translation yet, as JSON

Texts are found in the source (ast): ``self.tr("...")`` belongs to the class it stands in, as in Qt;
``translate("Context", "...")`` names its own; what core declares in English (settings, panels, roles,
messages of StudioError, progress, notes, undo labels) belongs to the context "Declared".
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from studio.core.panel import PanelSpec
from studio.core.params import Params
from studio.core.preferences import Preferences
from studio.panels import panels

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "assets" / "translations"
LANGUAGES = ("zh_CN",)
DECLARED = "Declared"
SAME_IN_ANY_LANGUAGE = {"", "px", "x", "English", "简体中文"}
_TEMPLATES = {
    "progress": 1,
    "note": 0,
    "transaction": 0,
    "declared": 0,
    "sentence": 0,
    "Reason": 0,
    "_update": 0,
    "Preset": 0,
}
"""Functions that take a text of "Declared", and at which place."""


_ANSWERS = {"_why_no_sound", "_why_not_with_notes", "_why_not_writable", "_why_not_by_version", "_take",
            "remark", "why_not", "task_label",
            "task_about"}
"""Functions that return a text of "Declared"."""


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """Something to translate."""

    context: str
    source: str
    comment: str = ""
    is_plural: bool = False


def collect() -> list[Text]:
    """Every text of the program, once, in a stable order."""
    found = dict.fromkeys(
        Text(DECLARED, text) for text in _declarations() if text not in SAME_IN_ANY_LANGUAGE
    )
    for path in _paths():
        visitor = _Visitor()
        visitor.visit(_tree(path))
        if any(not text.context for text in visitor.found):
            raise SystemExit(f"{path}: tr() outside a class has no context; use QCoreApplication.translate")
        found |= dict.fromkeys(text for text in visitor.found if text.source not in SAME_IN_ANY_LANGUAGE)
    return sorted(found)


def read(language: str) -> dict[Text, str | tuple[str, ...]]:
    """The finished translations of a .ts file."""
    path = FOLDER / f"atelier_{language}.ts"
    if not path.exists():
        return {}
    found: dict[Text, str | tuple[str, ...]] = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            text = _text_of(context, message)
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                continue
            forms = tuple(form.text or "" for form in translation.iter("numerusform"))
            found[text] = forms if text.is_plural else translation.text or ""
    return found


def write(language: str, texts: list[Text], translated: dict[Text, str | tuple[str, ...]]) -> None:
    """Write the .ts file: every text, with its translation or marked as unfinished."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context, name = root, ""
    for text in texts:
        if text.context != name:
            name = text.context
            context = ET.SubElement(root, "context")
            ET.SubElement(context, "name").text = name
        _add(context, text, translated.get(text))
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    (FOLDER / f"atelier_{language}.ts").write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8", newline="\n"
    )


def release(language: str) -> None:
    """Make the .qm file that the window loads."""
    from importlib.util import find_spec

    found = find_spec("PySide6")
    if found is None or found.origin is None:
        raise SystemExit("PySide6 is needed for its lrelease")
    source = FOLDER / f"atelier_{language}.ts"
    tool = Path(found.origin).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    subprocess.run([tool, "-silent", source, "-qm", source.with_suffix(".qm")], check=True)


def missing(language: str) -> list[Text]:
    """Texts without a translation."""
    translated = read(language)
    return [text for text in collect() if not translated.get(text)]


def main() -> int:
    """Update everything, or list what is missing."""
    if "--missing" in sys.argv:
        for language in LANGUAGES:
            rows = [[text.context, text.source] for text in missing(language)]
            print(json.dumps({language: rows}, ensure_ascii=False, indent=1))
        return 0
    texts = collect()
    for language in LANGUAGES:
        write(language, texts, read(language))
        release(language)
        print(f"{language}: {len(texts)} texts, {len(missing(language))} without a translation")
    return 0


class _Visitor(ast.NodeVisitor):
    """Walks one module and notes its texts."""

    def __init__(self) -> None:
        self.found: list[Text] = []
        self._classes: list[str] = []
        self._arguments: dict[str, str] = {}

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before = self._arguments
        self._arguments = before | {
            arg.arg: _name(arg.annotation) for arg in node.args.args if arg.annotation
        }
        if node.name in _ANSWERS:
            self._declared(
                *(part.value for part in ast.walk(node) if isinstance(part, ast.Return) and part.value)
            )
        self.generic_visit(node)
        self._arguments = before

    def visit_Call(self, node: ast.Call) -> None:
        name = _called(node)
        if name == "tr" and node.args:
            self._tr(node)
        elif name == "translate" and len(node.args) > 1:
            for context in _literals(node.args[0]):
                self.found += [Text(context, text) for text in _literals(node.args[1])]
        elif name in _errors() or name == "Problem":
            self._declared(*node.args[:2])
        elif name in _TEMPLATES:
            self._declared(*node.args[_TEMPLATES[name] : _TEMPLATES[name] + 1])
        self.generic_visit(node)

    def _tr(self, node: ast.Call) -> None:
        context = self._context(node.func)
        comments = list(_literals(node.args[1])) if len(node.args) > 1 else []
        is_plural = len(node.args) > 2 or any(word.arg == "n" for word in node.keywords)
        for text in _literals(node.args[0]):
            self.found.append(Text(context, text, comments[0] if comments else "", is_plural))

    def _context(self, function: ast.expr) -> str:
        """The class of what ``tr`` is called on: the argument's annotation, or where self stands."""
        owner = (
            function.value.id
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
            else ""
        )
        return self._arguments.get(owner) or (self._classes[-1] if self._classes else "")

    def _declared(self, *nodes: ast.expr) -> None:
        self.found += [Text(DECLARED, text) for node in nodes for text in _literals(node)]


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts an expression can be: a literal, a named constant, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Name):
        yield from _constants().get(node.id, ()) if node.id.isupper() else ()
    elif isinstance(node, ast.Attribute):
        yield from _constants().get(node.attr, ()) if node.attr.isupper() else ()


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


@cache
def _errors() -> frozenset[str]:
    """StudioError and all classes made from it."""
    known = {"StudioError"}
    classes = [node for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for _ in range(3):
        known |= {node.name for node in classes if known & {_name(base) for base in node.bases}}
    return frozenset(known)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):  # an annotation in quotes
        return str(node.value)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@cache
def _constants() -> dict[str, tuple[str, ...]]:
    """Texts kept under a name at the top of a module, such as a hint used in several places."""
    found: dict[str, tuple[str, ...]] = {}
    for tree in _trees():
        for node in tree.body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                for target in node.targets:
                    found[_name(target)] = (*found.get(_name(target), ()), node.value.value)
    return found


@cache
def _trees() -> list[ast.Module]:
    return [_tree(path) for path in _paths()]


def _paths() -> list[Path]:
    """The modules whose texts the window can show; the command line speaks English."""
    return [path for path in sorted((ROOT / "studio").rglob("*.py")) if "cli" not in path.parts]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _declarations() -> Iterator[str]:
    """Texts of settings, panels and roles."""
    yield from _settings(Preferences)
    for spec in panels():
        yield from _panel(spec)
    styles = json.loads((ROOT / "assets" / "image-styles.json").read_text(encoding="utf-8"))
    yield from (style["name"] for style in styles)


def _panel(spec: PanelSpec) -> Iterator[str]:
    yield from (spec.title, spec.verb)
    yield from (role.label for role in spec.roles)
    yield from _settings(spec.params)


def _settings(params: type[Params]) -> Iterator[str]:
    for setting in params.settings().values():
        yield from (setting.label, setting.help, setting.unit, setting.group)
        yield from (label for _, label in setting.choices)


def _text_of(context: ET.Element, message: ET.Element) -> Text:
    return Text(
        context.findtext("name", ""),
        message.findtext("source", ""),
        message.findtext("comment", ""),
        message.get("numerus") == "yes",
    )


def _add(context: ET.Element, text: Text, translated: str | tuple[str, ...] | None) -> None:
    message = ET.SubElement(context, "message", {"numerus": "yes"} if text.is_plural else {})
    ET.SubElement(message, "source").text = text.source
    if text.comment:
        ET.SubElement(message, "comment").text = text.comment
    translation = ET.SubElement(message, "translation", {} if translated else {"type": "unfinished"})
    if isinstance(translated, tuple):
        for form in translated:
            ET.SubElement(translation, "numerusform").text = form
    elif translated:
        translation.text = translated


if __name__ == "__main__":
    sys.exit(main())
