"""Options and arguments of a panel's command, from its `Params` and `Role`s: nothing is written twice.

A setting becomes ``--its-name`` (or what `Setting.option` says: another option, a bare word for a
positional, "-" for none). A role that needs an input becomes a positional argument, one that may stay
empty an option. Values are checked here against the declaration, so a wrong one is a usage error.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.core.panel import PanelSpec, Role
from studio.core.params import Setting
from studio.project.naming import FIELDS, fill

SEED_LIMIT = 2**32
"""Seeds are 0 up to this, exclusive: what every random generator in use takes."""
DEVICES = ("auto", "cpu", "cuda", "mps")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a command line asked of a panel."""

    settings: Mapping[str, Any]
    """Only those given."""
    files: Mapping[str, tuple[Path, ...]]
    """By role."""
    weights: Mapping[str, tuple[float, ...]]
    """By role; empty where all weigh the same."""


def add_common(parser: argparse.ArgumentParser) -> None:
    """What every command understands."""
    group = parser.add_argument_group("everywhere")
    group.add_argument(
        "--project", type=Path, metavar="F", help="keep the result and its recipe in this project"
    )
    group.add_argument("--device", choices=DEVICES, default="auto", help="where to compute (default: auto)")
    group.add_argument("--json", action="store_true", help="one JSON object on standard output")
    group.add_argument("--quiet", action="store_true", help="say nothing unless it fails")


def add_panel(parser: argparse.ArgumentParser, spec: PanelSpec) -> None:
    """Everything ``spec`` declares, and seed and output."""
    for role in needed(spec):
        parser.add_argument(
            _role(role),
            metavar=role.name.upper(),
            type=Path,
            help=_role_help(role, spec),
            nargs="+" if role.high > 1 or is_batch(spec) else None,
        )
    for role in spec.roles:
        _add_role_options(parser, role)
    for name, setting in spec.params.settings().items():
        _add_setting(parser, name, setting)
    parser.add_argument(
        "--seed", type=_seed, metavar="S", help="the same seed gives the same result (default: random)"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        type=Path,
        help="file to write (its ending says the format), or a folder",
    )


def add_folders(parser: argparse.ArgumentParser) -> None:
    """What a command over many files understands."""
    group = parser.add_argument_group("many files")
    group.add_argument(
        "--name",
        metavar="T",
        type=_template,
        help="name of results in a folder, such as {name}-{index:03}; it can hold "
        + " ".join("{" + field + "}" for field in FIELDS),
    )
    group.add_argument(
        "--subfolders",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="look into folders inside a folder, and keep them (default: yes)",
    )
    group.add_argument(
        "--again",
        action="store_true",
        help="make also what is there already (default: results with the same recipe are skipped)",
    )
    group.add_argument("--watch", action="store_true", help="wait for more files in the folder, until Ctrl+C")
    group.add_argument("--report", metavar="F.csv", type=Path, help="write what came of each file to a table")


def needed(spec: PanelSpec) -> tuple[Role, ...]:
    """The roles that must be filled, which are the positional arguments."""
    return tuple(role for role in spec.roles if role.low > 0)


def is_batch(spec: PanelSpec) -> bool:
    """Whether several inputs mean several results: so it is where one input is all a panel needs."""
    roles = needed(spec)
    return len(roles) == 1 and roles[0].high == 1


def chosen(args: argparse.Namespace, spec: PanelSpec) -> Chosen:
    """What ``args`` asks of ``spec``. Raises argparse.ArgumentTypeError where the numbers don't fit."""
    values = vars(args)
    settings = {
        name: values[_setting(name)]
        for name in spec.params.settings()
        if values.get(_setting(name)) is not None
    }
    files = {role.name: _many(values.get(_role(role))) for role in spec.roles}
    weights = {role.name: tuple(values.get(_weights(role)) or ()) for role in spec.roles}
    for role in spec.roles:
        _check_count(role, files[role.name], weights[role.name], is_batch(spec))
    return Chosen(settings, files, weights)


def _many(value: Path | Sequence[Path] | None) -> tuple[Path, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, Path) else tuple(value)


def _check_count(role: Role, files: Sequence[Path], weights: Sequence[float], batch: bool) -> None:
    if len(files) > role.high and not batch:
        raise argparse.ArgumentTypeError(f"{role.name}: at most {role.high}, not {len(files)}")
    if weights and len(weights) != len(files):
        raise argparse.ArgumentTypeError(
            f"--{role.name}-weights: {len(weights)} weights for {len(files)} files"
        )


def _add_role_options(parser: argparse.ArgumentParser, role: Role) -> None:
    dashed = role.name.replace("_", "-")
    if role.low == 0:
        parser.add_argument(
            *(role.options or (f"--{dashed}",)),
            dest=_role(role),
            metavar="FILE",
            type=Path,
            help=_escaped(role.label),
            nargs="+" if role.high > 1 else None,
        )
    if role.high > 1:
        parser.add_argument(
            f"--{dashed}-weights",
            dest=_weights(role),
            metavar="W,W",
            type=_weight_list,
            help=f"share of each {role.name}, such as 0.7,0.3 (default: equal)",
        )


def _add_setting(parser: argparse.ArgumentParser, name: str, setting: Setting) -> None:
    option = setting.option or "--" + name.replace("_", "-")
    if option == "-":
        return
    about: dict[str, Any] = {"default": None, "help": _setting_help(setting)}
    if setting.kind == "bool":
        parser.add_argument(option, dest=_setting(name), action=argparse.BooleanOptionalAction, **about)
        return
    if setting.kind == "choice":
        about["choices"] = [value for value, _ in setting.choices]
    else:
        about |= {"type": _converter(setting), "metavar": _metavar(setting)}
    if option.startswith("-"):
        parser.add_argument(option, dest=_setting(name), **about)
    else:
        parser.add_argument(_setting(name), **about | {"metavar": option})


def _converter(setting: Setting) -> Callable[[str], Any]:
    """Text to a checked value; argparse shows the reason of a refusal."""

    def convert(text: str) -> Any:
        try:
            value = {"int": int, "float": float}.get(setting.kind, str)(text)
            return setting.checked(setting.label, value)
        except StudioError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
        except ValueError as error:
            wanted = "a whole number" if setting.kind == "int" else "a number"
            raise argparse.ArgumentTypeError(f"needs {wanted}, not {text!r}") from error

    return convert


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) >= SEED_LIMIT:
        raise argparse.ArgumentTypeError(f"a seed is a whole number from 0 to {SEED_LIMIT - 1}, not {text!r}")
    return int(text)


def _template(text: str) -> str:
    try:
        fill(text, dict.fromkeys(FIELDS, ""))
    except StudioError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _weight_list(text: str) -> list[float]:
    try:
        weights = [float(part) for part in text.split(",")]
    except ValueError:
        weights = []
    if not weights or not all(0 <= weight <= 1 for weight in weights) or not any(weights):
        raise argparse.ArgumentTypeError(f"needs numbers from 0 to 1 with commas between, not {text!r}")
    return weights


def _metavar(setting: Setting) -> str:
    return {"int": "N", "float": "X", "model": "M"}.get(setting.kind, "T")


def _setting_help(setting: Setting) -> str:
    about = setting.help or setting.label
    if setting.low is not None and setting.high is not None:
        about += f" [{setting.low:g} to {setting.high:g}{' ' + setting.unit if setting.unit else ''}]"
    return _escaped(about + _default(setting))


def _default(setting: Setting) -> str:
    return "" if setting.kind == "bool" or setting.default == "" else f" (default: {setting.default})"


def _role_help(role: Role, spec: PanelSpec) -> str:
    several = f", up to {role.high}" if role.high > 1 else ""
    folder = ", or folders of them" if role == needed(spec)[0] else ""
    return _escaped(f"{role.label}: {role.kind} file{several}{folder}")


def _escaped(text: str) -> str:
    """argparse fills %(names)s in help texts."""
    return text.replace("%", "%%")


def _setting(name: str) -> str:
    return f"setting {name}"


def _role(role: Role) -> str:
    return f"role {role.name}"


def _weights(role: Role) -> str:
    return f"weights {role.name}"
