"""``atelier models``: what is there, what a file is, bringing in, checking and removing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.cli import arguments
from studio.cli.console import Console
from studio.cli.failures import named
from studio.cli.tables import amount, table
from studio.core.errors import StudioError

if TYPE_CHECKING:
    from studio.library.catalog import Catalog, Model


_BYTES = ("size", "memory", "memory_half", "expected_memory")


def add(commands: Any) -> None:
    """Add the command and its verbs."""
    about = "list, look at, bring in, check and remove models"
    verbs = commands.add_parser(
        "models", help=about, description=about.capitalize() + ".", allow_abbrev=False
    ).add_subparsers(metavar="VERB", required=True)
    _verb(verbs, "list", _list, "all models, with their licences")
    _verb(verbs, "info", _info, "all that is known of one").add_argument(
        "model", metavar="M", help="name or file"
    )
    _verb(verbs, "import", _import, "bring model files in").add_argument(
        "files", metavar="FILE", nargs="+", type=Path
    )
    _verb(verbs, "verify", _verify, "check files against their digests").add_argument(
        "model", metavar="M", nargs="?"
    )
    family = _verb(verbs, "family", _family, "say what an image generator is, where it was read wrongly")
    family.add_argument("model", metavar="M")
    family.add_argument("family", metavar="FAMILY", help="sd1, sd2, sdxl, sd3, flux, lumina or lumina2")
    family.add_argument(
        "--foretells", metavar="WHAT", default="", help="epsilon, v_prediction or sample, if wrong too"
    )
    _verb(verbs, "remove", _remove, "remove one you brought in").add_argument("model", metavar="M")


def _verb(verbs: Any, name: str, command: Any, about: str) -> Any:
    parser = verbs.add_parser(name, help=about, description=about.capitalize() + ".", allow_abbrev=False)
    arguments.add_common(parser)
    parser.set_defaults(command=command)
    return parser


def _list(args: argparse.Namespace, console: Console) -> int:
    models = _catalog().models()
    rows = [
        (
            model.id,
            model.title,
            amount(model.size),
            model.licence,
            "in the box" if model.is_starter else "yours",
        )
        for model in models
    ]
    console.result({"models": [_facts(model) for model in models]}, table(rows) if rows else ["No models."])
    return 0


def _info(args: argparse.Namespace, console: Console) -> int:
    model = _find(args.model)
    details, problem = _details(model)
    facts = _facts(model) | {"details": details, "problem": problem}
    shown = [
        (name, amount(int(value)) if name in _BYTES else value)
        for name, value in (facts | details).items()
        if name not in ("files", "details", "networks") and value not in ("", None, {})
    ]
    digests = [(name, digest) for name, digest in model.files.items()]
    console.result(facts, table(shown) + table(digests))
    return 0


def _details(model: Model) -> tuple[dict[str, Any], str]:
    """What the file says of the network, and what shows when it is loaded; or why it cannot be."""
    from studio.engines.registry import describe

    try:
        return {**model.facts, **describe(model.source())}, ""
    except StudioError as error:
        return dict(model.facts), str(error)


def _import(args: argparse.Namespace, console: Console) -> int:
    from studio.library.imports import import_file

    taken: list[Model] = []
    failed: list[dict[str, str]] = []
    for path in args.files:
        try:
            taken.append(import_file(path))
        except StudioError as error:
            failed.append({"input": str(path), "problem": str(error)})
            console.problem(error, path.name)
    lines = [f"{model.id}: {model.title}" for model in taken]
    console.result({"models": [_facts(model) for model in taken], "failed": failed}, lines)
    return 1 if failed else 0


def _verify(args: argparse.Namespace, console: Console) -> int:
    from studio.library.imports import verify

    models = [_find(args.model)] if args.model else _catalog().models()
    found = {model.id: dict(verify(model.id)) for model in models}
    rows = [
        (name, file, "ok" if is_ok else "CHANGED")
        for name, files in found.items()
        for file, is_ok in files.items()
    ]
    console.result({"models": found}, table(rows))
    wrong = [f"{name}/{file}" for name, file, word in rows if word != "ok"]
    if wrong:
        raise StudioError(
            "Not as it was made: {files}.", "Remove the model and bring it in again.", files=", ".join(wrong)
        )
    return 0


def _family(args: argparse.Namespace, console: Console) -> int:
    from studio.library.imports import set_family

    model = set_family(_find(args.model).id, args.family, args.foretells)
    console.result(_facts(model) | {"details": dict(model.facts)}, [f"{model.id} is now {args.family}."])
    return 0


def _remove(args: argparse.Namespace, console: Console) -> int:
    from studio.library.imports import remove

    model = _find(args.model)
    remove(model.id)
    console.result({"removed": model.id}, [f"Removed {model.id}."])
    return 0


def _catalog() -> Catalog:
    from studio.library.catalog import default

    return default()


def _find(name: str) -> Model:
    try:
        return _catalog().find(name)
    except StudioError as error:
        raise named(error, Path(name).name) from error


def _facts(model: Model) -> dict[str, Any]:
    return {
        "id": model.id,
        "title": model.title,
        "task": model.task,
        "engine": model.engine,
        "path": str(model.path),
        "size": model.size,
        "licence": model.licence,
        "source": model.source_url,
        "starter": model.is_starter,
        "files": dict(model.files),
    }
