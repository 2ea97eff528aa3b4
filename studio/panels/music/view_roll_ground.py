"""Paints what lies under the notes: rows and lines, the keyboard, and the lanes above."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from studio.core.score import TICKS, Bar, metres
from studio.panels.music import grid
from studio.panels.music.view_names import drum_name, pitch_name
from studio.panels.music.view_roll_scene import LEFT, RIGHT, Scene
from studio.ui import theme
from studio.ui.widgets import paint

translate = QCoreApplication.translate
_BLACK = frozenset((1, 3, 6, 8, 10))
_CLOSE = 7.0
"""Lines nearer than this, in logical pixels, are left out."""
_NAME = 11
"""Height that the name of a drum wants."""
_WIDE = 44.0
"""Room that the number of a bar wants."""


def paint_ground(scene: Scene) -> None:
    """Rows of keys, then lines of the grid, beats and bars."""
    scene.painter.fillRect(QRectF(0, 0, scene.map.width, scene.map.height), scene.tone.canvas)
    scene.painter.save()
    scene.clip(scene.map.notes)
    _paint_rows(scene)
    scene.painter.restore()
    _paint_lines(scene)


def _paint_rows(scene: Scene) -> None:
    area, place = scene.map, scene.map.notes
    dark, line = paint.faded(scene.tone.room, 0.45), paint.faded(scene.tone.border, 0.55)
    for pitch in range(area.pitch_at(place.bottom()), area.pitch_at(place.top()) + 1):
        y = area.y_of(pitch)
        if (pitch % 2 if scene.is_drums else pitch % 12 in _BLACK):
            scene.painter.fillRect(QRectF(place.left(), y, place.width(), area.row), dark)
        if pitch % 12 in (0, 5):
            scene.painter.fillRect(QRectF(place.left(), y + area.row - 1, place.width(), 1), line)


def _paint_lines(scene: Scene) -> None:
    tone, area = scene.tone, scene.map
    faint, clear, strong = (paint.faded(tone.edge, alpha) for alpha in (0.16, 0.30, 0.62))
    top, height = area.top, area.height - area.top
    for bar in _bars_in_view(scene):
        beat = grid.beat_of(bar.metre)
        for step, colour in ((scene.step, faint), (beat, clear)):
            if step and step * area.quarter / TICKS >= _CLOSE:
                for tick in range(bar.start + step, bar.end, step):
                    scene.painter.fillRect(QRectF(area.x_of(tick), top, 1, height), colour)
        if _bar_step(scene, bar) == 1 or not bar.number % _bar_step(scene, bar):
            scene.painter.fillRect(QRectF(area.x_of(bar.start), 0, 1, area.height), strong)
    _shade_after_end(scene)


def _shade_after_end(scene: Scene) -> None:
    """What is behind the last bar of the piece is there, but not part of it yet."""
    x = max(float(scene.map.left), scene.map.x_of(grid.end_of_bar(scene.arrangement.score)))
    if x < scene.map.width:
        rest = QRectF(x, scene.map.top, scene.map.width - x, scene.map.height - scene.map.top)
        scene.painter.fillRect(rest, paint.faded(scene.tone.room, 0.28))


def paint_ruler(scene: Scene) -> None:
    """Numbers of bars; where they change, metre, key and tempo."""
    lane, tone = scene.map.ruler, scene.tone
    painter = scene.painter
    painter.fillRect(QRectF(0, 0, scene.map.width, lane.bottom()), tone.surface)
    painter.fillRect(QRectF(0, lane.bottom() - 1, scene.map.width, 1), tone.border)
    painter.save()
    scene.clip(lane)
    for bar in _bars_in_view(scene):
        if bar.number % _bar_step(scene, bar):
            continue
        x = scene.map.x_of(bar.start)
        painter.fillRect(QRectF(x, lane.top() + 6, 1, lane.height()), tone.edge)
        painter.setFont(theme.number_font(11, bold=True))
        painter.setPen(tone.text)
        painter.drawText(QRectF(x + 5, lane.top(), 60, lane.height()), LEFT, str(bar.number + 1))
    _paint_signs(scene)
    painter.restore()


def _paint_signs(scene: Scene) -> None:
    score, painter = scene.arrangement.score, scene.painter
    signs: dict[int, list[str]] = {}
    for entries in (score.metres or metres(score), score.keys):
        for entry in entries:
            signs.setdefault(entry.at, []).append(str(entry))
    for tempo in score.tempos[1:200] if len(score.tempos) < 40 else ():
        signs.setdefault(tempo.at, []).append(f"♩ = {round(tempo.bpm)}")
    painter.setFont(theme.number_font(11))
    painter.setPen(scene.tone.muted)
    for tick, said in signs.items():
        x = scene.map.x_of(tick)
        words = "  ".join(said)
        wide = painter.fontMetrics().horizontalAdvance(words) + 8
        room = QRectF(x + 28, 1, wide, scene.map.ruler.height() - 3)
        painter.fillRect(room, scene.tone.surface)
        painter.drawText(room, LEFT, words)


def paint_chords(scene: Scene) -> None:
    """Each chord in a box that reaches to the next one; those told from the notes in a quiet colour."""
    lane, tone, painter = scene.map.chords, scene.tone, scene.painter
    painter.fillRect(QRectF(0, lane.top(), scene.map.width, lane.height()), tone.surface)
    painter.save()
    scene.clip(lane)
    painter.setFont(theme.ui_font(12, bold=not scene.are_guessed))
    first, last = scene.map.span
    end = grid.end_of_bar(scene.arrangement.score)
    ends = [*(chord.at for chord in scene.chords[1:]), end]
    for chord, after in zip(scene.chords, ends, strict=False):
        if chord.root < 0 or after < first or chord.at > last:
            continue
        room = QRectF(scene.map.x_of(chord.at) + 1, lane.top() + 2,
                      max(14.0, (after - chord.at) * scene.map.quarter / TICKS - 2), lane.height() - 4)
        fill = None if scene.are_guessed else paint.mix(tone.surface, tone.text, 0.09)
        paint.box(painter, room, fill, radius=4)
        painter.setPen(tone.muted if scene.are_guessed else tone.text)
        painter.drawText(room.adjusted(6, 0, 40, 0), LEFT, str(chord))
    painter.restore()


def paint_mood(scene: Scene) -> None:
    """Two curves: how bright it is, and, dashed, how excited."""
    lane, tone, painter = scene.map.mood, scene.tone, scene.painter
    if lane.height() < 1:
        return
    painter.fillRect(QRectF(0, lane.top(), scene.map.width, lane.height()), tone.surface)
    painter.fillRect(QRectF(lane.left(), lane.center().y(), lane.width(), 1), paint.faded(tone.border, 0.8))
    painter.fillRect(QRectF(0, lane.bottom() - 1, scene.map.width, 1), tone.border)
    if not scene.felt:
        return
    bright, excited = QColor(theme.current().warn), QColor(theme.current().info)
    painter.save()
    scene.clip(lane)
    _fill_curve(scene, [felt.valence for felt in scene.felt], bright)
    _draw_curve(scene, [felt.valence for felt in scene.felt], QPen(bright, 1.75))
    _draw_curve(scene, [felt.energy for felt in scene.felt],
                QPen(excited, 1.75, Qt.PenStyle.DashLine))
    painter.restore()


def paint_heads(scene: Scene) -> None:
    """What the lanes are, in the corner left of them."""
    painter, tone, area = scene.painter, scene.tone, scene.map
    painter.setFont(theme.ui_font(11))
    names = [(area.ruler, translate("Roll", "Bar"), tone.muted),
             (area.chords, translate("Roll", "Chords"), tone.muted)]
    if area.mood.height() > 1:
        upper, lower = area.mood.adjusted(0, 2, 0, -19), area.mood.adjusted(0, 19, 0, -2)
        names += [(upper, translate("Roll", "bright —"), QColor(theme.current().warn)),
                  (lower, translate("Roll", "excited - -"), QColor(theme.current().info))]
    if area.velocity.height() > 1:
        painter.fillRect(QRectF(0, area.bottom, area.left, area.velocity.height()), tone.surface)
        names.append((area.velocity, translate("Roll", "Loudness"), tone.muted))
    for lane, words, colour in names:
        painter.setPen(colour)
        room = QRectF(0, lane.top(), area.left - 5, lane.height())
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, RIGHT, words)
    painter.fillRect(QRectF(0, area.bottom, area.width, 1), tone.border)


def paint_keys(scene: Scene) -> None:
    """A keyboard, or the names of the drums."""
    painter, tone, area = scene.painter, scene.tone, scene.map
    painter.save()
    scene.clip(area.keys)
    painter.fillRect(area.keys, tone.surface)
    pitches = range(area.pitch_at(area.keys.bottom()), area.pitch_at(area.keys.top()) + 1)
    for pitch in _readable(scene, pitches) if scene.is_drums else pitches:
        row = QRectF(0, area.y_of(pitch), area.left - 1, area.row)
        (_paint_drum if scene.is_drums else _paint_key)(scene, pitch, row)
    if not scene.is_drums:
        _name_octaves(scene, pitches)
    painter.fillRect(QRectF(area.left - 1, area.keys.top(), 1, area.keys.height()), tone.edge)
    painter.restore()


def _paint_key(scene: Scene, pitch: int, row: QRectF) -> None:
    ivory, ebony = QColor("#D3D0CA" if theme.current().name == "dark" else "#F2EFE9"), QColor("#2A2B2E")
    painter = scene.painter
    painter.fillRect(row, ivory)
    if pitch % 12 in _BLACK:
        painter.fillRect(QRectF(0, row.top(), row.width() * 0.6, row.height()), ebony)
        painter.fillRect(QRectF(row.width() * 0.6, row.center().y(), row.width(), 1), QColor("#B9B5AC"))
    elif pitch % 12 in (0, 5):
        painter.fillRect(QRectF(0, row.bottom() - 1, row.width(), 1), QColor("#A8A49B"))


def _readable(scene: Scene, pitches: range) -> list[int]:
    """Rows whose names do not lie over each other; where rows are low, those that are played."""
    if scene.map.row >= _NAME:
        return list(pitches)
    played = {note.pitch for note in scene.arrangement.score.tracks[scene.track].notes}
    found: list[int] = []
    for pitch in pitches:
        if pitch in played and (not found or (pitch - found[-1]) * scene.map.row >= _NAME - 2):
            found.append(pitch)
    return found


def _name_octaves(scene: Scene, pitches: range) -> None:
    scene.painter.setPen(QColor("#3A3A3A"))
    scene.painter.setFont(theme.number_font(10))
    for pitch in pitches:
        if pitch % 12 == 0:
            row = QRectF(0, scene.map.y_of(pitch), scene.map.left - 5, scene.map.row)
            scene.painter.drawText(row.adjusted(0, -4, 0, 4), RIGHT, pitch_name(pitch))


def _paint_drum(scene: Scene, pitch: int, row: QRectF) -> None:
    if not (name := drum_name(pitch)):
        return
    scene.painter.setPen(scene.tone.text)
    scene.painter.setFont(theme.ui_font(11))
    words = scene.painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(row.width()) - 10)
    scene.painter.drawText(row.adjusted(6, -4, -4, 4), LEFT, words)


def _bars_in_view(scene: Scene) -> Iterator[Bar]:
    first, last = scene.map.span
    start = grid.bar_at(scene.bars, first).number if scene.bars else 0
    for bar in scene.bars[start:]:
        if bar.start > last:
            return
        yield bar


def _bar_step(scene: Scene, bar: Bar) -> int:
    """Every how many bars there is room for a number."""
    wide, step = bar.length * scene.map.quarter / TICKS, 1
    while wide * step < _WIDE:
        step *= 2
    return step


def _curve(scene: Scene, values: list[float]) -> list[QPointF]:
    lane = scene.map.mood
    half = lane.height() / 2 - 3
    first, last = _bounds(scene)
    points = [QPointF(scene.map.x_of(felt.at), lane.center().y() - half * max(-1.0, min(1.0, value / 2)))
              for felt, value in zip(scene.felt[first:last], values[first:last], strict=True)]
    if last < len(values):
        return points
    end = scene.map.x_of(max(grid.end_of_bar(scene.arrangement.score), scene.felt[-1].at))
    return [*points, QPointF(end, points[-1].y())]


def _bounds(scene: Scene) -> tuple[int, int]:
    """The part of the curve that is in view, and a point on either side."""
    first, last = scene.map.span
    start = bisect_right(scene.felt, first, key=lambda felt: felt.at) - 1
    return max(0, start), bisect_right(scene.felt, last, key=lambda felt: felt.at) + 1


def _draw_curve(scene: Scene, values: list[float], pen: QPen) -> None:
    scene.painter.setPen(pen)
    scene.painter.setBrush(Qt.BrushStyle.NoBrush)
    scene.painter.drawPolyline(_curve(scene, values))


def _fill_curve(scene: Scene, values: list[float], colour: QColor) -> None:
    points, middle = _curve(scene, values), scene.map.mood.center().y()
    path = QPainterPath(QPointF(points[0].x(), middle))
    for point in (*points, QPointF(points[-1].x(), middle)):
        path.lineTo(point)
    scene.painter.fillPath(path, paint.faded(colour, 0.16))
