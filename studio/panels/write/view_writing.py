"""The model at work on the page: streams, further attempts, and ways to go back to another one."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from studio.core.jobs import Request
from studio.core.pieces import Piece, units
from studio.core.text import Token
from studio.panels.write.forks import Fork, Forks, Span, pack
from studio.panels.write.view_editor import Editor
from studio.panels.write.view_traces import Traces, pieces_of
from studio.ui.panel_view import PanelServices

Make = Callable[[int, str], Request]
"""(place, word) to the request that goes on from the text before that place with that word."""
_SEEDS = 2**32


@dataclass(frozen=True, slots=True)
class Stroke:
    """What the model writes now."""

    option: int
    request: Request
    replaces: bool = False
    """Whether the alternative on the page makes room once the first word comes."""


class Scribe(QObject):
    """Holds the forks of the page, and keeps them and the page in step."""

    changed = Signal()
    """Forks came, or were written on."""
    switched = Signal()
    """Another alternative is on the page."""
    undone = Signal()
    """The person took back what the model is writing: it should stop."""

    def __init__(self, editor: Editor, services: PanelServices, parent: QObject) -> None:
        super().__init__(parent)
        self.editor, self.traces = editor, Traces(services, self)
        self.forks = Forks.none()
        self.stroke: Stroke | None = None
        self._spans: dict[int, Span] | None = None
        editor.document().contentsChange.connect(self._forget_spans)
        editor.writing_undone.connect(self.undone)

    # ---- where things are

    def spans(self) -> dict[int, Span]:
        """Where the text of each option stands that is on the page."""
        if self._spans is None:
            self._spans = self.editor.spans()
        return self._spans

    def here(self) -> int:
        """The innermost option at the cursor; 0 if there is none."""
        return self.forks.at(self.editor.selection()[1], self.spans())

    def region(self, option: int) -> Span | None:
        """Where ``option`` stands with all that lies in it."""
        return self.forks.regions(self.spans()).get(option)

    def standing(self, option: int) -> tuple[int, int]:
        """Which of how many alternatives ``option`` is, from 1."""
        siblings = self.forks.siblings(option)
        return (siblings.index(option) + 1, len(siblings)) if siblings else (0, 0)

    # ---- writing

    def write_on(self, make: Make) -> Request:
        """Begin a new fork at the cursor; returns the request to be sent."""
        at = self.editor.selection()[1]
        request = make(at, "")
        parent = self.forks.at(at, self.spans())
        self.forks, option = self.forks.begin(parent, request.seed, key=key_of(request))
        self._begin(Stroke(option, request), at)
        return request

    def retry(self, make: Make) -> Request | None:
        """One more alternative at the fork where the cursor is, or at the last one; None if there is none."""
        option = self.here() or max(self.spans().keys() & self.forks.options.keys(), default=0)
        region = self.region(option)
        if region is None:
            return None
        fork = self.forks.options[option].fork
        seeds = {self.forks.options[other].seed for other in self.forks.siblings(option)}
        request = _with_fresh_seed(make(region[0], ""), seeds)
        self.forks, option = self.forks.another(fork, request.seed, key=key_of(request))
        self.stroke = Stroke(option, request, replaces=True)
        self.changed.emit()
        return request

    def fork_at(self, option: int, token: int, lead: Token, make: Make) -> Request | None:
        """Begin another way on with the word ``lead`` in place of ``token``; None if that is not there."""
        place = self._place_of(option, token)
        region = self.region(option)
        if place is None or region is None:
            return None
        request = make(place, lead.text)
        fork = self._parted(option, place, region)
        self.forks, number = self.forks.another(fork, request.seed, key=key_of(request), lead=lead)
        self._leave(fork)
        self._begin(Stroke(number, request), place)
        self.editor.write([lead])
        self.traces.add(number, [lead])
        return request

    def take_words(self, request: Request, tokens: Sequence[Token]) -> bool:
        """More words of ``request``; False if it is none of the page's."""
        stroke = self.stroke
        if stroke is None or stroke.request != request:
            return False
        if stroke.replaces:
            self._make_room(stroke)
        self.editor.write(tokens)
        self.traces.add(stroke.option, tokens)
        return True

    def end(self, request: Request, asset: str = "") -> bool:
        """``request`` is over and has become ``asset``, if it came to something."""
        stroke = self.stroke
        if stroke is None or stroke.request != request:
            return self._adopt(request, asset)
        self.stroke = None
        self.editor.end_writing()
        self.editor.flush()
        if asset:
            self.forks = self.forks.changed(stroke.option, asset=asset)
        elif stroke.option not in self.spans():
            self.forks = self.forks.without(stroke.option)
        self.changed.emit()
        return True

    # ---- going back and forth

    def step(self, by: int) -> bool:
        """The next alternative at the cursor's fork (1) or the one before (-1); False at the end of them."""
        option = self.here()
        siblings = self.forks.siblings(option)
        at = siblings.index(option) + by if siblings else -1
        if not 0 <= at < len(siblings):
            return False
        self.go_to(siblings[at])
        return True

    def go_to(self, option: int) -> None:
        """Put ``option`` on the page, and those it lies in."""
        if self.stroke is not None:
            return
        spans = self.spans()
        regions = self.forks.regions(spans)
        missing = [number for number in self.forks.path(option) if number not in regions]
        if not missing:
            self._show(regions[option])
        elif pieces := self.forks.options[missing[0]].pieces:
            self._switch(missing[0], pieces)
            self._go_on(option, missing[0])
        else:
            self.traces.ask(self.forks, missing[0], partial(self._on_tokens, option, missing[0]))

    def propose(self, start: int, end: int, pieces: Sequence[Piece], request: Request, asset: str) -> None:
        """Put ``pieces`` there; what stood there and they are two alternatives from then on."""
        parent, key = self.forks.at(start, self.spans()), key_of(request)
        old = self.editor.pieces(start, end)
        if old:
            self.forks, first = self.forks.begin(parent, 0)
            kept = tuple(replace(piece, option=piece.option or first) for piece in old)
            fork = self.forks.options[first].fork
            self.forks, new = self.forks.changed(first, kept=pack(kept)).another(fork, request.seed, key=key)
        else:
            self.forks, new = self.forks.begin(parent, request.seed, key=key)
        self.forks = self.forks.changed(new, asset=asset)
        self.editor.replace(start, end, [replace(piece, option=new) for piece in pieces])
        self.changed.emit()

    def set_forks(self, forks: Forks) -> None:
        """Those of another page."""
        self.forks, self.stroke = forks, None
        self.traces.forget()
        self.switched.emit()

    # ---- inside

    def _begin(self, stroke: Stroke, at: int) -> None:
        self.stroke = stroke
        self.editor.begin_writing(stroke.option, at)
        self.changed.emit()

    def _make_room(self, stroke: Stroke) -> None:
        """The first word of a further attempt is here: what stood there steps aside."""
        fork = self.forks.options[stroke.option].fork
        self.stroke = replace(stroke, replaces=False)
        at = self._leave(fork)
        self.editor.begin_writing(stroke.option, self.editor.selection()[1] if at is None else at)

    def _leave(self, fork: int) -> int | None:
        """Take the alternative of ``fork`` off the page and keep it; where it stood."""
        shown = self.forks.shown(fork, self.spans())
        region = self.region(shown)
        if region is None:
            return None
        self.forks = self.forks.changed(shown, kept=pack(self.editor.pieces(*region)))
        self.editor.replace(*region, [])
        return region[0]

    def _switch(self, option: int, pieces: Sequence[Piece]) -> None:
        at = self._leave(self.forks.options[option].fork)
        if at is None:
            at = self.editor.selection()[1]
        self.editor.replace(at, at, pieces)

    def _on_tokens(self, option: int, missing: int, tokens: Sequence[Token]) -> None:
        if tokens and missing not in self.forks.regions(self.spans()):
            self._switch(missing, pieces_of(missing, tokens))
            self._go_on(option, missing)

    def _go_on(self, option: int, done: int) -> None:
        """After ``done`` came to the page, what lies in it on the way to ``option``."""
        if option != done and done in self.forks.regions(self.spans()):
            self.go_to(option)
            return
        if (region := self.region(done)) is not None:
            self._show(region)
        self.switched.emit()
        self.changed.emit()

    def _show(self, region: Span) -> None:
        self.editor.go_to(region[1])
        self.switched.emit()

    def _place_of(self, option: int, token: int) -> int | None:
        """Where a token begins on the page."""
        if (span := self.spans().get(option)) is None:
            return None
        at = span[0]
        for piece in self.editor.pieces(*span):
            if (piece.option, piece.token) == (option, token):
                return at
            at += units(piece.text)
        return None

    def _parted(self, option: int, place: int, region: Span) -> int:
        """The fork at ``place``: that of ``option`` if it begins there, else a new one inside it."""
        if place <= region[0]:
            return self.forks.options[option].fork
        regions, spans = self.forks.regions(self.spans()), self.spans()
        moved = [fork.id for fork in self.forks.forks.values() if fork.parent == option
                 and _begins(fork, self.forks, spans, regions) >= place]
        self.forks, tail = self.forks.split(option, moved)
        rest = [replace(piece, option=tail) if piece.option == option else piece
                for piece in self.editor.pieces(place, region[1])]
        self.editor.replace(place, region[1], rest)
        return self.forks.options[tail].fork

    def _adopt(self, request: Request, asset: str) -> bool:
        """A job of an earlier session ended: its text may stand on the page, as far as it had come."""
        key = key_of(request)
        option = next((option.id for option in self.forks.options.values()
                       if option.key == key and not option.asset), 0)
        if not option or not asset:
            return False
        self.forks = self.forks.changed(option, asset=asset)
        self.traces.ask(self.forks, option, partial(self._complete, option))
        self.changed.emit()
        return True

    def _complete(self, option: int, tokens: Sequence[Token]) -> None:
        """Write what is missing behind a text that was cut off, unless the person has changed it since."""
        span, whole = self.spans().get(option), pieces_of(option, tokens)
        there = self.editor.pieces(*span) if span is not None else ()
        if span is not None and there == whole[:len(there)]:
            self.editor.replace(span[1], span[1], whole[len(there):])

    def _forget_spans(self) -> None:
        self._spans = None


def _with_fresh_seed(request: Request, used: Collection[int]) -> Request:
    """``request``, with the next seed that was not used: a locked one would write the same once more."""
    seeds = ((request.seed + step) % _SEEDS for step in itertools.count())
    return replace(request, seed=next(seed for seed in seeds if seed not in used))


def key_of(request: Request) -> str:
    """Tells ``request`` from others, in a few letters."""
    text = json.dumps(request.to_json(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _begins(fork: Fork, forks: Forks, spans: dict[int, Span], regions: dict[int, Span]) -> int:
    """Where ``fork`` is on the page; -1 if it is not there."""
    return regions.get(forks.shown(fork.id, spans), (-1, -1))[0]
