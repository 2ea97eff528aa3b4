"""Who wrote how much of a text, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.core.manuscript import ORIGINS, Origin
from studio.media.pages.languages import words


def statement(counts: Mapping[Origin, int], models: Sequence[str] = (), language: str = "en") -> str:
    """Shares of the characters, whole percents that add up to 100; "" for a text without any.

    "72 % written by a person; 20 % written by a model; 8 % written by a model and edited by a person.
    Models: write-small."
    """
    shares = _shares(counts)
    said, is_chinese = words(language), language.partition("-")[0] == "zh"
    percent, between, end, colon = ("%", "；", "。", "：") if is_chinese else (" %", "; ", ".", ": ")
    parts = [f"{share}{percent}{'' if is_chinese else ' '}{said[origin]}"
             for origin, share in shares.items() if counts.get(origin)]
    if not parts:
        return ""
    named = "、" if is_chinese else ", "
    more = f"{'' if is_chinese else ' '}{said['models']}{colon}{named.join(models)}{end}" if models else ""
    return between.join(parts) + end + more


def _shares(counts: Mapping[Origin, int]) -> dict[Origin, int]:
    """By the largest remainders; what is there at all is never 0."""
    total = sum(counts.values())
    if not total:
        return {}
    exact = {origin: 100 * counts.get(origin, 0) / total for origin in ORIGINS}
    whole = {origin: max(int(share), 1) if share else 0 for origin, share in exact.items()}
    while (left := 100 - sum(whole.values())) != 0:
        step = 1 if left > 0 else -1
        able = [origin for origin in whole if whole[origin] > (1 if step < 0 else 0)]
        whole[max(able, key=lambda name: (exact[name] - whole[name]) * step)] += step
    return whole
