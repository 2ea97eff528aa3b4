"""What other programs tell of how they made a picture from words, as a request of ours.

The settings are those of the Image panel, by name; nothing else of it is known here.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core.foreign_emphasis import from_others
from studio.core.jobs import Request
from studio.core.painting import LARGEST, MOST_GUIDANCE, MOST_STEPS
from studio.media.generation import Generation
from studio.media.generation_files import find
from studio.project.generation_write import TASK

_VERSION = 1
_SEEDS = 2**32
_STRONGEST = 4.0
_SMALLEST = 8
_NAMES = {"ddim": "ddim", "euler": "euler", "eulera": "euler-ancestral", "eulerancestral": "euler-ancestral",
          "dpm++2m": "dpm++-2m", "dpmpp2m": "dpm++-2m", "dpm++2mkarras": "dpm++-2m-karras",
          "unipc": "unipc", "unipcbh2": "unipc", "lcm": "lcm"}
"""What others call a sampler, in small letters without spaces, to our schedulers."""
_KARRAS = frozenset(("karras", "automatic"))
"""Schedules that give DPM++ 2M Karras' noise levels; it is that one's usual."""
_TAG = re.compile(r"<(lora|lyco|hypernet):([^:<>]{1,200})(?::([^<>]{0,60}))?>")
_ONE = r"<(?:lora|lyco|hypernet):[^<>]{1,260}>"
_GAP = r"[ \t]{0,8}"
_TAGS = re.compile(rf"{_GAP}(,?){_GAP}{_ONE}(?:[ \t,]{{0,9}}{_ONE})*{_GAP}(,?){_GAP}")
"""Tags with the commas around them."""
_SIZE = re.compile(r"\s*(\d{1,6})\s*[x×]\s*(\d{1,6})\s*")
_TAKEN = frozenset((
    "Steps", "Sampler", "Schedule type", "CFG scale", "Distilled CFG Scale", "Seed", "Size", "Model",
    "Denoising strength", "Variation seed", "Variation seed strength", "Tiling"))
_SILENT = re.compile(r".*hash.*|.*hashes|Version|App|User|Token merging.*|RNG|Created Date|Civitai.*|"
                     r"[XYZ] (?:Type|Values)|Script|Pipeline|Operations|Module.*|Beta schedule.*",
                     re.IGNORECASE)
"""What changes nothing that a person would miss."""


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Settings that another program left in a picture, as far as they are settings here."""

    request: Request
    """Only what was told is among its params; models and add-ons have the names others gave them."""
    model_hash: str = ""
    """The first digits of the SHA-256 of the model's file, or ""."""
    left_out: tuple[str, ...] = ()
    """What was told besides, in the other program's words."""
    has_seed: bool = False
    """Whether the request's seed was told."""


def read_file(source: Path | bytes) -> Borrowed | None:
    """What another program left in a picture; None where it left nothing.

    Raises StudioError only where the file itself cannot be read.
    """
    told = find(source)
    return borrow(told) if told else None


def borrow(told: Generation) -> Borrowed:
    """The settings of ``told``; unsound ones are passed over."""
    prompt, add_ons = _without_tags(told.prompt)
    params: dict[str, Any] = {"prompt": from_others(prompt), "negative": from_others(told.negative)}
    params |= {name: value for name, value in _numbers(told).items() if value is not None}
    params |= {"add_ons": add_ons} if add_ons else {}
    params |= {"model": told.value("Model")} if told.value("Model") else {}
    params |= {"seamless": True} if told.value("Tiling") == "True" else {}
    params |= _size(told.value("Size"))
    scheduler = _scheduler(told.value("Sampler"), told.value("Schedule type"))
    params |= {"scheduler": scheduler} if scheduler else {}
    seed = _whole(told.value("Seed"))
    return Borrowed(Request(TASK, _VERSION, params, seed=(seed or 0) % _SEEDS),
                    told.value("Model hash").lower(), _left_out(told, scheduler), has_seed=seed is not None)


def _without_tags(prompt: str) -> tuple[str, str]:
    """``prompt`` without its tags, and the LoRAs they name as the setting says it."""
    tags = [match for match in _TAG.finditer(prompt) if match[1] != "hypernet"]
    found = {match[2].strip(): _weight(match[3]) for match in tags if "," not in match[2]}
    return _TAGS.sub(_gap, prompt), ", ".join(f"{name}:{weight:g}" for name, weight in found.items() if name)


def _gap(tags: re.Match[str]) -> str:
    """What stays where tags were."""
    around = tags.string[max(0, tags.start() - 1):tags.start()], tags.string[tags.end():tags.end() + 1]
    is_edge = not {"", "\n"}.isdisjoint(around)
    return "" if is_edge else ", " if tags[1] or tags[2] else " "


def _weight(told: str | None) -> float:
    """Of "0.8", or "0.8:0.6" for network and words; 1 where it is no number."""
    value = _number((told or "").partition(":")[0], -_STRONGEST, _STRONGEST)
    return 1.0 if value is None else value


def _numbers(told: Generation) -> dict[str, float | int | None]:
    distilled = told.value("Distilled CFG Scale")
    steps = _number(told.value("Steps"), 1, MOST_STEPS)
    variation = _number(told.value("Variation seed strength"), 0, 1)
    seed = _whole(told.value("Variation seed"))
    return {"steps": None if steps is None else round(steps),
            "guidance": _number(distilled or told.value("CFG scale"), 0, MOST_GUIDANCE),
            "strength": _number(told.value("Denoising strength"), 0, 1), "variation": variation,
            "variation_seed": None if seed is None else seed % _SEEDS}


def _number(told: str, low: float, high: float) -> float | None:
    """The number, brought between ``low`` and ``high``; None where it is none."""
    with suppress(ValueError):
        value = float(told) if len(told) < 40 else float("nan")
        return min(high, max(low, value)) if value == value else None
    return None


def _whole(told: str) -> int | None:
    return int(told) if re.fullmatch(r"\d{1,40}", told, re.ASCII) else None


def _size(told: str) -> dict[str, str]:
    found = _SIZE.fullmatch(told)
    if found and all(_SMALLEST <= int(side) <= LARGEST for side in found.groups()):
        return {"size": f"{int(found[1])}x{int(found[2])}"}
    return {}


def _scheduler(sampler: str, schedule: str) -> str:
    """Ours for what others call it; "" where it is not here."""
    wanted = re.sub(r"[\s_-]", "", sampler).lower()
    if wanted == "default":
        return "default"
    found = _NAMES.get(wanted, "")
    return "dpm++-2m-karras" if found == "dpm++-2m" and schedule.lower() in _KARRAS else found


def _left_out(told: Generation, scheduler: str) -> tuple[str, ...]:
    more = [name for name in told.settings if name not in _TAKEN and not _SILENT.fullmatch(name)]
    unknown = [told.value("Sampler")] if told.value("Sampler") and not scheduler else []
    return tuple(dict.fromkeys([*unknown, *more]))
