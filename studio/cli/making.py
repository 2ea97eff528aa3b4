"""Makes, keeps and writes what comes of one content: the same for a single file and for each of a batch."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from studio.cli import arguments, inputs, saving
from studio.cli.arguments import Chosen
from studio.cli.failures import error_of
from studio.cli.inputs import Files
from studio.cli.keeping import Keeper
from studio.cli.saving import Target
from studio.cli.unfinished import Unfinished
from studio.cli.workshop import Workshop
from studio.core.jobs import Outcome, Output, Request
from studio.core.panel import PanelSpec
from studio.engines.context import versions
from studio.media.files import writing_problem
from studio.project import naming

_ROOM = 1 << 20
"""Bytes that must be free before work for a folder begins."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is the same for every file of a command."""

    spec: PanelSpec
    params: Mapping[str, Any]
    chosen: Chosen
    seed: int
    is_seeded: bool
    """Whether the person chose the seed."""
    target: Target
    template: str = ""
    """How results in a folder are called; "" leaves it to the task."""

    def each(self) -> list[Order]:
        """This order as one for each request; where they are several, their files are numbered."""
        requests = self.spec.each(self.params, self.seed)
        if len(requests) == 1:
            return [replace(self, params=requests[0][0], seed=requests[0][1])]
        return [replace(self, params=params, seed=seed, is_seeded=True, target=self.target.numbered(number))
                for number, (params, seed) in enumerate(requests, 1)]


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one content."""

    outcome: Outcome
    seed: int
    paths: tuple[Path, ...]
    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One content's request, ready to be done."""

    content: Path | None
    files: Files
    request: Request
    target: Target
    number: int


class Maker:
    """Does what an order says, one content after the other."""

    def __init__(self, order: Order, shop: Workshop, keeper: Keeper | None) -> None:
        self._order, self._shop, self._keeper = order, shop, keeper
        self._task = shop.task(order.spec.task)

    @property
    def task(self) -> str:
        """The id of the task that does the work."""
        return self._task.id

    def ask(self, content: Path | None, inside: Path = Path(), number: int = 1) -> Asked:
        """Read the inputs. ``inside`` is a folder below the target's; raises StudioError."""
        order, target = self._order, self._order.target
        if target.folder:
            target = replace(target, folder=target.folder / inside)
        files = inputs.gather(self._files(content), order.chosen.weights)
        request = Request(self._task.id, self._task.version, order.params, files.inputs, order.seed)
        return Asked(content, files, request, target, number)

    def make(self, asked: Asked) -> Made:
        """Do the work and write what it gives. Raises StudioError, Cancelled, KeyboardInterrupt."""
        asked.target.check(asked.content)
        _check_room(asked.target, asked.content)
        pieces = Unfinished(asked.request, with_seed=self._order.is_seeded)
        try:
            made = self._make(replace(asked, request=pieces.request), pieces.folder)
        except BaseException:
            pieces.leave()
            raise
        pieces.over()
        return made

    def _make(self, asked: Asked, parts: Path) -> Made:
        spec, content, files = self._order.spec, asked.content, asked.files
        about = inputs.readable(content.name) if content else spec.title
        outcome = self._shop.run(self._task, asked.request, files.paths, about, parts)
        if outcome.problem:
            raise inputs.blamed(error_of(outcome.problem), files)
        assets = self._keeper.keep(asked.request, outcome, files, spec.verb) if self._keeper else []
        target = self._named(asked, outcome)
        written = saving.save(
            target, content, asked.request, outcome, versions(), partial(self._shop.tell, about)
        )
        return Made(outcome, asked.request.seed, tuple(written), tuple(assets))

    def _named(self, asked: Asked, outcome: Outcome) -> Target:
        if not self._order.template:
            return asked.target
        return replace(asked.target, stem=partial(_stem, self._order, asked, outcome))

    def _files(self, content: Path | None) -> dict[str, tuple[Path, ...]]:
        roles = arguments.needed(self._order.spec)
        first = {roles[0].name: (content,)} if roles and content else {}
        return {**self._order.chosen.files, **first}


def _stem(order: Order, asked: Asked, outcome: Outcome, output: Output) -> str:
    models = [model.id for model in outcome.models]
    return naming.safe(
        naming.fill(
            order.template,
            {
                "name": asked.content.stem if asked.content else output.name,
                "date": datetime.now().astimezone().date().isoformat(),
                "seed": output.seed,
                "model": models[0] if models else str(order.params.get("model", "")),
                "panel": order.spec.id,
                "width": output.facts.get("width", ""),
                "height": output.facts.get("height", ""),
                "index": asked.number,
            },
        )
    )


def _check_room(target: Target, content: Path | None) -> None:
    """Raise StudioError before the work where the disk is full: nobody waits for what cannot be kept."""
    folder = target.file.parent if target.file else target.place(content)
    with suppress(FileNotFoundError):  # it will be made
        if shutil.disk_usage(folder).free < _ROOM:
            full = OSError(errno.ENOSPC, "no room")
            raise writing_problem(target.file or folder, full)
