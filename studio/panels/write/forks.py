"""Where the text forked: at each fork the alternatives that were written there, one of them on the page.

Which one is on the page is read from the page, so that undoing there can never disagree with this. An
alternative holds the forks that were made inside it; they come and go with its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from studio.core.errors import StudioError
from studio.core.manuscript import Manuscript, Piece
from studio.core.text import Token

Span = tuple[int, int]
"""From a place up to another, in UTF-16 units."""
PAGE = 0
"""In place of an option: the page itself."""


@dataclass(frozen=True, slots=True)
class Option:
    """An alternative."""

    id: int
    fork: int
    seed: int = 0
    asset: str = ""
    """What the project keeps of it; "" until it is written to the end."""
    kept: str = ""
    """Its text with all changes, as it was when another last took its place: see `pack`. Letters, since a
    draft is written often, and few alternatives are looked at again."""
    lead: Token | None = None
    """The word the person chose for its beginning; its trace goes on behind it."""
    key: str = ""
    """Tells the request it is written by."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What ``kept`` says; none where it is damaged."""
        try:
            return Manuscript.from_json(json.loads(self.kept)).pieces if self.kept else ()
        except (ValueError, RecursionError, StudioError):
            return ()


@dataclass(frozen=True, slots=True)
class Fork:
    """A place with alternatives."""

    id: int
    parent: int = PAGE
    """The option it lies in."""
    options: tuple[int, ...] = ()
    """In the order they were made."""


@dataclass(frozen=True)
class Forks:
    """All forks of a page. Nothing is changed: every change gives new ones."""

    forks: Mapping[int, Fork]
    options: Mapping[int, Option]
    last: int = 0
    """The highest number given so far; forks and options share them."""

    @classmethod
    def none(cls) -> Self:
        """Of a page without any."""
        return cls({}, {})

    # ---- what there is

    def siblings(self, option: int) -> tuple[int, ...]:
        """The options at the fork of ``option``, in order, itself among them; none if it is unknown."""
        found = self.options.get(option)
        return self.forks[found.fork].options if found else ()

    def parent(self, option: int) -> int:
        """The option that the fork of ``option`` lies in, or `PAGE`."""
        found = self.options.get(option)
        return self.forks[found.fork].parent if found else PAGE

    def path(self, option: int) -> tuple[int, ...]:
        """The options from the page down to ``option``, itself last."""
        found: list[int] = []
        while option in self.options and option not in found:
            found.append(option)
            option = self.parent(option)
        return tuple(reversed(found))

    def below(self, option: int) -> frozenset[int]:
        """``option`` and all that lie in it, however deep."""
        found, rest = {option}, [option]
        while rest:
            for fork in self._inside.get(rest.pop(), ()):
                rest += self.forks[fork].options
                found.update(self.forks[fork].options)
        return frozenset(found)

    def walk(self) -> Iterator[tuple[int, Fork]]:
        """Every fork with its depth among forks that have a choice, parents first."""
        rest = [(0, fork) for fork in reversed(self._inside.get(PAGE, ()))]
        while rest:
            depth, number = rest.pop()
            fork = self.forks[number]
            yield depth, fork
            deeper = depth + (len(fork.options) > 1)
            rest += [(deeper, inner) for option in reversed(fork.options)
                     for inner in reversed(self._inside.get(option, ()))]

    # ---- where it is on the page

    def regions(self, spans: Mapping[int, Span]) -> dict[int, Span]:
        """Where each option is with all that lies in it; ``spans`` says where its own text is."""
        found = {option: span for option, span in spans.items() if option in self.options}
        for number in reversed(self._order):
            fork = self.forks[number]
            for option in fork.options:
                if option in found and fork.parent != PAGE:
                    found[fork.parent] = _joined(found[option], found.get(fork.parent))
        return found

    def shown(self, fork: int, spans: Mapping[int, Span]) -> int:
        """Which option of ``fork`` is on the page; 0 if none is."""
        regions = self.regions(spans)
        return next((option for option in self.forks[fork].options if option in regions), 0)

    def at(self, place: int, spans: Mapping[int, Span]) -> int:
        """The innermost option that ``place`` stands in or right behind; `PAGE` if it stands in none."""
        around = [option for option, (start, end) in self.regions(spans).items() if start < place <= end]
        return max(around, key=lambda option: self._order[self.options[option].fork], default=PAGE)

    # ---- changes

    def begin(self, parent: int, seed: int, *, key: str = "", lead: Token | None = None) -> tuple[Forks, int]:
        """A new fork in the option ``parent`` with a first option; its number."""
        fork = self.last + 1
        grown = replace(self, forks={**self.forks, fork: Fork(fork, parent)}, last=fork)
        return grown.another(fork, seed, key=key, lead=lead)

    def another(self, fork: int, seed: int, *, key: str = "", lead: Token | None = None) -> tuple[Forks, int]:
        """One more option at ``fork``; its number."""
        number, old = self.last + 1, self.forks[fork]
        forks = {**self.forks, fork: replace(old, options=(*old.options, number))}
        options = {**self.options, number: Option(number, fork, seed, key=key, lead=lead)}
        return Forks(forks, options, number), number

    def split(self, option: int, moved: Iterable[int]) -> tuple[Forks, int]:
        """Let ``option`` end early, and what followed be the first option of a new fork at its end.

        ``moved`` are the forks that lie in what followed. Returns the number of that first option.
        """
        old = self.options[option]
        grown, tail = self.begin(option, old.seed, lead=old.lead)
        forks = dict(grown.forks)
        for number in moved:
            if number in forks and forks[number].parent == option:
                forks[number] = replace(forks[number], parent=tail)
        return replace(grown, forks=forks).changed(tail, asset=old.asset, key=old.key), tail

    def changed(self, option: int, **what: Any) -> Forks:
        """With other values in ``option``; as before if it is unknown."""
        if option not in self.options:
            return self
        return replace(self, options={**self.options, option: replace(self.options[option], **what)})

    def without(self, option: int) -> Forks:
        """As if ``option``, in which no fork lies, had never been."""
        if option not in self.options or self._inside.get(option):
            return self
        options, forks = dict(self.options), dict(self.forks)
        fork = forks[options.pop(option).fork]
        left = tuple(number for number in fork.options if number != option)
        if left:
            forks[fork.id] = replace(fork, options=left)
        else:
            del forks[fork.id]
        return Forks(forks, options, self.last)

    # ---- kept in the draft

    def to_json(self) -> dict[str, Any]:
        """Plain values for `from_json`."""
        return {"last": self.last,
                "forks": [[fork.id, fork.parent, *fork.options] for fork in self.forks.values()],
                "options": [_packed(option) for option in self.options.values()]}

    @classmethod
    def from_json(cls, values: object) -> Self:
        """What `to_json` gave; damaged entries are left out."""
        data: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        options = {found.id: found for entry in _entries(data.get("options"))
                   if (found := _unpacked(entry)) is not None}
        forks = {fork.id: fork for entry in _entries(data.get("forks"))
                 if (fork := _fork(entry, options)) is not None}
        options = {number: option for number, option in options.items()
                   if option.fork in forks and number in forks[option.fork].options}
        forks = {number: fork for number, fork in forks.items() if _is_rooted(fork, forks, options)}
        options = {number: option for number, option in options.items() if option.fork in forks}
        last: Any = data.get("last")
        return cls(forks, options, max([*options, *forks, last if _is_number(last) else 0]))

    @cached_property
    def _inside(self) -> Mapping[int, list[int]]:
        """The forks that lie in each option."""
        found: dict[int, list[int]] = {}
        for fork in self.forks.values():
            found.setdefault(fork.parent, []).append(fork.id)
        return found

    @cached_property
    def _order(self) -> dict[int, int]:
        """The place of each fork among all, those it lies in first."""
        return {fork.id: place for place, (_, fork) in enumerate(self.walk())}


def pack(pieces: Sequence[Piece]) -> str:
    """``pieces`` as `Option.kept` has them."""
    values = Manuscript(tuple(pieces)).to_json()
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else ""


def trace_of(option: Option, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """All of an option's tokens: the word it was begun with, then those that its result tells of."""
    return (*([option.lead] if option.lead else ()), *tokens)


def _joined(one: Span, other: Span | None) -> Span:
    return one if other is None else (min(one[0], other[0]), max(one[1], other[1]))


def _packed(option: Option) -> list[Any]:
    lead = option.lead
    return [option.id, option.fork, option.seed, option.asset, option.key, option.kept,
            [lead.text, lead.probability, *([text, share] for text, share in lead.others)] if lead else None]


def _unpacked(entry: object) -> Option | None:
    try:
        number, fork, seed, asset, key, kept, lead = _entries(entry)
        if not all(_is_number(value) for value in (number, fork, seed)):
            return None
        return Option(number, fork, seed, str(asset), str(kept), _lead(lead), str(key))
    except (TypeError, ValueError):
        return None


def _lead(values: object) -> Token | None:
    if not isinstance(values, list):
        return None
    text, share, *others = values
    return Token(str(text), float(share), tuple((str(other), float(odds)) for other, odds in others))


def _fork(entry: object, options: Mapping[int, Option]) -> Fork | None:
    if not isinstance(entry, list) or len(entry) < 3 or not all(_is_number(value) for value in entry):
        return None
    number, parent, *inside = entry
    own = tuple(option for option in dict.fromkeys(inside)
                if option in options and options[option].fork == number)
    return Fork(number, parent, own) if own else None


def _is_rooted(fork: Fork, forks: Mapping[int, Fork], options: Mapping[int, Option]) -> bool:
    """Whether it lies in the page in the end, and not in itself."""
    seen: set[int] = set()
    while fork.parent != PAGE:
        outer = options.get(fork.parent)
        if fork.id in seen or outer is None or outer.fork not in forks:
            return False
        seen.add(fork.id)
        fork = forks[outer.fork]
    return True


def _entries(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
