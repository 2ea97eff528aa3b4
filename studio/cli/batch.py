"""Works through many files: one bad file stops none, what is done is skipped, and a report comes at the end.

A result that is there already is known by the recipe inside it (see `studio.project.batch.finished`), so the
same command can be given again after any interruption and goes on where it was.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.cli import inputs
from studio.cli.console import Console
from studio.cli.making import Asked, Made, Maker, Order
from studio.core.errors import Cancelled, StudioError
from studio.media import files as media_files
from studio.project.batch.finished import Finished, request_in
from studio.project.batch.folders import Found, Listing, holds, remove_halves, walk
from studio.project.batch.report import Report, Row, readable, to_csv
from studio.project.batch.settle import SETTLED, Settling

_LOOK = 0.5
"""Seconds between two looks at a watched folder."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which files a command is about, and how thorough it is."""

    paths: tuple[Path, ...]
    """Files and folders as given."""
    deep: bool = True
    """Whether folders inside folders count."""
    again: bool = False
    """Whether to make also what is there already."""
    watch: bool = False
    """Whether to wait for more."""
    report: Path | None = None
    """Where to write the report as a table."""
    settled: float = SETTLED
    look: float = _LOOK


class Batch:
    """One command over many files."""

    def __init__(self, scope: Scope, order: Order, console: Console) -> None:
        self._scope, self._order, self._console = scope, order, console
        self._finished = Finished(with_seed=order.is_seeded)
        self.report, self.made = Report(), list[Made]()
        self.is_stopped = False
        self._number, self._cleared = 0, set[Path]()

    def run(self, maker: Maker) -> None:
        """Work until all is done or somebody stops it, which `is_stopped` tells. Raises nothing else."""
        try:
            for found in self._watched() if self._scope.watch else self._once():
                self._one(maker, found)
        except (KeyboardInterrupt, Cancelled):
            self.is_stopped = True

    def listing(self) -> Listing:
        """The files as they are now, each once."""
        whole, seen = Listing(), set[str]()
        for path in self._scope.paths:
            part = self._below(path) if inputs.is_folder(path) else Listing([Found(path)])
            whole.unread += part.unread
            for found in part.files:
                if (key := os.path.abspath(found.path)) not in seen:  # noqa: PTH100 - links stay as they are
                    seen.add(key)
                    whole.files.append(found)
        return whole

    def check(self) -> None:
        """Raise StudioError where there is nothing to work on and nothing will come."""
        listing = Listing() if self._scope.watch else self.listing()
        if self._scope.watch or listing.files or listing.unread:
            return
        folder = self._scope.paths[0]
        raise StudioError(
            "There is nothing to work on in {name}.",
            "Put {kind} files into it.",
            name=folder.name or str(folder),
            kind=self._order.spec.roles[0].kind,
        )

    def sum_up(self) -> dict[str, Any]:
        """What the report adds to the command's JSON."""
        return {
            "done": [row.to_json() for row in self.report.of("done")],
            "skipped": [row.to_json() for row in self.report.of("skipped")],
            "stopped": self.is_stopped,
        }

    def tell(self) -> None:
        """The report on standard error, and as a table where that was asked for. Raises StudioError."""
        if problems := self.report.problems:
            self._console.say("Failed:")
        for line in problems:
            self._console.say(f"  {line}")
        self._console.say(self.report.summary)
        if self._scope.report:
            media_files.write_atomic(self._scope.report, to_csv(self.report.rows))

    # ---- which files

    def _below(self, folder: Path) -> Listing:
        spec, out = self._order.spec, self._order.target.folder
        roots = [path for path in self._scope.paths if inputs.is_folder(path)]
        under = Path(folder.resolve().name) if len(roots) > 1 else Path()
        return walk(
            folder, inputs.SUFFIXES[spec.roles[0].kind], deep=self._scope.deep, under=under, without=out
        )

    def _once(self) -> Iterator[Found]:
        listing = self.listing()
        for folder, error in listing.unread:
            self._fail(folder, error)
        yield from listing.files

    def _watched(self) -> Iterator[Found]:
        """Files once they are whole, for ever."""
        settling = self._settling = Settling(self._scope.settled)
        self._console.say("Watching; Ctrl+C ends it.")
        while True:
            by_path = {found.path: found for found in self.listing().files}
            ready = settling.look(by_path)
            yield from (by_path[path] for path in ready)
            time.sleep(0 if ready else self._scope.look)

    # ---- one file

    def _one(self, maker: Maker, found: Found) -> None:
        self._number += 1
        try:
            self._try(maker, found)
        except StudioError as error:
            if self._scope.watch and self._settling.is_young(found.path):
                self._settling.postpone(found.path)  # somebody may still be writing to it
            elif not self._scope.watch or found.path.exists():
                self._fail(found.path, error)

    def _try(self, maker: Maker, found: Found) -> None:
        if self._is_own(maker, found):
            self._skip(found, (), "It was made by this command.")
            return
        asked = maker.ask(found.path, found.inside, self._number)
        if not self._scope.again and (old := self._old(asked)):
            self._skip(found, (str(old),), "It is there already.")
            return
        self._clear(asked.target.place(found.path))
        start = time.monotonic()
        made = maker.make(asked)
        for path in made.paths:
            self._finished.take(path)
        self.made.append(made)
        outputs = tuple(map(str, made.paths))
        self.report.add(Row(str(found.path), "done", outputs, seconds=time.monotonic() - start))
        self._console.say(f"{readable(found.path.name)}: {line(made)}")

    def _old(self, asked: Asked) -> Path | None:
        content = asked.content
        folder = asked.target.place(content)
        return self._finished.find(folder, asked.request, content.stem if content else "")

    def _clear(self, folder: Path) -> None:
        """Once for each folder: remove the half files of programs that were killed."""
        if folder not in self._cleared:
            self._cleared.add(folder)
            remove_halves(folder)

    def _is_own(self, maker: Maker, found: Found) -> bool:
        """Whether it lies where results go and is one, so that no result becomes an input."""
        if found.path in self._scope.paths:
            return False
        out = self._order.target.folder
        if out is not None and not holds(out, found.path):
            return False
        request = request_in(found.path)
        return request is not None and request.task == maker.task

    def _skip(self, found: Found, outputs: tuple[str, ...], why: str) -> None:
        self.report.add(Row(str(found.path), "skipped", outputs, why))

    def _fail(self, path: Path, error: StudioError) -> None:
        self.report.add(Row(str(path), "failed", reason=str(error)))
        self._console.problem(error, readable(path.name))


def line(made: Made) -> str:
    """How one came out: seed, models, device, seconds, notes."""
    outcome = made.outcome
    models = ", ".join(model.id for model in outcome.models)
    told = [f"seed {made.seed}", models, outcome.device, f"{outcome.seconds:.1f} s", *outcome.notes]
    return " · ".join(filter(None, told))
