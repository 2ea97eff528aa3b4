"""Capabilities: what an engine can do, by protocol, so that tasks never name a library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

E_co = TypeVar("E_co", covariant=True)


class Engine(Protocol):
    """A loaded model."""

    @property
    def device(self) -> str:
        """Where it runs: cpu, cuda or mps."""
        ...

    @property
    def precision(self) -> str:
        """float32 or float16."""
        ...

    @property
    def memory(self) -> int:
        """Bytes it holds, roughly."""
        ...

    def close(self) -> None:
        """Give its memory back."""
        ...


@dataclass(frozen=True, slots=True)
class EngineKey(Generic[E_co]):
    """Names an engine and, to the type checker, what it can do."""

    id: str
