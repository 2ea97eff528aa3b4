"""Where a result came from: enough to make it again, or to say honestly why one cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from studio import __version__
from studio.core.errors import StudioError
from studio.core.jobs import ModelRef, Outcome, Output, Request


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a result was made. Kept in the project and inside every export."""

    request: Request
    index: int
    """Which of the outputs of the request this is."""
    seed: int
    """The seed this very output was made with."""
    digest: str
    """SHA-256 of the output's bytes."""
    models: tuple[ModelRef, ...] = ()
    device: str = ""
    precision: str = ""
    seconds: float = 0.0
    created: str = ""
    """ISO 8601, UTC."""
    versions: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        data = {name: getattr(self, name) for name in Recipe.__slots__}
        return data | {"request": self.request.to_json(), "versions": dict(self.versions),
                       "models": [asdict(model) for model in self.models], "notes": list(self.notes)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recipe:
        """The recipe ``to_json`` wrote; unknown fields are ignored. Raises StudioError."""
        try:
            known = {name: data[name] for name in Recipe.__slots__ if name in data}
            models = tuple(ModelRef(m["id"], dict(m["files"])) for m in data.get("models", ()))
            return cls(**known | {"request": Request.from_json(data["request"]), "models": models,
                                  "notes": tuple(data.get("notes", ()))})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StudioError("This recipe is damaged.", details=repr(error)) from error


def recipes_of(request: Request, outcome: Outcome, versions: Mapping[str, str]) -> list[Recipe]:
    """One recipe for each output of ``outcome``."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return [_recipe(request, outcome, output, index, versions, now)
            for index, output in enumerate(outcome.outputs)]


def _recipe(request: Request, outcome: Outcome, output: Output, index: int,
            versions: Mapping[str, str], now: str) -> Recipe:
    return Recipe(request, index, output.seed, output.digest(), outcome.models,
                  outcome.device, outcome.precision, round(outcome.seconds, 3), now,
                  {"atelier": __version__, **versions}, outcome.notes)
