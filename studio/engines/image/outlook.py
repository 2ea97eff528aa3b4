"""What a diffusion model will need on this machine, told from its header before anything of it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psutil

from studio.engines import devices

WORKING = 1 << 30
"""Bytes for the numbers in between, at a size people ask for; a tiny model needs as much as its weights."""
SHARE = 0.9
"""Of a graphics card's memory; the rest is for its driver and the window."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a model would run where nothing else does."""

    memory: int
    """Bytes while it paints, roughly."""
    precision: str
    device: str
    """cpu, cuda or mps; "" where there is too little memory everywhere."""
    takes_turns: bool = False
    """Each part is on the graphics card only while it works."""


def with_work(weights: int) -> int:
    """Bytes while it paints, for so many bytes of weights."""
    return weights + min(WORKING, weights + (64 << 20))


def expected(facts: Mapping[str, Any], device: devices.Device, main: int, *,
             is_flow: bool = False) -> Outlook:
    """For a model with ``facts`` ("parameters", "largest"); there are ``main`` bytes of memory beside it."""
    count = int(facts.get("parameters") or 0)
    largest, room = int(facts.get("largest") or count), int(device.memory * SHARE)
    half = "bfloat16" if is_flow else "float16"
    if device.kind != "cpu" and with_work(count * 2) <= room:
        return Outlook(with_work(count * 2), half, device.kind)
    if device.kind == "cuda" and with_work(largest * 2) <= room and count * 2 <= main:
        return Outlook(with_work(largest * 2), half, device.kind, takes_turns=True)
    plain = Outlook(with_work(count * 4), "float32", "cpu")
    small = Outlook(with_work(count * 2), "bfloat16", "cpu")
    fitting = next((one for one in (plain, small) if one.memory <= main), None)
    return fitting or Outlook(small.memory, small.precision, "")


def describe(facts: Mapping[str, Any]) -> dict[str, Any]:
    """For people: what is expected of a model with ``facts`` on the device that would be chosen here."""
    from studio.core.diffusion import FAMILIES

    family = FAMILIES.get(str(facts.get("family", "")))
    device = devices.choose()
    told = expected(facts, device, int(psutil.virtual_memory().total),
                    is_flow=family is not None and family.is_flow)
    name = device.name if told.device == device.kind else "CPU"
    where = "too little memory here" if not told.device else "in turns" if told.takes_turns else ""
    return {"expected_memory": told.memory, "expected_precision": told.precision,
            "expected_on": f"{name} ({where})" if where else name}
