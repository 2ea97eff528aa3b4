"""The composer, with a network of random weights in the real layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.core.composing import Composing
from studio.core.engine import COMPOSER, ModelSource
from studio.core.errors import Cancelled, StudioError
from studio.core.jobs import CancelToken
from studio.core.score import DRUMS, bars
from studio.engines import devices
from studio.engines.music import reader as reader_module
from studio.engines.music.composer import OnnxComposer, drawn, load
from studio.engines.registry import EngineCache
from studio.media.midi_write import write_midi
from studio.media.tokens.decode import decode
from studio.media.tokens.grammar import Grammar
from studio.media.tokens.guide import PieceGuide
from studio.media.tokens.vocabulary import Kind
from tests.engines.music import tiny

ASKED = {Kind.STYLE: 1, Kind.METRE: 3, Kind.KEY: 0, Kind.TEMPO: 14}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> ModelSource:
    return tiny.source(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def composer(source: ModelSource) -> OnnxComposer:
    return load(source, devices.cpu())


def composed(composer: OnnxComposer, seed: int, count: int = 3, **how: float) -> list[int]:
    guide = PieceGuide(bars=count, asked=ASKED, programs=[0, DRUMS])
    return composer.compose(guide, Composing(seed=seed, most=4000, **how), CancelToken())  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_bytes(composer: OnnxComposer) -> None:
    first, other, again = (composed(composer, seed) for seed in (1, 2, 1))
    assert first == again != other
    assert write_midi(decode(first)) == write_midi(decode(again))


def test_longer_than_its_context(composer: OnnxComposer) -> None:
    tokens = composed(composer, 3, 60)
    assert len(tokens) > composer.context
    assert Grammar.fault(tokens) is None
    assert len(bars(decode(tokens))) == 60


def test_what_was_read_is_kept(composer: OnnxComposer) -> None:
    """Reading all of it anew for each token gives the same odds; what another piece left changes nothing."""
    tokens, reader, go = composed(composer, 5, 20)[:60], composer._reader, CancelToken()
    reader.forget()
    steps = [reader.read([number], go).copy() for number in tokens]
    assert reader.held == 60
    for at in (5, 30, 59):
        reader.forget()
        whole = reader.read(tokens[: at + 1], go)
        assert np.abs(whole - steps[at]).max() < 0.2  # states are rounded to eight bits, block by block
    reader.forget()
    reader.read(tokens[:20], go)
    assert np.abs(reader.read(tokens[20:45], go) - steps[44]).max() < 0.2


def test_many_tokens_are_read_in_parts(composer: OnnxComposer, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, reader, go = composed(composer, 5, 20)[:60], composer._reader, CancelToken()
    reader.forget()
    whole = reader.read(tokens, go).copy()
    monkeypatch.setattr(reader_module, "_PART", 25)
    reader.forget()
    assert np.abs(reader.read(tokens, go) - whole).max() < 0.2
    assert reader.held == 60


def test_everything_is_told_as_it_comes(composer: OnnxComposer) -> None:
    told: list[int] = []
    guide = PieceGuide(bars=1, asked=ASKED, programs=[0])
    assert composer.compose(guide, Composing(seed=1, most=200), CancelToken(), told.extend) == told


def test_it_stops_when_asked(composer: OnnxComposer) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        composer.compose(PieceGuide(bars=4), Composing(seed=1), cancel, lambda tokens: cancel.cancel())
    assert composed(composer, 1) == composed(composer, 1)


def test_what_is_drawn() -> None:
    logits = np.array([5.0, 1.0, 4.0, 3.0], np.float32)
    allowed = np.array([False, True, True, True])
    chance = np.random.default_rng(1)
    assert drawn(logits, allowed, Composing(temperature=0), chance) == 2
    assert {drawn(logits, allowed, Composing(top_p=0.5), chance) for _ in range(50)} == {2}
    found = [drawn(logits, allowed, Composing(top_p=1), chance) for _ in range(4000)]
    wanted = np.exp([1.0, 4.0, 3.0]) / np.exp([1.0, 4.0, 3.0]).sum()
    assert np.bincount(found, minlength=4)[1:] / 4000 == pytest.approx(wanted, abs=0.03)


def test_the_registry_knows_it(source: ModelSource) -> None:
    cache = EngineCache(lambda model: source, 1 << 30)
    engine = cache.get(COMPOSER, "music-tiny", "cpu")
    assert (engine.context, engine.vocabulary) == (160, 960)
    assert (engine.device, engine.precision) == ("cpu", "float32")
    assert engine.memory > 0
    cache.close()


def test_a_model_that_cannot_be_used(source: ModelSource, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="does not say what it is"):
        load(ModelSource("m", "music.onnx", source.path, source.files, {}), devices.cpu())
    (tmp_path / "a.onnx").write_bytes(b"no")
    with pytest.raises(StudioError, match="could not be used"):
        load(ModelSource("m", "music.onnx", tmp_path, {"a.onnx": ""}, source.facts), devices.cpu())
