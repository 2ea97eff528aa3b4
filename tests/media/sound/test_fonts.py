"""Which SoundFonts there are, and what is said of files that are none."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from studio.core import places
from studio.core.errors import StudioError
from studio.library import catalog, imports
from studio.media.sound import fonts, hydra
from tests.media.sound import makers


def test_there_is_one_in_the_box() -> None:
    font = fonts.default_font()
    assert font.id == "timgm6mb"
    fonts.check(font.path)
    assert len(hydra.read(font.path).presets) > 128


def test_a_persons_own_is_found_by_its_id(tmp_path: Path) -> None:
    model = imports.import_file(makers.font(tmp_path / "My_Flute.sf2"))
    assert (model.engine, model.task, model.facts["container"]) == (fonts.ENGINE, "sound", "sf2")
    found = fonts.find(model.id)
    assert found.name == "My Flute"
    assert found.path.parent.parent == places.user_models()
    fonts.check(found.path)
    assert catalog.default().find(model.id).size > 0


def test_a_compressed_one_is_told_apart(tmp_path: Path) -> None:
    model = imports.import_file(makers.font(tmp_path / "a.sf3", compressed=True))
    assert model.facts["container"] == "sf3"
    assert fonts.find(model.id).path.suffix == ".sf3"


def test_unknown_names_say_what_there_is() -> None:
    with pytest.raises(StudioError, match=r"There is no SoundFont grand-piano\. There are: timgm6mb"):
        fonts.find("grand-piano")


def test_a_piece_plays_on_when_its_font_has_gone() -> None:
    assert fonts.of_piece({fonts.FACT: "gone"}) == fonts.default_font().path
    assert fonts.of_piece({}) == fonts.default_font().path


@pytest.mark.parametrize(("change", "said"), [
    (lambda data: data[:len(data) // 2], "is cut off: "),
    (lambda data: data[:16], "is cut off: "),
    (lambda data: b"hello", "is not a SoundFont"),
    (lambda data: data.replace(b"smpl", b"lost"), "has no sound in it"),
    (lambda data: data.replace(b"igen", b"lost"), "is damaged"),
    (lambda data: data.replace(struct.pack("<4H", 0, 0, 1, 0), struct.pack("<4H", 9, 0, 1, 0)), "is damaged"),
    (lambda data: data[:8] + b"WAVE" + data[12:], "is not a SoundFont"),
])
def test_what_is_no_whole_soundfont_is_said_plainly(tmp_path: Path, change: object, said: str) -> None:
    path = makers.font(tmp_path / "a.sf2")
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(StudioError, match=said):
        fonts.check(path)


def test_an_empty_or_missing_file_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "a.sf2").touch()
    with pytest.raises(StudioError, match="empty"):
        fonts.check(tmp_path / "a.sf2")
    with pytest.raises(StudioError, match="There is no file"):
        fonts.check(tmp_path / "b.sf2")


def test_a_damaged_sheet_hides_no_other_font(tmp_path: Path) -> None:
    imports.import_file(makers.font(tmp_path / "good.sf2"))
    broken = places.user_models() / "broken"
    broken.mkdir()
    (broken / "model.json").write_text('{"engine": "sound.font", "files": []}')
    assert "good" in [font.id for font in fonts.fonts()]
