"""What an enlargement will take, from what earlier ones took on this machine. No Qt.

Nothing is guessed from a table of computers: until something like it was enlarged here, there is no forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from studio.core import places
from studio.core.settings import PreferencesFile
from studio.panels.upscale.params import UpscaleParams
from studio.panels.upscale.plan import Size, target_size
from studio.ui.timings import predict

_KEPT = 12
"""Results remembered for each kind of work."""
_SCALES = (1, 2, 4)
"""Factors that networks usually have: what is enlarged by one of them takes about equally long."""
_BYTES_PER_MEGAPIXEL = 16_000_000
"""The picture itself is held whole, as four floats a pixel; the result is not."""
_ABSURD = 1e18
"""No fact is so big; NaN and infinity of a damaged file are not below it either."""
_CM_PER_INCH = 2.54
_FACTS = ("megapixels_in", "megapixels_out", "seconds", "bytes", "memory")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Each is None where nothing like it was measured yet."""

    seconds: float | None = None
    memory: int | None = None
    """Bytes at the worst moment."""
    size: int | None = None
    """Bytes of the file."""

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.seconds, self.memory, self.size))


class Measured:
    """Remembers what enlargements took, in the cache of this machine. Not for two threads at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = PreferencesFile(path or places.cache() / "enlargements.json")

    def record(self, params: UpscaleParams, facts: Mapping[str, Any]) -> None:
        """Remember a result by what its facts say, as far as they say it. Raises OSError."""
        found = [facts.get(name) for name in _FACTS]
        numbers = [float(value) if isinstance(value, int | float) else 0.0 for value in found]
        if not _is_sound(numbers) or numbers in self._rows(_work(params, numbers[1] / numbers[0])):
            return  # says nothing, or is a result that was shown once more
        for key in (_work(params, numbers[1] / numbers[0]), _file(params)):
            self._file.remember(key, [*self._rows(key), numbers][-_KEPT:])

    def forecast(self, params: UpscaleParams, height: int, width: int) -> Forecast:
        """For a picture of height x width. Raises StudioError where no size is given."""
        down, across = target_size(params, height, width)
        source, target = height * width / 1e6, down * across / 1e6
        rows = self._rows(_work(params, target / source))
        return Forecast(_seconds(rows, source), _memory(rows, source),
                        _bytes(self._rows(_file(params)), target))

    def _rows(self, key: str) -> list[list[float]]:
        found = self._file.recall(key, [])
        return [row for row in found if _is_sound(row)] if isinstance(found, list) else []


def print_size(size: Size, dpi: int) -> tuple[float, float]:
    """(height, width) in centimetres of pixels printed at ``dpi``."""
    return size[0] / dpi * _CM_PER_INCH, size[1] / dpi * _CM_PER_INCH


def _seconds(rows: list[list[float]], source: float) -> float | None:
    return predict([(row[0], row[2]) for row in rows if row[2] > 0], source)


def _memory(rows: list[list[float]], source: float) -> int | None:
    """What it took at most, and the room a bigger picture needs beyond that."""
    peaks = [row for row in rows if row[4] > 0]
    if not peaks:
        return None
    more = source - median(row[0] for row in peaks)
    return round(median(row[4] for row in peaks) + max(0.0, more) * _BYTES_PER_MEGAPIXEL)


def _bytes(rows: list[list[float]], target: float) -> int | None:
    shares = [row[3] / row[1] for row in rows if row[3] > 0]
    return round(median(shares) * target) if shares else None


def _work(params: UpscaleParams, growth: float) -> str:
    """What makes two enlargements take equally long for equally many pixels."""
    factor = growth ** 0.5
    scale = next((known for known in _SCALES if known * 1.02 >= factor), _SCALES[-1])
    return f"work|{params.model}|{scale}"


def _file(params: UpscaleParams) -> str:
    quality = f"|{params.quality}" if params.format in ("jpeg", "webp", "same") else ""
    return f"file|{params.format}{quality}"


def _is_sound(row: object) -> bool:
    if not isinstance(row, list) or len(row) != len(_FACTS):
        return False
    are_numbers = all(isinstance(value, int | float) and 0 <= value < _ABSURD for value in row)
    return are_numbers and row[0] > 0 and row[1] > 0
