from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.project import making


@dataclass(frozen=True)
class Thing:
    name: str
    stars: int = 0
    is_trashed: bool = False


@dataclass
class Model:
    """What a project should be: undo by keeping every earlier state."""

    things: dict[str, Thing] = field(default_factory=dict)
    past: list[tuple[str, dict[str, Thing]]] = field(default_factory=list)
    future: list[tuple[str, dict[str, Thing]]] = field(default_factory=list)

    def do(self, label: str, things: dict[str, Thing]) -> None:
        if things != self.things:
            self.past.append((label, self.things))
            self.future.clear()
            self.things = things

    def undo(self) -> None:
        if self.past:
            label, before = self.past.pop()
            self.future.append((label, self.things))
            # what was added is not deleted but trashed
            added = {i: replace(t, is_trashed=True) for i, t in self.things.items() if i not in before}
            self.things = {**before, **added}

    def redo(self) -> None:
        if self.future:
            label, after = self.future.pop()
            self.past.append((label, self.things))
            self.things = {**self.things, **after}


class UndoMachine(RuleBasedStateMachine):
    """Adds, renames, stars, trashes, restores, empties; undoes, redoes and reopens in between."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.atelier"
        self.project = making.new(self.path)
        self.model = Model()
        self.count = 0

    def some(self, data: st.DataObject) -> list[str]:
        ids = sorted(self.model.things)
        return data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True)) if ids else []

    @rule(number=st.integers(1, 3))
    def add(self, number: int) -> None:
        numbers = range(self.count, self.count + number)
        self.count += number
        made = self.project.add_outcome(making.request(), making.outcome(*numbers))
        self.model.do("Add result", {**self.model.things, **{a.id: Thing(a.name) for a in made}})

    @rule(
        data=st.data(),
        name=st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=5),
    )
    def rename(self, data: st.DataObject, name: str) -> None:
        for thing in self.some(data)[:1]:
            self.project.rename(thing, name)
            self.change("Rename", [thing], name=name)

    @rule(data=st.data(), stars=st.integers(0, 5))
    def star(self, data: st.DataObject, stars: int) -> None:
        some = self.some(data)
        self.project.star(some, stars)
        self.change("Change stars", some, stars=stars)

    @rule(data=st.data())
    def trash(self, data: st.DataObject) -> None:
        some = self.some(data)
        self.project.trash(some)
        self.change("Move to trash", some, is_trashed=True)

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        some = self.some(data)
        self.project.restore(some)
        self.change("Restore", some, is_trashed=False)

    @rule(data=st.data(), stars=st.integers(1, 5))
    def several_at_once(self, data: st.DataObject, stars: int) -> None:
        some = self.some(data)
        with self.project.transaction("Tidy"):
            self.project.star(some, stars)
            self.project.trash(some)
        self.change("Tidy", some, stars=stars, is_trashed=True)

    @rule()
    def undo(self) -> None:
        self.project.undo()
        self.model.undo()

    @rule()
    def redo(self) -> None:
        self.project.redo()
        self.model.redo()

    @rule()
    def empty(self) -> None:
        self.project.empty_trash()
        self.forget({i: t for i, t in self.model.things.items() if not t.is_trashed})

    @rule()
    def reopen(self) -> None:
        self.project.close()
        self.project = making.reopened(self.path)
        self.forget(self.model.things)

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "project"):
            return
        assets = [*self.project.assets(), *self.project.assets(trashed=True)]
        assert {a.id: Thing(a.name, a.stars, a.is_trashed) for a in assets} == self.model.things
        assert self.project.can_undo == (self.model.past[-1][0] if self.model.past else None)
        assert self.project.can_redo == (self.model.future[-1][0] if self.model.future else None)

    def teardown(self) -> None:
        if hasattr(self, "project"):
            assert self.project.integrity_check() == []
            self.project.close()
            self.folder.cleanup()

    def change(self, label: str, ids: list[str], **values: object) -> None:
        changed = {i: replace(self.model.things[i], **values) for i in ids}  # type: ignore[arg-type]
        self.model.do(label, {**self.model.things, **changed})

    def forget(self, things: dict[str, Thing]) -> None:
        self.model = Model(things)


UndoMachine.TestCase.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestUndo = UndoMachine.TestCase


def test_undo_of_a_job_that_finished_meanwhile_keeps_its_result(tmp_path: Path) -> None:
    with making.new(tmp_path / "a.atelier") as project:
        [asset] = project.add_outcome(making.request(), making.outcome(1))
        project.undo()
        assert not project.assets()
    with making.reopened(tmp_path / "a.atelier") as project:
        assert [item.id for item in project.assets(trashed=True)] == [asset.id]
        assert project.content(asset.id) == making.png(1)
