"""Language models in Hugging Face folders (config.json, safetensors, tokenizer), by transformers.

Nothing is fetched and no program that came with a model is run.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from studio.core.engine import ModelSource
from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.core.text import Ending, Message, Sampling, Token
from studio.engines import devices, offline
from studio.engines.write import room
from studio.engines.write.prompts import check_prompt, no_template
from studio.engines.write.reading import kept
from studio.engines.write.run import Writing
from studio.engines.write.vocabulary import joined


def load(source: ModelSource, device: devices.Device) -> FolderModel:
    """The model of ``source``. Raises StudioError: damaged, unknown, too big for the memory."""
    with warnings.catch_warnings(), offline.damage_in_words(source):
        warnings.simplefilter("ignore")
        offline.prepare_transformers()
        from studio.engines.torch_run import memory_in_words

        with memory_in_words():
            return FolderModel(source, device)


class FolderModel:
    """A `TextModel`. One thread uses it."""

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Loads it. Raises StudioError, and what transformers raises."""
        import torch
        import transformers

        from studio.engines.write.folder_run import BATCH, Completions
        from studio.engines.write.folder_tokens import FolderTokens

        self._name, self._batch = Path(source.id).name, BATCH
        self.device = devices.torch_device(device)
        config = transformers.AutoConfig.from_pretrained(str(source.path), local_files_only=True,
                                                         trust_remote_code=False)
        self._tokens = FolderTokens(source.path, self._name)
        free = devices.free_memory() if self.device == "cpu" else device.memory
        dtype, self._room = _fitting(source, config, free, self._name, on_cpu=self.device == "cpu")
        self.precision = str(dtype).removeprefix("torch.")
        network = _network(source.path, dtype, self._name).to(self.device)
        self._vocabulary = int(network.get_input_embeddings().weight.shape[0])
        if len(self._tokens.pieces) > self._vocabulary:
            raise StudioError("{name} has more words in its tokenizer than in its weights.",
                              "Copy the whole folder again.", name=self._name)
        ends = self._tokens.ends | _ends(network.generation_config)
        self._run: Any = Completions(network, self._tokens.pieces, ends)
        self._read: list[int] = []
        self._torch = torch

    @property
    def memory(self) -> int:
        """Bytes it holds, roughly."""
        return self._room.memory

    @property
    def context(self) -> int:
        """Tokens it can see at once."""
        return self._room.context

    @property
    def vocabulary(self) -> int:
        """How many tokens there are."""
        return self._vocabulary

    @property
    def has_template(self) -> bool:
        """Whether it follows instructions."""
        return self._tokens.has_template

    def close(self) -> None:
        """Give its memory back."""
        self._run = None
        if self.device == "cuda":
            self._torch.cuda.empty_cache()

    def tokenise(self, text: str, *, begins: bool = False, marks: bool = False) -> list[int]:
        """See `TextModel.tokenise`."""
        return self._tokens.tokenise(text, begins=begins, marks=marks)

    def detokenise(self, tokens: Sequence[int]) -> bytes:
        """See `TextModel.detokenise`."""
        return joined(self._tokens.pieces, tokens)

    def count(self, text: str) -> int:
        """See `TextModel.count`."""
        return len(self.tokenise(text))

    def templated(self, messages: Sequence[Message]) -> str:
        """See `TextModel.templated`."""
        if not self.has_template:
            raise no_template(self._name)
        return self._tokens.templated(messages)

    def generate(self, prompt: Sequence[int], sampling: Sampling, cancel: CancelToken,
                 on_token: Callable[[Token], object],
                 on_read: Callable[[int, int], object] = lambda done, total: None) -> Ending:
        """See `TextModel.generate`."""
        tokens, run = list(prompt), self._run
        check_prompt(tokens, self.context, self.vocabulary, self._name)
        keep = kept(self._read, tokens, self._batch)
        run.cut(keep)
        writing = Writing(run, tokens, sampling, cancel, pieces=self._tokens.pieces, tokenise=self.tokenise,
                          context=self.context, keep=keep > 0, on_token=on_token, on_read=on_read)
        self._read = []
        try:
            return writing.run()
        finally:
            self._read = tokens if writing.has_read else []
            run.cut(kept(self._read, tokens, self._batch))


def _network(folder: Path, dtype: Any, name: str) -> Any:
    """The network, all of its weights there."""
    from transformers import AutoModelForCausalLM

    network, told = AutoModelForCausalLM.from_pretrained(
        str(folder), dtype=dtype, local_files_only=True, trust_remote_code=False, use_safetensors=True,
        output_loading_info=True)
    if told["missing_keys"] or told.get("mismatched_keys"):
        raise StudioError("{name} could not be loaded: weights are missing or of the wrong size.",
                          "Copy the whole folder again.", name=name, details=repr(told)[:2000])
    return network.eval()


def _fitting(source: ModelSource, config: Any, free: int, name: str, *,
             on_cpu: bool) -> tuple[Any, room.Room]:
    """What to compute in, and the room it gets: float32 on a CPU where it fits, else as it is stored."""
    import torch

    kept_in = getattr(config, "dtype", None)
    stored = kept_in if isinstance(kept_in, torch.dtype) else torch.float32
    count = sum(file.stat().st_size for file in source.path.glob("*.safetensors")) // stored.itemsize
    choices = [torch.float32, stored] if on_cpu else [stored]
    for dtype in choices:
        try:
            return dtype, room.choose(trained=_trained(config), weights=count * dtype.itemsize,
                                      cache_bytes=_cache(config) * dtype.itemsize, free=free, name=name)
        except OutOfMemory as error:
            problem = error
    raise problem


def _cache(config: Any) -> int:
    """Numbers it keeps for each token it has read."""
    heads = int(config.num_attention_heads)
    groups = int(getattr(config, "num_key_value_heads", None) or heads)
    size = int(getattr(config, "head_dim", None) or config.hidden_size // heads)
    return int(config.num_hidden_layers) * groups * size * 2


def _trained(config: Any) -> int:
    return max(1, int(getattr(config, "max_position_embeddings", None) or 2048))


def _ends(config: Any) -> frozenset[int]:
    """Tokens that end a text, by the model's own settings."""
    found = getattr(config, "eos_token_id", None)
    return frozenset(found if isinstance(found, list) else [found]) - {None}
