"""What is known of a text besides its letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a text besides its letters. Whatever is missing is found out or left out."""

    title: str = ""
    author: str = ""
    language: str = ""
    """A BCP 47 tag, such as "en" or "zh-Hans"."""
    statement: str = ""
    """A closing word on who wrote it."""
    recipe: str = ""
    """How it was made, JSON."""
    created: str = ""
    """ISO 8601."""
    is_typographic: bool = True
    """Whether quotes and dashes are set as a printer would."""
