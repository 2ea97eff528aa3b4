"""Options come from declarations, and wrong ones are a usage error."""

from __future__ import annotations

import argparse

import pytest

from studio.cli import arguments
from studio.panels import panels
from tests.cli import copying


def parser_of(spec: object) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    arguments.add_panel(parser, spec)  # type: ignore[arg-type]
    arguments.add_common(parser)
    return parser


def chosen(*words: str) -> arguments.Chosen:
    return arguments.chosen(parser_of(copying.PAIR).parse_args(words), copying.PAIR)


def test_every_kind_of_setting_is_understood() -> None:
    found = chosen(
        "a.jpg",
        "b.jpg",
        "c.jpg",
        "some words",
        "--amount",
        "0.5",
        "--count",
        "2",
        "--no-bright",
        "--way",
        "wait",
        "--model",
        "m",
    )
    assert found.settings == {
        "words": "some words",
        "amount": 0.5,
        "copies": 2,
        "is_bright": False,
        "way": "wait",
        "model": "m",
    }
    assert [path.name for path in found.files["style"]] == ["b.jpg", "c.jpg"]


def test_what_is_not_given_is_left_to_the_default() -> None:
    found = chosen("a.jpg", "b.jpg", "w")
    assert found.settings == {"words": "w"}
    assert copying.CopyParams.from_json(found.settings) == copying.CopyParams(words="w")


@pytest.mark.parametrize(
    "words",
    [
        ("--amount", "2"),
        ("--amount", "nan"),
        ("--amount", "much"),
        ("--count", "0"),
        ("--count", "1.5"),
        ("--way", "sideways"),
        ("--secret", "1"),
        ("--seed", "-1"),
        ("--seed", "x"),
        ("--seed", str(2**32)),
        ("--style-weights", "0.5,x"),
        ("--style-weights", "0,0"),
        ("--amo", "1"),
    ],
)
def test_wrong_values_are_refused(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        parser_of(copying.PAIR).parse_args(["a.jpg", "b.jpg", "w", *words])
    assert end.value.code == 2
    assert words[0] in capsys.readouterr().err


def test_too_many_files_or_weights_are_refused() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="at most 3, not 4"):
        chosen("a", "b", "c", "d", "e", "w")
    with pytest.raises(argparse.ArgumentTypeError, match="2 weights for 1 files"):
        chosen("a", "b", "w", "--style-weights", "1,0.5")


def test_weights_go_to_their_role() -> None:
    assert chosen("a", "b", "c", "w", "--style-weights", "1,0.5").weights == {
        "content": (),
        "style": (1.0, 0.5),
    }


def test_one_needed_input_means_a_batch() -> None:
    assert arguments.is_batch(copying.PANEL)
    assert not arguments.is_batch(copying.PAIR)
    args = parser_of(copying.PANEL).parse_args(["a.jpg", "b.jpg", "w", "--hint", "c.jpg"])
    found = arguments.chosen(args, copying.PANEL)
    assert len(found.files["content"]) == 2
    assert len(found.files["hint"]) == 1


@pytest.mark.parametrize("spec", panels(), ids=lambda spec: spec.id)
def test_every_visible_setting_of_every_panel_has_an_option_and_help(spec: object) -> None:
    from studio.core.panel import PanelSpec

    assert isinstance(spec, PanelSpec)
    shown = parser_of(spec).format_help()
    for name, setting in spec.params.settings().items():
        if setting.option != "-":
            assert (setting.option or "--" + name.replace("_", "-")) in shown
    assert "--seed" in shown
    assert "--project" in shown
