"""Paints what lies over the notes and changes often: chosen notes, drags, the loop, the playhead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from studio.core.score import Note
from studio.panels.music.view_colours import note_colour, track_colour
from studio.panels.music.view_roll_notes import paint_note, paint_velocities
from studio.panels.music.view_roll_scene import Scene
from studio.ui.widgets import paint

if TYPE_CHECKING:
    from studio.panels.music.view_roll import Roll


def paint_over(scene: Scene, roll: Roll) -> None:
    """All of it."""
    _paint_loop(scene, roll)
    scene.painter.save()
    scene.clip(scene.map.notes)
    _paint_live(scene, roll)
    _paint_chosen(scene, roll)
    _paint_band(scene, roll)
    scene.painter.restore()
    _paint_playhead(scene, roll)
    if roll.hasFocus():
        rect = QRectF(0, 0, scene.map.width, scene.map.height)
        paint.focus_ring(scene.painter, rect, scene.tone.accent, 2)


def _paint_chosen(scene: Scene, roll: Roll) -> None:
    """Where a drag would put them; all of the notes in view, as the hand holds them."""
    sheet = roll.sheet
    if roll.live_score is not None:
        return
    do = roll.ghost or (lambda note: note)
    first, last = scene.map.span
    shown = [(note, now) for note, now in ((note, do(note)) for note in sheet.selection)
             if now.start < last and now.end > first]
    own = sheet.arrangement.own[sheet.track] if sheet.selection else frozenset[Note]()
    for note, now in shown:
        rect = scene.map.rect(now.start, now.length, now.pitch)
        colour = paint.mix(note_colour(sheet.track, now.velocity), scene.tone.text, 0.25)
        paint_note(scene.painter, rect, colour, is_own=note in own or now != note,
                   is_locked=sheet.arrangement.stays(sheet.track, note), ink=scene.tone.text)
        paint.box(scene.painter, rect.adjusted(-1, -1, 1, 1), None, scene.tone.text, width=1.75, radius=3)
    if roll.fresh is not None:
        rect = scene.map.rect(roll.fresh.start, roll.fresh.length, roll.fresh.pitch)
        paint.box(scene.painter, rect, track_colour(sheet.track), scene.tone.text, width=1.75, radius=3)
    scene.painter.setClipping(False)
    paint_velocities(scene, [now for _, now in shown], is_chosen=True)
    scene.clip(scene.map.notes)


def _paint_live(scene: Scene, roll: Roll) -> None:
    """Dashed: not kept yet."""
    first, last = scene.map.span
    for track, note in roll.live:
        if note.start < last and note.end > first:
            rect = scene.map.rect(note.start, note.length, note.pitch)
            colour = track_colour(track)
            paint.box(scene.painter, rect, paint.faded(colour, 0.3), colour, radius=2, dashed=True)


def _paint_band(scene: Scene, roll: Roll) -> None:
    if roll.band is not None:
        paint.box(scene.painter, roll.band, paint.faded(scene.tone.accent, 0.14), scene.tone.accent, radius=2)


def _paint_loop(scene: Scene, roll: Roll) -> None:
    if roll.sheet.loop is None:
        return
    first, last = (scene.map.x_of(tick) for tick in roll.sheet.loop)
    area, accent = scene.map, scene.tone.accent
    scene.painter.save()
    scene.clip(QRectF(area.left, 0, area.width, area.height))
    scene.painter.fillRect(QRectF(first, area.top, last - first, area.height), paint.faded(accent, 0.07))
    scene.painter.fillRect(QRectF(first, area.ruler.bottom() - 5, last - first, 4), accent)
    for x in (first, last - 1):
        scene.painter.fillRect(QRectF(x, area.ruler.bottom() - 5, 1, area.height), paint.faded(accent, 0.8))
    scene.painter.restore()


def _paint_playhead(scene: Scene, roll: Roll) -> None:
    x = scene.map.x_of(roll.playhead)
    if x < scene.map.left - 1:
        return
    colour = QColor(scene.tone.text)
    scene.painter.setPen(QPen(colour, 1.5))
    scene.painter.drawLine(QPointF(x, 10), QPointF(x, scene.map.height))
    scene.painter.setPen(Qt.PenStyle.NoPen)
    scene.painter.setBrush(scene.tone.accent)
    scene.painter.drawPolygon(QPolygonF([QPointF(x - 5, 2), QPointF(x + 5, 2), QPointF(x + 5, 8),
                                         QPointF(x, 14), QPointF(x - 5, 8)]))
