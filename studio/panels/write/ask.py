"""Tasks by instruction: what is asked of a model with a chat template, and its answer taken down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.core.engine import TextModel
from studio.core.jobs import JobContext
from studio.core.text import Message, Sampling, Token
from studio.media.manuscript import count_words
from studio.panels.write import fit
from studio.panels.write.instruct import Brief, conversation, messages
from studio.panels.write.pen import Answer, Pen, joined
from studio.panels.write.sentences import parts

_PART = 600
"""Tokens of a text that are rewritten or translated in one go; small models lose their way in more."""
_LEAST_PART = 24
_ROOM = {"rewrite": 2, "translate": 3}
"""How many times as long as the text an answer may become."""
_LONGER = 4
_BREATH = 64
"""Tokens more, for short texts."""
_TITLES = 120
"""Tokens for titles at most."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it."""

    pen: Pen
    facts: dict[str, Any]


class Asking:
    """One task with one model. Use it once."""

    def __init__(self, model: TextModel, brief: Brief, sampling: Sampling, ctx: JobContext) -> None:
        self._model, self._brief, self._sampling, self._ctx = model, brief, sampling, ctx
        self._read = 0

    def about(self, text: str) -> Answered:
        """The task done with ``text``. Raises StudioError, Cancelled, OutOfMemory."""
        if self._brief.do in _ROOM:
            return self._piece_by_piece(text)
        if self._brief.do == "summarise":
            text = self._condensed(text)
        length = min(self._sampling.length, _TITLES) if self._brief.do == "title" else self._sampling.length
        tokens, seen = fit.fitted(self._model, self._build, text, length)
        if len(seen) < len(text):
            self._ctx.note("The model saw only the first {words:,} words; the text after did not fit.",
                           words=count_words(seen))
        pen = Pen(length, self._ctx)
        self._answer(pen, tokens, length)
        return self._answered(pen, unseen=len(text) - len(seen))

    def talk(self, turns: Sequence[Message], page: str, passage: str) -> Answered:
        """An answer to the last of ``turns``, with the end of ``page`` in view, or all of it."""
        def build(part: str) -> Sequence[Message]:
            return conversation(self._brief, turns, part, passage)

        length = self._sampling.length
        while len(turns) > 2 and fit.spare(self._model, build, length) < self._model.context // 4:
            turns = turns[2:]  # what was said first is forgotten first
        tokens, seen = fit.fitted(self._model, build, page, length, "end")
        pen = Pen(length, self._ctx)
        self._answer(pen, tokens, length)
        return self._answered(pen, unseen=len(page) - len(seen))

    def _piece_by_piece(self, text: str) -> Answered:
        """Rewritten or translated part after part, its paragraphs kept."""
        pieces = list(self._parts(text, self._times))
        pen = Pen(sum(length for _, _, length in pieces), self._ctx)
        for number, (piece, gap, length) in enumerate(pieces, 1):
            tokens = fit.prompt(self._model, self._build(piece))
            if not self._answer(pen, tokens, length):
                break
            if number < len(pieces):
                pen.add(Token(gap, 1.0))
        return self._answered(pen)

    def _condensed(self, text: str) -> str:
        """``text``, or where it does not fit summaries of its parts, until they do."""
        length = self._sampling.length
        while fit.spare(self._model, self._build, length) < self._model.count(text):
            pieces = [piece for piece, *_ in self._parts(text, 1, self._model.context)]
            shorter = "\n\n".join(self._short(piece, at, len(pieces)) for at, piece in enumerate(pieces))
            if len(shorter) >= len(text):
                break  # it gains nothing: what does not fit is cut
            text = shorter
        return text

    def _short(self, piece: str, at: int, count: int) -> str:
        """A summary of one part, which is not shown."""
        self._ctx.progress(at / count, "Reading part {part} of {count}", part=at + 1, count=count)
        tokens, said = fit.prompt(self._model, self._build(piece)), list[Token]()
        shown = Answer()
        sampling = replace(self._sampling, length=self._most(tokens, _PART // 4))

        def hear(token: Token) -> None:
            if kept := shown.fitted(token):
                said.append(kept)

        self._model.generate(tokens, sampling, self._ctx.cancel, hear)
        return joined(said)

    def _parts(self, text: str, times: int, most: int = _PART) -> Iterator[tuple[str, str, int]]:
        """(part, the gap after it, tokens for the answer) triples that fit, each with its answer."""
        free = fit.spare(self._model, self._build, _BREATH)
        if free < _LEAST_PART * (1 + times):
            raise fit.too_long(self._model.context - free, self._model.context)
        size = min(most, free // (1 + times))
        for piece, gap in parts(text.strip(), size, self._model.count):
            yield piece, gap, _BREATH + times * self._model.count(piece)

    @property
    def _times(self) -> int:
        is_longer = self._brief.do == "rewrite" and self._brief.manner.strip().lower() == "longer"
        return _LONGER if is_longer else _ROOM[self._brief.do]

    def _build(self, part: str) -> Sequence[Message]:
        return messages(self._brief, part)

    def _answer(self, pen: Pen, tokens: Sequence[int], length: int) -> bool:
        """Let it answer; False where the person said "enough"."""
        self._read += len(tokens)
        sampling = replace(self._sampling, length=self._most(tokens, length))
        return pen.follow(Answer().fitted, lambda: self._model.generate(
            tokens, sampling, self._ctx.cancel, pen.write, pen.read))

    def _most(self, tokens: Sequence[int], length: int) -> int:
        return max(1, min(length, self._model.context - 1 - len(tokens)))

    def _answered(self, pen: Pen, **facts: Any) -> Answered:
        return Answered(pen, {"do": self._brief.do, "prompt_tokens": self._read, **facts})
