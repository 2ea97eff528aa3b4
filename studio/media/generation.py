"""The text in which most programs say how a picture was painted, as AUTOMATIC1111's web interface began it.

::

    a cat, flat style
    Negative prompt: blurry
    Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512, Model: "cats, 2"

Prompts may have many lines, values with a comma, a colon or a line's end are JSON strings, and everything may
be missing. A PNG has it under the keyword "parameters", JPEG and WebP as the user's comment in EXIF.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NEGATIVE = "Negative prompt:"
LONGEST = 100_000
"""Letters of a prompt that are read; ten thousand words have fewer."""
_FIELD = re.compile(r'\s*(\w[\w \-/]{1,60}+):\s*("(?:\\.|[^\\"])++"|[^,]*+)(?:,|$)')
_STEPS = re.compile(r"\s*Steps:\s*\d")
_FEW = 3
"""A last line with so many fields tells settings, even if it does not begin with the steps."""
_KNOWN = frozenset(("steps", "sampler", "cfg scale", "seed", "size", "model", "model hash"))


@dataclass(frozen=True, slots=True)
class Generation:
    """How a picture was painted, in the words of the program that did it."""

    prompt: str
    """With weights as others write them, see `studio.core.foreign_emphasis`."""
    negative: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Names as others write them ("CFG scale") to values."""

    def to_text(self) -> str:
        """The text that `parse` reads; outer spaces of lines and empty first lines do not survive."""
        lines = [_guarded(self.prompt)]
        if self.negative:
            lines.append(f"{NEGATIVE} {_guarded(self.negative)}")
        lines.append(", ".join(f"{name}: {_quoted(value)}" for name, value in self.settings.items()))
        return "\n".join(lines)

    def value(self, name: str) -> str:
        """A setting, whatever the case of its name; "" where there is none."""
        wanted = name.casefold()
        return next((value for key, value in self.settings.items() if key.casefold() == wanted), "")


def parse(text: str) -> Generation | None:
    """What ``text`` tells; None where it tells nothing of a picture. Any text is answered."""
    lines = text.replace("\0", "").replace("\r\n", "\n").strip().split("\n")
    at = _settings_line(lines)
    settings = _settings(lines[at]) if at is not None else {}
    words = [line.strip() for line in (lines if at is None else lines[:at])]
    split = next((number for number, line in enumerate(words) if line.startswith(NEGATIVE)), None)
    if split is None and not settings:
        return None
    below = [] if split is None else [words[split].removeprefix(NEGATIVE), *words[split + 1:]]
    return Generation(_joined(words[:split]), _joined(below), settings)


def _settings_line(lines: list[str]) -> int | None:
    """The last that begins with the steps, else the very last if it looks like settings."""
    for number in range(len(lines) - 1, -1, -1):
        if _STEPS.match(lines[number]):
            return number
    found = _settings(lines[-1])
    known = sum(name.casefold() in _KNOWN for name in found)
    return len(lines) - 1 if known and len(found) >= _FEW else None


def _settings(line: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _FIELD.finditer(line):
        found.setdefault(match[1], _unquoted(match[2].strip()))
    return found


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()[:LONGEST]


def _guarded(words: str) -> str:
    """``words`` without a line that would be taken for another part; to a prompt a backslash is nothing."""
    lines = words.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(f"\\{line.lstrip()}" if _misleads(line) else line for line in lines)


def _misleads(line: str) -> bool:
    return line.lstrip().startswith(NEGATIVE) or _STEPS.match(line) is not None


def _quoted(value: str) -> str:
    is_plain = value == value.strip() and not set(value) & set(',:\n\r"')
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            return str(json.loads(value))
        except ValueError:
            return value[1:-1]
    return value
