"""Times and counts as people say them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QLocale


def about(seconds: float) -> str:
    """A guess of a duration: "about 12 s", "about 4 min", "about 2 h"."""
    if seconds < 1:
        return QCoreApplication.translate("Words", "under 1 s")
    if seconds < 90:
        step = 1 if seconds < 20 else 5
        text = QCoreApplication.translate("Words", "about {count} s")
        return text.format(count=round(seconds / step) * step)
    if seconds < 5400:
        return QCoreApplication.translate("Words", "about {count} min").format(count=round(seconds / 60))
    return QCoreApplication.translate("Words", "about {count} h").format(count=round(seconds / 3600))


def length(seconds: float) -> str:
    """How long something plays: "2:05", "1:00:00"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def left(seconds: float) -> str:
    """What remains: "about 12 s left"."""
    return QCoreApplication.translate("Words", "{time} left").format(time=about(seconds))


def pictures(count: int) -> str:
    """How many pictures: "12 pictures"."""
    if count == 1:
        return QCoreApplication.translate("Words", "1 picture")
    return QCoreApplication.translate("Words", "{count} pictures").format(count=QLocale().toString(count))


def texts(count: int) -> str:
    """How many texts: "12 texts"."""
    if count == 1:
        return QCoreApplication.translate("Words", "1 text")
    return QCoreApplication.translate("Words", "{count} texts").format(count=QLocale().toString(count))


def scores(count: int) -> str:
    """How many scores: "12 scores"."""
    if count == 1:
        return QCoreApplication.translate("Words", "1 score")
    return QCoreApplication.translate("Words", "{count} scores").format(count=QLocale().toString(count))


def counted(count: int, kinds: Collection[str]) -> str:
    """How many assets of ``kinds``: "12 pictures", "12 texts", "12 scores", "12 files" where there are
    several kinds."""
    if set(kinds) == {"image"}:
        return pictures(count)
    if set(kinds) == {"text"}:
        return texts(count)
    if set(kinds) == {"score"}:
        return scores(count)
    return QCoreApplication.translate("Words", "{count} files").format(count=QLocale().toString(count))


def data(size: float) -> str:
    """An amount of memory or disk: "640 KB", "14 MB", "1.2 GB"."""
    for unit, least, digits in (("GB", 1e9, 1), ("MB", 1e6, 0), ("KB", 1e3, 0)):
        if size >= least:
            return f"{QLocale().toString(size / least, 'f', 1 if size < 10 * least and digits else 0)} {unit}"
    return QCoreApplication.translate("Words", "under 1 KB")


def pixels(width: int, height: int) -> str:
    """A picture's size: "1024 × 768"."""
    return f"{width} × {height}"
