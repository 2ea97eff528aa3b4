"""Pages: what was edited is there again, whatever happened in between."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from studio.core.manuscript import Edit, Manuscript, Piece
from studio.project import pages
from studio.project.failures import ProjectDamaged
from tests.project import making

PAGE = Manuscript((Piece("It was 🌲 "), Piece("a", "model", 2, 0), Piece(" night", "edited", 2, 1)))


def typed(at: int, text: str) -> Edit:
    return Edit(at, 0, (Piece(text),))


def test_a_page_and_its_edits_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.atelier"
    with making.new(path) as project:
        assert project.page("write") == Manuscript()
        project.set_page("write", PAGE)
        project.add_edits("write", [typed(0, "So "), Edit(10, 3)])
        project.add_edits("other", [typed(0, "else")])
        project.add_edits("write", [typed(2, "\n夜\0")])
        expected = PAGE.apply(typed(0, "So "), Edit(10, 3), typed(2, "\n夜\0"))
        assert project.page("write") == expected
    with making.reopened(path) as project:
        assert project.page("write") == expected
        assert project.page("other").text == "else"
        assert project.integrity_check() == []
    with making.reopened(path, read_only=True) as project:
        assert project.page("write") == expected


@pytest.mark.parametrize(("name", "is_at_load"), [("_FOLD", False), ("_FOLD_AT_LOAD", True)])
def test_a_long_journal_becomes_part_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                 name: str, is_at_load: bool) -> None:
    monkeypatch.setattr(pages, name, 2000)
    dice, page, path = random.Random(1), PAGE, tmp_path / "a.atelier"
    most = 0
    with making.new(path) as project:
        project.set_page("write", page)
        for number in range(200):
            edit = Edit(dice.randrange(page.length + 1), dice.randrange(3), (Piece(f" {number}"),))
            project.add_edits("write", [edit])
            page = page.apply(edit)
            if is_at_load and number % 50 == 0:
                assert project.page("write").length == page.length
            count = project._db.row("SELECT count(*) FROM page_edit")
            assert count is not None
            most = max(most, count[0])
        assert project.page("write").length == page.length
    with making.reopened(path) as project:
        assert project.page("write").text == page.text
    assert 20 < most < 170


def test_damage_is_told_and_nothing_is_changed(tmp_path: Path) -> None:
    with making.new(tmp_path / "a.atelier") as project:
        project.set_page("write", PAGE)
        for damage in ("[[0]]", "{", "[3]", "7"):
            with project.transaction(""):
                project._db.write("INSERT INTO page_edit (panel, data) VALUES ('write', ?)", (damage,))
            with pytest.raises(ProjectDamaged):
                project.page("write")
            with project.transaction(""):
                project._db.write("DELETE FROM page_edit")
        assert project.page("write") == PAGE


def test_to_keep_a_page_is_no_step_of_undo_and_no_news(tmp_path: Path) -> None:
    with making.new(tmp_path / "a.atelier") as project:
        seen: list[object] = []
        project.changed.connect(seen.append)
        project.add_edits("write", [typed(0, "a")])
        assert project.can_undo is None
        assert seen == []


_TYPIST = textwrap.dedent("""
    import sys
    from pathlib import Path
    from studio.core.manuscript import Edit, Piece
    from studio.project.store import Project

    project = Project.open(Path(sys.argv[1]))
    length = project.page("write").length
    for number in range(100_000):
        word = f"{number} "
        project.add_edits("write", [Edit(length, 0, (Piece(word),))])
        length += len(word)
        print(length, flush=True)
""")


def test_killed_while_typing(tmp_path: Path) -> None:
    """Whatever was reported as kept is there, and the page is whole up to some edit."""
    path = tmp_path / "a.atelier"
    making.new(path).close()
    kept = ""
    for count in (1, 9, 30):
        with subprocess.Popen([sys.executable, "-c", _TYPIST, str(path)], stdout=subprocess.PIPE,
                              text=True) as typist:
            assert typist.stdout is not None
            told = [int(typist.stdout.readline()) for _ in range(count)][-1]
            typist.kill()
            typist.wait()
        with making.reopened(path) as project:
            text = project.page("write").text
        new = text.removeprefix(kept)
        assert len(text) >= told
        assert text.startswith(kept)
        assert new == "".join(f"{number} " for number in range(new.count(" ")))
        kept = text
