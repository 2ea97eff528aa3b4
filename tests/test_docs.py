"""What the documents promise: commands that exist, links that lead somewhere, samples with a licence."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from studio import __version__
from studio.cli.entry import build_parser
from studio.media import picture

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
WORDS = {
    "PHOTO": "p.jpg",
    "PAINTING": "s.jpg",
    "PAINTING...": "s.jpg",
    "OUT.png": "o.png",
    "FOLDER": "folder",
}


def commands() -> list[tuple[str, str]]:
    """Every ``atelier ...`` line in a code block, with its document; comments after two spaces are cut."""
    found = []
    for document in DOCUMENTS:
        for block in re.findall(r"```[a-z]*\n(.*?)```", document.read_text(encoding="utf-8"), re.S):
            for line in block.splitlines():
                words = re.split(r"\s{2,}|\s#", line.strip().removeprefix("uv run "))[0]
                if words.startswith("atelier "):
                    found.append((document.name, words))
    return found


@pytest.mark.parametrize(("document", "line"), commands())
def test_every_command_shown_is_understood(document: str, line: str) -> None:
    words = [WORDS.get(word, word) for word in shlex.split(line)[1:]]
    build_parser().parse_args(words)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert not missing


def test_every_path_named_is_there() -> None:
    text = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    named = set(re.findall(r"`((?:studio|tests|packaging|assets|models|docs|benchmarks)/[\w./-]+)`", text))
    assert not {name for name in named if "NAME" not in name and not (ROOT / name).exists()}


def test_readme_gives_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install uv && uv run atelier" in readme
    assert "uv run pytest" in readme
    assert any(
        line.startswith("atelier style assets/samples/") for name, line in commands() if name == "README.md"
    )


def test_contributing_shows_the_arrows_that_are_checked() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    shown = " > ".join(layer.replace("studio.", "") for layer in layers)
    assert shown in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_samples_are_whole_small_and_licensed() -> None:
    folder = ROOT / "assets" / "samples"
    samples = json.loads((folder / "samples.json").read_text(encoding="utf-8"))
    about = (folder / "README.md").read_text(encoding="utf-8")
    assert {sample["kind"] for sample in samples} == {"photo", "painting"}
    for sample in samples:
        assert sample["licence"] in {"CC0-1.0", "Public domain"}
        assert sample["file"] in about
        assert picture.read(folder / sample["file"]).width >= 300
    assert {path.name for path in folder.glob("*.jpg")} == {sample["file"] for sample in samples}
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_500_000


def test_the_version_is_the_same_everywhere() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    metainfo = ET.parse(ROOT / "packaging" / "org.atelier.Atelier.metainfo.xml").getroot()
    release = metainfo.find("releases/release")
    assert release is not None
    assert config["project"]["version"] == release.get("version") == __version__


def test_the_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert len(text.splitlines()) > 200
    assert "Apache License" in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_nothing_names_the_place_it_was_made() -> None:
    """Paths of one machine and hosts of one network have no place in the repository."""
    private = re.compile(rb"/(tmp|root|home/[a-z]+)/[a-z]+/|//[\w.-]*(pypi|pythonhosted)\.")
    folders = ("studio", "tests", "packaging", "assets", "models", "docs", "benchmarks", ".ci")
    files = [path for name in folders for path in (ROOT / name).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.name != "uv.lock"]
    text = [path for path in files if path.suffix not in {".pyc", ".qm"} and path != Path(__file__)]
    assert not [str(path.relative_to(ROOT)) for path in text if private.search(path.read_bytes())]
