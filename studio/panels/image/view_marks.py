"""How a prompt is coloured while it is typed: weights, wildcards, and what a model does not read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from studio.core import wildcards
from studio.panels.image.view_places import units
from studio.panels.image.view_said import Said
from studio.panels.image.view_weights import groups
from studio.ui import theme

_BRACES = re.compile(r"\{[^{}]*\|[^{}]*\}")
_Span = tuple[int, int, QTextCharFormat]
_MOST = 8_000
"""Characters of a prompt that are looked through; a book in the field stays quick to type in."""


class Marks(QSyntaxHighlighter):
    """Colours never say anything alone: marks stand in the text, and a line below has the words."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._said = Said()
        self._read = -1
        """Revision of the document that was looked through; -1 for none."""
        self._lines: dict[int, list[_Span]] = {}
        """Parts of each line that look otherwise."""
        theme.theme().changed.connect(self._on_theme)

    def show_said(self, said: Said) -> None:
        """Mark what is not read, and what is read as something else."""
        if said != self._said:
            self._said, self._read = said, -1
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        if self._read != self.document().revision():
            self._read = self.document().revision()
            self._lines = self._look_through()
        at, length = self.currentBlock().position(), self.currentBlock().length() - 1
        for start, end, look in self._lines.get(self.currentBlock().blockNumber(), ()):
            first, last = max(start - at, 0), min(end - at, length)
            if first < last:
                mixed = QTextCharFormat(self.format(first))
                mixed.merge(look)
                self.setFormat(first, last - first, mixed)

    def _look_through(self) -> dict[int, list[_Span]]:
        document, lines = self.document(), defaultdict[int, list[_Span]](list)
        text = document.toPlainText()[:_MOST]
        for first, last, look in self._found(text):
            start, end = units(text, first), units(text, last)
            ends = (document.findBlock(place).blockNumber() for place in (start, end))
            for line in range(next(ends), next(ends) + 1):
                lines[line].append((start, end, look))
        return lines

    def _found(self, text: str) -> Iterator[_Span]:
        tokens = theme.current()
        for group in groups(text):
            yield group.start + 1, group.colon, _heavy(group.weight, tokens)
            for start, end in ((group.start, group.start + 1), (group.colon, group.end)):
                yield start, end, _ink(tokens.muted)
        for pattern in (_BRACES, wildcards.NAME):
            yield from ((found.start(), found.end(), _ink(tokens.info)) for found in pattern.finditer(text))
        for word, _ in self._said.read:
            yield from ((start, end, _underlined(tokens.info)) for start, end in _places(word, text))
        for word in self._said.unknown:
            yield from ((start, end, _underlined(tokens.warn)) for start, end in _places(word, text))
        if self._said.cut:
            yield from ((start, end, _struck(tokens)) for start, end in _lost(self._said.cut, text))

    def _on_theme(self) -> None:
        self._read = -1
        self.rehighlight()


def _heavy(weight: float, tokens: theme.Tokens) -> QTextCharFormat:
    look = QTextCharFormat()
    if weight > 1:
        look.setFontWeight(QFont.Weight.Bold)
    elif weight < 1:
        look.setForeground(QColor(tokens.muted))
    return look


def _ink(colour: str) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(colour))
    return look


def _underlined(colour: str) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    look.setUnderlineColor(QColor(colour))
    return look


def _struck(tokens: theme.Tokens) -> QTextCharFormat:
    look = _ink(tokens.muted)
    look.setFontStrikeOut(True)
    return look


def _places(word: str, text: str) -> Iterator[tuple[int, int]]:
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    return (found.span() for found in pattern.finditer(text)) if word else iter(())


def _lost(cut: str, text: str) -> Iterator[tuple[int, int]]:
    """Where ``cut`` stands: at the end as it is, or its words one by one."""
    at = text.lower().rfind(cut.strip().lower())
    if at >= 0:
        yield at, at + len(cut.strip())
        return
    for word in dict.fromkeys(cut.split()):
        yield from _places(word, text)
