"""Playing while one works: in step with the ear, through edits, loops and the loss of the device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.core.arrangement import Arrangement
from studio.core.jobs import Problem
from studio.core.score import TICKS
from studio.media.sound.tape import FRAME, Tape
from studio.ui.playback import Player, State
from studio.ui.playback_sinks import RATE, SilentSink, open_sink
from tests.media.sound.makers import beat, font, piece


class Speaker:
    """A sound output whose time the test makes; it has a quarter of a second of room."""

    rate = RATE

    def __init__(self) -> None:
        self.data = bytearray()
        self.played, self.volume, self.starts = 0, 0.0, 0
        self.runs, self.is_lost = False, False

    def start(self) -> None:
        self.data.clear()
        self.played, self.runs, self.starts = 0, True, self.starts + 1

    def room(self) -> int:
        return self.played + RATE // 4 - len(self.data) // FRAME

    def write(self, data: bytes) -> None:
        self.data += data

    def heard(self) -> int:
        return self.played

    def pause(self) -> None:
        self.runs = False

    def resume(self) -> None:
        self.runs = True

    def stop(self) -> None:
        self.runs = False

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def hear(self, seconds: float) -> None:
        """Time passes."""
        self.played = min(len(self.data) // FRAME, self.played + round(seconds * RATE))


class Listening:
    """A player at a speaker."""

    def __init__(self, qtbot: QtBot, font: Path) -> None:
        self.speaker, self.bot = Speaker(), qtbot
        self.player = Player(open_sink=lambda parent: self.speaker, font=font, reverb=0.0)
        self.ticks: list[int] = []
        self.player.moved.connect(self.ticks.append)

    def hear(self, until: Callable[[], bool], step: float = 0.05) -> None:
        """Let time pass until something is so."""
        def more() -> None:
            self.speaker.hear(step)
            assert until()

        self.bot.waitUntil(more, timeout=20_000)

    def hear_to(self, tick: int) -> None:
        self.hear(lambda: self.player.tick >= tick)


@pytest.fixture
def ear(qtbot: QtBot, tmp_path: Path) -> Iterator[Listening]:
    made = Listening(qtbot, font(tmp_path / "tone.sf2", generators={38: -12000}))
    yield made
    assert made.player.close()


def tune(beats: int = 8) -> Arrangement:
    """A note on every beat, half a second each, with a rest between."""
    return piece(*(beat(n, 0.5) for n in range(beats)))


def test_the_playhead_is_what_is_heard_not_what_was_given(ear: Listening) -> None:
    ear.player.set_arrangement(tune())
    ear.player.play(0)
    ear.bot.waitUntil(lambda: len(ear.speaker.data) >= RATE // 4 * FRAME, timeout=20_000)
    assert ear.player.tick == 0
    ear.hear_to(TICKS)
    place = ear.speaker.played / RATE * 2 * TICKS
    ear.bot.waitUntil(lambda: ear.player.tick == pytest.approx(place, abs=2))
    assert ear.ticks == sorted(ear.ticks)


def test_it_stops_at_the_end_and_goes_back_to_where_it_began(ear: Listening) -> None:
    ear.player.set_arrangement(tune(2))
    ear.player.play(TICKS)
    assert ear.player.state is State.PLAYING
    ear.hear(lambda: ear.player.state is State.STOPPED)
    assert ear.player.tick == TICKS
    assert max(ear.ticks) <= tune(2).score.length


def test_pause_and_play_go_on_where_it_was(ear: Listening) -> None:
    ear.player.set_arrangement(tune())
    ear.player.play()
    ear.hear_to(500)
    ear.player.pause()
    held = ear.player.tick
    assert (ear.player.state, ear.speaker.runs) == (State.PAUSED, False)
    ear.player.play()
    assert ear.speaker.runs
    assert ear.speaker.starts == 1
    ear.hear_to(held + 400)


def test_seek_goes_there_playing_or_not(ear: Listening) -> None:
    ear.player.set_arrangement(tune())
    ear.player.seek(3 * TICKS)
    assert (ear.player.tick, ear.player.state) == (3 * TICKS, State.STOPPED)
    ear.player.play()
    ear.hear_to(3 * TICKS + 200)
    ear.player.seek(TICKS)
    assert ear.player.tick == TICKS
    ear.hear_to(TICKS + 300)
    assert ear.player.state is State.PLAYING
    ear.player.seek(-5)
    assert ear.player.tick == 0


def test_an_edit_is_heard_soon_and_nothing_starts_again(ear: Listening) -> None:
    ear.player.set_arrangement(tune())
    ear.player.play(0)
    ear.hear_to(TICKS)
    at = len(ear.speaker.data)
    ear.player.set_arrangement(piece(beat(7)))  # silence until then
    ear.hear_to(5 * TICKS)
    later = at // FRAME + round(0.7 * RATE)
    assert not any(ear.speaker.data[later * FRAME:(later + RATE // 2) * FRAME])
    assert any(ear.speaker.data[:at])
    assert ear.speaker.starts == 1
    assert ear.ticks == sorted(ear.ticks)


def test_a_loop_goes_round(ear: Listening) -> None:
    ear.player.set_arrangement(tune())
    ear.player.set_loop((2 * TICKS, 4 * TICKS))
    ear.player.play(2 * TICKS)
    ear.hear(lambda: any(after < before for before, after in zip(ear.ticks, ear.ticks[1:], strict=False)))
    assert max(ear.ticks) <= 4 * TICKS + 60
    assert min(ear.ticks[2:]) >= 2 * TICKS
    ear.player.set_loop(None)
    ear.hear_to(5 * TICKS)
    ear.player.set_loop((5, 5))  # nothing: no loop
    assert ear.player.state is State.PLAYING


def test_a_growing_piece_waits_for_more(ear: Listening) -> None:
    ear.player.set_grows(True)
    ear.player.set_arrangement(tune(2))
    ear.player.play(0)
    for _ in range(80):
        ear.speaker.hear(0.05)
        ear.bot.wait(1)
    ear.hear_to(tune(2).score.length - 40)
    assert ear.player.state is State.PLAYING
    ear.player.set_arrangement(tune(4))
    ear.hear_to(3 * TICKS)
    ear.player.set_grows(False)
    ear.hear(lambda: ear.player.state is State.STOPPED)


def test_volume_is_kept_within_bounds_and_told_to_the_device(ear: Listening) -> None:
    ear.player.set_arrangement(tune())
    ear.player.set_volume(0.4)
    ear.player.play()
    assert ear.speaker.volume == 0.4
    ear.player.set_volume(7)
    assert ear.speaker.volume == 1.0


def test_a_device_that_goes_away_leaves_a_silent_clock(ear: Listening) -> None:
    ear.player.set_arrangement(tune())
    ear.player.play(0)
    ear.hear_to(300)
    with ear.bot.waitSignal(ear.player.state_changed):
        ear.speaker.is_lost = True
    assert not ear.player.available
    assert "no sound device" in ear.player.reason
    now = ear.player.tick
    ear.bot.waitUntil(lambda: ear.player.tick > now + 200, timeout=20_000)


def test_a_damaged_font_is_told_and_it_stops(qtbot: QtBot, tmp_path: Path) -> None:
    bad = tmp_path / "bad.sf2"
    bad.write_bytes(b"RIFF")
    ear = Listening(qtbot, bad)
    ear.player.set_arrangement(tune())
    with ear.bot.waitSignal(ear.player.failed, timeout=20_000) as told:
        ear.player.play(0)
    (problem,) = told.args
    assert isinstance(problem, Problem)
    assert "SoundFont" in problem.text
    assert ear.player.state is State.STOPPED
    assert ear.player.close()


def test_nothing_to_play_ends_at_once(ear: Listening) -> None:
    ear.player.play(0)
    ear.hear(lambda: ear.player.state is State.STOPPED)


def test_here_is_no_device_and_nobody_complains(qtbot: QtBot, capfd: pytest.CaptureFixture[str]) -> None:
    sink = open_sink()
    assert sink is None or sink.rate > 0
    assert capfd.readouterr().err == ""


def test_without_a_device_time_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    player = Player(open_sink=lambda parent: None, font=font(tmp_path / "tone.sf2"))
    player.set_arrangement(replace(tune()))
    player.play(0)
    qtbot.waitUntil(lambda: player.tick > 300, timeout=20_000)
    assert not player.available
    assert player.close()


def test_the_silent_clock_counts_only_what_it_was_given() -> None:
    now = [0.0]
    sink = SilentSink(lambda: now[0])
    sink.start()
    now[0] = 5.0
    assert sink.heard() == 0
    sink.write(bytes(RATE * FRAME))
    now[0] = 5.5
    assert sink.heard() == RATE // 2
    sink.pause()
    now[0] = 9.0
    assert sink.heard() == RATE // 2
    sink.resume()
    now[0] = 9.25
    assert sink.heard() == RATE * 3 // 4
    now[0] = 99.0
    assert sink.heard() == RATE
    assert sink.room() > 0


def test_the_tape_knows_which_place_each_frame_is() -> None:
    tape = Tape(100)
    assert tape.place(0) is None
    tape.add(10.0, bytes(50 * FRAME))
    tape.add(2.0, b"\1" * 50 * FRAME)
    assert (tape.place(0), tape.place(25), tape.place(50), tape.place(75)) == (10.0, 10.25, 2.0, 2.25)
    assert len(tape.take(60)) == 60 * FRAME
    assert (tape.taken, tape.end) == (60, 100)
    assert tape.cut(80) == b"\1" * 20 * FRAME
    assert tape.end == 80
    tape.add(7.0, bytes(10 * FRAME))
    assert tape.place(85) == pytest.approx(7.05)
    assert tape.cut(10) != b""
    assert (tape.end, tape.place(59)) == (60, pytest.approx(2.09))
