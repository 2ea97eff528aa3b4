"""Speed of the Music task, printed as ratios. Run by hand on a quiet machine:

    python -m benchmarks.music [song] [tokens] [task] [same]

``ATELIER_MUSIC_MODEL`` names another model than the starter's, or its folder. Times are medians; everything
runs on the CPU, with as many threads for others as for us. Where the machine is not quiet, look at the share
of the processor.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.desk import Desk, in_turn, main
from studio.core.arrangement import Arrangement
from studio.core.composing import Composing
from studio.core.engine import COMPOSER, Composer
from studio.core.jobs import CancelToken
from studio.engines import devices
from studio.library.catalog import resolve
from studio.media.arrangement_midi import read_arrangement
from studio.media.sound.files import write_sound
from studio.media.sound.render import RATE, render, seconds
from studio.media.tokens.guide import PieceGuide
from studio.media.tokens.vocabulary import STYLES, Kind
from studio.panels.music.params import STARTER
from studio.panels.music.task import MusicTask

BARS, LENGTH = 32, 900
SHOWN = ("irish", "hymn", "song", "quartet", "piano", "march", "drums")


def model() -> str:
    """The model to measure."""
    return os.environ.get("ATELIER_MUSIC_MODEL", STARTER)


@cache
def desk() -> Desk:
    """For Music tasks, its model warm."""
    made = Desk(MusicTask(), resolve)
    made.run(model=model(), bars=1, style="piano")
    return made


def composer() -> Composer:
    """The model itself."""
    return desk().cache.get(COMPOSER, model(), "cpu")


def composed(style: str, bars: int = BARS) -> Arrangement:
    """A piece as the task makes it."""
    return read_arrangement(composed_bytes(style, bars))


def composed_bytes(style: str, bars: int = BARS) -> bytes:
    """The file that the task makes."""
    data = desk().run(model=model(), bars=bars, style=style).outputs[0].data
    assert isinstance(data, bytes)
    return data


def wave(arrangement: Arrangement, path: Path) -> None:
    """Its sound as a file."""
    write_sound(path, render(arrangement), RATE)


def song() -> None:
    """32 bars composed and rendered to WAV, against how long they play; each style once, then all."""
    desk()
    path, total, played = desk().folder / "song.wav", 0.0, 0.0
    wave(composed("hymn", 2), path)  # the SoundFont is read once
    for style in SHOWN:
        start, used = time.perf_counter(), time.process_time()
        made = composed(style)
        middle = time.perf_counter()
        wave(made, path)
        end, cpu = time.perf_counter(), time.process_time() - used
        long = seconds(made)
        total, played = total + end - start, played + long
        print(f"song {style}: {made.score.notes} notes, plays {long:.0f} s, composed in "
              f"{middle - start:.2f} s, sound in {end - middle:.2f} s: {long / (end - start):.1f} times "
              f"faster by the clock, {long / cpu:.1f} of the processor")
    print(f"song: {played / total:.1f} times faster than it plays (at least 8)")


def tokens() -> None:
    """Tokens a second of the whole composer, under its grammar, against plain `generate` of transformers."""
    import torch
    import transformers

    from studio.engines.torch_run import steady_threads

    transformers.logging.set_verbosity_error()
    own, facts = composer(), resolve(model()).facts
    torch.set_num_threads(devices.threads())
    network = _gpt2(facts)
    count = sum(value.numel() for value in network.parameters())

    def compose() -> int:
        guide = PieceGuide(bars=256, asked={Kind.STYLE: STYLES.index("piano")}, programs=[0])
        return len(own.compose(guide, Composing(seed=1, most=LENGTH), CancelToken()))

    def generate() -> None:
        with torch.inference_mode(), steady_threads():
            network.generate(torch.tensor([[1]]), max_new_tokens=LENGTH, min_new_tokens=LENGTH,
                             do_sample=True, top_p=0.97, top_k=0, use_cache=True, pad_token_id=0)

    assert compose() == LENGTH
    ours, theirs = in_turn(compose, generate, times=3)
    print(f"tokens: {LENGTH / ours.wall:.0f} a second, {ours.cpu / LENGTH * 1000:.2f} ms of the processor "
          f"each; GPT-2 of {count / 1e6:.2f} million in transformers {LENGTH / theirs.wall:.0f} a second "
          f"(ours has {facts.get('parameters', 0) / 1e6:.2f} million)")
    print(f"tokens: ratio {theirs / ours} (at least 3)")


def _gpt2(known: Mapping[str, Any]) -> Any:
    """As many layers and states as ours, its inner width such that it has as many parameters."""
    import transformers

    width, layers, vocabulary = (int(known[name]) for name in ("width", "layers", "vocabulary"))
    others = (vocabulary + LENGTH + 100) * width + layers * (4 * width * width + 9 * width)
    inner = max(width, int((known.get("parameters", 4_771_072) - others) / (layers * 2 * width)))
    config = transformers.GPT2Config(
        vocab_size=vocabulary, n_positions=LENGTH + 100, n_embd=width, n_layer=layers,
        n_head=int(known["heads"]), n_inner=inner, bos_token_id=0, eos_token_id=0)
    return transformers.GPT2LMHeadModel(config).eval()


def task() -> None:
    """The whole task against the composer alone with the same heading and bars."""
    from studio.media.tokens.decode import heading_in
    from studio.media.tokens.heading_guide import HeadingGuide
    from studio.media.tokens.vocabulary import OPENING, token

    own, cancel = composer(), CancelToken()

    def bare() -> int:
        begun = own.compose(HeadingGuide({Kind.STYLE: STYLES.index("piano")}), Composing(most=200), cancel)
        heading = heading_in(begun)[0]
        guide = PieceGuide([*heading.tokens(), token(Kind.START, OPENING)], bars=BARS)
        return len(own.compose(guide, Composing(), cancel))

    def whole() -> int:
        outcome = desk().run(model=model(), bars=BARS, style="piano")
        return int(outcome.outputs[0].facts["tokens"])

    made, alone = whole(), bare()
    first, second = in_turn(whole, bare, times=5)
    print(f"task: {made} tokens in {first}, the composer alone {alone} in {second}; for each token "
          f"{first.wall / made / (second.wall / alone):.2f} by the clock, "
          f"{first.cpu / made / (second.cpu / alone):.2f} of the processor (at most 1.15)")


def same() -> None:
    """The same seed twice: MIDI bytes and samples."""
    first, second = (composed_bytes("song") for _ in range(2))
    one, other = (render(read_arrangement(data)) for data in (first, second))
    print(f"same seed: MIDI bytes {'the same' if first == second else 'DIFFER'}, "
          f"samples {'the same' if np.array_equal(one, other) else 'DIFFER'}")


if __name__ == "__main__":
    main((song, tokens, task, same))
