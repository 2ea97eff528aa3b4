"""The house rules, held by the house itself: imports, lists, and how things are written."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from studio.core import engine as capabilities
from studio.core.engine import EngineKey
from studio.engines.registry import ENGINES
from studio.panels import NAMES, panels

ROOT = Path(__file__).resolve().parent.parent
STUDIO = ROOT / "studio"
MODEL_LIBRARIES = (
    "torch",
    "torchvision",
    "onnxruntime",
    "onnx",
    "transformers",
    "diffusers",
    "spandrel",
    "xllamacpp",
)
QT = ("PySide6", "shiboken6")
MESSAGE_BOXES = {"studio/ui/notices.py"}
"""The one place that may ask in a box: emptying the trash."""
SPEAKS = ("studio/cli/", "studio/training/")
LONGEST = 500
T = TypeVar("T", bound=ast.AST)


@cache
def sources() -> dict[str, str]:
    """Every module of the program, by path from the root; foreign network definitions are exempt."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(STUDIO.rglob("*.py"))
        if "arch" not in path.parts
    }


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in sources().items()}


def modules(*packages: str) -> list[str]:
    """Dotted names of all modules below ``packages``."""
    dotted = [name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in sources()]
    return [name for name in dotted if any(name == p or name.startswith(f"{p}.") for p in packages)]


def imported_by(*names: str) -> set[str]:
    """Top-level packages in memory after a fresh interpreter imported ``names``."""
    code = (
        "import sys, json\nfor name in sys.argv[1:]: __import__(name)\nprint(json.dumps(sorted(sys.modules)))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, *names], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(out.stdout)}


def test_arrows_hold() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None, no_cache=True) == 0


def test_every_contract_can_fail(tmp_path: Path) -> None:
    """A rule that was never seen to fail proves nothing: one seeded violation for each."""
    shutil.copytree(STUDIO, tmp_path / "studio", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    seeds = {
        "core/events.py": "import studio.media.files",
        "project/naming.py": "import PySide6.QtCore",
        "ui/icons.py": "def seeded() -> None:\n    import torch",
        "panels/other/__init__.py": "import studio.panels.style.params",
    }
    for name, line in seeds.items():
        path = tmp_path / "studio" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text() if path.exists() else "") + f"\n{line}\n")
    code = "import sys; sys.path.insert(0, '.'); import importlinter.cli as c; c.lint_imports(no_cache=True)"
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Contracts: 0 kept, 4 broken." in out.stdout, out.stdout[-2000:]


def test_without_window_neither_qt_nor_model_libraries_are_imported() -> None:
    names = modules(
        "studio.core", "studio.media", "studio.project", "studio.library", "studio.panels", "studio.cli"
    )
    found = imported_by(*(name for name in names if not re.search(r"\.(view\w*|task)$", name)))
    assert not found & {*QT, *MODEL_LIBRARIES}


def test_window_imports_no_model_library() -> None:
    views = [spec.view.partition(":")[0] for spec in panels()]
    found = imported_by("studio.app", *modules("studio.ui"), *views)
    assert "PySide6" in found
    assert not found & set(MODEL_LIBRARIES)


def test_every_panel_folder_is_listed() -> None:
    """A folder whose page is still missing describes no panel yet."""
    places = STUDIO.glob("panels/*/__init__.py")
    folders = {path.parent.name for path in places if "PANEL = " in path.read_text(encoding="utf-8")}
    assert set(NAMES) == folders
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("spec", panels(), ids=lambda spec: spec.id)
def test_panel_keeps_its_promises(spec: object) -> None:
    from studio.core.panel import PanelSpec

    assert isinstance(spec, PanelSpec)
    for place in (spec.task, spec.view):
        module, _, name = place.partition(":")
        assert name in _defined(module), place
    assert (ROOT / "assets" / "icons" / f"{spec.icon}.svg").is_file()
    assert spec.params.from_json(spec.params().to_json()) == spec.params()
    for name, setting in spec.params.settings().items():
        assert setting.checked(name, setting.default) == setting.default, name
        assert setting.label, name


def test_every_engine_folder_is_listed() -> None:
    folders = {path.parent.name for path in STUDIO.glob("engines/*/__init__.py")}
    assert {spec.load.split(".")[2] for spec in ENGINES} == folders
    assert len({spec.id for spec in ENGINES}) == len(ENGINES)


@pytest.mark.parametrize("spec", ENGINES, ids=lambda spec: spec.id)
def test_engine_can_be_loaded_by_name(spec: object) -> None:
    from studio.engines.registry import EngineSpec

    assert isinstance(spec, EngineSpec)
    module, _, function = spec.load.partition(":")
    assert function in _defined(module)
    keys = {value.id for value in vars(capabilities).values() if isinstance(value, EngineKey)}
    assert spec.provides in keys


@pytest.mark.parametrize("package", ["core", "media", "library", "project", "engines", "panels", "ui", "cli"])
def test_every_public_thing_says_what_it_is(package: str) -> None:
    missing = []
    for name, tree in trees().items():
        if name.startswith(f"studio/{package}/"):
            missing += [f"{name}:{node.lineno}" for node in _public(tree) if not ast.get_docstring(node)]
            missing += [name] if not ast.get_docstring(tree) else []
    assert not missing, "a docstring says what it guarantees: " + ", ".join(missing)


def test_only_the_command_line_prints() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, node in _nodes(ast.Call)
        if isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and not name.startswith(SPEAKS)
        and "# noqa: T201 - " not in sources()[name].splitlines()[node.lineno - 1]
    ]
    assert not found, "say it with ctx.note, a notice or logging: " + ", ".join(found)


def test_message_boxes_stay_in_one_place() -> None:
    found = [name for name, text in sources().items() if "QMessageBox" in text and name not in MESSAGE_BOXES]
    assert not found, "news belongs into a notice or a card: " + ", ".join(found)


def test_no_absolute_paths() -> None:
    absolute = re.compile(r"^(/(home|root|work|usr|opt|var|mnt|Users)/|[A-Z]:\\\\)")
    found = [
        f"{name}:{node.lineno}"
        for name, node in _nodes(ast.Constant)
        if isinstance(node.value, str) and absolute.match(node.value)
    ]
    assert not found, "use studio.core.places: " + ", ".join(found)


def test_files_stay_short() -> None:
    everything = [*STUDIO.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "packaging").rglob("*.py")]
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_bytes().splitlines()) for path in everything}
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_functions_stay_short() -> None:
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    )
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 9 // 10] <= 25


def test_silenced_checks_name_what_they_silence() -> None:
    blanket = re.compile(r"#\s*(noqa(?!:)|type:\s*ignore(?!\[))")
    assert not [name for name, text in sources().items() if blanket.search(text)]


def test_future_annotations_everywhere() -> None:
    wanted = "from __future__ import annotations"
    assert not [
        name
        for name, tree in trees().items()
        if len(tree.body) > 1 and wanted not in sources()[name] and not name.endswith("__init__.py")
    ]


def _nodes(kind: type[T]) -> Iterator[tuple[str, T]]:
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield name, node


def _defined(module: str) -> set[str]:
    """Names a module defines, read without importing it: engines would bring their libraries."""
    path = ROOT / (module.replace(".", "/") + ".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _public(tree: ast.Module) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Classes and functions of a module that others may use; what Qt calls keeps Qt's own description."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
