"""Where a diffusion model runs, in what precision, and whether its parts take turns on the graphics card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from studio.core.diffusion import Family
from studio.core.engine import ModelSource
from studio.core.errors import OutOfMemory
from studio.engines import devices
from studio.engines.image.outlook import SHARE, with_work


@dataclass(slots=True)
class Plan:
    """What was decided."""

    device: str
    """cpu, cuda or mps."""
    dtype: torch.dtype
    memory: int
    """Bytes of the weights."""
    takes_turns: bool = False
    """Each part is on the graphics card only while it works."""
    is_elsewhere: bool = False
    """It runs on the processor though a graphics card was chosen."""


def choose(source: ModelSource, family: Family, device: devices.Device) -> Plan:
    """The best plan that fits. Raises OutOfMemory where none does."""
    count = int(source.facts.get("parameters") or _bytes(source) // 4)
    largest = int(source.facts.get("largest") or count)
    place, free = devices.torch_device(device), devices.free_memory()
    plans = [Plan("cpu", torch.float32, count * 4, is_elsewhere=place != "cpu"),
             Plan("cpu", torch.bfloat16, count * 2, is_elsewhere=place != "cpu")]
    fitting = [plan for plan in plans if with_work(plan.memory) <= free]
    if place != "cpu":
        fitting = _on_card(place, family, count, largest, device, free) + fitting
    if fitting:
        return fitting[0]
    needed = with_work(plans[-1].memory)
    raise OutOfMemory("{name} needs about {needed:.1f} GB of memory; {free:.1f} GB are free.",
                      "Close other programs, or use a smaller model.", name=Path(source.id).name,
                      needed=needed / 1e9, free=free / 1e9)


def _on_card(place: str, family: Family, count: int, largest: int, device: devices.Device,
             free: int) -> list[Plan]:
    """Whole if it fits; else its parts in turns, which CUDA can and which needs room beside it."""
    dtype = torch.bfloat16 if family.is_flow else torch.float16
    room = int(card_memory(place, device) * SHARE)
    plans = [Plan(place, dtype, count * 2)] if with_work(count * 2) <= room else []
    if place == "cuda" and with_work(largest * 2) <= room and count * 2 <= free:
        plans.append(Plan(place, dtype, count * 2, takes_turns=True))
    return plans


def card_memory(place: str, device: devices.Device) -> int:
    """Bytes that are free on the graphics card."""
    return int(torch.cuda.mem_get_info()[0]) if place == "cuda" else min(device.memory, devices.free_memory())


def put(pipe: Any, plan: Plan) -> None:
    """Move the parts of ``pipe`` where ``plan`` wants them. Raises OutOfMemory in torch's words."""
    pipe.remove_all_hooks()
    for part in pipe.components.values():
        if isinstance(part, torch.nn.Module):
            part.to(dtype=plan.dtype) if plan.takes_turns else part.to(plan.device, plan.dtype)
    if plan.takes_turns:
        pipe.enable_model_cpu_offload(device=plan.device)


def give_back() -> None:
    """What torch keeps of a graphics card's memory for later."""
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _bytes(source: ModelSource) -> int:
    files = [source.path] if source.path.is_file() else source.path.rglob("*.safetensors")
    return sum(file.stat().st_size for file in files)
