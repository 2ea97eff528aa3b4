"""An arrangement as sound: the same one, the same samples."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.media.files import writing_problem
from studio.media.sound import fonts, loudness
from studio.media.sound.clock import Clock
from studio.media.sound.mix import channels
from studio.media.sound.reverb import Room, Stereo
from studio.media.sound.voices import Player

RATE = 44_100
REVERB = 0.2
MAX_SECONDS = 3 * 3600
"""Longer than any piece; a tempo of 4 makes one by mistake."""
Progress = Callable[[float], None]
"""Called with the share that is done, 0 to 1."""
_BLOCK = 8
"""Seconds of a block."""
_IN_MEMORY = 600
"""Seconds; what is longer lies in a file that is gone when nobody needs it."""


def render(arrangement: Arrangement, *, font: Path | None = None, rate: int = RATE, reverb: float = REVERB,
           start: int = 0, end: int | None = None, cancel: CancelToken | None = None,
           progress: Progress | None = None) -> Stereo:
    """The mix, float32 (frames, 2): integrated loudness -14 LUFS, true peak below -1 dBFS.

    ``reverb`` is the room's share, 0 to 1; ``start`` and ``end`` are ticks, the end and what rings on after
    it by default. Silence stays silence. Raises StudioError (no or a damaged SoundFont, too long, disk
    full) and Cancelled.
    """
    def told(share: float) -> None:
        if progress:
            progress(0.8 * share)

    with _Store(seconds(arrangement, start, end)) as mix:
        for block in blocks(arrangement, font=font, rate=rate, reverb=reverb, start=start, end=end,
                            cancel=cancel, progress=told):
            mix.add(block)
        made = mix.array()
    return loudness.level(made, rate, cancel=cancel,
                          progress=lambda share: progress(0.8 + 0.2 * share) if progress else None)


def stems(arrangement: Arrangement, *, font: Path | None = None, rate: int = RATE, reverb: float = REVERB,
          start: int = 0, end: int | None = None, cancel: CancelToken | None = None,
          progress: Progress | None = None) -> Iterator[tuple[int, Stereo]]:
    """(number of the track, float32 (frames, 2)) for each track that is heard, one at a time.

    All have one length and add up to the mix before its loudness is set, turned down together by as much as
    keeps the loudest below -1 dBFS. Each is rendered twice, once to find that out, so that one is in memory
    at a time. Raises as `render`.
    """
    heard = [number for number in range(len(arrangement.score.tracks)) if arrangement.is_heard(number)]
    total = 2 * len(heard)

    def one(number: int, done: int) -> Iterator[Stereo]:
        return blocks(arrangement, font=font, rate=rate, reverb=reverb, start=start, end=end, cancel=cancel,
                      only=number, progress=lambda s: progress((done + s) / total) if progress else None)

    peak, longest = 0.0, 0  # what rings on differs from track to track
    for done, number in enumerate(heard):
        frames = 0
        for block in one(number, done):
            peak, frames = max(peak, float(np.abs(block).max(initial=0))), frames + len(block)
        longest = max(longest, frames)
    gain = np.float32(min(1.0, loudness.CEILING / peak) if peak else 1.0)
    for done, number in enumerate(heard):
        frames = 0
        with _Store(seconds(arrangement, start, end)) as made:
            for block in one(number, len(heard) + done):
                made.add(block * gain)
                frames += len(block)
            made.add(np.zeros((longest - frames, 2), np.float32))
            stem = made.array()
        yield number, stem


def blocks(arrangement: Arrangement, *, font: Path | None = None, rate: int = RATE, reverb: float = REVERB,
           start: int = 0, end: int | None = None, cancel: CancelToken | None = None,
           progress: Progress | None = None, only: int | None = None, player: Player | None = None,
           sizes: Iterable[float] = (), rest: list[Stereo] | None = None) -> Iterator[Stereo]:
    """The mix as it is before its loudness is set, a few seconds at a time, with what rings on at the end.

    ``only`` leaves out all tracks but one; ``player`` has notes from before; ``sizes`` are the seconds of the
    first blocks; ``rest`` gets what would ring on for a second after ``end``. Raises as `render`.
    """
    player = player or Player(font or fonts.of_piece(arrangement.facts), rate)
    clock = Clock(arrangement.score)
    first = round(clock.seconds(start) * rate)
    last = round(clock.seconds(arrangement.score.length if end is None else end) * rate)
    _check_length((last - first) / rate)
    found = [channel for number, channel in enumerate(channels(arrangement, clock, player, first))
             if channel is not None and only in (None, number)]
    room, lengths, done = Room(rate), iter(sizes), first
    while done < last:
        frames = min(last - done, round(next(lengths, _BLOCK) * rate))
        if cancel:
            cancel.check()
        dry = sum((channel.block(frames) for channel in found), np.zeros((frames, 2), np.float32))
        done += frames
        yield _with_room(dry, room, reverb)
        if progress:
            progress((done - first) / max(1, last - first))
    if rest is not None and done > first:
        for channel in found:
            channel.finish()
        dry = sum((channel.block(rate) for channel in found), np.zeros((rate, 2), np.float32))
        rest.append(_with_room(dry, room, reverb))
    if end is None and done > first:
        yield from _tail(found, room, reverb, rate)


def seconds(arrangement: Arrangement, start: int = 0, end: int | None = None) -> float:
    """How long it plays, without what rings on."""
    clock = Clock(arrangement.score)
    return max(0.0, clock.seconds(arrangement.score.length if end is None else end) - clock.seconds(start))


def _with_room(dry: Stereo, room: Room, reverb: float) -> Stereo:
    """The room's answer added, at its share; dry sound gives way a little so that much room is far away."""
    if reverb <= 0:
        return dry
    share = min(1.0, reverb)
    return dry * np.float32(1 - 0.5 * share) + room(dry) * np.float32(share)


def _tail(found: Sequence[object], room: Room, reverb: float, rate: int) -> Iterator[Stereo]:
    """Until nothing sounds any more: releases of notes, then the room."""
    from studio.media.sound.mix import Channel

    playing = [channel for channel in found if isinstance(channel, Channel)]
    while any(not channel.is_over for channel in playing):
        dry = sum((channel.block(rate) for channel in playing), np.zeros((rate, 2), np.float32))
        yield _with_room(dry, room, reverb)
    if reverb > 0:
        yield _with_room(np.zeros((room.tail, 2), np.float32), room, reverb)


def _check_length(length: float) -> None:
    if length > MAX_SECONDS:
        raise StudioError("This piece plays for {hours:.1f} hours; {most} are the most that can be rendered.",
                          "Is its tempo right?", hours=length / 3600, most=MAX_SECONDS // 3600)


class _Store:
    """Blocks put together, in memory or, where they are many, in a file without a name."""

    def __init__(self, length: float) -> None:
        self._blocks: list[Stereo] = []
        # the array that `array` gives holds on to it, though it is closed and has no name
        self._file = tempfile.TemporaryFile() if length > _IN_MEMORY else None  # noqa: SIM115

    def __enter__(self) -> _Store:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, block: Stereo) -> None:
        """One more. Raises StudioError where the disk is full."""
        if self._file is None:
            self._blocks.append(block)
            return
        try:
            self._file.write(np.ascontiguousarray(block, np.float32).data)
            self._file.flush()
        except OSError as error:
            raise writing_problem(Path(tempfile.gettempdir(), "sound"), error) from error

    def array(self) -> NDArray[np.float32]:
        """All of them, (frames, 2)."""
        if self._file is None:
            return np.concatenate(self._blocks) if self._blocks else np.zeros((0, 2), np.float32)
        return np.memmap(self._file, np.float32, "r+").reshape(-1, 2)
