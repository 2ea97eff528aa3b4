"""The parts of the engine that need no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.errors import OutOfMemory, StudioError
from studio.core.text import Token
from studio.engines.write import room, server
from studio.engines.write.door import Door
from studio.engines.write.reading import kept, needs_cut
from studio.engines.write.stream import piece_of, problem_of
from studio.engines.write.vocabulary import Vocabulary
from studio.engines.write.watch import Piece, Verdict, Watch
from studio.media.gguf import read_header
from tests import gguf_files


def pieces(*texts: str) -> list[Piece]:
    return [Piece(Token(text, 0.5), at, True) for at, text in enumerate(texts)]


def shown(watch: Watch, *texts: str) -> tuple[list[list[str]], Verdict]:
    """What each piece released, and the last verdict."""
    verdicts = [watch.add(piece) for piece in pieces(*texts)]
    return [[piece.token.text for piece in verdict.released] for verdict in verdicts], verdicts[-1]


def test_nothing_to_watch_holds_nothing() -> None:
    assert shown(Watch((), ("",)), "a", "b")[0] == [["a"], ["b"]]


def test_what_may_become_a_stop_text_is_held_back() -> None:
    watch = Watch(("the end",), ())
    assert shown(watch, "so ", "the ", "en", "gine")[0] == [["so "], [], [], ["the ", "en", "gine"]]
    assert watch.rest() == ()


def test_a_stop_text_may_begin_and_end_within_pieces() -> None:
    released, verdict = shown(Watch(("the end",), ()), "so th", "e e", "nded")
    assert released == [[], [], ["so "]]
    assert verdict.ended
    assert not verdict.released[0].is_whole


def test_what_was_held_is_given_in_the_end() -> None:
    watch = Watch(("\n\n",), ())
    assert shown(watch, "a", "\n")[0] == [["a"], []]
    assert [piece.token.text for piece in watch.rest()] == ["\n"]


def test_a_banned_text_is_found_whatever_its_case_and_taken_back() -> None:
    watch = Watch((), ("dark night",))
    released, verdict = shown(watch, "a ", "very ", "DAR", "K ni", "ght!")
    assert released == [["a "], ["very "], [], [], []]
    assert verdict.banned is not None
    assert (verdict.banned.token.text, verdict.banned.id) == ("DAR", 2)
    assert watch.rest() == ()
    assert shown(watch, "dim", " day")[0] == [["dim"], [" day"]]


def test_the_earlier_of_two_counts() -> None:
    assert shown(Watch(("b",), ("cd",)), "abcd")[1].ended
    assert shown(Watch(("cd",), ("b",)), "abcd")[1].banned is not None


def test_marks_of_patterns_are_plain_text() -> None:
    assert shown(Watch((".*",), ("[a]",)), "a", "x.y", "a]")[0] == [["a"], ["x.y"], ["a]"]]


@pytest.mark.parametrize(("before", "prompt", "keep"), [
    ([], range(200), 0), (range(200), range(200), 192), (range(192), range(192), 128),
    (range(300), range(70), 64), (range(100), [*range(100), 7, 8], 64),
    ([*range(130), 9], [*range(128), 5, 6], 128), (range(9), range(9), 0), ([1, *range(200)], range(200), 0)])
def test_whole_batches_are_kept(before: list[int], prompt: list[int], keep: int) -> None:
    assert kept(list(before), list(prompt), 64) == keep


def test_more_than_those_has_to_be_cut_away() -> None:
    same = list(range(200))
    assert needs_cut(same, same, 192)
    assert needs_cut(same[:192], same, 192)
    assert not needs_cut([*same[:192], 9, 9], same, 192)
    assert not needs_cut(same, same, 0)


def test_context_follows_the_memory() -> None:
    sizes = {"weights": 10**9, "cache_bytes": 100_000, "name": "m"}
    assert room.choose(trained=2048, free=10**10, **sizes).context == 2048  # type: ignore[arg-type]
    assert room.choose(trained=10**6, free=10**11, **sizes).context == room.MOST_CONTEXT  # type: ignore[arg-type]
    tight = room.choose(trained=10**6, free=2 * 10**9, **sizes)  # type: ignore[arg-type]
    assert room.LEAST_CONTEXT < tight.context < 8192
    assert tight.context % 256 == 0
    assert tight.memory < 2 * 10**9
    assert room.choose(trained=100, free=10**10, **sizes).context == 100  # type: ignore[arg-type]
    with pytest.raises(OutOfMemory, match=r"m needs about 1\.1 GB of memory; 0\.5 GB are free"):
        room.choose(trained=2048, free=5 * 10**8, **sizes)  # type: ignore[arg-type]


def test_pieces_of_both_kinds_of_vocabulary(tmp_path: Path) -> None:
    tokens = ["<unk>", "<s>", "▁the", "<0xE4>", "夜"]
    more = {"tokenizer__ggml__model": "llama", "tokenizer__ggml__tokens": tokens,
            "tokenizer__ggml__token_type": [2, 3, 1, 6, 1]}
    spelt = Vocabulary(read_header(gguf_files.model(tmp_path / "a.gguf", **more)))
    assert spelt.pieces == [b"", b"", b" the", b"\xe4", "夜".encode()]
    letters = Vocabulary(read_header(gguf_files.model(tmp_path / "b.gguf")))
    assert letters.pieces[:256] == [bytes([byte]) for byte in range(256)]
    assert letters.pieces[256 + gguf_files.MERGES.index("Ġ the")] == b" the"
    assert len(letters) == len(gguf_files.words())


def test_numbers_that_are_none_do_no_harm() -> None:
    content = {"id": 1, "token": "a", "bytes": [97], "logprob": float("nan"),
               "top_logprobs": [{"token": "b", "logprob": float("-inf")}]}
    piece = piece_of({"choices": [{"text": "a", "logprobs": {"content": [content]}}]}, [b"", b"a"])
    assert piece is not None
    assert (piece.token.probability, piece.token.others) == (0.0, (("b", 0.0),))


def test_errors_of_the_server_become_sentences() -> None:
    told = {"exceed_context_size_error": "longer than the model can see",
            "server_error": "stopped with an error"}
    for kind, words in told.items():
        assert words in str(problem_of({"error": {"type": kind, "message": "x", "n_ctx": 5}}))
    assert isinstance(problem_of({"error": {"message": "failed to allocate buffer"}}), OutOfMemory)


def test_why_a_model_could_not_be_loaded() -> None:
    setup = server.Setup(Path("m"), "m.gguf", "llama", 512, 9, False, Path("s"), "k")
    for words in ("ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 9",
                  "llama_kv_cache: CUDA error: out of memory"):
        found = server.problem(setup, words)
        assert isinstance(found, OutOfMemory)
        assert found.message == "There was not enough memory to load m.gguf."
        assert found.details == words
    assert isinstance(server.problem(setup, "failed to parse Jinja"), server.BrokenTemplate)
    assert "could not be loaded" in server.problem(setup, "").message


def test_a_door_is_private_and_nobody_answers(atelier_home: Path) -> None:
    door = Door()
    assert door.path.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(StudioError, match="does not answer"):
        door.ask("/tokenize", {})
    door.close()
    assert not door.path.parent.exists()


def test_a_long_home_gets_a_short_door(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ATELIER_HOME", str(tmp_path / ("x" * 90)))
    door = Door()
    assert len(str(door.path)) < 100
    door.close()
    assert not door.path.parent.exists()
