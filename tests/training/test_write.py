"""The recipe of the Write model from books to card, and the file as llama.cpp reads it."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from studio.training import write, write_measure
from studio.training.bpe import END, Tokenizer, count_pieces, learn
from studio.training.gguf_export import export, quantise, restored, visible
from studio.training.language import Language, Shape
from studio.training.reading import Size
from studio.training.write_cards import shipped
from tests.training.small_library import chinese, english, write_library

SHAPE = Shape(400, width=32, layers=2, heads=2, inner=64, context=256)
SIZE = Size("tiny", SHAPE, minutes=1.0, batch=64, passes=0.2, contexts=((0.0, 16), (0.5, 32)))
TOKENIZER = learn(count_pieces([english(1), chinese(1)]), SHAPE.vocabulary)
TEXTS = (
    "“The fox saw the moon.”\n\nOld Anna  didn’t… in 1897!",
    "明月青山，流水故人。\n\n“春眠不觉晓，",
    "naïve 😀 ½ \t x\r\nя",
)


def network() -> Language:
    torch.manual_seed(2)
    made = Language(SHAPE).eval()
    for weight in made.outlets():
        torch.nn.init.normal_(weight, std=0.1)
    return made


def test_q8_keeps_a_hundredth_of_the_largest() -> None:
    values = np.random.default_rng(1).normal(size=(3, 64)).astype(np.float32)
    values[1, :32] = 0
    got = restored(quantise(values), values.shape)
    largest = np.abs(values).reshape(3, 2, 32).max(2).repeat(32, 1)
    assert (np.abs(got - values) <= largest / 127 * 0.51 + 1e-9).all()
    assert len(quantise(values)) == values.size // 32 * 34
    assert np.array_equal(restored(quantise(got), got.shape).round(3), got.round(3))


def test_bytes_are_spelled_as_gpt2_spells_them() -> None:
    assert visible(b" the\n") == "ĠtheĊ"
    assert len({visible(bytes([value])) for value in range(256)}) == 256


def test_the_file_begins_as_it_should(tmp_path: Path) -> None:
    export(network(), TOKENIZER, tmp_path / "m.gguf", {"name": "Tiny"})
    data = (tmp_path / "m.gguf").read_bytes()
    magic, version, tensors, values = struct.unpack("<4sIQQ", data[:24])
    assert (magic, version, tensors) == (b"GGUF", 3, 2 + 9 * SHAPE.layers)
    assert values > 20
    assert len(data) % 32 == 0
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(("quantised", "most"), [(False, 0.02), (True, 0.1)])
def test_llama_cpp_gives_what_torch_gives(tmp_path: Path, quantised: bool, most: float) -> None:
    made = network()
    export(made, TOKENIZER, tmp_path / "m.gguf", {}, quantised=quantised)
    if quantised:
        made = shipped(made)
    found = write_measure.agreement(str(tmp_path / "m.gguf"), made, TOKENIZER, TEXTS)
    assert found["most_nats"] < most


def test_another_network_is_noticed(tmp_path: Path) -> None:
    export(network(), TOKENIZER, tmp_path / "m.gguf", {})
    other = network()
    torch.nn.init.normal_(other.table.weight, std=0.5)
    with pytest.raises(ValueError, match="differs from torch"):
        write_measure.agreement(str(tmp_path / "m.gguf"), other, TOKENIZER, TEXTS)
    fewer = Tokenizer(TOKENIZER.merges[:20])
    with pytest.raises(ValueError, match="tokens, not"):
        write_measure.agreement(str(tmp_path / "m.gguf"), network(), fewer, TEXTS)


@torch.no_grad()
def test_bits_per_byte_counts_every_token_once() -> None:
    """A network that knows nothing at all gives each token the same chance."""
    blank = Language(SHAPE).eval()
    torch.nn.init.zeros_(blank.table.weight)
    books = [[END, *TOKENIZER.encode(english(2, 400))], [END, *TOKENIZER.encode(english(3))]]
    stream = np.concatenate(books).astype(np.uint16)
    counted = int((stream != END).sum())
    assert counted > 3 * SHAPE.context
    wanted = counted * np.log2(SHAPE.vocabulary) / TOKENIZER.lengths()[stream].sum()
    assert write_measure.bits_per_byte(blank, stream, TOKENIZER) == pytest.approx(wanted, rel=1e-5)


def test_xz_is_counted_in_bits_per_byte() -> None:
    assert write_measure.xz_bits("明" * 100_000) < 0.05
    noise = "".join(chr(n) for n in np.random.default_rng(1).integers(32, 127, 20_000))
    assert 6.4 < write_measure.xz_bits(noise) < 8.0


def test_samples_are_spread_over_the_books() -> None:
    stream = np.array(TOKENIZER.encode(english(5, 300)), np.uint16)
    found = write_measure.places(stream, TOKENIZER, 5)
    assert [len(place) for place in found] == [write_measure.PROMPT] * 5
    assert all(TOKENIZER.decode(place)[0] in "TAO" for place in found)  # where a paragraph begins


def test_from_books_to_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_library(tmp_path / "data" / "text")
    monkeypatch.setattr(write, "SIZES", {"tiny": SIZE})
    monkeypatch.setattr(write_measure, "ANSWER", 8)
    monkeypatch.setattr(sys, "argv", [
        "write", "--size", "tiny", "--data", str(tmp_path / "data"), "--out", str(tmp_path / "model"),
        "--runs", str(tmp_path / "runs"), "--threads", "1"])
    write.main()
    facts = json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))
    assert (facts["task"], facts["engine"]) == ("write", "write.gguf")
    assert facts["files"][0]["size"] == (tmp_path / "model" / "write-tiny.gguf").stat().st_size
    bits = facts["metrics"]["bits_per_byte"]
    assert {"network", "kneser_ney_5_gram_of_tokens", "xz_9"} <= set(bits["en"]) & set(bits["zh"])
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert card.count("**▸**") == 21  # ten of each language, and the sign explained
    assert "Book 1" in card or "Book 2" in card
    assert "MIT (c) 2016 JackeyGao" in card
    assert card.replace("\n", "").replace("\u3000", "").isprintable()  # even of a network that stammers bytes
