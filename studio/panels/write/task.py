"""The Write task: a text in, its continuation out, word by word."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from studio.core.engine import TEXT_MODEL, TextModel
from studio.core.errors import StudioError
from studio.core.jobs import Input, JobContext, Output, Request
from studio.core.text import Ending, Token
from studio.media.manuscript import count_words, decode
from studio.panels.write import cards, trace
from studio.panels.write.params import STARTER, WriteParams, sampling
from studio.panels.write.prompt import Sheet, View, view

_LONGEST_NAME = 60
_SPACES = " \t\u3000"


class WriteTask:
    """Input: "file" (at most one), a text; what the prompt says follows it.

    Output: Markdown. Its facts hold "tokens", "words", "tokens_per_second", "first_seconds", "ending",
    "start" (where in the result the model's own words begin), "unseen" (characters that did not fit) and
    "trace" (see `studio.panels.write.trace`).
    """

    id = "write"
    version = 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """See `Task.run`."""
        params = WriteParams.from_json(request.params)
        text = _text(request.inputs, params.prompt, ctx)
        sheet = Sheet(text.rstrip(_SPACES), params.memory, params.note, cards.parse(params.cards))
        model = ctx.engine(TEXT_MODEL, params.model or STARTER)
        ctx.progress(None, "Reading")
        seen = view(sheet, model, params.length)
        if seen.start:
            ctx.note("The model saw only the last {words:,} words; the text before did not fit.",
                     words=count_words(sheet.text[seen.start:]))
        tokens, ending = self._written(model, seen, params, request.seed, text, ctx)
        return [_output(text if params.whole else "", tokens, ending, seen, request)]

    def _written(self, model: TextModel, seen: View, params: WriteParams, seed: int, text: str,
                 ctx: JobContext) -> tuple[list[Token], Ending]:
        pen = Pen(text, params.length, ctx)
        try:
            ending = model.generate(seen.tokens, sampling(params, seed), ctx.cancel, pen.write, pen.read)
        except Enough:
            ending = pen.ending()
            ctx.note("Stopped early: the same recipe would write more.")
        if not any(token.text.strip() for token in pen.tokens):
            raise StudioError("The model had nothing to add.",
                              "Change the end of the text, or raise the temperature.")
        return pen.tokens, ending


class Enough(Exception):
    """The person wants no more, and to keep what is there."""


class Pen:
    """Takes down what the model writes, and shows it."""

    def __init__(self, text: str, length: int, ctx: JobContext) -> None:
        self.tokens: list[Token] = []
        """All of it."""
        self._seam, self._length, self._ctx = Seam(text), length, ctx
        self._start, self._first = time.monotonic(), 0.0

    def read(self, done: int, total: int) -> None:
        """So many tokens of the prompt are read."""
        self._ctx.progress(None, "Reading {done:,} of {total:,} tokens", done=done, total=total)

    def write(self, token: Token) -> None:
        """The next piece. Raises Enough."""
        self._first = self._first or time.monotonic() - self._start
        if fitted := self._seam.fitted(token):
            self.tokens.append(fitted)
            self._ctx.wrote(fitted)
            self._ctx.progress(min(1.0, len(self.tokens) / self._length), "Writing")
        if self._ctx.wants_finish:
            raise Enough

    def ending(self) -> Ending:
        """How it ended when it was stopped from here."""
        return Ending("stop", len(self.tokens), self._first, time.monotonic() - self._start)


class Seam:
    """Joins what a person wrote and what the model goes on with: one space there, not two."""

    def __init__(self, text: str) -> None:
        self._has_space = text.endswith(tuple(_SPACES))

    def fitted(self, token: Token) -> Token | None:
        """``token``, without the space that is there already; None where nothing is left of it."""
        if not self._has_space:
            return token
        self._has_space = False
        text = token.text.removeprefix(" ")
        return Token(text, token.probability, token.others) if text else None


def _text(inputs: Sequence[Input], prompt: str, ctx: JobContext) -> str:
    """The file's text, then the prompt."""
    files = [item for item in inputs if item.role == "file"]
    if len(files) > 1:
        raise StudioError("One text is continued at a time; there are {count}.", count=len(files))
    text = "".join(decode(ctx.input(item).read_bytes(), item.name or "This file") for item in files)
    return text + prompt.replace("\r\n", "\n")


def _output(before: str, tokens: Sequence[Token], ending: Ending, seen: View, request: Request) -> Output:
    written = "".join(token.text for token in tokens)
    facts: dict[str, Any] = {
        "tokens": ending.tokens, "words": count_words(written), "ending": ending.reason,
        "start": len(before), "unseen": seen.start, "prompt_tokens": len(seen.tokens),
        "first_seconds": round(ending.first_seconds, 4), "seconds": round(ending.seconds, 4),
        "tokens_per_second": round(_speed(ending), 2), "trace": trace.pack(tokens)}
    if seen.cards:
        facts["cards"] = ", ".join(seen.cards)
    return Output("text", "text/markdown", _name(before + written, request.inputs),
                  (before + written).encode("utf-8", "replace"), request.seed, facts)


def _speed(ending: Ending) -> float:
    """Tokens a second after the first."""
    return max(0, ending.tokens - 1) / max(ending.seconds - ending.first_seconds, 1e-9)


def _name(text: str, inputs: Sequence[Input]) -> str:
    """The file's, or the first words."""
    if inputs and inputs[0].name:
        return PurePath(inputs[0].name).stem[:_LONGEST_NAME]
    words = " ".join(text.replace("#", " ").split())
    return words[:_LONGEST_NAME].rsplit(" ", 1)[0] if len(words) > _LONGEST_NAME else words or "Text"
