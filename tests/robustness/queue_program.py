"""A small studio without a window: ``python -m tests.robustness.queue_program FILE JOBS``.

Makes FILE with JOBS jobs in its queue, or opens it and goes on with what is left there. Says "ready" when
the queue runs, "done ASSET JOB" after each `Runner.ended`, "offered N" for what an opened file still had to
do, and leaves when nothing is left.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(path: Path, count: int) -> int:
    """Run until the queue is empty; 0 if every job was done."""
    from PySide6.QtCore import QCoreApplication, QTimer

    from studio.engines.messages import HostSettings
    from studio.ui.document import Document
    from studio.ui.runner import Runner
    from tests.fakes import TASKS, request

    app = QCoreApplication([])
    document = Document()
    document.failed.connect(lambda problem: _say(f"problem {problem.text} {problem.details}"))
    host = HostSettings("", Path(), Path(), "tests.fakes:resolve", "tests.fakes:FakeCache", threads=1)
    runner = Runner(document, TASKS, host=host)

    def begin() -> None:
        if runner.jobs():
            _say(f"offered {len(runner.waiting)}")
            runner.resume()
        elif is_new:
            runner.submit([request("quick", seed, steps=1, seconds=0.005) for seed in range(count)],
                          panel="quick", label="Small")
        _say("ready")
        QTimer.singleShot(0, finish_if_empty)

    def finish_if_empty() -> None:
        if not runner.waiting and not runner.current:
            app.exit(0)

    def on_ended(job: object) -> None:
        _say(" ".join(["done", *(f"{asset.id} {job.id}" for asset in job.assets)]))  # type: ignore[attr-defined]
        finish_if_empty()

    is_new = not path.exists()
    runner.ended.connect(on_ended)
    (document.create if is_new else document.open)(
        path, lambda _: document.call(lambda project: None, lambda _: begin()),
        lambda problem: (_say(f"problem {problem.text}"), app.exit(1)))
    code = app.exec()
    return 0 if runner.shutdown() and document.close() and code == 0 else 1


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
