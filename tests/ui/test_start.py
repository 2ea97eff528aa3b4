"""The start: what is loaded when, seen in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from studio.ui.quick import set_by_name

_SCRIPT = """
import json, sys
from PySide6 import QtCore
from studio.app import Studio, make_application
from studio.core.settings import PreferencesFile
kept = PreferencesFile(); app = make_application(kept); studio = Studio(kept); studio.window.show()
app.processEvents()
shown = sorted(sys.modules), "Qt" in vars(QtCore)
def ready(): QtCore.QTimer.singleShot(300, studio.window.close)
studio.ready.connect(ready); studio.start(None); app.exec()
print(json.dumps([shown[0], shown[1], sorted(sys.modules)]))
"""
MODEL_LIBRARIES = {"torch", "torchvision", "torchaudio", "onnx", "onnxruntime", "transformers", "diffusers"}
Loaded = tuple[set[str], bool, set[str]]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Modules loaded when the window was shown, whether the namespace Qt was, and those of the end."""
    import os

    environment = {**os.environ, "ATELIER_HOME": str(tmp_path_factory.mktemp("start")),
                   "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", _SCRIPT], env=environment, capture_output=True, text=True,
                          timeout=120, check=True)
    shown, has_qt, in_the_end = json.loads(done.stdout.splitlines()[-1])
    return set(shown), has_qt, set(in_the_end)


def test_the_window_shows_before_anything_heavy_is_loaded(loaded: Loaded) -> None:
    shown, has_qt, _ = loaded
    assert not shown & {"numpy", "PIL", "psutil", "sqlite3", "imagecodecs", "studio.ui.workroom"}
    assert not has_qt, "PySide6.QtCore.Qt was asked for before the window was shown: see studio.ui.quick"


def test_the_windows_process_never_loads_a_model_library(loaded: Loaded) -> None:
    assert not loaded[2] & MODEL_LIBRARIES


def test_values_are_set_by_name(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    set_by_name(button, toolButtonStyle="ToolButtonTextUnderIcon")
    assert button.toolButtonStyle().name == "ToolButtonTextUnderIcon"


def test_a_wrong_name_is_an_error(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    with pytest.raises(ValueError, match="textFormat"):
        set_by_name(label, textFormat="Fancy")
    with pytest.raises(ValueError, match="flavour"):
        set_by_name(label, flavour="Sweet")
