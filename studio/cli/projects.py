"""``atelier project``: make a project, look into it, take results out, make them again and compare."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.cli import arguments
from studio.cli.console import Console
from studio.cli.tables import amount, table
from studio.core.errors import StudioError

if TYPE_CHECKING:
    from studio.cli.workshop import Workshop
    from studio.core.jobs import Outcome, Request
    from studio.project.store import Asset, Project
    from studio.project.verify import Verdict


def add(commands: Any) -> None:
    """Add the command and its five verbs."""
    about = "make, look into, export from and verify projects"
    verbs = commands.add_parser(
        "project", help=about, description=about.capitalize() + ".", allow_abbrev=False
    ).add_subparsers(metavar="VERB", required=True)
    _verb(verbs, "new", _new, "make an empty project").add_argument(
        "--title", help="its name (default: the file's)"
    )
    _verb(verbs, "info", _info, "what is in a project")
    _verb(verbs, "list", _list, "everything in a project, newest first")
    export = _verb(verbs, "export", _export, "write results, with their recipes, into a folder")
    _add_assets(export, "default: all results")
    export.add_argument(
        "-o", "--output", metavar="DIR", type=Path, required=True, help="folder to write into"
    )
    export.add_argument(
        "--format",
        default="png",
        metavar="F",
        help="png, jpeg, webp, tiff; of texts markdown, text, docx, epub, html, pdf; of music midi, "
        "musicxml, wav, flac, ogg, stems (default: png, markdown, midi)",
    )
    export.add_argument(
        "--bits", type=int, choices=(8, 16, 24), help="of PNG and TIFF 8 or 16, of WAV and FLAC 16 or 24"
    )
    export.add_argument(
        "--quality", type=int, metavar="N", help="1 to 100 of JPEG and WebP (default: 92) and Ogg (60)"
    )
    export.add_argument(
        "--name", default="{name}", metavar="T", help="such as {name}-{seed} (default: {name})"
    )
    _add_text_options(export)
    music = export.add_argument_group("music")
    music.add_argument("--reverb", type=int, metavar="N", help="how much room, 0 to 100 (default: 20)")
    music.add_argument("--font", metavar="F", help="SoundFont: its name or a file (default: the piece's own)")
    verify = _verb(verbs, "verify", _verify, "make results again and compare")
    _add_assets(verify, "default: all results")


def _add_text_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("texts")
    group.add_argument("--title", metavar="T", help="default: the text's first heading, or its name")
    group.add_argument("--author", metavar="T", help="as it is to stand there")
    group.add_argument("--language", metavar="L", help="such as en or zh, for hyphens (default: guessed)")
    group.add_argument("--paper", choices=("a5", "a4", "letter"), help="of a PDF (default: a5)")
    group.add_argument(
        "--statement", action="store_true", default=None, help="add who wrote how much, a person or a model"
    )


def _verb(verbs: Any, name: str, command: Any, about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=about, description=about.capitalize() + ".", allow_abbrev=False
    )
    parser.add_argument("file", metavar="F", type=Path, help="project file")
    arguments.add_common(parser)
    parser.set_defaults(command=command)
    return parser


def _add_assets(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("assets", metavar="ASSET", nargs="*", help=f"id, start of an id, or name ({about})")


def _new(args: argparse.Namespace, console: Console) -> int:
    from studio.project.store import Project

    with Project.create(args.file) as project:
        if args.title:
            project.title = args.title
        console.result({"project": str(args.file), "title": project.title}, [f"Made {args.file}."])
    return 0


def _info(args: argparse.Namespace, console: Console) -> int:
    with _reading(args.file) as project:
        assets = project.assets()
        facts = {
            "project": str(args.file),
            "title": project.title,
            "size": args.file.stat().st_size,
            "made": sum(asset.origin == "made" for asset in assets),
            "imported": sum(asset.origin == "imported" for asset in assets),
            "in_trash": len(project.assets(trashed=True)),
            "jobs": len([job for job in project.jobs() if not job.state.is_final]),
        }
    words = {"in_trash": "in the trash", "jobs": "jobs waiting"}
    console.result(
        facts, table([(words.get(k, k), amount(int(v)) if k == "size" else v) for k, v in facts.items()])
    )
    return 0


def _list(args: argparse.Namespace, console: Console) -> int:
    with _reading(args.file) as project:
        assets = project.assets()
    console.result({"assets": [_facts(asset) for asset in assets]}, table([_row(asset) for asset in assets]))
    return 0


def _export(args: argparse.Namespace, console: Console) -> int:
    from studio.project.exporters import export_assets

    names = ("bits", "quality", "title", "author", "language", "paper", "statement", "reverb", "font")
    options = {name: getattr(args, name) for name in names}
    with _reading(args.file) as project:
        written = export_assets(
            project,
            _wanted(project, args.assets),
            args.output,
            format=args.format,
            template=args.name,
            options={name: value for name, value in options.items() if value is not None},
        )
    console.result({"outputs": [str(path) for path in written]}, [str(path) for path in written])
    return 0


def _verify(args: argparse.Namespace, console: Console) -> int:
    from studio.cli.workshop import Workshop

    with _reading(args.file) as project, Workshop(args.device, console) as shop:
        problems = project.integrity_check()
        wanted = [asset for asset in _wanted(project, args.assets)
                  if args.assets or project.recipe(asset.id)]  # a page that was kept has none
        found = [(asset, _verdict(project, asset, shop)) for asset in wanted]
    results = [
        {
            "asset": asset.id,
            "name": asset.name,
            "verdict": verdict.kind,
            "distance": verdict.distance,
            "psnr": verdict.psnr,
            "why": verdict.why,
        }
        for asset, verdict in found
    ]
    rows = [
        (asset.id[:8], asset.name, verdict.kind, _distance(verdict), verdict.why) for asset, verdict in found
    ]
    console.result({"integrity": problems or "ok", "assets": results}, [*problems, *table(rows)])
    different = sum(verdict.kind == "different" for _, verdict in found)
    if problems:
        raise StudioError(
            "{name} is damaged: {problem}",
            "Open a backup copy if you have one.",
            name=args.file.name,
            problem=problems[0],
        )
    if different:
        raise StudioError("{different} of {count} came out different.", different=different, count=len(found))
    return 0


def _verdict(project: Project, asset: Asset, shop: Workshop) -> Verdict:
    from studio.engines.context import versions
    from studio.project.verify import verify

    with tempfile.TemporaryDirectory(prefix="atelier-") as folder:

        def remake(request: Request) -> Outcome:
            return _remade(project, request, shop, Path(folder), asset.name)

        return verify(project, asset, remake, versions())


def _distance(verdict: Verdict) -> str:
    return f"{verdict.distance:.3f} of 255" if verdict.distance else ""


def _remade(project: Project, request: Request, shop: Workshop, folder: Path, name: str) -> Outcome:
    """``request`` done again, with its inputs taken out of the project."""
    files: dict[str, Path] = {}
    for item in request.inputs:
        files[item.sha256] = folder / item.sha256
        project.export_blob(item.sha256, files[item.sha256])
    return shop.run(shop.task(_task_name(request.task)), request, files, name)


def _task_name(task: str) -> str:
    from studio.panels import panels

    for spec in panels():
        if task.partition(".")[0] == spec.id:
            return spec.task
    raise StudioError("This result was made with {task}, which is not here.", task=task)


def _wanted(project: Project, names: Sequence[str]) -> list[Asset]:
    """The assets meant by ``names``; without names everything that was made here. Raises StudioError."""
    assets = project.assets()
    if not names:
        return [asset for asset in assets if asset.origin == "made"]
    return [_one(assets, name) for name in names]


def _one(assets: Sequence[Asset], name: str) -> Asset:
    found = [asset for asset in assets if asset.name == name or (len(name) > 3 and asset.id.startswith(name))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise StudioError("There is no {name} in this project.", "See: atelier project list", name=name)
    raise StudioError(
        "{count} things are called {name}.",
        "Use the id from: atelier project list",
        count=len(found),
        name=name,
    )


def _reading(path: Path) -> Project:
    from studio.project.store import Project

    return Project.open(path, read_only=True)


def _facts(asset: Asset) -> Mapping[str, Any]:
    return {
        "id": asset.id,
        "name": asset.name,
        "kind": asset.kind,
        "origin": asset.origin,
        "media_type": asset.media_type,
        "sha256": asset.sha256,
        "size": asset.size,
        "created": asset.created,
        "stars": asset.stars,
        "task": asset.task,
        "seed": asset.seed if asset.origin == "made" else None,
        "facts": dict(asset.facts or {}),
    }


def _row(asset: Asset) -> tuple[str, ...]:
    facts = asset.facts or {}
    size = f"{facts['width']} x {facts['height']}" if {"width", "height"} <= set(facts) else ""
    size = size or (f"{facts['seconds']:.0f} s" if "seconds" in facts else "")
    seed = f"seed {asset.seed}" if asset.origin == "made" else ""
    return (
        asset.id[:8],
        asset.name,
        asset.origin,
        size,
        seed,
        "*" * asset.stars,
        asset.created[:16].replace("T", " "),
    )
