"""A language model without numbers: its tokens are characters, and it answers by a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken, Input, Outcome, Request
from studio.core.text import Ending, Message, Sampling, Token
from studio.engines.context import WorkContext, run
from studio.engines.devices import Device
from studio.engines.messages import Message as Told
from studio.engines.messages import Wrote
from studio.engines.registry import EngineCache, EngineSpec
from studio.panels.write.task import WriteTask

BEGIN = 0
Rule = Callable[[str], str]


class Scribe:
    """Answers a prompt by ``rule``; 0 begins a document."""

    device, precision, memory, vocabulary = "cpu", "float32", 1, 1 << 21

    def __init__(self, rule: Rule, context: int = 4000, *, has_template: bool = True,
                 refuses: Callable[[Sequence[Message]], bool] = lambda messages: False) -> None:
        self.rule, self.context, self.has_template, self.refuses = rule, context, has_template, refuses
        self.prompts: list[str] = []
        """What it was asked."""

    def close(self) -> None:
        """Nothing to give back."""

    def tokenise(self, text: str, *, begins: bool = False, marks: bool = False) -> list[int]:
        return [BEGIN] * begins + [ord(letter) for letter in text]

    def detokenise(self, tokens: Sequence[int]) -> bytes:
        return "".join(chr(token) for token in tokens if token).encode()

    def count(self, text: str) -> int:
        return len(text)

    def templated(self, messages: Sequence[Message]) -> str:
        if not self.has_template:
            raise StudioError("{name} does not follow instructions; it only writes on.", name="scribe")
        if self.refuses(messages):
            raise StudioError("The chat template of {name} failed.", name="scribe")
        return "".join(f"[{message.role}] {message.text}\n" for message in messages) + "[assistant] "

    def generate(self, prompt: Sequence[int], sampling: Sampling, cancel: CancelToken,
                 on_token: Callable[[Token], object],
                 on_read: Callable[[int, int], object] = lambda done, total: None) -> Ending:
        assert prompt.count(BEGIN) == 1 == len(prompt) - len(prompt[1:])
        assert len(prompt) < self.context
        self.prompts.append(self.detokenise(prompt).decode())
        answer = self.rule(self.prompts[-1])[:sampling.length]
        for letter in answer:
            cancel.check()
            on_token(Token(letter, 0.5, ((letter, 0.5),)))
        return Ending("end", len(answer), 0.01, 0.02)


_made: dict[str, Scribe] = {}


def load(source: ModelSource, device: Device) -> Scribe:
    """As the registry loads engines."""
    return _made[source.id]


class Study:
    """Runs the Write task with a scribe; ``told`` is what it wrote while it ran."""

    def __init__(self, folder: Path, scribe: Scribe) -> None:
        self.scribe, self._folder = scribe, folder
        self.told = ""
        _made["scribe"] = scribe
        spec = EngineSpec("scribe", "Scribe", "text.model", "tests.panels.write.scribe:load")
        self._cache = EngineCache(lambda name: ModelSource(name, "scribe", folder, {}), 1 << 30, (spec,))

    def run(self, do: str, prompt: str = "", *, file: str = "",
            emit: Callable[[WorkContext, Told], None] = lambda ctx, message: None,
            finish: Any = None, **params: Any) -> Outcome:
        """Do it."""
        self.told = ""
        files: dict[str, Path] = {}
        if file:
            files["f" * 64] = self._folder / "input"
            files["f" * 64].write_text(file, encoding="utf-8")

        def hear(message: Told) -> None:
            if isinstance(message, Wrote):
                self.told += message.text
            emit(ctx, message)

        ctx = WorkContext(self._cache, files, device="cpu", emit=hear, finish=finish)
        inputs = tuple(Input("file", digest, "story.md") for digest in files)
        settings = {"prompt": prompt, "model": "scribe", "do": do, **params}
        return run(WriteTask(), Request("write", 1, settings, inputs, 1), ctx)
