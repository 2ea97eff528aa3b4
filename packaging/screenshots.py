"""Pictures of the window for the guide, made by working in it: empty, working, result, error.

    xvfb-run -a -s "-screen 0 1920x1200x24" uv run python packaging/screenshots.py docs/screenshots

One process for each look (dark, light, Chinese), with a home and a project of its own. Look at them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.app import Studio
    from studio.ui.jobs import Job

LOOKS = {"dark": ("dark", "en"), "light": ("light", "en"), "chinese": ("light", "zh_CN")}
SIZE = (1280, 800)
SHOWN = 0.15
"""How far Fine is when the window is shown at work."""
HALF = 0.5
"""How far a text is when the window is shown at work."""
NOTES_SHOWN = 24
"""Notes that have come when the window is shown composing."""
STORY = """# The Lamp

## One

The lighthouse had been dark for eleven years when the lamp came on again. Nobody in the village slept.

"It is only the wind," said my father, *and he did not believe it.* He took his coat from the door"""
EYE = (0.515, 0.33)
"""Where the lens looks, in shares of the sample photograph."""
SECONDS = 900.0
"""Longest wait for anything; a slow machine restyles a sample in a minute."""


def main() -> int:
    """Make every look, or the one named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--look", choices=LOOKS, help="only this one, in this process")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    if args.look:
        return shoot(args.folder, args.look)
    for look in LOOKS:
        with tempfile.TemporaryDirectory(prefix="atelier-") as home:
            command = [sys.executable, __file__, str(args.folder), "--look", look]
            subprocess.run(command, check=True, env=os.environ | {"ATELIER_HOME": home})
    return 0


def shoot(folder: Path, look: str) -> int:
    """Work through one look and keep a picture of each state."""
    from studio.app import Studio, make_application
    from studio.core import places
    from studio.core.preferences import Preferences
    from studio.core.settings import PreferencesFile

    theme, language = LOOKS[look]
    kept = PreferencesFile()
    kept.save(Preferences(theme=theme, language=language, reduce_motion=True))
    app = make_application(kept)
    studio = Studio(kept)
    studio.window.resize(*SIZE)
    studio.window.show()
    places.documents().mkdir(parents=True, exist_ok=True)
    studio.start(None)
    try:
        wait(lambda: studio.room is not None and studio.room.document.is_open)
        keep = partial(_keep, studio, folder, look)
        work(studio, keep)
        enlarge(studio, keep)
        write(studio, keep)
        paint(studio, keep)
        compose(studio, keep)
    finally:
        studio.window.close()
        app.processEvents()
    return 0


def work(studio: Studio, keep: Callable[[str], None]) -> None:
    """What a person would do first, with ``keep`` called at every state worth showing."""
    room = studio.room
    view = room.panels.view("style")
    settle(1.0)
    keep("empty")
    view.try_sample()
    wait(lambda: bool(view.request_list()), "samples")
    view.set_seed(7)
    restyle(studio, "fine", lambda job: (job.fraction or 0) > SHOWN)
    settle(0.3)
    keep("working")
    room.runner.stop(room.runner.jobs()[-1])
    wait(lambda: room.runner.current is None, "stop")
    settle(1.0)
    restyle(studio, "quick", lambda job: job.state.is_final)
    if problem := room.runner.jobs()[-1].problem:
        raise SystemExit(f"{problem.text} {problem.details}")
    settle(2.0)
    keep("result")
    job = room.runner.jobs()[-1]
    view.form.set_values({"model": "lost-model"})
    view.run()
    wait(lambda: room.runner.jobs()[-1] is not job and room.runner.jobs()[-1].state.is_final, "error")
    settle(1.0)
    keep("error")


def enlarge(studio: Studio, keep: Callable[[str], None]) -> None:
    """A photo under the lens before anything is enlarged, then its result: split, and side by side."""
    from PySide6.QtCore import QPointF

    room = studio.room
    view = room.panels.view("upscale")
    settle(1.0)
    keep("upscale-empty")
    view.try_sample()
    wait(lambda: view.canvas.before is not None, "sample")
    canvas = view.canvas
    canvas.lens.keep(canvas.to_point(QPointF(*EYE)))
    wait(lambda: canvas.looks.covers(canvas.close_up()), "look")
    settle(0.5)
    keep("upscale-lens")
    before = len(room.runner.jobs())
    view.run()
    wait(lambda: len(room.runner.jobs()) > before, "queue")
    wait(lambda: room.runner.jobs()[-1].state.is_final, room.runner.jobs()[-1])
    if problem := room.runner.jobs()[-1].problem:
        raise SystemExit(f"{problem.text} {problem.details}")
    wait(lambda: canvas.after is not None, "result")
    for mode in ("split", "side"):
        canvas.set_mode(mode)
        settle(1.5)
        keep(f"upscale-{mode}")


def write(studio: Studio, keep: Callable[[str], None]) -> None:
    """A story begun by a person, gone on with by the model: while it writes, then another attempt marked."""
    from studio.core.pieces import Piece

    room = studio.room
    view = room.panels.view("write")
    editor = view.page.editor
    wait(lambda: not editor.isReadOnly(), "page")
    settle(1.0)
    keep("write-empty")
    editor.replace(0, 0, [Piece(STORY)])
    editor.go_to(editor.length)
    view.set_seed(7)
    writing(studio, view.run, lambda job: (job.fraction or 0) > HALF)
    keep("write-working")
    wait(lambda: room.runner.current is None, "the end of it")
    writing(studio, view.retry, lambda job: job.state.is_final)
    view.page.line.origins.click()
    view.ponder()
    settle(1.5)
    keep("write-result")


def paint(studio: Studio, keep: Callable[[str], None]) -> None:
    """Pictures from words: at work, done, a part of one marked to be painted anew, a sheet."""
    from PySide6.QtWidgets import QScrollArea

    room = studio.room
    view = room.panels.view("image")
    settle(1.0)
    keep("image-empty")
    view.try_sample()
    view.set_seed(7)
    view.settings.form.set_values({"count": 4})
    settle(2.0)
    writing(studio, view.run, lambda job: (job.fraction or 0) > HALF and view.canvas.after is not None)
    keep("image-working")
    wait(lambda: room.runner.current is None and not room.runner.waiting, "the end of it")
    wait(lambda: len(view.page.strip.results()) > 3, "the pictures")
    settle(1.5)
    keep("image-batch")
    view.give([view.page.strip.results()[0]], "picture")
    wait(lambda: view.canvas.before is not None, "the picture to start from")
    mark(view)
    settle(1.0)
    keep("image-mask")
    view.canvas.brush.set_on(False)
    view.pictures.set_pictures([])
    view.bench.maker.set_texts("prompt=red apple, flat|blue fish, flat|green frog, flat", "seed=7,8,9")
    view.bench.sheet_fold.set_open(True)
    writing(studio, view.bench.maker.button.click, lambda job: job.state.is_final)
    wait(lambda: view.page.strip.results() and view.bench.picker.isVisible(), "the sheet")
    view.column.findChild(QScrollArea, "column.scroll").ensureWidgetVisible(view.bench.maker)
    settle(1.5)
    keep("image-sheet")


def mark(view: Any) -> None:
    """Go over the middle of the picture with the brush."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    canvas, left = view.canvas, Qt.MouseButton.LeftButton
    canvas.brush.set_on(True)
    middle = canvas.picture_rect().center().toPoint()
    QTest.mousePress(canvas, left, pos=middle - QPoint(60, 40))
    for step in range(13):
        QTest.mouseMove(canvas, middle + QPoint(10 * step - 60, 8 * (step % 3) - 40))
    QTest.mouseRelease(canvas, left, pos=middle + QPoint(60, -40))


def compose(studio: Studio, keep: Callable[[str], None]) -> None:
    """A piece composed, while its bars come, and then with attempts side by side and a part locked."""
    room = studio.room
    view = room.panels.view("music")
    settle(1.0)
    keep("music-empty")
    view.set_seed(7)
    view.settings.form.set_values({"style": "piano", "valence": "1", "energy": "0", "bars": 16})
    view.settings.attempts.set_value(3)
    writing(studio, view.run, lambda job: len(view.page.arriving.notes) > NOTES_SHOWN)
    keep("music-working")
    wait(lambda: room.runner.current is None and not room.runner.waiting, "the end of it")
    wait(lambda: len(view.page.variants.items) > 1 and bool(view.page.roll.reading.felt), "attempts")
    sheet = view.page.sheet
    sheet.choose(sheet.arrangement.score.tracks[sheet.track].notes[:6])
    view.page.deeds.lock()
    view.page.roll.setFocus()
    settle(1.5)
    keep("music-result")


def writing(studio: Studio, begin: Callable[[], object], until: Callable[[Job], bool]) -> None:
    """Begin to write, and wait until the new job is so far."""
    runner = studio.room.runner
    before = len(runner.jobs())
    begin()
    wait(lambda: len(runner.jobs()) > before, "queue")
    wait(lambda: until(runner.jobs()[-1]) or runner.jobs()[-1].state.is_final, runner.jobs()[-1])
    if problem := runner.jobs()[-1].problem:
        raise SystemExit(f"{problem.text} {problem.details}")


def restyle(studio: Studio, method: str, until: Callable[[Job], bool]) -> None:
    """Press the button, and wait until the new job is so far."""
    view, runner = studio.room.panels.view("style"), studio.room.runner
    before = len(runner.jobs())
    view.form.set_values({"method": method})
    view.run()
    wait(lambda: len(runner.jobs()) > before, "queue")
    wait(lambda: until(runner.jobs()[-1]) or runner.jobs()[-1].state.is_final, runner.jobs()[-1])


def _keep(studio: Studio, folder: Path, look: str, state: str) -> None:
    grab(studio, folder / f"{look}-{state}.webp")


def grab(studio: Studio, path: Path) -> None:
    """Keep the window as it is, small enough for a repository."""
    from PIL import Image
    from PySide6.QtGui import QImage

    shot = studio.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, rows = (shot.width(), shot.height()), shot.bytesPerLine()
    Image.frombuffer("RGB", size, bytes(shot.constBits()), "raw", "RGB", rows).save(
        path, quality=92, method=6
    )
    print(path)


def wait(is_so: Callable[[], bool], what: object = "") -> None:
    """Let the window live until something is so; ``what`` says what, should it never be."""
    end = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit(f"waited too long: {what}")
        settle(0.05)


def settle(seconds: float) -> None:
    """Let the window live for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
