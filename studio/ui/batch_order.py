"""What a person asked of a batch: a folder, what to do with its files, and where the results go."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from studio.core.errors import StudioError
from studio.core.jobs import Input, Request
from studio.project.batch.folders import Found
from studio.project.delivery import Delivery


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """One batch. ``request`` lacks the input of ``role``, which is each file in turn."""

    panel: str
    role: str
    request: Request
    folder: Path
    out: Path
    template: str = ""
    """Name of the results; "" leaves it to the task."""
    deep: bool = True
    """Folders inside folders too."""
    skip: bool = True
    """Leave out what is there already."""
    watch: bool = False
    """Wait for more files."""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the project keeps them."""
        data = {name: getattr(self, name) for name in BatchOrder.__slots__}
        return data | {"request": self.request.to_json(), "folder": str(self.folder), "out": str(self.out)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` wrote. Raises StudioError."""
        try:
            known = {name: data[name] for name in cls.__slots__ if name in data}
            paths = {name: Path(data[name]) for name in ("folder", "out")}
            return cls(**known | paths | {"request": Request.from_json(data["request"])})
        except (KeyError, TypeError) as error:
            raise StudioError("This batch cannot be read any more.", "Begin it again.",
                              details=repr(error)) from error

    def request_for(self, sha256: str, name: str, asset: str = "") -> Request:
        """The request for one file."""
        content = Input(self.role, sha256, name, asset=asset)
        return replace(self.request, inputs=(content, *self.request.inputs))

    def folder_for(self, found: Found) -> Path:
        """Where its result goes."""
        return self.out / found.inside

    def delivery_for(self, found: Found, number: int) -> Delivery:
        """As the job keeps it."""
        return Delivery(str(self.folder_for(found)), self.template, source=str(found.path), index=number)
