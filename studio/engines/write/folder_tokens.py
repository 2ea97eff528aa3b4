"""The tokenizer of a Hugging Face folder: text to tokens, tokens to bytes, messages to a prompt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.core.errors import StudioError
from studio.core.text import Message
from studio.engines.write.prompts import sayable
from studio.engines.write.vocabulary import of_letters, of_pieces


class FolderTokens:
    """Reads what lies in the folder, and nothing else."""

    def __init__(self, folder: Path, name: str) -> None:
        """Loads it. Raises StudioError, and whatever transformers and tokenizers raise for damage."""
        from transformers import AutoTokenizer

        self._name = name
        self._all = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False,
                                                  use_fast=True)
        self._fast: Any = getattr(self._all, "backend_tokenizer", None)
        if self._fast is None:
            raise unknown_vocabulary(name)
        self.pieces = _pieces(json.loads(self._fast.to_str()), name)
        """The bytes of every token; marks are b""."""
        begin = self._all.bos_token_id
        self._begin = [begin] if begin is not None and self._all("a").input_ids[:1] == [begin] else []

    @property
    def has_template(self) -> bool:
        """Whether there is a chat template."""
        return bool(self._all.chat_template)

    @property
    def ends(self) -> frozenset[int]:
        """The token that ends a text, if it has one."""
        return frozenset({self._all.eos_token_id} - {None})

    def tokenise(self, text: str, *, begins: bool, marks: bool) -> list[int]:
        """See `TextModel.tokenise`."""
        self._fast.encode_special_tokens = not marks
        found: list[int] = self._fast.encode(sayable(text), add_special_tokens=False).ids
        return self._begin + found if begins else found

    def templated(self, messages: Sequence[Message]) -> str:
        """See `TextModel.templated`; the template runs in a sandbox (jinja2's)."""
        turns = [{"role": message.role, "content": sayable(message.text)} for message in messages]
        try:
            return str(self._all.apply_chat_template(turns, tokenize=False, add_generation_prompt=True,
                                                     enable_thinking=False))
        except Exception as error:  # a template may raise whatever it likes
            raise StudioError("The chat template of {name} failed.", "Use another model for this.",
                              name=self._name, details=repr(error)[:2000]) from error


def unknown_vocabulary(name: str) -> StudioError:
    """For a tokenizer whose tokens cannot be told as text."""
    return StudioError("{name} has a vocabulary of a kind that is not known here.",
                       "Look for a newer file of it, or a newer Atelier.", name=name)


def _pieces(spec: Mapping[str, Any], name: str) -> list[bytes]:
    """By tokenizer.json: GPT-2's letters, or SentencePiece's pieces."""
    vocabulary = spec["model"].get("vocab")
    kinds = _types(spec.get("decoder")) | _types(spec.get("pre_tokenizer"))
    if "ByteLevel" in kinds:
        spell = of_letters
    elif kinds & {"Metaspace", "ByteFallback", "Replace"}:
        spell = of_pieces
    else:
        raise unknown_vocabulary(name)
    words = (dict(vocabulary) if isinstance(vocabulary, Mapping)
             else {word: at for at, (word, _) in enumerate(vocabulary)})
    added = {item["id"]: b"" if item["special"] else item["content"].encode()
             for item in spec["added_tokens"]}
    made = [b""] * (max([*words.values(), *added]) + 1)
    for word, at in words.items():
        made[at] = spell(word.encode("utf-8", "replace"))
    for at, data in added.items():
        made[at] = data
    return made


def _types(part: Any) -> set[str]:
    """The kinds of a decoder or pre-tokenizer and those inside it."""
    if isinstance(part, Mapping):
        inner = set().union(*(_types(value) for value in part.values())) if part else set()
        return inner | ({str(part["type"])} if "type" in part else set())
    return set().union(*map(_types, part)) if isinstance(part, list) and part else set()
