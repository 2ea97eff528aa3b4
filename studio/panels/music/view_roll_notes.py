"""Paints the notes: only those in view, and never more than the eye could tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio.core.score import TICKS, Note
from studio.panels.music.view_colours import note_colour, shade_of, track_colour
from studio.panels.music.view_roll_scene import Scene
from studio.ui.widgets import paint

MOST = 2500
"""With more notes in view, those that would fall on the same pixels are painted once, without detail."""
_FAINT = 0.75
"""Opacity of the notes of tracks that are not worked on."""
_MODELS = 0.42
"""Opacity of the fill of a model's note; a person's is full."""


def paint_notes(scene: Scene) -> None:
    """All tracks, the one worked on last."""
    order = [track for track in range(len(scene.indexes)) if track != scene.track]
    if scene.indexes:
        order.append(scene.track)
    in_view = {track: list(_visible(scene, track)) for track in order}
    is_coarse = sum(map(len, in_view.values())) > MOST
    scene.painter.save()
    scene.clip(scene.map.notes)
    for track in order:
        scene.painter.setOpacity(1.0 if track == scene.track else _FAINT)
        (_paint_coarse if is_coarse else _paint_fine)(scene, track, in_view[track])
    scene.painter.restore()


def paint_note(painter: QPainter, rect: QRectF, colour: QColor, *, is_own: bool, is_locked: bool,
               ink: QColor) -> None:
    """One note: a person's is solid, a model's is glass with an edge; a locked one has a bar at its start."""
    radius = min(3.0, rect.height() / 3, rect.width() / 2)
    if is_own:
        paint.box(painter, rect, colour, radius=radius)
    else:
        paint.box(painter, rect, paint.faded(colour, _MODELS), colour, radius=radius)
    if is_locked:
        paint_lock(painter, rect, ink)


def paint_lock(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    """A bar at the start of the note, and a padlock where there is room."""
    bar = QRectF(rect.left(), rect.top(), min(3.0, rect.width()), rect.height())
    paint.box(painter, bar, ink, radius=1)
    if rect.width() >= 18 and rect.height() >= 9:
        _draw_lock(painter, rect, ink)


def _visible(scene: Scene, track: int) -> Iterator[Note]:
    area, place = scene.map, scene.map.notes
    high, low = area.pitch_at(place.top()), area.pitch_at(place.bottom())
    hidden = scene.hidden if track == scene.track else ()
    for note in scene.indexes[track].within(*area.span):
        if low <= note.pitch <= high and not (hidden and note in hidden):
            yield note


def _paint_fine(scene: Scene, track: int, notes: Iterable[Note]) -> None:
    """Those of one look together, since changing the brush takes longer than drawing."""
    own = scene.arrangement.own[track]
    alike: dict[tuple[int, bool], list[Note]] = {}
    for note in notes:
        alike.setdefault((shade_of(note.velocity), note in own), []).append(note)
        scene.painted += 1
    for (_, is_own), some in alike.items():
        colour = note_colour(track, some[0].velocity)
        scene.painter.setPen(Qt.PenStyle.NoPen if is_own else QPen(colour, 1.0))
        scene.painter.setBrush(colour if is_own else paint.faded(colour, _MODELS))
        inset = 0.0 if is_own else 0.5
        for note in some:
            rect = scene.map.rect(note.start, note.length, note.pitch).adjusted(inset, inset, -inset, -inset)
            radius = min(3.0, rect.height() / 3, rect.width() / 2)
            scene.painter.drawRoundedRect(rect, radius, radius)
    _paint_locks(scene, track, [note for some in alike.values() for note in some])


def _paint_locks(scene: Scene, track: int, notes: Iterable[Note]) -> None:
    locked, ink = scene.arrangement.locked[track], scene.tone.text
    is_all = scene.arrangement.strips[track].is_locked
    for note in notes if locked or is_all else ():
        if is_all or note in locked:
            paint_lock(scene.painter, scene.map.rect(note.start, note.length, note.pitch), ink)


def _paint_coarse(scene: Scene, track: int, notes: Iterable[Note]) -> None:
    """One rectangle for each pair of columns and row of pixels that something is in."""
    by_shade: dict[int, list[QRectF]] = {}
    taken: dict[tuple[int, int], int] = {}
    origin, wide = scene.map.x_of(0), scene.map.quarter / TICKS
    for note in notes:
        first = int(origin + note.start * wide) // 2
        last = int(origin + (note.start + note.length) * wide) // 2
        if taken.get((note.pitch, first), -9999) < last:
            taken[note.pitch, first] = last
            rect = scene.map.rect(note.start, note.length, note.pitch)
            by_shade.setdefault(shade_of(note.velocity), []).append(rect)
    scene.painter.setPen(Qt.PenStyle.NoPen)
    scene.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for shade, rects in by_shade.items():
        scene.painter.setBrush(note_colour(track, shade * 127 // 8 + 16))
        scene.painter.drawRects(rects)
        scene.painted += len(rects)
    scene.painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_velocities(scene: Scene, notes: Iterable[Note] | None = None, *, is_chosen: bool = False) -> None:
    """Stems with heads, for the track worked on: ``notes``, or those in view that are not chosen."""
    lane = scene.map.velocity
    if lane.height() < 1 or not scene.indexes:
        return
    if notes is None:
        notes = (note for note in scene.indexes[scene.track].within(*scene.map.span)
                 if note not in scene.hidden)
    ends: dict[int, int] = {}
    for note in notes:
        x = int(scene.map.x_of(note.start))
        ends[x] = max(ends.get(x, 0), note.velocity)
    scene.painter.save()
    scene.clip(lane)
    colour = scene.tone.text if is_chosen else track_colour(scene.track)
    scene.painter.setPen(QPen(colour, 2.0 if is_chosen else 1.5))
    scene.painter.setBrush(colour)
    for x, velocity in ends.items():
        y = scene.map.velocity_y(velocity)
        scene.painter.drawLine(x + 1, int(lane.bottom()) - 2, x + 1, int(y))
        scene.painter.drawEllipse(QRectF(x - 1.5, y - 2.5, 5, 5))
    scene.painter.restore()


def _draw_lock(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    """A padlock of six pixels."""
    x, y = rect.left() + 6, rect.center().y()
    painter.setPen(QPen(ink, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(x + 0.5, y - 4, 4, 5), 0, 180 * 16)
    painter.fillRect(QRectF(x - 0.5, y - 1, 6, 4), ink)
