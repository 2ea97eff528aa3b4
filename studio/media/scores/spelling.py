"""How a pitch is written in a key: G sharp or A flat."""

from __future__ import annotations

_LINE = "FCGDAEB"
_STEPS = dict(zip("CDEFGAB", (0, 2, 4, 5, 7, 9, 11), strict=True))
_FLAT_SIDE = 3
"""Fifths below the tonic of the major key that are still written with flats: the flat third."""


def spelled(pitch: int, fifths: int) -> tuple[str, int, int]:
    """Step, sharps (flats below 0) and octave of a MIDI pitch where the signature has ``fifths``.

    The twelve names nearest to the key on the line of fifths, three below its tonic to eight above, which is
    right for the chords of both modes (Temperley, The Cognition of Basic Musical Structures, 2001, ch. 5).
    """
    lowest = fifths - _FLAT_SIDE
    place = lowest + (pitch * 7 - lowest) % 12
    step, alter = spelled_root(place)
    return step, alter, (pitch - alter - _STEPS[step]) // 12 - 1


def spelled_root(place: int) -> tuple[str, int]:
    """Step and sharps of a place on the line of fifths; 0 is C, 1 is G."""
    return _LINE[(place + 1) % 7], (place + 1) // 7
