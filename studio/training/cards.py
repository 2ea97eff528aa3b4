"""Model cards and model.json: what a starter model is, its data, whom to thank, how good it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio.training.data import Row, Split, sources_table

LICENCE = "Apache-2.0"


@dataclass(frozen=True)
class Card:
    """The words of one model. `files` are names inside its folder; `facts` go to model.json as they are."""

    id: str
    title: str
    engine: str
    version: str
    files: Sequence[str]
    does: str
    cannot: str
    again: str
    input: Mapping[str, object]
    metrics: Mapping[str, object] = field(default_factory=dict)
    how: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    task: str = "style"
    helped: str = (
        "A SqueezeNet 1.1 trunk (ImageNet, MIT) measured the losses; it is not part of this model."
    )


def write_card(card: Card, out: Path, splits: Mapping[str, Split]) -> None:
    """Write model.json and README.md beside the files of the model; ``splits`` by kind of picture."""
    trained_on = [line for kind, split in splits.items() for line in sources_table(split.train, kind)]
    write_facts(card, out, trained_on)
    (out / "README.md").write_text(_readme(card, trained_on, splits), encoding="utf-8")


def write_facts(card: Card, out: Path, trained_on: Sequence[Mapping[str, object]]) -> None:
    """Write model.json beside the files of the model."""
    out.mkdir(parents=True, exist_ok=True)
    facts = {
        "id": card.id,
        "title": card.title,
        "task": card.task,
        "engine": card.engine,
        "version": card.version,
        "files": [_file(out / name) for name in card.files],
        "licence": LICENCE,
        "trained_on": trained_on,
        "metrics": dict(card.metrics),
        "input": dict(card.input),
        "facts": dict(card.facts),
    }
    text = json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
    (out / "model.json").write_text(text, encoding="utf-8")


def numbers_table(metrics: Mapping[str, object]) -> str:
    """Rows of a Markdown table with every figure."""
    return "\n".join(f"| {name} | {value} |" for name, value in _flat(metrics))


def _file(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    return {"name": path.name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def _readme(card: Card, trained_on: Sequence[Mapping[str, object]], splits: Mapping[str, Split]) -> str:
    licences = "\n".join(f"| {r['source']} | {r['licence']} | {r['count']} |" for r in trained_on)
    numbers = numbers_table(card.metrics)
    held_out = "\n\n".join(f"{kind.capitalize()}: {_held_out(split)}." for kind, split in splits.items())
    thanks = _thanks(row for split in splits.values() for row in split.train)
    return f"""# {card.title}

{card.does}

**What it can't do.** {card.cannot}

Licence: {LICENCE}. Trained by the Atelier project, from random weights. {card.how}

## Trained on

| pictures | licence | count |
|---|---|---|
{licences}

Share-alike pictures (CC BY-SA) were left out. {card.helped}

Thanks to the authors of the CC BY pictures: {thanks}.

## Held out

Never trained on: those whose source comes first by SHA-256 (Kodak pictures excepted). All pictures of one
source are on one side.

{held_out}

## Measured

| what | value |
|---|---|
{numbers}

## Make it again

```
{card.again}
```
"""


def _flat(metrics: Mapping[str, object], above: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, value in metrics.items():
        label = f"{above}{name.replace('_', ' ')}"
        found += _flat(value, f"{label}: ") if isinstance(value, Mapping) else [(label, value)]
    return found


def _thanks(rows: Iterable[Row]) -> str:
    named = {f"{row.author} ({row.licence})" for row in rows if row.licence.startswith("CC BY")}
    return "; ".join(sorted(named)) or "none"


def _held_out(split: Split) -> str:
    """Titles where there are any, else file names."""
    names = [f"{row.author}, {row.title}" if row.title else row.file.name for row in split.held_out]
    return "; ".join(dict.fromkeys(names))
