"""A small studio without a window: ``python -m tests.robustness.batch_program FILE FOLDER OUT``.

Makes FILE and works through FOLDER into OUT, or opens FILE and goes on with the batch that is left there.
Says "ready", "ended N" for every file, and leaves when the batch is over.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(path: Path, folder: Path, out: Path) -> int:
    """Run until the batch is over; 0 if nothing failed."""
    from PySide6.QtCore import QCoreApplication

    from studio.core.jobs import Problem, Request
    from studio.engines.messages import HostSettings
    from studio.project.store import JobRow, Project
    from studio.ui.batch_order import BatchOrder
    from studio.ui.batch_run import BatchRun
    from studio.ui.deliveries import Deliveries
    from studio.ui.document import Document
    from studio.ui.runner import Runner
    from tests.fakes import TASKS

    app = QCoreApplication([])
    document = Document()
    document.failed.connect(lambda problem: _say(f"problem {problem.text} {problem.details}"))
    host = HostSettings("", Path(), Path(), "tests.fakes:resolve", "tests.fakes:FakeCache", threads=1)
    runner = Runner(document, TASKS, host=host)
    deliveries = Deliveries(document, runner)
    runs: list[BatchRun] = []

    def left(project: Project) -> tuple[dict[str, dict[str, object]], list[JobRow]]:
        return project.batches.all(), list(project.jobs())

    def begin(found: tuple[dict[str, dict[str, object]], list[JobRow]]) -> None:
        batches, rows = found
        asked = Request("quick", 1, {"steps": 1, "seconds": 0.01}, (), 3)
        order = BatchOrder("quick", "content", asked, folder, out, "{name}")
        for data in batches.values():
            order = BatchOrder.from_json(data)
        run = BatchRun(order, document, runner)
        runs.append(run)
        run.changed.connect(lambda: _say(f"ended {run.ended}"))
        run.over.connect(lambda: end(run))
        deliveries.delivered.connect(run.deliver)
        deliveries.refused.connect(run.refuse)
        document.call(lambda project: project.batches.put(order.id, order.to_json()))
        run.start([row for row in rows if row.batch == order.id])
        runner.resume()
        _say("ready")

    def end(run: BatchRun) -> None:
        document.call(lambda project: project.batches.forget(run.order.id),
                      lambda _: app.exit(run.report.count("failed")))

    def refused(problem: Problem) -> None:
        _say(f"problem {problem.text}")
        app.exit(1)

    (document.open if path.exists() else document.create)(
        path, lambda _: document.call(left, begin), refused)
    code = app.exec()
    return 0 if runner.shutdown() and document.close() and code == 0 else 1


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
