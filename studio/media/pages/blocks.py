"""What a text is made of: headings, paragraphs, verse, quotes, lists. No mark-up is left in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look the same. A line break is a run of its own, "\\n"."""

    text: str
    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""
    """An address; "" where it leads nowhere."""


BREAK = Run("\n")
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part; level 1 to 6."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Verse:
    """Lines that end where the writer ended them."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None
    """The number of its first item; None for one without numbers."""


@dataclass(frozen=True, slots=True)
class Code:
    """Letters of one width, every space kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A change of scene."""


Block = Heading | Paragraph | Verse | Quote | Items | Code | Rule


def plain(runs: Iterable[Run]) -> str:
    """The letters alone."""
    return "".join(run.text for run in runs)


def joined(runs: Iterable[Run]) -> Runs:
    """``runs`` with equal neighbours made one, and none empty. A line break stays alone."""
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if found and run != BREAK and found[-1] != BREAK and _look(found[-1]) == _look(run):
            found[-1] = _with(run, found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    """Those that stand in no quote and no list."""
    return (block for block in blocks if isinstance(block, Heading))


def _look(run: Run) -> tuple[object, ...]:
    return run.strong, run.emphasis, run.strike, run.code, run.link


def _with(run: Run, text: str) -> Run:
    return Run(text, run.strong, run.emphasis, run.strike, run.code, run.link)
