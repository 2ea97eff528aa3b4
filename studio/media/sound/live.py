"""Sound for listening while one works: a few seconds ahead, from anywhere, again and again round a loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.core.arrangement import Arrangement
from studio.media.sound import fonts, loudness
from studio.media.sound.clock import Clock
from studio.media.sound.limiter import Limiter
from studio.media.sound.render import REVERB, blocks
from studio.media.sound.reverb import Stereo
from studio.media.sound.voices import Player

_GAIN = 10 ** (3.5 / 20)
"""Brings a usual piece near the loudness it is exported with; that is only known at its end."""
_SIZES = (0.25, 0.5, 1.0, 2.0)
_BLOCK = 2.0
_BLEND = 441


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to play, from ``start``; with ``loop`` round and round between two ticks."""

    arrangement: Arrangement
    start: int = 0
    loop: tuple[int, int] | None = None
    grows: bool = False
    """More will come: what rings on after the last bar so far is left out, since the next begins there."""
    font: Path | None = None
    reverb: float = REVERB


class Live:
    """Keeps the notes it has played, so that after an edit only what is new costs time."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._players: dict[Path, Player] = {}

    def play(self, wanted: Wanted, lead: bytes = b"") -> Iterator[tuple[float, bytes]]:
        """(second of the piece, 16-bit stereo) a few seconds at a time, to the end or, in a loop, for ever.

        ``lead`` is what was to be heard from ``start`` on before an edit; it is blended into the new.
        Raises StudioError for a damaged SoundFont or none.
        """
        player = self._player(wanted.font or fonts.of_piece(wanted.arrangement.facts))
        clock, limiter = Clock(wanted.arrangement.score), Limiter(self.rate, loudness.CEILING)
        places, over = _Places(self.rate), _Over()
        for start, end in _passes(wanted):
            places.jump(clock.seconds(start))
            rest: list[Stereo] = []
            for block in blocks(wanted.arrangement, rate=self.rate, reverb=wanted.reverb, start=start,
                                end=end, player=player, sizes=_sizes(start, wanted),
                                rest=rest if wanted.loop else None):
                ready = limiter(over.on(block) * np.float32(_GAIN))
                places.given += len(block)
                for seconds, part in places.of(ready):
                    yield seconds, _blended(_integers(part), lead)
                    lead = b""
            over.keep(rest)
        for seconds, part in places.of(limiter.rest()):
            yield seconds, _integers(part)

    def warm(self) -> None:
        """Load the font in the box."""
        self._player(fonts.default_font().path)

    def _player(self, font: Path) -> Player:
        """One font at a time stays loaded."""
        if font not in self._players:
            self._players = {font: Player(font, self.rate)}
        return self._players[font]


class _Over:
    """What rings on past the end of a loop is heard over its beginning."""

    def __init__(self) -> None:
        self._left = np.zeros((0, 2), np.float32)

    def keep(self, rest: Sequence[Stereo]) -> None:
        """For the next time round; it fades, so that its end cannot be heard."""
        for block in rest:
            self._left = block * np.linspace(1, 0, len(block), dtype=np.float32)[:, None]

    def on(self, block: Stereo) -> Stereo:
        """``block`` with as much of it as fits."""
        count = min(len(block), len(self._left))
        block[:count] += self._left[:count]
        self._left = self._left[count:]
        return block


class _Places:
    """Which second of the piece frames are that come out later than they went in."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self.given, self._taken = 0, 0
        self._jumps: list[tuple[int, float]] = []

    def jump(self, seconds: float) -> None:
        """What goes in next is from ``seconds`` on."""
        self._jumps.append((self.given, seconds))

    def of(self, frames: Stereo) -> Iterator[tuple[float, Stereo]]:
        """Parts of ``frames`` that belong together, with the second each begins at."""
        while len(frames):
            while len(self._jumps) > 1 and self._jumps[1][0] <= self._taken:
                del self._jumps[0]
            at, seconds = self._jumps[0]
            until = self._jumps[1][0] - self._taken if len(self._jumps) > 1 else len(frames)
            yield seconds + (self._taken - at) / self._rate, frames[:until]
            self._taken += len(frames[:until])
            frames = frames[until:]


def _passes(wanted: Wanted) -> Iterator[tuple[int, int | None]]:
    if wanted.loop is None:
        yield wanted.start, wanted.arrangement.score.length if wanted.grows else None
        return
    first, last = wanted.loop
    start = wanted.start if first <= wanted.start < last else first
    while last > first:
        yield start, last
        start = first


def _sizes(start: int, wanted: Wanted) -> Iterator[float]:
    """Short ones first, so that it sounds at once."""
    if start == wanted.start:
        yield from _SIZES
    while True:
        yield _BLOCK


def _integers(block: Stereo) -> bytes:
    return np.round(block * 32767).astype("<i2").tobytes()


def _blended(data: bytes, lead: bytes) -> bytes:
    count = min(_BLEND, len(data) // 4, len(lead) // 4) * 4
    if not count:
        return data
    old, new = (np.frombuffer(part[:count], "<i2").reshape(-1, 2).astype(np.float32) for part in (lead, data))
    share = np.linspace(0, 1, len(new), dtype=np.float32)[:, None]
    return np.round(old * (1 - share) + new * share).astype("<i2").tobytes() + data[count:]
