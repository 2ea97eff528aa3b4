"""How the page looks: the reading font, its colours in dark and light, and what Markdown marks look like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QTextCharFormat

from studio.panels.write.markdown_line import Style
from studio.ui import theme

SIZE = 18
"""Pixels of the text."""
PITCH = 1.6
"""From line to line, in sizes of the text."""
MEASURE = 66
"""Characters in a line: what is easiest to read (Bringhurst, The Elements of Typographic Style, 2.1.2)."""
HEADINGS = (1.0, 1.55, 1.28, 1.12, 1.0, 1.0, 1.0)
"""Size of a heading by its level, in sizes of the text."""
_SERIFS = ("Iowan Old Style", "Charter", "Source Serif 4", "Source Serif Pro", "Literata", "Georgia",
           "Noto Serif", "Liberation Serif", "DejaVu Serif")
_WIDE_SERIFS = ("Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", "SimSun")
_SAMPLE = "the quick brown fox jumps over the lazy dog and then it walks home alone"


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """The best reading serif of this system, and one for Chinese."""
    known = set(QFontDatabase.families())
    latin = next((name for name in _SERIFS if name in known), "")
    wide = next((name for name in _WIDE_SERIFS if name in known), "")
    return tuple(name for name in (latin, wide) if name)


def reading_font(size: int = SIZE) -> QFont:
    """The font of the page."""
    font = QFont()
    if families():
        font.setFamilies(list(families()))
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(size)
    return font


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that depends on the theme."""

    text: QColor
    muted: QColor
    faint: QColor
    """Marks of Markdown."""
    paper: QColor
    caret: QColor
    selected: QColor
    """Behind selected text, which keeps its colour."""
    found: QColor
    """Behind what a search found."""
    model: QColor
    edited: QColor
    line: QColor
    font: QFont
    pitch: float
    """Pixels from line to line."""
    measure: float
    """Pixels of a full line."""

    def format_of(self, style: Style) -> QTextCharFormat:
        """How characters of ``style`` look."""
        return _format(style, self.faint.name())

    def heading(self, level: int) -> QTextCharFormat:
        """How the text of a heading looks."""
        return _heading(level, self.font.pixelSize())


@lru_cache(maxsize=8)
def look(tokens: theme.Tokens) -> Look:
    """The look in the colours of ``tokens``."""
    font = reading_font()
    width = QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MEASURE
    paper = theme.mixed(tokens.surface, tokens.bg, 0.5) if tokens.name == "dark" else tokens.raised
    return Look(
        text=QColor(theme.mixed(tokens.text, paper, 0.08)), muted=QColor(tokens.muted),
        faint=QColor(theme.mixed(tokens.muted, paper, 0.35)), paper=QColor(paper),
        caret=QColor(tokens.accent),
        selected=QColor(theme.mixed(paper, tokens.accent, 0.30)),
        found=QColor(theme.mixed(paper, tokens.warn, 0.28)), model=QColor(tokens.info),
        edited=QColor(tokens.ok), line=QColor(tokens.border), font=font,
        pitch=round(font.pixelSize() * PITCH), measure=width)


@lru_cache(maxsize=32)
def _format(style: Style, faint: str) -> QTextCharFormat:
    found = QTextCharFormat()
    if style == "mark":
        found.setForeground(QColor(faint))
    if style in ("strong", "both"):
        found.setFontWeight(QFont.Weight.Bold)
    if style in ("em", "both"):
        found.setFontItalic(True)
    if style == "code":
        found.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
    return found


@lru_cache(maxsize=16)
def _heading(level: int, size: int) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setProperty(QTextCharFormat.Property.FontPixelSize, round(size * HEADINGS[level]))
    found.setFontWeight(QFont.Weight.DemiBold)
    return found
