"""What a SoundFont plays for a note: samples with tuning, envelopes, filter and place, in plain units.

Source: SoundFont Technical Specification 2.04, sections 8.1 (generators), 8.5 and 9.4 (how zones add up).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from studio.media.sound.hydra import Hydra, Table

_START, _END, _LOOP_START, _LOOP_END, _FAR_START = 0, 1, 2, 3, 4
_INSTRUMENT, _KEYS, _VELOCITIES, _FAR_LOOP_START, _FIXED_KEY, _FIXED_VELOCITY = 41, 43, 44, 45, 46, 47
_FAR_END, _FAR_LOOP_END, _SAMPLE = 12, 50, 53
_NO_PRESET = frozenset({_START, _END, _LOOP_START, _LOOP_END, _FAR_START, _FAR_END, _FAR_LOOP_START,
                        _FAR_LOOP_END, _FIXED_KEY, _FIXED_VELOCITY, 54, 57, 58, _KEYS, _VELOCITIES,
                        _INSTRUMENT, _SAMPLE})
"""What a preset's zone has no say in."""
_DEFAULTS = {8: 13500, 56: 100, 58: -1, _FIXED_KEY: -1, _FIXED_VELOCITY: -1,
             **dict.fromkeys((21, 23, 25, 26, 27, 28, 30, 33, 34, 35, 36, 38), -12000)}
_ALL = 0x7F00
_ROM = 0x8000
_EMU = 0.4
"""Share of an attenuation that is meant: the first hardware took it so, fonts are tuned to that, and
FluidSynth and others follow."""
_SHORT = 1e-3


@dataclass(frozen=True, slots=True)
class Envelope:
    """Seconds, and the level it holds: 0 to 1 below the top for pitch and filter, decibels for loudness."""

    delay: float
    attack: float
    hold: float
    decay: float
    drop: float
    release: float


@dataclass(frozen=True, slots=True)
class Wave:
    """A slow oscillation: seconds until it begins, its rate in Hz, and its depths."""

    delay: float
    hz: float
    cents: float
    decibels: float = 0.0


@dataclass(frozen=True, slots=True)
class Zone:
    """One sample of an instrument for a range of keys and velocities."""

    keys: tuple[int, int]
    velocities: tuple[int, int]
    sample: int
    start: int
    end: int
    loop_start: int
    loop_end: int
    """Frames in the sample data; in a compressed font, in the decoded sample."""
    loop: int
    """0 plays once, 1 goes round for ever, 3 until the key is let go."""
    rate: int
    root: int
    tune: float
    """Cents."""
    scale: float
    """Cents from key to key."""
    pan: float
    """-1 to 1."""
    attenuation: float
    """Decibels."""
    cutoff: float
    """Of the low-pass, cents above 8.176 Hz."""
    resonance: float
    """Decibels."""
    loudness: Envelope
    change: Envelope
    change_pitch: float
    change_cutoff: float
    """Cents at the top of ``change``."""
    waves: tuple[Wave, ...]
    group: int
    """Notes of one group (an open and a closed hi-hat) cut each other off; 0 is none."""
    fixed_key: int
    fixed_velocity: int
    """-1 where the note's own counts."""


class Zones:
    """Looks up zones by preset; each preset is put together once."""

    def __init__(self, hydra: Hydra) -> None:
        self._hydra = hydra
        self._known: dict[tuple[int, int], tuple[Zone, ...]] = {}
        self._presets = {preset: number for number, preset in reversed(list(enumerate(hydra.presets)))}

    def of(self, program: int, drums: bool, key: int, velocity: int) -> list[Zone]:
        """All that sound for a note; empty where the instrument has nothing for it."""
        return [zone for zone in self._preset(self._nearest(program, drums))
                if zone.keys[0] <= key <= zone.keys[1]
                and zone.velocities[0] <= velocity <= zone.velocities[1]]

    def _nearest(self, program: int, drums: bool) -> tuple[int, int]:
        """The preset asked for, or the most like it that the font has: fonts of one instrument are common."""
        wanted = [(128, program), (128, 0)] if drums else [(0, program), (0, program // 8 * 8), (0, 0)]
        found = next((preset for preset in wanted if preset in self._presets), None)
        return found or min((p for p in self._presets if (p[0] == 128) == drums), default=min(self._presets))

    def _preset(self, preset: tuple[int, int]) -> tuple[Zone, ...]:
        if preset not in self._known:
            self._known[preset] = tuple(self._zones(self._presets[preset]))
        return self._known[preset]

    def _zones(self, number: int) -> Iterator[Zone]:
        tables = self._hydra.tables
        for outer in _bags(tables, b"phdr", b"pbag", b"pgen", number, _INSTRUMENT):
            if outer[_INSTRUMENT] >= len(tables[b"inst"]) - 1:
                continue
            for inner in _bags(tables, b"inst", b"ibag", b"igen", outer[_INSTRUMENT], _SAMPLE):
                if zone := _zone(self._hydra, outer, inner):
                    yield zone


def _bags(tables: Mapping[bytes, Table], heads: bytes, bags: bytes, generators: bytes, number: int,
          target: int) -> Iterator[dict[int, int]]:
    """What each zone says, on top of what the global one, the first without a target, says for all."""
    common: dict[int, int] = {}
    first, last = int(tables[heads]["bag"][number]), int(tables[heads]["bag"][number + 1])
    ends = tables[bags]["generator"]
    for bag in range(first, min(last, len(ends) - 1)):
        rows = tables[generators][int(ends[bag]):int(ends[bag + 1])]
        said = dict(zip(rows["kind"].tolist(), rows["amount"].tolist(), strict=True))
        if target in said:
            yield {**common, **said, target: said[target] & 0xFFFF}
        elif bag == first:
            common = said


def _zone(hydra: Hydra, outer: Mapping[int, int], inner: Mapping[int, int]) -> Zone | None:
    """None where the sample is not in the file or the ranges don't meet."""
    shdr = hydra.tables[b"shdr"]
    keys, velocities = (_both(outer.get(kind, _ALL), inner.get(kind, _ALL)) for kind in (_KEYS, _VELOCITIES))
    if inner[_SAMPLE] >= len(shdr) - 1 or keys[0] > keys[1] or velocities[0] > velocities[1]:
        return None
    head = shdr[inner[_SAMPLE]]
    said = {**_DEFAULTS, **inner}
    for kind, amount in outer.items():
        if kind not in _NO_PRESET:
            said[kind] = said.get(kind, 0) + amount
    get = said.get
    span = _span(hydra, head, said)
    if span is None or head["type"] & _ROM or not 400 <= head["rate"] <= 400_000:
        return None
    root = get(58, -1) if 0 <= get(58, -1) <= 127 else int(head["pitch"])
    return Zone(
        keys, velocities, inner[_SAMPLE], *span, loop=get(54, 0) & 3, rate=int(head["rate"]),
        root=root if root <= 127 else 60, scale=float(get(56, 100)),
        tune=get(51, 0) * 100.0 + get(52, 0) + float(head["correction"]),
        pan=min(1.0, max(-1.0, get(17, 0) / 500)), attenuation=max(0.0, get(48, 0) / 10 * _EMU),
        cutoff=float(min(13500, max(1500, get(8, 13500)))), resonance=min(96.0, max(0.0, get(9, 0) / 10)),
        loudness=_envelope(said, 33, drop=min(144.0, max(0.0, get(37, 0) / 10))),
        change=_envelope(said, 25, drop=min(1.0, max(0.0, get(29, 0) / 1000))),
        change_pitch=float(get(7, 0)), change_cutoff=float(get(11, 0)), waves=tuple(_waves(said)),
        group=get(57, 0), fixed_key=get(_FIXED_KEY, -1), fixed_velocity=get(_FIXED_VELOCITY, -1))


def _both(one: int, other: int) -> tuple[int, int]:
    """Where two ranges, low byte and high byte, meet."""
    return max(one & 0xFF, other & 0xFF), min(one >> 8 & 0xFF, other >> 8 & 0xFF)


def _span(hydra: Hydra, head: np.void, said: Mapping[int, int]) -> tuple[int, int, int, int] | None:
    """Start, end and loop in frames, kept inside the data; None if nothing is left."""
    if head["type"] & 0x10:  # offsets into what is not decoded yet mean nothing
        return 0, 1 << 40, int(head["loop_start"]), int(head["loop_end"])
    get, most = said.get, hydra.samples_size // 2
    start, end, loop_start, loop_end = (
        min(most, max(0, int(head[name]) + get(near, 0) + 32768 * get(far, 0)))
        for name, near, far in (("start", _START, _FAR_START), ("end", _END, _FAR_END),
                                ("loop_start", _LOOP_START, _FAR_LOOP_START),
                                ("loop_end", _LOOP_END, _FAR_LOOP_END)))
    return (start, end, loop_start, loop_end) if end - start > 8 else None


def _envelope(said: Mapping[int, int], first: int, drop: float) -> Envelope:
    """Generators ``first`` to ``first`` + 5: delay, attack, hold, decay, sustain, release."""
    delay, attack, hold, decay, release = (
        _seconds(said.get(kind, -12000)) for kind in (first, first + 1, first + 2, first + 3, first + 5))
    return Envelope(delay, attack, hold, decay, drop, release)


def _waves(said: Mapping[int, int]) -> Iterator[Wave]:
    """Vibrato, and the second oscillator with pitch and tremolo; silent ones are left out."""
    get = said.get
    if get(6, 0):
        yield Wave(_seconds(get(23, -12000)), _hertz(get(24, 0)), float(get(6, 0)))
    if get(5, 0) or get(13, 0):
        yield Wave(_seconds(get(21, -12000)), _hertz(get(22, 0)), float(get(5, 0)), get(13, 0) / 10)


def _seconds(timecents: int) -> float:
    found = 2.0 ** (min(8000, timecents) / 1200)
    return found if found > _SHORT else 0.0


def _hertz(cents: int) -> float:
    return float(8.176 * 2.0 ** (min(4500, max(-16000, cents)) / 1200))
