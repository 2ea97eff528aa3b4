"""How much faster than it plays a piece becomes sound. Run by hand on a quiet machine:

    python -m benchmarks.music_sound

The piece is 32 bars for flute, strings, bass, piano and drums; it is rendered to a WAV file, with its room
and its loudness set. Where the machine is not quiet, look at the share of the processor.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from studio.core.arrangement import Arrangement
from studio.core.score import TICKS, Note, Score, Tempo, Track

BARS, RATE = 32, 44_100


def piece() -> Arrangement:
    """32 bars of 4/4 at 120, some 1,000 notes; always the same."""
    rng, bar = random.Random(3), 4 * TICKS
    flute = Track(tuple(Note(n * 480, 60 + rng.randrange(16), 460, 60 + rng.randrange(8) * 8)
                        for n in range(8 * BARS)), 73)
    strings = Track(tuple(Note(n * bar, key + n % 4, bar - 40, 70) for n in range(BARS)
                          for key in (48, 55, 60, 64)), 48)
    bass = Track(tuple(Note(n * 960, 36 + n % 7, 900, 90) for n in range(4 * BARS)), 33)
    piano = Track(tuple(Note(n * 480, (60, 64, 67, 72)[n % 4], 470, 60 + n % 5 * 8)
                        for n in range(8 * BARS)), 0)
    drums = Track(tuple(Note(n * 480, (36, 42, 38, 42)[n % 4], 100, 90) for n in range(8 * BARS)), 0, True)
    return Arrangement(Score((flute, strings, bass, piano, drums), (Tempo.of(120),)))


def main() -> None:
    """Print what was measured."""
    start, work = time.perf_counter(), time.process_time()
    from studio.media.sound.files import write_sound
    from studio.media.sound.live import Live, Wanted
    from studio.media.sound.render import render, seconds

    arrangement = piece()
    played = seconds(arrangement)
    _tell("libraries loaded", start, work, None)
    with tempfile.TemporaryDirectory() as folder:
        start, work = time.perf_counter(), time.process_time()
        sound = render(arrangement)
        write_sound(Path(folder, "a.wav"), sound, RATE)
        _tell(f"{BARS} bars to WAV", start, work, played)
    live = Live(RATE)
    live.warm()
    for name in ("first sound of the player", "first sound after an edit"):
        start, work = time.perf_counter(), time.process_time()
        next(live.play(Wanted(arrangement)))
        _tell(name, start, work, None)


def _tell(what: str, start: float, work: float, played: float | None) -> None:
    took, used = time.perf_counter() - start, time.process_time() - work
    faster = f": {played / took:.0f} times as fast as it plays, {played / used:.0f} by the processor" \
        if played else ""
    print(f"{what}: {took:.2f} s, {used:.2f} s of the processor{faster}")


if __name__ == "__main__":
    main()
