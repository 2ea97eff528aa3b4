"""A model judged by pieces that nobody picked."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.core.composing import Composing
from studio.core.score import TICKS, Key, Metre, Note, Score, Tempo, Track
from studio.media.midi_write import write_midi
from studio.media.tokens.decode import decode
from studio.media.tokens.encode import encode
from studio.media.tokens.vocabulary import STYLES
from studio.training import music_judge
from studio.training.music_cards import add_metrics
from studio.training.music_corpus import Corpus, Shelf, prepare, read, shelved
from studio.training.music_judge_checks import FAULTS, faults, file_faults, stuck
from studio.training.music_judge_facts import apart, notes_of, repeats, signs, tally
from studio.training.music_judge_made import Ask, Made, Markov, asks, excerpts
from tests.engines.music import tiny
from tests.training.small_music import wander, write_collection

HYMN = STYLES.index("hymn")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_collection(folder / "music")
    return folder


@pytest.fixture(scope="module")
def corpus(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return prepare(data / "music", tmp_path_factory.mktemp("runs"))


def shelf_of(*scores: Score, style: str = "hymn") -> Shelf:
    found = [read(number, style, write_midi(score)) for number, score in enumerate(scores)]
    return shelved(one for one in found if one)


def line(pitches: list[int], key: Key, length: int = TICKS) -> Score:
    notes = tuple(Note(n * length, pitch, length) for n, pitch in enumerate(pitches))
    return Score((Track(notes),), (Tempo.of(100),), (Metre(0, 4, 4),), (key,))


def test_what_is_asked_is_no_choice_of_ours() -> None:
    first, more = asks(20, 8), asks(30, 8)
    assert first == more[:20]
    assert [ask.style for ask in first[:10]] == [*range(9), 0]
    assert len({ask.tonic for ask in more}) > 6
    assert {ask.mood for ask in first} == {None}
    levels = [ask.mood for ask in asks(100, 8, with_mood=True)]
    assert {level for mood in levels for level in mood or ()} == set(range(5))


def test_notes_are_those_of_the_score() -> None:
    score = wander(3, 6, 2)
    notes = notes_of(shelf_of(score))
    said = {(int(b) * 96 + int(p), int(t), int(q), int(n)) for b, p, t, q, n in zip(
        notes.bar, notes.position, notes.track, notes.pitch, notes.length, strict=True)}
    assert said == {(note.start // 40, number, note.pitch, note.length // 40)
                    for number, track in enumerate(score.tracks) for note in track.notes}


def test_notes_in_the_key() -> None:
    major = line([62, 64, 66, 65] * 2, Key(0, 2))  # D E F# F in D major
    found = tally(one := shelf_of(major), notes_of(one))
    assert (found.pitched, found.in_key, found.natural) == (8, 0.75, 0.75)
    assert found.degrees[0, [0, 2, 3, 4]].tolist() == [2, 2, 2, 2]
    minor = line([69, 68, 67, 70], Key(0, 9, True))  # A G# G Bb in A minor
    found = tally(one := shelf_of(minor), notes_of(one))
    assert (found.in_key, found.natural) == (0.75, 0.5)


def test_how_far_counts_are_apart() -> None:
    assert apart(np.array([1.0, 1]), np.array([5.0, 5])) == 0
    assert apart(np.array([1.0, 0]), np.array([0.0, 9])) == 1
    assert apart(np.array([3.0, 1]), np.array([1.0, 1])) == pytest.approx(0.25)
    assert np.isnan(apart(np.zeros(2), np.ones(2)))


def test_the_same_two_bars_in_another_key() -> None:
    score = wander(5, 6, 2)
    shelves = [shelf_of(score), shelf_of(score.transposed(-3)), shelf_of(wander(6, 6, 2))]
    kinds = [(signs(one, notes_of(one)), signs(one, notes_of(one), by_track=True)) for one in shelves]
    own, moved, other = (kind[0] for kind in kinds)
    assert repeats(own, moved) == (5, 5)
    assert repeats(own, other) == (0, 5)
    assert repeats(own, moved, HYMN) == (5, 5)
    assert repeats(own, moved, HYMN + 1) == (0, 0)
    assert repeats(kinds[0][1], kinds[1][1]) == (10, 10)
    alone = shelf_of(replace(score, tracks=score.tracks[:1]))
    assert repeats(signs(alone, notes_of(alone)), own)[0] == 0
    assert repeats(signs(alone, notes_of(alone), by_track=True), kinds[0][1]) == (5, 5)


@pytest.mark.parametrize("change", ["pitch", "place", "length"])
def test_one_note_more_is_another_two_bars(change: str) -> None:
    pitches = [60, 62, 64, 65, 67, 69, 71, 72]
    score = line(pitches, Key(0, 0), TICKS // 2)
    score = replace(score, tracks=(replace(score.tracks[0], notes=tuple(
        replace(note, start=2 * note.start) for note in score.tracks[0].notes)),))
    first, *rest = score.tracks[0].notes
    other = {"pitch": replace(first, pitch=61), "place": replace(first, start=first.start + 240),
             "length": replace(first, length=240)}[change]
    changed = replace(score, tracks=(replace(score.tracks[0], notes=(other, *rest)),))
    own, known = (shelf_of(one) for one in (changed, score))
    assert repeats(signs(own, notes_of(own)), signs(known, notes_of(known))) == (0, 1)


def test_bars_of_two_pieces_are_no_neighbours() -> None:
    shelf = shelf_of(wander(1, 3), wander(2, 3))
    assert len(signs(shelf, notes_of(shelf)).numbers) == 4


def test_a_sound_piece_has_no_fault() -> None:
    score = wander(4, 8, 2)
    made = Made(Ask(0, HYMN, 0, 8), encode(score).tolist())
    assert faults(made) == []
    assert faults(replace(made, ask=Ask(0, HYMN, 0, 9))) == ["bars"]
    assert faults(replace(made, tokens=made.tokens[:-1])) == ["unfinished"]
    assert faults(replace(made, tokens=made.tokens[:60] + made.tokens[70:])) == ["grammar"]
    assert set(faults(made)) <= set(FAULTS)


def test_stuck_notes_are_found() -> None:
    score = line([60, 62, 64, 65], Key(0, 0))
    data = write_midi(score)
    assert (stuck(data), file_faults(data, score)) == (0, [])
    off = data.index(bytes([0x80, 62, 0]))
    lost = data[:off] + bytes([0x80, 61, 0]) + data[off + 3 :]
    assert stuck(lost) == 2  # one never ends, one ends that never began
    assert "stuck note" in file_faults(lost, score)
    other = write_midi(line([60, 62, 64, 67], Key(0, 0)))
    assert file_faults(other, score) == ["read back", "symusic"]


def test_a_markov_model_composes_what_the_grammar_allows(corpus: Corpus) -> None:
    train = corpus.shelves["train"]
    model, heading = Markov(train, HYMN, 256, 960), train.heading(0, 0, 4)
    found = [model.compose(heading, 4, Composing(seed=seed)) for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]
    assert faults(Made(Ask(1, HYMN, 0, 4), found[0])) == []
    assert decode(found[0]).notes > 8


def test_excerpts_are_as_long_as_what_was_asked(corpus: Corpus) -> None:
    wanted = [ask for ask in asks(27, 5) if ask.style in set(corpus.shelves["train"].style.tolist())]
    found = excerpts(corpus.shelves["train"], wanted)
    assert sorted(found.style.tolist()) == sorted(ask.style for ask in wanted)
    assert all(found.bars(piece) <= 5 for piece in range(len(found)))


def test_from_model_to_page(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "music-tiny"
    tiny.source(folder)
    facts = {"id": "music-tiny", "engine": "music.onnx", "facts": tiny.FACTS, "metrics": {
        "nats_per_note": {"hymn": {"network": 6.0, "markov_order_3": 8.0, "notes": 12}}},
        "files": [{"name": "music-tiny.onnx", "sha256": "0" * 64}]}
    (folder / "model.json").write_text(json.dumps(facts), encoding="utf-8")
    (folder / "README.md").write_text("# M\n\n| what | value |\n|---|---|\n| old | 1 |\n\nMore.\n",
                                      encoding="utf-8")
    out = tmp_path / "page.md"
    monkeypatch.setattr(sys, "argv", [
        "judge", "--data", str(data), "--model", str(folder), "--out", str(out), "--pieces", "9",
        "--bars", "2", "--runs", str(tmp_path / "runs"), "--workers", "1"])
    music_judge.main()
    page = out.read_text(encoding="utf-8")
    for part in ("Held-out pieces", "Soundness", "Notes in the key", "How far", "Repeats", "Mood"):
        assert f"## {part}" in page
    assert "| hymn | 6.00 | 8.00 | 25% | 12 |" in page
    metrics = json.loads((folder / "model.json").read_text(encoding="utf-8"))["metrics"]
    sound = metrics["pieces"]["sound"]
    assert f"{sound} of 18 pieces are sound" in page
    assert f"| empty | {18 - sound} |" in page  # random weights may say nothing at all
    assert 0 <= metrics["pieces"]["notes_in_key"] <= 1
    assert set(metrics["mood_asked_and_given"]) == {"valence", "energy"}
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert f"| pieces: sound | {sound} |" in card
    assert "| nats per note: hymn: network | 6.0 |" in card
    assert "| old | 1 |" not in card
    assert card.endswith("\n\nMore.\n")
    add_metrics(folder, {"pieces": {"sound": 3}})
    assert "| pieces: sound | 3 |" in (folder / "README.md").read_text(encoding="utf-8")
