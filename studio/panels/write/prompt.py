"""What the model gets to see: memory, cards, author's note and as much of the text as fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.engine import TextModel
from studio.core.errors import StudioError
from studio.panels.write.cards import Card, awake

NOTE_LINES = 3
"""How many lines from the end the author's note stands: near enough to count, too far to be continued."""
_LETTERS = 8
"""More characters than this to a token are never looked at."""
LOOK_BACK = 4000
"""Characters before the end in which a card's words bring it up."""
_FIXED = 0.75
"""Of the context, what memory, cards and note may take at most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that there is to show to the model."""

    text: str
    memory: str = ""
    note: str = ""
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What of it fits."""

    tokens: tuple[int, ...]
    start: int
    """First character of the text that the model sees; 0 where it sees it all."""
    cards: tuple[str, ...]
    """Names of the cards that are in it."""
    fixed: int
    """Tokens of memory, cards and note."""
    shown: int
    """Tokens of the text."""


def view(sheet: Sheet, model: TextModel, length: int) -> View:
    """What the model sees when it is to write ``length`` tokens. Raises StudioError where nothing fits."""
    if not sheet.text.strip() and not sheet.memory.strip():
        raise StudioError("There is nothing to continue.", "Write a first sentence, or fill in the memory.")
    cards = awake(sheet.cards, sheet.text[-LOOK_BACK:] + "\n" + sheet.note)
    head = model.tokenise(_head(sheet.memory, cards), begins=True)
    note = model.tokenise(f"[{sheet.note.strip()}]\n") if sheet.note.strip() else []
    fixed = len(head) + len(note)
    if fixed > model.context * _FIXED:
        raise StudioError("Memory, story cards and note are too long: {fixed:,} tokens; {most:,} fit.",
                          "Shorten them, or use a model with a longer context.", fixed=fixed,
                          most=int(model.context * _FIXED))
    room = model.context - 1 - min(length, (model.context - fixed) // 2) - fixed
    start = _start(sheet.text, model, room)
    above, below = _parted(sheet.text[start:] if note else "", sheet.text[start:])
    middle = [*model.tokenise(above), *note, *model.tokenise(below)]
    tokens = (*head, *middle) if middle else tuple(head)
    return View(tokens, start, tuple(card.name for card in cards), fixed, len(middle) - len(note))


def _head(memory: str, cards: Sequence[Card]) -> str:
    parts = [memory.strip(), *(f"{card.name}: {card.text.strip()}" for card in cards)]
    return "".join(f"{part}\n" for part in parts if part) + ("\n" if any(parts) else "")


def _parted(with_note: str, text: str) -> tuple[str, str]:
    """The text above and below the note; all is below where there is none."""
    if not with_note:
        return "", text
    at = len(text)
    for _ in range(NOTE_LINES):
        at = text.rfind("\n", 0, max(0, at - 1)) + 1 if at else 0
    return text[:at], text[at:]


def _start(text: str, model: TextModel, room: int) -> int:
    """The first character of the text that is shown, so that at most ``room`` tokens are.

    It moves in steps, counted from the start of the text: while a story grows, most times nothing changes at
    its beginning, and what the model has read stays read.
    """
    step = max(16, room // 4)
    start = max(0, len(text) - room * _LETTERS)
    start = -(-start // step) * step
    while start < len(text):
        begin = _at_word(text, start)
        count = model.count(text[begin:])
        if count <= room:
            return begin
        share = max(step, int((len(text) - start) * (count - room) / count) // step * step)
        start += share
    return _at_word(text, max(0, len(text) - max(1, room // 4)))  # four bytes a letter, a token each


def _at_word(text: str, at: int) -> int:
    """The next place from ``at`` on where a line or word begins, if there is one near."""
    if at <= 0:
        return 0
    for mark in ("\n", " "):
        found = text.find(mark, at - 1, at + 200)
        if found >= 0 and found + 1 < len(text):
            return found + 1
    return at
