"""The command of a panel: the same code for every panel, fed by its `PanelSpec`."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from studio.cli import arguments
from studio.cli.console import Console
from studio.core.panel import PanelSpec

if TYPE_CHECKING:
    from studio.cli.batch import Batch, Scope
    from studio.cli.making import Made, Maker, Order
    from studio.cli.saving import Target


def add(commands: Any, spec: PanelSpec) -> None:
    """Add the command of ``spec``."""
    about = _about(spec)
    parser = commands.add_parser(spec.id, help=about, description=about, allow_abbrev=False)
    arguments.add_panel(parser, spec)
    if arguments.needed(spec):
        arguments.add_folders(parser)
    arguments.add_common(parser)
    parser.set_defaults(command=partial(_run, spec), parser=parser)


def _run(spec: PanelSpec, args: argparse.Namespace, console: Console) -> int:
    from studio.cli.batch import Batch
    from studio.cli.unfinished import sweep

    try:
        scope = _scope(spec, args)
        order = _order(spec, args, is_batch=scope is not None)
    except argparse.ArgumentTypeError as error:
        args.parser.error(str(error))
    sweep()
    if scope is None:
        return _single(order, args, console)
    batch = Batch(scope, order, console)
    batch.check()
    order.target.check(scope.paths[0])
    return _many(batch, order, args, console)


def _single(order: Order, args: argparse.Namespace, console: Console) -> int:
    """Make what comes of one content, or of none. Raises StudioError."""
    from studio.cli import inputs
    from studio.cli.batch import line

    roles = arguments.needed(order.spec)
    content = order.chosen.files[roles[0].name][0] if roles else None
    if content:
        inputs.check(content)
    order.target.check(content)
    made: list[Made] = []
    with ExitStack() as stack:
        for number, maker in enumerate(_makers(stack, order, args, console), 1):
            made.append(maker.make(maker.ask(content, number=number)))
            console.say(line(made[-1]))
    console.result(_report(made, made[0].seed), [str(path) for each in made for path in each.paths])
    return 0


def _many(batch: Batch, order: Order, args: argparse.Namespace, console: Console) -> int:
    with ExitStack() as stack:
        batch.run(_maker(stack, order, args, console))
    failed = [{"input": row.input, "problem": row.reason} for row in batch.report.of("failed")]
    data = _report(batch.made, order.seed) | {"failed": failed} | batch.sum_up()
    console.result(data, data["outputs"])
    batch.tell()
    if batch.is_stopped:
        console.say("Stopped.")
        return 130
    return 1 if failed else 0


def _maker(stack: ExitStack, order: Order, args: argparse.Namespace, console: Console) -> Maker:
    return _makers(stack, order, args, console)[0]


def _makers(stack: ExitStack, order: Order, args: argparse.Namespace, console: Console) -> list[Maker]:
    """One for each request that comes of ``order``; they share the models and the project."""
    from studio.cli.keeping import Keeper
    from studio.cli.making import Maker
    from studio.cli.workshop import Workshop

    keeper = stack.enter_context(Keeper(args.project)) if args.project else None
    shop = stack.enter_context(Workshop(args.device, console))
    return [Maker(each, shop, keeper) for each in order.each()]


def _scope(spec: PanelSpec, args: argparse.Namespace) -> Scope | None:
    """The files of a batch; None for one content. Raises ArgumentTypeError for wrong usage."""
    from studio.cli import inputs
    from studio.cli.batch import Scope

    roles = arguments.needed(spec)
    paths = arguments.chosen(args, spec).files[roles[0].name] if roles else ()
    has_folder = any(inputs.is_folder(path) for path in paths)
    if roles and args.watch and not has_folder:
        raise argparse.ArgumentTypeError("--watch needs a folder to watch")
    if len(paths) < 2 and not has_folder:
        return None
    return Scope(paths, deep=args.subfolders, again=args.again, watch=args.watch, report=args.report)


def _order(spec: PanelSpec, args: argparse.Namespace, *, is_batch: bool) -> Order:
    """What to do. Raises ArgumentTypeError for wrong usage, StudioError for settings that cannot be."""
    from studio.cli.making import Order
    from studio.cli.saving import Target

    chosen = arguments.chosen(args, spec)
    target = Target.of(args.output, spec.kind_for(chosen.settings), is_batch)
    params = spec.params.from_json({**_named_format(spec, target), **chosen.settings}).to_json()
    is_seeded = args.seed is not None
    seed = args.seed if is_seeded else secrets.randbelow(arguments.SEED_LIMIT)
    template = getattr(args, "name", None) or ""
    if template and target.file:
        raise argparse.ArgumentTypeError("--name: -o names the file already; give a folder")
    return Order(spec, params, chosen, seed, is_seeded, target, template)


def _named_format(spec: PanelSpec, target: Target) -> dict[str, str]:
    """The format that ``-o`` names, where a panel can be told: then the result is encoded once."""
    from studio.cli.saving import FORMATS

    setting = spec.params.settings().get("format")
    name = FORMATS[spec.makes].get(target.suffix, "") if target.file else ""
    return {"format": name} if setting and name in dict(setting.choices) else {}


def _report(made: Sequence[Made], seed: int) -> dict[str, Any]:
    """One object, as the command-line contract has it."""
    outcomes = [each.outcome for each in made]
    last = outcomes[-1] if outcomes else None
    models = [model.id for model in last.models] if last else []
    notes = [note for outcome in outcomes for note in outcome.notes]
    return {
        "outputs": [str(path) for each in made for path in each.paths],
        "seed": seed,
        "model": models[0] if models else None,
        "models": models,
        "seconds": round(sum(outcome.seconds for outcome in outcomes), 3),
        "device": last.device if last else None,
        "precision": last.precision if last else None,
        "notes": list(dict.fromkeys(notes)),
        "assets": [asset for each in made for asset in each.assets],
        "failed": [],
    }


def _about(spec: PanelSpec) -> str:
    """The first line of the panel's own description."""
    package = import_module(spec.params.__module__.rpartition(".")[0])
    return (package.__doc__ or spec.title).strip().splitlines()[0]
