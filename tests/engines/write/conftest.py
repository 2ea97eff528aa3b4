"""A tiny language model, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from studio.core.engine import ModelSource
from studio.core.jobs import CancelToken
from studio.core.text import Ending, Sampling, Token
from studio.engines import devices
from studio.engines.write.llama_cpp import LlamaModel, load
from tests import gguf_files

Load = Callable[[Path], LlamaModel]


def source(path: Path) -> ModelSource:
    """A file or folder as the library would name it."""
    engine = "write.folder" if path.is_dir() else "write.gguf"
    names = [file.name for file in path.iterdir()] if path.is_dir() else [path.name]
    return ModelSource(path.name, engine, path, dict.fromkeys(names, "0" * 64))


@pytest.fixture
def loaded() -> Generator[Load]:
    """Loads models, and closes them in the end."""
    models: list[LlamaModel] = []

    def get(path: Path) -> LlamaModel:
        models.append(load(source(path), devices.cpu()))
        return models[-1]

    yield get
    for model in models:
        model.close()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Generator[LlamaModel]:
    """One model for the tests of a module: what one test asked must not change another's answer."""
    path = gguf_files.model(tmp_path_factory.mktemp("model") / "tiny.gguf",
                            tokenizer__chat_template=gguf_files.TEMPLATE)
    model = load(source(path), devices.cpu())
    yield model
    model.close()


class Written:
    """What a model wrote."""

    def __init__(self, model: LlamaModel, prompt: str | list[int], sampling: Sampling,
                 cancel: CancelToken | None = None) -> None:
        self.tokens: list[Token] = []
        ids = model.tokenise(prompt, begins=True) if isinstance(prompt, str) else prompt
        self.ending: Ending = model.generate(ids, sampling, cancel or CancelToken(), self.tokens.append)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(token.text for token in self.tokens)
