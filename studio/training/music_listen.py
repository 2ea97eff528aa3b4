"""Ten pieces that nobody picked, as sound and as pictures to look at.

`python -m studio.training.music_listen --model models/music-small --out FOLDER` composes seeds 0 to 9, the
styles in turn, as `music_judge` does, and writes of each a WAV file, the MIDI file, and a PNG: the piano roll
above, a colour for each track, and the spectrogram of the sound below. README.md in the folder has a row of
figures for each, for the card's frank words.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from studio.core.arrangement import Arrangement
from studio.core.composing import Composing
from studio.core.score import DRUMS, Score, bars
from studio.media import mood
from studio.media.midi_write import write_midi
from studio.media.tokens.decode import decode
from studio.media.tokens.vocabulary import STYLES
from studio.training.music_judge import on_shelf, source_of
from studio.training.music_judge_facts import notes_of, signs, tally
from studio.training.music_judge_made import Made, asks, compose_all

WIDTH, ROLL, SOUND, HEAD = 1400, 460, 300, 40
_COLOURS = ("#1b6ca8", "#c1440e", "#2e7d32", "#7b3fa0", "#b8860b", "#00838f", "#ad1457", "#5d4037", "#455a64",
            "#9e9d24", "#6a1b9a", "#37474f")
_DRUM_ROWS = 24
"""Rows of a pixel roll that drums get, below all pitches."""


@dataclass(frozen=True)
class Heard:
    """A piece, and how often it says the same again."""

    made: Made
    score: Score
    in_key: float
    again: float
    """Share of its pairs of bars that came before in it, in any key."""


def heard(made: Made) -> Heard:
    """What is told of a piece."""
    shelf = on_shelf([made])
    notes = notes_of(shelf)
    pairs = signs(shelf, notes).numbers
    again = 1 - len(np.unique(pairs)) / len(pairs) if len(pairs) else 0.0
    return Heard(made, decode(made.tokens), tally(shelf, notes).in_key, again)


def title(one: Heard) -> str:
    """A line about it."""
    score, heading = one.score, one.made.heading
    players = ", ".join("drums" if program == DRUMS else str(program + 1) for program in heading.programs)
    key = str(score.keys[0]) if score.keys else "no key"
    return (f"{one.made.ask.seed}  {STYLES[heading.style]}  {key}  {score.metres[0]}  "
            f"{score.tempos[0].bpm:.0f} bpm  programs {players}")


def roll(score: Score, height: int = ROLL) -> Image.Image:
    """Notes over time, a line at each bar; louder is darker. Drums are below, by pitch."""
    image = Image.new("RGB", (WIDTH, height), "white")
    draw = ImageDraw.Draw(image)
    across = WIDTH / max(1, score.length)
    pitches = [n.pitch for track in score.tracks if not track.drums for n in track.notes] or [60]
    low, high = min(pitches) - 2, max(pitches) + 3
    up = (height - 4 * _DRUM_ROWS) / (high - low)
    for bar in bars(score):
        draw.line([(bar.start * across, 0), (bar.start * across, height)], fill="#cccccc")
    for number, track in enumerate(score.tracks):
        for note in track.notes:
            top = height - 4 * (note.pitch % _DRUM_ROWS + 1) if track.drums else (high - note.pitch - 1) * up
            thick = 3 if track.drums else max(2.0, up - 1)
            left, right = note.start * across, max(note.start * across + 2, note.end * across - 1)
            draw.rectangle([left, top, right, top + thick], fill=_shade(number, note.velocity))
    return image


def picture(one: Heard, samples: NDArray[np.float32], rate: int) -> Image.Image:
    """A title, the roll, and the spectrogram below."""
    from studio.media.sound.looks import spectrogram

    whole = Image.new("RGB", (WIDTH, HEAD + ROLL + SOUND), "white")
    ImageDraw.Draw(whole).text((8, 8), title(one), fill="black", font_size=18)
    whole.paste(roll(one.score), (0, HEAD))
    seen = Image.fromarray(spectrogram(samples, rate, WIDTH, SOUND))
    whole.paste(seen.convert("RGB"), (0, HEAD + ROLL))
    return whole


def row(one: Heard) -> Sequence[object]:
    """Of the table in README.md."""
    score = one.score
    minor = bool(score.keys) and score.keys[0].minor
    feels = mood.mood(mood.counted(score), score.tempos[0].bpm, minor)
    return (title(one), score.notes, f"{score.seconds(score.length):.0f}", _percent(one.in_key),
            _percent(one.again), f"{feels.valence:+.1f}", f"{feels.energy:+.1f}")


def write(one: Heard, out: Path) -> None:
    """Its three files."""
    from studio.media.sound.files import write_sound
    from studio.media.sound.render import RATE, render

    name = f"{one.made.ask.seed:02}-{STYLES[one.made.ask.style]}"
    samples = render(Arrangement(one.score))
    (out / f"{name}.mid").write_bytes(write_midi(one.score))
    write_sound(out / f"{name}.wav", samples, RATE)
    picture(one, samples, RATE).save(out / f"{name}.png")


def table(found: Sequence[Heard]) -> Iterator[str]:
    """README.md, line by line."""
    names = ("piece", "notes", "seconds", "notes in key", "pairs of bars that came before", "valence",
             "energy")
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for one in found:
        yield "| " + " | ".join(map(str, row(one))) + " |"


def _shade(number: int, velocity: int) -> tuple[int, int, int]:
    """The colour of a track, paler for soft notes."""
    colour = _COLOURS[number % len(_COLOURS)]
    share = 0.35 + 0.65 * velocity / 127
    red, green, blue = (round(255 + (int(colour[at : at + 2], 16) - 255) * share) for at in (1, 3, 5))
    return red, green, blue


def _percent(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.0%}"


def main() -> None:
    """Compose, render, write."""
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--model", type=Path, required=True, help="folder of the model")
    top.add_argument("--out", type=Path, required=True, help="folder for the files")
    top.add_argument("--pieces", type=int, default=10)
    top.add_argument("--bars", type=int, default=16)
    options = top.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    made = compose_all(source_of(options.model)[0], asks(options.pieces, options.bars), Composing())
    found = [heard(one) for one in made]
    for one in found:
        write(one, options.out)
    (options.out / "README.md").write_text("\n".join(table(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
