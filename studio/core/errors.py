"""The two ways a job may end early that are not bugs."""

from __future__ import annotations


class StudioError(Exception):
    """Something the person can understand and act on.

    ``message`` says what happened, ``hint`` what to do. Both are literal English templates whose
    ``{names}`` are filled from ``values``, so that the window can translate the template first.
    """

    def __init__(self, message: str, hint: str = "", *, details: str = "", **values: object) -> None:
        super().__init__(message)
        self.template, self.hint_template = message, hint
        self.details, self.values = details, values

    @property
    def message(self) -> str:
        """What happened, in English."""
        return fill(self.template, self.values)

    @property
    def hint(self) -> str:
        """What to do about it, in English."""
        return fill(self.hint_template, self.values)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class OutOfMemory(StudioError):
    """Memory ran out; the caller may try smaller tiles, lower precision or the CPU."""


class UnfitModel(StudioError):
    """The model is there, but it is for something else."""


class Cancelled(Exception):
    """The person stopped it. Never logged, never shown."""


def fill(template: str, values: dict[str, object]) -> str:
    """``template`` with its ``{names}`` filled; a template without values stays as it is."""
    return template.format(**values) if values else template
