"""How soon the window is there: ``python -m benchmarks.start [TIMES]``, against an empty PySide6 window.

Both are fresh processes of the same interpreter, in turns, with byte-compiled modules as on any start but
the first. Each counts from before the process is started until what it is about was painted and the event
loop is free again:

- empty: a QMainWindow with nothing in it.
- usable: rail, top line and the canvas' empty state. It takes a drop, and its buttons can be pressed
  (`tests/ui/test_start.py` does both at that moment).
- panel: wells, settings and the big button as well.
- ready: menus filled, reel and queue there, the project asked for.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

AIM = 1.5
_EMPTY = """
import time
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, ready)
def ready():
    print("empty", time.perf_counter(), time.process_time(), flush=True)
    app.exit(0)
app = QApplication([]); window = Window(); window.resize(1280, 800); window.show(); app.exec()
"""
_ATELIER = """
import sys, time
from studio import __main__ as program
def tell(what):
    print(what, time.perf_counter(), time.process_time(), flush=True)
def watch(module, name, what):
    from PySide6.QtCore import QTimer
    of = getattr(module, name)
    painted = of.paintEvent
    def paint_event(self, event):
        painted(self, event)
        if what not in told:
            told.add(what)
            QTimer.singleShot(0, lambda: tell(what))
    of.paintEvent = paint_event
def open_window(path):
    import studio.app as app
    from studio.ui.widgets import empty_state
    watch(empty_state, "EmptyState", "usable")
    class Watched(app.Studio):
        def start(self, path):
            self.ready.connect(self.on_ready)
            super().start(path)
        def on_ready(self):
            tell("ready")
            self.window.close()
    app.Studio = Watched
    return app.run(path)
class Finder:
    # watches the big button as soon as its module is there, and loads nothing sooner for that
    def find_spec(self, name, path=None, target=None):
        if name == "studio.ui.widgets.run_bar":
            import importlib.util
            sys.meta_path.remove(self)
            spec = importlib.util.find_spec(name)
            run = spec.loader.exec_module
            def exec_module(module):
                run(module)
                watch(module, "RunBar", "panel")
            spec.loader.exec_module = exec_module
            return spec
told = set()
sys.meta_path.insert(0, Finder())
program._open_window = open_window
sys.argv = ["atelier"]
sys.exit(program.main())
"""


def main(times: int) -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["ATELIER_HOME"] = home
        ratios(times)


def ratios(times: int) -> None:
    """Print how long both take: of the time, and of the processor time of the process.

    They take turns at being first. Other programs only ever make a run slower, so that the least of many is
    nearest to a quiet machine; the medians say what it was like on this one.
    """
    with tempfile.TemporaryDirectory() as compiled:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        runs = [both(environment, bool(turn % 2)) for turn in range(times + 1)][1:]
    least, middle = ({what: [pick(run[what][at] for run in runs) for at in (0, 1)] for what in runs[0]}
                     for pick in (min, statistics.median))
    for said, found in (("least", least), ("median", middle)):
        wall, cpu = found["empty"]
        print(f"start, {said} of {times}: empty window {wall * 1000:.0f} ms, "
              f"{cpu * 1000:.0f} ms of the processor")
        for what in ("usable", "panel", "ready"):
            print(f"       {what}: {found[what][0] / wall:.2f} x that, {found[what][1] / cpu:.2f} x of the "
                  "processor" + (f"   (aim {AIM})" if what == "usable" else ""), flush=True)


def both(environment: dict[str, str], is_turned: bool) -> dict[str, tuple[float, float]]:
    """One start of each, ours first where ``is_turned``."""
    found: dict[str, tuple[float, float]] = {}
    for code in (_ATELIER, _EMPTY) if is_turned else (_EMPTY, _ATELIER):
        found |= start(code, environment)
    return found


def start(code: str, environment: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Seconds from before the process is started to each moment it tells of, and its processor time then."""
    begin, found = time.perf_counter(), {}  # on Linux, macOS and Windows the same clock for every process
    done = subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True,
                          check=True, timeout=120)
    for line in done.stdout.splitlines():
        what, moment, taken = line.split()
        found[what] = (float(moment) - begin, float(taken))
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
