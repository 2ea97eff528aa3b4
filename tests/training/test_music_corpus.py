"""Scores to learn from: which, as what, and what is kept from training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.core.score import Note, Score, Track
from studio.media.midi_write import write_midi
from studio.media.tokens.decode import decode
from studio.media.tokens.encode import Wishes, sheet_of
from studio.media.tokens.grammar import Grammar
from studio.media.tokens.snap import snapped
from studio.media.tokens.vocabulary import KINDS, STYLES, VALUES, Kind, Tokens
from studio.training import music_corpus
from studio.training.music_corpus import Corpus, melodies, prepare, read
from studio.training.music_pieces import all_pieces, may_ship, sources_table, split, style_of, thanks, work_of
from studio.training.music_windows import NOTES, Manner, Windows, fitting, is_body, made
from tests.training.small_music import MANY, wander, write_collection


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_collection(tmp_path_factory.mktemp("data") / "music")


@pytest.fixture(scope="module")
def corpus(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return prepare(folder, tmp_path_factory.mktemp("runs"))


@pytest.mark.parametrize(("licence", "may"), [
    ("CC0 1.0", True), ("Public Domain", True), ("CC BY 4.0", True), ("MIT", True), ("BSD 3-Clause", False),
    ("CC BY-SA 4.0", False), ("CC BY-NC 4.0", False), ("GPL-3.0", False), ("", False)])
def test_licences(licence: str, may: bool) -> None:
    assert may_ship(licence) is may


def test_only_what_may_ship_is_read(folder: Path) -> None:
    pieces = all_pieces(folder)
    assert {piece.collection for piece in pieces} == set(MANY) - {"freedoom"}
    assert {row["licence"] for row in sources_table(pieces)} == {"CC BY 4.0", "Public Domain", "CC BY 3.0"}
    assert "Jane Doe; Mutopia-1 (CC BY 3.0)" in thanks(pieces)
    assert not any("Open Hymnal" in line for line in thanks(pieces))


@pytest.mark.parametrize(("collection", "genre", "style"), [
    ("ceol_rince", "folk; irish jig", "irish"), ("mutopia_pd", "hymn; voice (satb)", "hymn"),
    ("mutopia_pd", "jazz; piano", "march"), ("mutopia_pd", "string quartet: two violins", "quartet"),
    ("polish_scores", "song (voice and piano); secular", "song"), ("openscore_lieder", "art song", "song"),
    ("chopin_first_editions", "romantic piano; mazurka", "piano"), ("mutopia_pd", "romantic; piano", "piano"),
    ("mutopia_pd", "classical; guitar", "guitar"), ("groove_midi", "drums", "drums"),
    ("chopin_first_editions", "romantic piano; concerto", "other"),
    ("chord_progressions", "chord progression; major; pop rhythm", "other")])
def test_styles(collection: str, genre: str, style: str) -> None:
    assert style_of(collection, genre) == style
    assert style in STYLES


@pytest.mark.parametrize(("collection", "one", "other"), [
    ("groove_midi", "drummer1/session1/1_funk.mid", "drummer1/session1/2_rock.mid"),
    ("chord_progressions", "major/pop/I-IV.mid", "major/soul/I-IV.mid"),
    ("open_hymnal", "A_Mighty-Ein_Feste.mid", "Lord-Ein_Feste.mid"),
    ("openscore_quartets", "Haydn/Quartet_1_mv1.mid", "Haydn/Quartet_1_mv4.mid"),
    ("polish_scores", "p/Chopin/ch--p85--001-001_a.mid", "p/Chopin/ch--p85--001-002_b.mid"),
    ("mutopia_pd", "BachJS/BWV1_a-1.mid", "BachJS/BWV1_a-2.mid")])
def test_what_belongs_to_one_work(collection: str, one: str, other: str) -> None:
    assert work_of(collection, one) == work_of(collection, other)
    assert work_of(collection, one) != work_of(collection, "x/y/another_one.mid")


def test_no_work_is_on_two_sides(folder: Path) -> None:
    pieces = all_pieces(folder)
    parts = split(pieces)
    sides = [{piece.work for piece in side} for side in (parts.train, parts.watched, parts.held_out)]
    assert all(sides)
    assert sum(map(len, sides)) == len(set().union(*sides))
    assert {piece.style for piece in parts.held_out} == {"irish", "hymn", "guitar", "drums"}
    assert split(pieces[::-1]).held_out[::-1] == parts.held_out


def test_the_corpus_is_made_once(folder: Path, corpus: Corpus, tmp_path: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    first = prepare(folder, tmp_path, workers=2, most=5)
    assert [len(first.shelves[side]) for side in ("train", "watched", "held_out")] == [12, 4, 4]
    monkeypatch.setattr(music_corpus, "_make", None)
    again = prepare(folder, tmp_path, most=5)
    assert np.array_equal(again.shelves["train"].cells, first.shelves["train"].cells)
    assert {piece.style for piece in corpus.used("train")} == {"irish", "hymn", "guitar", "drums"}


def test_the_same_tune_in_another_key_is_left_out(tmp_path: Path) -> None:
    own, moved, other = (melodies(score) for score in (wander(0), wander(0).transposed(5), wander(1)))
    assert len(own) > 20
    assert np.array_equal(own, moved)
    assert not np.isin(other, own).any()
    data = write_collection(tmp_path / "music", 20)
    found = prepare(data, tmp_path / "runs")
    sides = {piece.title: side for side in music_corpus.SIDES for piece in found.used(side)
             if piece.collection == "ceol_rince"}
    both = {sides.get("Piece 0"), sides.get("Again")}
    assert both == {"train"} or "train" not in both


def test_what_tokens_cannot_say_is_left_out() -> None:
    crowd = Score(tuple(Track((Note(0, 60, 1),)) for _ in range(20)))
    assert read(0, "other", write_midi(crowd)) is None
    assert read(0, "other", b"MThd") is None


def test_bars_come_out_as_they_went_in() -> None:
    score = snapped(wander(3, 9, 3))
    one = read(7, "quartet", write_midi(wander(3, 9, 3)))
    assert one is not None
    shelf = music_corpus.shelved([one, one])
    sheet = sheet_of(score, Wishes(STYLES.index("quartet")))
    assert shelf.window(1, 0, 9) == sheet.bars
    assert shelf.heading(1, 0, 9) == sheet.heading
    assert shelf.number.tolist() == [7, 7]
    whole = made(shelf, 1, Manner(0), 10_000)
    assert decode(whole) == score
    assert shelf.bar_tokens(0).sum() == len(whole) - len(sheet.heading.tokens()) - 2


def windows_of(corpus: Corpus, length: int, count: int = 60) -> list[Tokens]:
    """Windows as rows are made of them."""
    windows, chance = Windows(corpus.shelves["train"]), np.random.default_rng(5)
    return [windows._window(chance, length) for _ in range(count)]


@pytest.mark.parametrize("length", [64, 300, 1024])
def test_windows_are_music(corpus: Corpus, length: int) -> None:
    found = windows_of(corpus, length)
    assert all(len(row) <= length for row in found)
    assert [Grammar.fault(row.tolist()) for row in found] == [None] * len(found)
    programs = {tuple(VALUES[row][KINDS[row] == Kind.PROGRAM]) for row in found}
    assert len({row for row in programs if len(row) == 3}) > 1  # tracks come in more than one order
    assert len({int(VALUES[row][KINDS[row] == Kind.KEY][0]) for row in found}) > 6


def test_some_windows_have_a_gap(corpus: Corpus) -> None:
    found = windows_of(corpus, 1024, 100)
    share = np.mean([Kind.AFTER in KINDS[row] for row in found])
    assert 0.1 < share < 0.4
    starts = [VALUES[row][KINDS[row] == Kind.START][:1] for row in found]
    assert 0.2 < np.concatenate(starts).mean() < 0.8


def test_a_gap_ends_where_the_rest_begins(corpus: Corpus) -> None:
    shelf = corpus.shelves["train"]
    piece = int(np.flatnonzero(shelf.style == STYLES.index("hymn"))[0])
    row = made(shelf, piece, Manner(0, gap=5), 10_000)
    bars = VALUES[row][KINDS[row] == Kind.BAR].tolist()
    assert bars[-5:] == [5, 4, 3, 2, 1]
    assert bars[0] == shelf.bars(piece) - 5
    whole = decode(made(shelf, piece, Manner(0), 10_000))
    begin = [note for note in whole.tracks[0].notes if note.start < 5 * 4 * 960]
    assert [note.pitch for note in decode(row).tracks[0].notes] == [note.pitch for note in begin]


def test_rows_are_full_and_the_same_by_number(corpus: Corpus) -> None:
    windows = Windows(corpus.shelves["train"])
    rows = windows.rows(3, 4, 400)
    assert rows.shape == (4, 400)
    assert np.array_equal(windows.rows(5, 1, 400)[0], rows[2])
    assert len({row.tobytes() for row in rows}) == 4
    assert (rows > 0).all()


def test_what_is_counted(corpus: Corpus) -> None:
    row = made(corpus.shelves["train"], 0, Manner(0), 10_000).astype(np.int64)
    body = is_body(np.stack([row, row]))
    assert body.shape == (2, len(row))
    assert set(KINDS[row[~body[0]]]) >= {Kind.STYLE, Kind.PROGRAM, Kind.START}
    assert set(KINDS[row[body[0]]]) >= {Kind.BAR, Kind.END}
    assert np.isin(row, NOTES).sum() == (KINDS[row] == Kind.PITCH).sum() + (KINDS[row] == Kind.DRUM).sum()


def test_a_window_is_full_of_bars(corpus: Corpus) -> None:
    shelf = corpus.shelves["train"]
    assert fitting(shelf, 0, 0, 10_000) == shelf.bars(0)
    assert fitting(shelf, 0, 3, 20) == 4
    assert len(made(shelf, 0, Manner(2), 90)) == 90
