"""Language models in GGUF files, by llama.cpp (xllamacpp)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.core.text import Ending, Message, Sampling, Token
from studio.engines import devices
from studio.engines.write import room, server
from studio.engines.write.door import Door
from studio.engines.write.prompts import check_prompt, no_template, sayable
from studio.engines.write.reading import kept, needs_cut
from studio.engines.write.run import Writing
from studio.engines.write.stream import cutting
from studio.engines.write.vocabulary import Vocabulary, joined
from studio.media.gguf import GgufDamage, Header, read_header
from studio.media.gguf_facts import cache_bytes, quantisation

_FLOATS = {"F32": "float32", "F16": "float16", "BF16": "bfloat16"}


def load(source: ModelSource, device: devices.Device) -> LlamaModel:
    """The model of ``source``. Raises StudioError: damaged, unknown, too big for the memory."""
    path = _file(source)
    try:
        return LlamaModel(source, path, read_header(path), device)
    except (GgufDamage, OSError) as error:
        raise StudioError("The language model {name} is damaged or cut off.",
                          "Get it again from where it came.", name=source.id, details=repr(error)) from error


class LlamaModel:
    """A `TextModel`. One thread uses it."""

    def __init__(self, source: ModelSource, path: Path, header: Header, device: devices.Device) -> None:
        """Loads it. Raises StudioError, GgufDamage, OSError."""
        kind = header.text("general.architecture")
        on_gpu = device.kind != "cpu" and server.can_use_gpu()
        self._name = Path(source.id).name
        self._room = _room(header, self._name, device.memory if on_gpu else devices.free_memory())
        self.device = device.kind if on_gpu else "cpu"
        self.precision = _FLOATS.get(quantisation(header), quantisation(header))
        self.has_template = bool(header.text("tokenizer.chat_template").strip())
        self._broken: server.BrokenTemplate | None = None
        self._vocabulary = Vocabulary(header)
        self._read: list[int] = []
        self._door = Door()
        setup = server.Setup(path, self._name, kind, self._room.context, header.size, on_gpu,
                             self._door.path, self._door.key)
        self._batch = setup.batch
        try:
            self._server: Any = self._started(setup)
        except BaseException:
            self._door.close()
            raise

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
        return len(self._vocabulary)

    def close(self) -> None:
        """Give its memory back."""
        self._server = None
        self._door.close()

    def tokenise(self, text: str, *, begins: bool = False, marks: bool = False) -> list[int]:
        """See `TextModel.tokenise`."""
        asked = {"content": sayable(text), "add_special": begins, "parse_special": marks}
        found: list[int] = self._door.ask("/tokenize", asked)["tokens"]
        return found

    def detokenise(self, tokens: Sequence[int]) -> bytes:
        """See `TextModel.detokenise`."""
        return joined(self._vocabulary.pieces, tokens)

    def count(self, text: str) -> int:
        """See `TextModel.count`."""
        return len(self.tokenise(text))

    def templated(self, messages: Sequence[Message]) -> str:
        """See `TextModel.templated`."""
        if not self.has_template:
            raise self._broken or no_template(self._name)
        turns = [{"role": message.role, "content": sayable(message.text)} for message in messages]
        try:
            return str(self._door.ask("/apply-template", {"messages": turns})["prompt"])
        except StudioError as error:
            raise StudioError("The chat template of {name} failed.", "Use another model for this.",
                              name=self._name, details=error.details) from error

    def generate(self, prompt: Sequence[int], sampling: Sampling, cancel: CancelToken,
                 on_token: Callable[[Token], object],
                 on_read: Callable[[int, int], object] = lambda done, total: None) -> Ending:
        """See `TextModel.generate`."""
        tokens = list(prompt)
        check_prompt(tokens, self.context, self.vocabulary, self._name)
        keep = kept(self._read, tokens, self._batch)
        if needs_cut(self._read, tokens, keep):
            self._cut(tokens, keep)
        cancel.check()
        writing = Writing(self._server, tokens, sampling, cancel, pieces=self._vocabulary.pieces,
                          tokenise=self.tokenise, context=self.context, keep=keep > 0, on_token=on_token,
                          on_read=on_read)
        self._read = []
        try:
            ending = writing.run()
        finally:
            self._read = tokens if writing.has_read else []
        if keep := kept(tokens, tokens, self._batch):
            self._cut(tokens, keep)  # now, not when the next text is wanted: that one begins sooner
        return ending

    def _cut(self, tokens: Sequence[int], keep: int) -> None:
        """Leave only ``keep`` of ``tokens`` in llama.cpp's memory."""
        asked = cutting(tokens, keep)
        self._server.handle_completions(asked)
        self._read = asked["prompt"]

    def _started(self, setup: server.Setup) -> Any:
        try:
            return server.start(setup)
        except server.BrokenTemplate as error:
            self.has_template, self._broken = False, error
            setup.socket.unlink(missing_ok=True)
            return server.start(server.without_template(setup))


def _room(header: Header, name: str, free: int) -> room.Room:
    trained = max(1, header.number(f"{header.text('general.architecture')}.context_length", 2048))
    return room.choose(trained=trained, weights=header.size, cache_bytes=cache_bytes(header), free=free,
                       name=name)


def _file(source: ModelSource) -> Path:
    if source.path.is_file():
        return source.path
    names = sorted(name for name in source.files if name.lower().endswith(".gguf"))
    if not names or not (source.path / names[0]).is_file():
        raise StudioError("The model {model} has lost its file.", "Import it again.", model=source.id)
    return source.path / names[0]
