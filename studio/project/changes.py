"""What a transaction changed, so that views redraw just that."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Emitted once after each commit that changed anything."""

    label: str = ""
    """What was done, an English template for the undo menu; empty for what undo does not cover."""
    assets: frozenset[str] = frozenset()
    """Ids of assets added, changed or removed."""
    jobs: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    """Panels whose draft changed."""
    title: bool = False
    undo: bool = False
    """Whether what can be undone or redone changed."""

    def __bool__(self) -> bool:
        return bool(self.assets or self.jobs or self.drafts or self.title or self.undo)


@dataclass(slots=True)
class Pending:
    """Collects changes inside a transaction."""

    label: str = ""
    assets: set[str] = field(default_factory=set)
    jobs: set[str] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    title: bool = False
    undo: bool = False

    def freeze(self) -> Changes:
        """The finished value."""
        return Changes(self.label, frozenset(self.assets), frozenset(self.jobs), frozenset(self.drafts),
                       self.title, self.undo)
