"""What is wished for, in the numbers of tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from studio.core.errors import StudioError
from studio.core.score import Chord, Key, Metre
from studio.media.tokens.vocabulary import METRES as KNOWN
from studio.media.tokens.vocabulary import STYLES as TOKENS
from studio.media.tokens.vocabulary import Kind, tempo_level
from studio.panels.music.params import KEYS, MusicParams

_TONICS = [value for value, _ in KEYS[1:13]]
_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_KINDS = {
    "": "", "maj": "", "M": "", "m": "m", "min": "m", "-": "m", "dim": "dim", "o": "dim", "aug": "aug",
    "+": "aug", "7": "7", "maj7": "maj7", "M7": "maj7", "m7": "m7", "min7": "m7", "-7": "m7",
    "m7b5": "m7b5", "dim7": "dim7", "o7": "dim7", "sus4": "sus4", "sus": "sus4", "sus2": "sus4", "6": "",
    "m6": "m", "9": "7", "m9": "m7", "maj9": "maj7", "5": "", "add9": "", "7sus4": "sus4"}
_CHORD = re.compile(r"([A-G])([#b♯♭]?)([^/\s]*)(?:/[A-G][#b♯♭]?)?")
_SILENT = ("N.C.", "NC")


@dataclass(frozen=True, slots=True)
class Wish:
    """Values of tokens by kind where something was asked for; ``bpm`` is 0 where nothing was; ``bars`` are
    the chords of each bar."""

    levels: Mapping[Kind, int]
    bpm: float = 0.0
    bars: tuple[tuple[Chord, ...], ...] = ()

    @property
    def metre(self) -> Metre | None:
        """The metre asked for."""
        return Metre(0, *KNOWN[self.levels[Kind.METRE]]) if Kind.METRE in self.levels else None

    @property
    def key(self) -> Key | None:
        """The key asked for."""
        number = self.levels.get(Kind.KEY)
        return None if number is None else Key(0, number % 12, number >= 12)


def wish(params: MusicParams) -> Wish:
    """What the settings ask for. Raises StudioError for chords that are none."""
    found: dict[Kind, int] = {}
    if params.style:
        found[Kind.STYLE] = TOKENS.index(params.style)
    for kind, said in ((Kind.VALENCE, params.valence), (Kind.ENERGY, params.energy)):
        if said:
            found[kind] = int(said) + 2
    if params.density:
        found[Kind.DENSITY] = params.density - 1
    if params.metre:
        beats, _, unit = params.metre.partition("/")
        found[Kind.METRE] = KNOWN.index((int(beats), int(unit)))
    if params.tempo:
        found[Kind.TEMPO] = tempo_level(params.tempo)
    if params.key:
        found[Kind.KEY] = _TONICS.index(params.key.removesuffix("m")) + 12 * params.key.endswith("m")
    return Wish(found, params.tempo, chords(params.chords))


def chords(text: str) -> tuple[tuple[Chord, ...], ...]:
    """The chords of each bar of "C Am F G" or "C | Am F | G7": one to a bar where there is no line, else as
    many as stand between two. Raises StudioError."""
    parts = [part.replace(",", " ").split() for part in text.replace("\n", "|").split("|")]
    parts = [part for part in parts if part]
    if len(parts) == 1 and "|" not in text.strip():
        parts = [[word] for word in parts[0]]
    return tuple(tuple(_chord(word) for word in part) for part in parts)


def _chord(word: str) -> Chord:
    if word in _SILENT:
        return Chord(0, -1)
    found = _CHORD.fullmatch(word)
    if not found or found[3] not in _KINDS:
        raise StudioError("{word} is no chord that is known here.", "Write chords like C, F#m7, Bb or Gsus4.",
                          word=word[:20])
    shift = {"#": 1, "♯": 1, "b": -1, "♭": -1}.get(found[2], 0)
    return Chord(0, (_LETTERS[found[1]] + shift) % 12, _KINDS[found[3]])
