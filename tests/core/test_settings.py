from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.core import places
from studio.core.preferences import Preferences
from studio.core.settings import Look, PreferencesFile


def test_defaults_without_a_file(tmp_path: Path) -> None:
    assert PreferencesFile(tmp_path / "none.json").preferences == Preferences()


def test_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "preferences.json"
    file = PreferencesFile(path)
    file.save(Preferences(theme="dark", language="zh_CN", memory_share=0.3))
    file.remember("recent", ["/a/画.atelier"])
    again = PreferencesFile(path)
    assert again.preferences == Preferences(theme="dark", language="zh_CN", memory_share=0.3)
    assert again.recall("recent") == ["/a/画.atelier"]
    assert again.recall("nothing", 7) == 7
    assert [entry.name for entry in path.parent.iterdir()] == ["preferences.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "\xff\xfe",
                                  '{"preferences": {"theme": "pink", "device": "cpu"}}'])
def test_damage_never_keeps_the_window_from_opening(tmp_path: Path, text: str) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(text, encoding="latin-1")
    found = PreferencesFile(path).preferences
    assert found.theme == "system"
    assert found.device == ("cpu" if "cpu" in text else "auto")


@pytest.mark.parametrize("name", ["theme", "language"])
def test_the_look_knows_every_choice(tmp_path: Path, name: str) -> None:
    for value, _ in Preferences.settings()[name].choices:
        file = PreferencesFile(tmp_path / "preferences.json")
        file.save(Preferences(reduce_motion=True, **{name: value}))
        assert file.look() == Look(reduce_motion=True)._replace(**{name: value})


@pytest.mark.parametrize("chosen", [7, [], {"theme": "pink", "language": ["en"], "reduce_motion": "yes"}])
def test_a_look_that_makes_no_sense_is_the_usual_one(tmp_path: Path, chosen: object) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"preferences": chosen}))
    assert PreferencesFile(path).look() == Look()
    assert PreferencesFile(path).preferences == Preferences()


def test_unknown_ones_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"preferences": {"future": 1, "reduce_motion": True}}))
    assert PreferencesFile(path).preferences == Preferences(reduce_motion=True)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "preferences.json"
    file = PreferencesFile(path)
    file.save(Preferences(theme="dark"))

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", fail)
        with pytest.raises(OSError, match="No space"):
            file.save(Preferences(theme="light"))
    assert PreferencesFile(path).preferences.theme == "dark"


def test_the_person_s_folders_move_together(atelier_home: Path) -> None:
    found = (places.user_models(), places.config(), places.cache(), places.documents())
    assert {place.parent for place in found} == {atelier_home}
    assert len(set(found)) == 4


def test_without_a_home_of_its_own_the_system_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATELIER_HOME")
    assert places.user_models().name == "models"
    assert "atelier" in str(places.config()).lower()
    assert places.starter_models().name in ("models", "_models")
    assert places.assets().name in ("assets", "_assets")
