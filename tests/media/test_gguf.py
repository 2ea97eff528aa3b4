"""The header of a GGUF file, read without its weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.media.gguf import Array, GgufDamage, TensorInfo, read_header
from tests import gguf_files

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "stories260K.gguf"


def test_facts_arrays_and_tensors(tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "a.gguf", a__flag=True, a__number=1.5)
    header = read_header(path)
    assert header.version == 3
    assert (header.text("general.name"), header.text("nothing"), header.text("a.number")) == ("Tiny", "", "")
    assert (header.metadata["a.flag"], header.metadata["a.number"]) == (True, 1.5)
    assert (header.number("llama.block_count"), header.number("nothing", 7)) == (gguf_files.LAYERS, 7)
    assert isinstance(header.metadata["tokenizer.ggml.tokens"], Array)
    assert [token.decode() for token in header.items("tokenizer.ggml.tokens")] == gguf_files.words()
    assert header.items("tokenizer.ggml.token_type")[-3:] == [1, 3, 3]
    assert header.items("general.name") == []
    tensor = header.tensors["token_embd.weight"]
    assert (tensor.shape, tensor.type) == ((gguf_files.WIDTH, len(gguf_files.words())), "F32")
    assert header.data % 32 == 0
    assert header.end <= header.size == path.stat().st_size


@pytest.mark.parametrize(("kind", "name", "size"), [
    (0, "F32", 256 * 3 * 4), (1, "F16", 256 * 3 * 2), (8, "Q8_0", 24 * 34), (12, "Q4_K", 3 * 144),
    (99, "type 99", 0)])
def test_sizes_of_types(kind: int, name: str, size: int) -> None:
    tensor = TensorInfo((256, 3), kind, 0)
    assert (tensor.type, tensor.bytes, tensor.elements) == (name, size, 768)


def test_damage_is_told_apart_from_other_trouble(tmp_path: Path) -> None:
    path = gguf_files.model(tmp_path / "a.gguf")
    path.write_bytes(b"GGML" + path.read_bytes()[4:])
    with pytest.raises(GgufDamage, match="magic"):
        read_header(path)
    with pytest.raises(FileNotFoundError):
        read_header(tmp_path / "none.gguf")


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample model is not here")
def test_a_model_made_by_others() -> None:
    header = read_header(SAMPLE)
    assert header.end == header.size
    assert header.items("tokenizer.ggml.tokens")[265] == "▁the".encode()
