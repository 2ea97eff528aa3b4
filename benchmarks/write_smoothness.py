"""Does a novel stay fluid: ``python -m benchmarks.write_smoothness [SECONDS]``.

The real window, a page of 150,000 words in a project on the disk, with an 8 ms timer in its thread, while
300 tokens a second stream into its middle (handed over thirty times a second, as the window does), while a
person types, and both at once. Every edit is kept in the project.
Aim: 99.9 % of the gaps between two ticks under 33 ms.

"Own work" is the time the thread itself computed between two ticks: what is left of a gap on a machine that
has nothing else to do.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.bench import percentile, wait_until
from benchmarks.smoothness import tell

WORDS, TOKENS, HAND_OVERS, KEYS = 150_000, 300, 30, 12
"""Length of the page; tokens, hand-overs and keystrokes a second."""
_VOCABULARY = ("the", "sea", "was", "calm", "and", "nobody", "in", "village", "had", "seen", "such", "a",
               "light", "before", "it", "came", "over", "hill", "with", "lamps", "its", "long", "she")


def main(seconds: float) -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["ATELIER_HOME"] = home
        room = Desk(Path(home) / "novel.atelier")
        try:
            measure(room, seconds)
        finally:
            room.close()


def novel(words: int) -> str:
    """Chapters of paragraphs of 5 to 120 words, the same each time."""
    chance, parts, count = random.Random(1), [], 0
    while count < words:
        if len(parts) % 60 == 0:
            parts.append(f"# Chapter {len(parts) // 60 + 1}")
        length = chance.randint(5, 120)
        parts.append(" ".join(chance.choice(_VOCABULARY) for _ in range(length)) + ".")
        count += length
    return "\n\n".join(parts)


class Desk:
    """The real window with the novel on the page of its Write panel."""

    def __init__(self, path: Path) -> None:
        from studio.app import Studio, make_application
        from studio.core.manuscript import Manuscript
        from studio.core.settings import PreferencesFile
        from studio.project.store import Project

        with Project.create(path) as project:
            project.set_page("write", Manuscript.of(novel(WORDS)))
        kept = PreferencesFile()
        kept.remember("last_panel", "write")
        self.app = make_application(kept)
        self.studio = Studio(kept)
        self.studio.window.resize(1280, 800)
        self.studio.window.show()
        self.studio.start(path)
        wait_until(lambda: self.studio.room is not None and self.studio.room.document.is_open, 180)
        assert self.studio.room is not None
        self.view: Any = self.studio.room.panels.view("write")
        self.editor = self.view.page.editor
        wait_until(lambda: self.editor.length > 0, 60)

    def close(self) -> None:
        """Keep everything and close the project."""
        self.studio.window.close()
        self.app.processEvents()


def measure(desk: Desk, seconds: float) -> None:
    """Print the gaps of each kind of work."""
    editor = desk.editor
    page = editor.manuscript()
    begun = time.perf_counter()
    editor.set_manuscript(page)
    print(f"{editor.length:,} letters shown after {(time.perf_counter() - begun) * 1000:.0f} ms")
    show("just loaded", 3)
    settle = time.perf_counter() + 12
    wait_until(lambda: time.perf_counter() > settle, 60)
    show("idle", seconds / 4)
    middle = editor.text().index("\n\n", editor.length // 2)
    editor.go_to(middle)
    with streaming(editor, middle):
        show("300 tokens a second", seconds)
    editor.go_to(editor.length // 3)
    with typing(editor):
        show("typing", seconds)
    with streaming(editor, middle), typing(editor):
        show("both", seconds)
    editor.show_origins(True)
    editor.set_focus_mode(True)
    with streaming(editor, editor.length // 2):
        show("with origins, in focus", seconds)
    print(f"      {editor.words:,} words in the end")


def show(name: str, seconds: float) -> None:
    """Print the gaps of ``seconds``, and how much of each was this thread's own work."""
    from PySide6.QtCore import Qt, QTimer

    ticks: list[tuple[float, float]] = []
    timer = QTimer(interval=8, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append((time.perf_counter(), time.thread_time())))
    timer.start()
    end = time.perf_counter() + seconds
    wait_until(lambda: time.perf_counter() > end, seconds + 60)
    timer.stop()
    pairs = list(itertools.pairwise(ticks))
    own = [(after[1] - before[1]) * 1000 for before, after in pairs]
    tell(name, [(after[0] - before[0]) * 1000 for before, after in pairs])
    print(f"      own work: half {percentile(own, 0.5):.1f} ms   99% {percentile(own, 0.99):.1f} ms   "
          f"99.9% {percentile(own, 0.999):.1f} ms   worst {max(own):.1f} ms", flush=True)


@contextmanager
def streaming(editor: Any, at: int) -> Iterator[None]:
    """Tokens come in at ``at`` meanwhile."""
    from PySide6.QtCore import QTimer

    from studio.core.text import Token

    chance = random.Random(2)

    def more() -> None:
        words = [chance.choice(_VOCABULARY) for _ in range(TOKENS // HAND_OVERS)]
        ends = [".\n\n" if chance.random() < 0.02 else "" for _ in words]
        editor.write([Token(f" {word}{end}", 0.5) for word, end in zip(words, ends, strict=True)])

    editor.begin_writing(1, at)
    timer = QTimer(interval=1000 // HAND_OVERS)
    timer.timeout.connect(more)
    timer.start()
    yield
    timer.stop()
    editor.end_writing()


@contextmanager
def typing(editor: Any) -> Iterator[None]:
    """A person types meanwhile."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest

    chance = random.Random(3)
    timer = QTimer(interval=1000 // KEYS)
    timer.timeout.connect(lambda: QTest.keyClick(editor, chance.choice("abcdefgh   ")))
    timer.start()
    yield
    timer.stop()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
