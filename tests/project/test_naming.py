from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import StudioError
from studio.project import naming
from studio.project.assets import Asset
from studio.project.exporters import EXPORTERS

_VALUES: dict[str, str | int] = {
    "name": "Boat",
    "date": "2026-03-01",
    "seed": 42,
    "model": "style-quick",
    "panel": "style",
    "width": 800,
    "height": 600,
    "index": 7,
}


def test_every_field_is_filled() -> None:
    assert set(_VALUES) == set(naming.FIELDS)
    assert naming.fill(" ".join("{" + field + "}" for field in naming.FIELDS), _VALUES) == (
        "Boat 2026-03-01 42 style-quick style 800 600 7"
    )
    assert naming.fill("{index:03}_{seed:2}{}{ name }", _VALUES) == "007_42{}{ name }"


@pytest.mark.parametrize("template", ["{nmae}", "{name} {Seed}"])
def test_unknown_fields_are_named(template: str) -> None:
    with pytest.raises(StudioError, match=r"cannot hold \{(nmae|Seed)\}.*\{name\} \{date\}"):
        naming.fill(template, _VALUES)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("..", "Untitled"),
        ("  ", "Untitled"),
        ("", "Untitled"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("COM²", "_COM²"),
        ("console", "console"),
        ("trail. .", "trail"),
        (".hidden", "hidden"),
        ("new\nline\x00", "new_line_"),
        ("cafe\u0301", "café"),
        ("日本 🎨 'q'", "日本 🎨 'q'"),
        ("bad\udcff", "bad_"),
        ("../../etc/passwd", "_.._etc_passwd"),
    ],
)
def test_names_are_safe_everywhere(name: str, expected: str) -> None:
    assert naming.safe(name) == expected


def test_long_names_are_cut_between_letters() -> None:
    first, second = islice(naming.candidates("画" * 200, ".png"), 2)
    assert first == "画" * 82 + ".png"
    assert second == "画" * 81 + " 2.png"


@settings(deadline=None)
@given(st.text(max_size=400), st.sampled_from([s for item in EXPORTERS for s in item.suffixes]))
def test_any_text_becomes_a_safe_short_name(text: str, suffix: str) -> None:
    stem = naming.safe(text)
    for name in islice(naming.candidates(stem, suffix), 12):
        assert len(name.encode()) <= 250
        assert name.endswith(suffix)
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert not name.startswith((".", " "))
    assert len(set(islice(naming.candidates(stem, suffix), 12))) == 12


def test_what_was_brought_in_has_no_seed() -> None:
    asset = Asset(
        "a", "image", "Photo", "image/png", "0" * 64, 1, "2026-03-01T12:00:00.000+00:00", "imported"
    )
    values = naming.values_of(asset, None, 1)
    assert (values["seed"], values["model"], values["width"], values["date"]) == ("", "", "", "2026-03-01")
