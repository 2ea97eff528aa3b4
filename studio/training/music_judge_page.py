"""The page about a Music model, for people, and its figures for model.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from studio.media.tokens.vocabulary import STYLES
from studio.training.music_judge_checks import FAULTS
from studio.training.music_judge_facts import Tally, apart, degrees_apart, repeats

if TYPE_CHECKING:
    from studio.training.music_judge import Findings

_MEASURES = ("density", "degrees", "lengths")
Table = list[Sequence[object]]


def figures(found: Findings) -> dict[str, object]:
    """What model.json and the card keep."""
    moods = found.feels.correlations
    share = {name: repeats(found.sides[name].bars, found.sides["train"].bars)
             for name in ("ours", "held_out")}
    return {
        "pieces": {
            "composed": found.checked, "sound": found.checked - unsound(found),
            "stuck_notes": found.faults["stuck note"], "bars_of_wrong_length": found.faults["bar length"],
            "notes_in_key": _rounded(tally_of(found, "ours").in_key),
            "notes_in_key_of_held_out": _rounded(tally_of(found, "held_out").in_key),
            "two_bars_from_training": _rounded(_share(*share["ours"])),
            "two_bars_from_training_of_held_out": _rounded(_share(*share["held_out"])),
        },
        "apart_from_held_out": {
            what: {name: _rounded(value) for name, value in _means(found, number).items()}
            for number, what in enumerate(_MEASURES)},
        "mood_asked_and_given": {name: _rounded(value) for name, value in moods.items()},
        "mood_told_and_marked": found.agreement,
    }


def unsound(found: Findings) -> int:
    """How many pieces have a fault."""
    return found.faults["any"]


def tally_of(found: Findings, side: str, style: int | None = None) -> Tally:
    """What is counted of one side."""
    return found.sides[side].tally(style)


def page(found: Findings) -> str:
    """The whole page, Markdown."""
    parts = [_opening(found), _likelihood(found), _soundness(found), _keys(found), _distances(found),
             _repeated(found), _moods(found), _again(found)]
    return "\n".join(part for part in parts if part)


def _opening(found: Findings) -> str:
    return f"""# How good the Music model is

{found.pieces} pieces of {found.bars} bars, seeds 0 to {found.pieces - 1}, the styles in turn, a
tonic by chance, the rest left to the model; and {found.pieces} more with a mood asked for. None was
picked, none left out. Temperature {found.composing.temperature:g}, top-p {found.composing.top_p:g}.
The yardsticks: a Markov model of order 3 (Kneser-Ney back-off, counted in 400 pieces of each style)
that draws from the same grammar with the same headings; as many excerpts of real pieces that were
trained on; and the held-out pieces.
"""


def _likelihood(found: Findings) -> str:
    nats = found.metrics.get("nats_per_note")
    if not nats:
        return ""
    rows: Table = [("style", "model", "Markov, order 3", "less", "notes")]
    for style, row in nats.items():
        less = 1 - row["network"] / row["markov_order_3"]
        rows.append((style, f"{row['network']:.2f}", f"{row['markov_order_3']:.2f}", f"{less:.0%}",
                     f"{row['notes']:,}"))
    return f"""## Held-out pieces

Nats per note of pieces never trained on, by both models on the same tokens; less is better.

{_table(rows)}
"""


def _soundness(found: Findings) -> str:
    rows: Table = [("what is wrong", "pieces of the model's", "of the Markov model's")]
    rows += [(name, found.faults[name], found.markov_faults[name]) for name in FAULTS]
    return f"""## Soundness

{found.checked - unsound(found)} of {found.checked} pieces are sound: the grammar holds, they end by
themselves, have the bars that were asked for, each as long as its metre says; something plays; no
note lasts past the end or into the next one of its pitch; in the MIDI file every note that begins
ends (no stuck ones), and our reader and symusic find exactly the notes that were written.

{_table(rows)}
"""


def _keys(found: Findings) -> str:
    rows: Table = [("style", "in the key asked for", "without raised degrees", "Markov", "held out, real")]
    for style, name in _styles(found):
        ours, markov, real = (tally_of(found, side, style) for side in ("ours", "markov", "held_out"))
        if ours.pitched:
            rows.append((name, *map(_percent, (ours.in_key, ours.natural, markov.in_key, real.in_key))))
    return f"""## Notes in the key

Of all notes but drums, those on a degree of the key that was asked for: in major the seven of the
scale, in minor the natural ones and the raised sixth and seventh (nine of twelve). Of real pieces
the key is that of their signature or, where there is none, told from the notes.

{_table(rows)}
"""


def _distances(found: Findings) -> str:
    sides = ("model", "Markov", "real")
    rows: Table = [("style", *(f"{what}: {side}" for what in _MEASURES for side in sides))]
    for style, name in _styles(found):
        rows.append((name, *(_number(value) for number in range(3)
                             for value in _apart(found, style, number).values())))
    means = [_means(found, number).values() for number in range(3)]
    rows.append(("mean", *(_number(value) for row in means for value in row)))
    return f"""## How far from real pieces

Total variation from the held-out pieces of the style: the share that would have to move, 0 is
alike, 1 has nothing in common. Density: bars by onsets a quarter note, eight levels. Degrees: pitch
classes above the tonic, major and minor apart. Lengths: of notes. "Real" are as many excerpts of
other real pieces, so what can be expected at best.

{_table(rows)}
"""


def _repeated(found: Findings) -> str:
    rows: Table = [("style", "two bars: model", "real, held out", "one track of two bars: model",
                    "real, held out")]
    for style, name in [*_styles(found), (None, "all")]:
        shares = []
        for of in ("bars", "tracks"):
            for side in ("ours", "held_out"):
                own, known = getattr(found.sides[side], of), getattr(found.sides["train"], of)
                shares.append(_percent(_share(*repeats(own, known, style))))
        rows.append((name, *shares))
    return f"""## Repeats from the training pieces

Two neighbouring bars (with four notes or more) that are in a training piece with exactly the same
notes at the same places, in any key and on any instruments; then the same for single tracks.
Held-out pieces show how often music does that by itself.

{_table(rows)}
"""


def _moods(found: Findings) -> str:
    rows: Table = [("asked", "lowest", "low", "middle", "high", "highest", "rank correlation")]
    for which, (name, value) in enumerate(found.feels.correlations.items()):
        rows.append((f"{name} given", *map(_number, found.feels.by_level(which)), _number(value)))
    marked = found.agreement
    return f"""## Mood

{found.pieces} pieces with valence and energy asked for, each of five levels by chance; what is
given is the estimate of `studio/media/mood.py` from the notes, in units of its spread over all
music here.

{_table(rows)}

The estimate itself against words that pieces say of themselves (*mesto*, *con fuoco*), as rank
correlation: {_told(marked.get("held_out", {}))} held-out pieces; {_told(marked.get("left_out", {}))}
training pieces, each by weights fitted to other works. No listener was asked.
"""


def _told(row: Mapping[str, float]) -> str:
    values = ", ".join(f"{name} {row[name]:.2f}" for name in ("valence", "energy") if name in row)
    return f"{values or 'not known'} of {row.get('pieces', 0):.0f}"


def _again(found: Findings) -> str:
    return f"""## Make it again

```
{_command(found)}
```
"""


def _command(found: Findings) -> str:
    return (f"python -m studio.training.music_judge --data ../shared/data --model models/{found.model} "
            "--out docs/music-quality.md")


def _styles(found: Findings) -> Iterator[tuple[int, str]]:
    present = set(found.sides["ours"].shelf.style.tolist())
    return ((number, name) for number, name in enumerate(STYLES) if number in present)


def _apart(found: Findings, style: int, measure: int) -> dict[str, float]:
    """Of ours, the Markov model's and real excerpts from held-out pieces."""
    held_out = tally_of(found, "held_out", style)
    values = {}
    for side in ("ours", "markov", "excerpts"):
        own = tally_of(found, side, style)
        values[side] = (apart(own.dense, held_out.dense), degrees_apart(own, held_out),
                        apart(own.lengths, held_out.lengths))[measure]
    return values


def _means(found: Findings, measure: int) -> dict[str, float]:
    """Over the styles in which all three can be told."""
    rows = [list(_apart(found, style, measure).values()) for style, _ in _styles(found)]
    known = [row for row in rows if not np.isnan(row).any()]
    means = np.mean(known, axis=0).tolist() if known else [float("nan")] * 3
    return dict(zip(("model", "markov", "real"), means, strict=True))


def _table(rows: Table) -> str:
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _share(some: int, of: int) -> float:
    return some / of if of else float("nan")


def _rounded(value: float) -> float | None:
    """For JSON, which knows no NaN."""
    return None if np.isnan(value) else round(value, 4)


def _percent(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.1%}"


def _number(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.2f}"
