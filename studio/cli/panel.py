"""The command of a panel: the same code for every panel, fed by its `PanelSpec`."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.cli import arguments
from studio.cli.arguments import Chosen
from studio.cli.console import Console
from studio.core.errors import StudioError
from studio.core.panel import PanelSpec

if TYPE_CHECKING:
    from studio.cli.keeping import Keeper
    from studio.cli.saving import Target
    from studio.cli.workshop import Workshop
    from studio.core.jobs import Outcome


def add(commands: Any, spec: PanelSpec) -> None:
    """Add the command of ``spec``."""
    about = _about(spec)
    parser = commands.add_parser(spec.id, help=about, description=about, allow_abbrev=False)
    arguments.add_panel(parser, spec)
    arguments.add_common(parser)
    parser.set_defaults(command=partial(_run, spec), parser=parser)


@dataclass(slots=True)
class Report:
    """What came of a command."""

    seed: int
    outputs: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """One object, as the command-line contract has it."""
        last = self.outcomes[-1] if self.outcomes else None
        models = [model.id for model in last.models] if last else []
        notes = [note for outcome in self.outcomes for note in outcome.notes]
        return {
            "outputs": self.outputs,
            "seed": self.seed,
            "model": models[0] if models else None,
            "models": models,
            "seconds": round(sum(o.seconds for o in self.outcomes), 3),
            "device": last.device if last else None,
            "precision": last.precision if last else None,
            "notes": list(dict.fromkeys(notes)),
            "assets": self.assets,
            "failed": self.failed,
        }


@dataclass(frozen=True, slots=True)
class _Order:
    """What is the same for every file of a batch."""

    spec: PanelSpec
    params: Mapping[str, Any]
    chosen: Chosen
    seed: int
    target: Target


def _run(spec: PanelSpec, args: argparse.Namespace, console: Console) -> int:
    try:
        order, contents, is_batch = _order(spec, args)
    except argparse.ArgumentTypeError as error:
        args.parser.error(str(error))
    from studio.cli.keeping import Keeper
    from studio.cli.workshop import Workshop

    report = Report(order.seed)
    with ExitStack() as stack:
        keeper = stack.enter_context(Keeper(args.project)) if args.project else None
        shop = stack.enter_context(Workshop(args.device, console))
        for content in contents:
            try:
                _one(order, content, shop, keeper, report, console)
            except StudioError as error:
                if not is_batch:
                    raise
                report.failed.append({"input": str(content), "problem": str(error)})
                console.problem(error, content.name if content else "")
    console.result(report.to_json(), report.outputs)
    return _sum_up(report, is_batch, console)


def _order(spec: PanelSpec, args: argparse.Namespace) -> tuple[_Order, list[Path | None], bool]:
    """What to do and on what. Raises ArgumentTypeError for wrong usage, StudioError for unusable places."""
    from studio.cli import inputs
    from studio.cli.saving import Target

    chosen = arguments.chosen(args, spec)
    params = spec.params.from_json(chosen.settings).to_json()
    seed = secrets.randbelow(arguments.SEED_LIMIT) if args.seed is None else args.seed
    roles = arguments.needed(spec)
    found, is_batch = inputs.expanded(chosen.files[roles[0].name], roles[0].kind) if roles else ([], False)
    target = Target.of(args.output, spec.makes, is_batch)
    contents: list[Path | None] = list(found) or [None]
    if found and not is_batch:
        inputs.check(found[0])
    target.check(contents[0])
    return _Order(spec, params, chosen, seed, target), contents, is_batch


def _one(
    order: _Order,
    content: Path | None,
    shop: Workshop,
    keeper: Keeper | None,
    report: Report,
    console: Console,
) -> None:
    """Make, keep and write what comes of one content."""
    from studio.cli import inputs, saving
    from studio.cli.failures import error_of
    from studio.core.jobs import Request
    from studio.engines.context import versions

    spec = order.spec
    files = inputs.gather(_files(order, content), order.chosen.weights)
    task = shop.task(spec.task)
    request = Request(task.id, task.version, order.params, files.inputs, order.seed)
    outcome = shop.run(task, request, files.paths, content.name if content else spec.title)
    if outcome.problem:
        raise inputs.blamed(error_of(outcome.problem), files)
    if keeper:
        report.assets += keeper.keep(request, outcome, files, spec.verb)
    written = saving.save(order.target, content, request, outcome, versions())
    report.outputs += [str(path) for path in written]
    report.outcomes.append(outcome)
    console.say(_line(outcome, order.seed))


def _files(order: _Order, content: Path | None) -> dict[str, tuple[Path, ...]]:
    roles = arguments.needed(order.spec)
    first = {roles[0].name: (content,)} if roles and content else {}
    return {**order.chosen.files, **first}


def _line(outcome: Outcome, seed: int) -> str:
    models = ", ".join(model.id for model in outcome.models)
    made = [f"seed {seed}", models, outcome.device, f"{outcome.seconds:.1f} s", *outcome.notes]
    return " · ".join(filter(None, made))


def _sum_up(report: Report, is_batch: bool, console: Console) -> int:
    if is_batch:
        console.say(f"{len(report.outcomes)} done, {len(report.failed)} failed.")
    return 1 if report.failed else 0


def _about(spec: PanelSpec) -> str:
    """The first line of the panel's own description."""
    package = import_module(spec.params.__module__.rpartition(".")[0])
    return (package.__doc__ or spec.title).strip().splitlines()[0]
