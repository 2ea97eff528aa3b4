"""A picture of the project as a panel remembers it: small enough for a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from studio.core.jobs import Input


class PictureAsset(Protocol):
    """What is read of an asset."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    @property
    def facts(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class PictureRef:
    """An asset by id and content, with what a well shows of it."""

    id: str
    sha256: str
    name: str
    width: int = 0
    height: int = 0

    @classmethod
    def of(cls, asset: PictureAsset) -> PictureRef:
        """The reference to ``asset``."""
        facts = asset.facts
        width, height = int(facts.get("width", 0)), int(facts.get("height", 0))
        return cls(asset.id, asset.sha256, asset.name, width, height)

    @classmethod
    def from_json(cls, data: object) -> PictureRef | None:
        """What `to_json` gave, or None where it is damaged."""
        if not isinstance(data, Mapping):
            return None
        if not all(isinstance(data.get(name), str) for name in ("id", "sha256", "name")):
            return None
        sides = [side if isinstance(side, int) else 0 for side in (data.get("width"), data.get("height"))]
        return cls(data["id"], data["sha256"], data["name"], *sides)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    def as_input(self, role: str, weight: float = 1.0) -> Input:
        """As a request names it."""
        return Input(role, self.sha256, self.name, weight, self.id)
