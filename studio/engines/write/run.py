"""One piece of writing: streamed, watched, and taken back where a banned text came."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

from studio.core.jobs import CancelToken
from studio.core.text import Ending, EndReason, Sampling, Token
from studio.engines.write.stream import body, piece_of, problem_of
from studio.engines.write.watch import Piece, Watch

MOST_TRIES = 32
"""Other words tried at one place before it ends there: all that the model wants to say is banned."""
_Turn = Literal["banned", "again", "length", "stop", "end"]


class Server(Protocol):
    """What is used of xllamacpp's Server."""

    def handle_completions(self, body: Mapping[str, Any], callback: Callable[[Any], bool]) -> Any:
        """Answers ``body`` piece by piece; the callback ends it by returning True."""
        ...


class Writing:
    """Writes on after ``prompt``. `run` it once."""

    def __init__(self, server: Server, prompt: Sequence[int], sampling: Sampling, cancel: CancelToken, *,
                 pieces: Sequence[bytes], tokenise: Callable[[str], list[int]], context: int, keep: bool,
                 on_token: Callable[[Token], object], on_read: Callable[[int, int], object]) -> None:
        self._server, self._prompt, self._sampling, self._cancel = server, prompt, sampling, cancel
        self._bytes, self._tokenise, self._context, self._keep = pieces, tokenise, context, keep
        self._on_token, self._on_read = on_token, on_read
        self._watch = Watch(sampling.stop, sampling.banned)
        self._written: list[Piece] = []
        self._shown = self._made = 0
        self._forbidden: defaultdict[int, list[int]] = defaultdict(list)
        self._start, self._first = time.monotonic(), 0.0
        self._turn: _Turn = "end"
        self._is_single = False
        self._failure: BaseException | None = None

    @property
    def has_read(self) -> bool:
        """Whether the whole prompt was read."""
        return self._made > 0

    def run(self) -> Ending:
        """Write until it ends. Raises Cancelled, StudioError, and whatever the listeners raise."""
        tries = 0
        while (left := self._left()) > 0:
            self._stream(left, tries)
            tries += 1
            if self._turn not in ("banned", "again"):
                break
            if len(self._forbidden.get(len(self._written), ())) > MOST_TRIES:
                return self._ending("stop")
        self._show(self._watch.rest())
        return self._ending(self._reason())

    def _stream(self, left: int, tries: int) -> None:
        """One request: to the end, or for a single piece where some are forbidden."""
        forbidden = self._forbidden.get(len(self._written), [])
        ids = [*self._prompt, *self._ids()]
        asked = body(ids, self._sampling, most=left, seed=self._sampling.seed + tries, forbidden=forbidden,
                     keep=self._keep or len(ids) > len(self._prompt))
        self._turn, self._is_single = "end", bool(forbidden)
        self._server.handle_completions(asked, self._hear)
        self._cancel.check()
        if self._failure:
            raise self._failure

    def _hear(self, chunk: Mapping[str, Any]) -> bool:
        """True ends the request. Nothing may be raised into native code."""
        try:
            return self._cancel.is_cancelled or self._take(chunk)
        except BaseException as error:  # noqa: BLE001 - raised again by _stream
            self._failure = error
            return True

    def _take(self, chunk: Mapping[str, Any]) -> bool:
        if "error" in chunk:
            raise problem_of(chunk)
        if "prompt_progress" in chunk:
            progress = chunk["prompt_progress"]
            self._on_read(progress["processed"], progress["total"])
            return False
        piece = piece_of(chunk, self._bytes)
        if piece is None:
            if chunk["choices"][0]["finish_reason"] == "length":
                self._turn = "length"
            return False
        return self._add(piece)

    def _add(self, piece: Piece) -> bool:
        self._made += 1
        self._first = self._first or time.monotonic() - self._start
        self._written.append(piece)
        verdict = self._watch.add(piece)
        self._show(verdict.released)
        if verdict.banned:
            del self._written[self._shown:]
            self._forget_after(len(self._written))
            self._forbidden[len(self._written)].append(verdict.banned.id)
            self._turn = "banned"
        elif verdict.ended:
            self._turn = "stop"
        elif self._is_single:
            self._turn = "again"
        return self._turn != "end"

    def _show(self, pieces: Sequence[Piece]) -> None:
        self._shown += len(pieces)
        for piece in pieces:
            self._on_token(piece.token)

    def _forget_after(self, place: int) -> None:
        for later in [at for at in self._forbidden if at > place]:
            del self._forbidden[later]

    def _ids(self) -> list[int]:
        """Tokens of what was written; where several made a character they are not told, but found again."""
        return [token for piece in self._written
                for token in ([piece.id] if piece.is_whole else self._tokenise(piece.token.text))]

    def _left(self) -> int:
        """Tokens still to be written, and that fit."""
        return min(self._sampling.length, self._fitting) - len(self._ids())

    @property
    def _fitting(self) -> int:
        """Tokens that fit beside the prompt; llama.cpp keeps one place free."""
        return self._context - len(self._prompt) - 1

    def _reason(self) -> EndReason:
        if self._turn == "stop" or self._turn == "end":
            return self._turn
        return "full" if self._fitting < self._sampling.length else "length"

    def _ending(self, reason: EndReason) -> Ending:
        return Ending(reason, self._made, self._first, time.monotonic() - self._start)
