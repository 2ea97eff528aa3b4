"""Takes down what a model writes: shows it, leaves out what is not for the page, and stops when asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from studio.core.jobs import JobContext
from studio.core.text import Ending, Token

SPACES = " \t\u3000"
_OPEN, _CLOSE = "<think>", "</think>"
_KEEPS_EARLY = "Stopped early: the same recipe would write more."


class Enough(Exception):
    """The person wants no more, and to keep what is there."""


class Pen:
    """For one result, which may take several questions to the model."""

    def __init__(self, length: int, ctx: JobContext) -> None:
        """``length`` is what is expected, in tokens."""
        self.tokens: list[Token] = []
        """All of it."""
        self._length, self._ctx = max(1, length), ctx
        self._fitted: Callable[[Token], Token | None] = lambda token: token
        self._start, self._first = time.monotonic(), 0.0
        self._endings: list[Ending] = []
        self._heard = 0

    def read(self, done: int, total: int) -> None:
        """So many tokens of the prompt are read."""
        self._ctx.progress(None, "Reading {done:,} of {total:,} tokens", done=done, total=total)

    def write(self, token: Token) -> None:
        """The next piece. Raises Enough."""
        self._first = self._first or time.monotonic() - self._start
        self._heard += 1
        if fitted := self._fitted(token):
            self.add(fitted)
        if self._ctx.wants_finish:
            raise Enough

    def add(self, token: Token) -> None:
        """Take down ``token`` as it is."""
        self.tokens.append(token)
        self._ctx.wrote(token)
        self._ctx.progress(min(1.0, len(self.tokens) / self._length), "Writing")

    def follow(self, fitted: Callable[[Token], Token | None], generate: Callable[[], Ending]) -> bool:
        """Let the model write once; False where the person said "enough". Raises what ``generate`` does.

        ``fitted`` may change a token or leave it out.
        """
        before, self._heard, self._fitted = time.monotonic(), 0, fitted
        try:
            self._endings.append(generate())
        except Enough:
            self._ctx.note(_KEEPS_EARLY)
            self._endings.append(Ending("stop", self._heard, self._first, time.monotonic() - before))
            return False
        return True

    def ending(self) -> Ending:
        """How it ended, all questions together."""
        return Ending(self._endings[-1].reason, sum(one.tokens for one in self._endings),
                      self._endings[0].first_seconds, sum(one.seconds for one in self._endings))


class Seam:
    """Joins what a person wrote and what the model goes on with: one space there, not two."""

    def __init__(self, text: str) -> None:
        self._has_space = text.endswith(tuple(SPACES))

    def fitted(self, token: Token) -> Token | None:
        """``token``, without the space that is there already; None where nothing is left of it."""
        if not self._has_space:
            return token
        self._has_space = False
        return _with(token, token.text.removeprefix(" "))


class Answer:
    """Leaves out what stands around an answer: thoughts between <think> marks, and spaces before it."""

    def __init__(self) -> None:
        self._held: str | None = ""
        self._thinks = False

    def fitted(self, token: Token) -> Token | None:
        """What of ``token`` belongs to the answer, with what was held back before it."""
        if self._held is None:
            return token
        self._held += token.text
        if self._thinks or self._held.lstrip().startswith(_OPEN):
            self._thinks = True
            if _CLOSE not in self._held:
                return None
            self._held, self._thinks = self._held.partition(_CLOSE)[2], False
        begun = self._held.lstrip()
        if not begun or _OPEN.startswith(begun):
            return None
        self._held = None
        return _with(token, begun)


def joined(tokens: Sequence[Token]) -> str:
    """Their text."""
    return "".join(token.text for token in tokens)


def _with(token: Token, text: str) -> Token | None:
    return Token(text, token.probability, token.others) if text else None
