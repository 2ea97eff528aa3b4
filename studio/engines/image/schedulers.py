"""The ways to get from noise to picture that can be chosen, by name.

"default" is the model's own. The others are for models that learned to foretell noise: DDIM (Song et al.
2020), Euler and its ancestral kind (Karras et al. 2022), DPM-Solver++ 2M (Lu et al. 2022), also at Karras'
noise levels, UniPC (Zhao et al. 2023), and LCM (Luo et al. 2023) for models and add-ons made for a few steps.
"""

from __future__ import annotations

from typing import Any

from studio.core.diffusion import Family

_KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "ddim": ("DDIMScheduler", {}),
    "euler": ("EulerDiscreteScheduler", {}),
    "euler-ancestral": ("EulerAncestralDiscreteScheduler", {}),
    "dpm++-2m": ("DPMSolverMultistepScheduler", {}),
    "dpm++-2m-karras": ("DPMSolverMultistepScheduler", {"use_karras_sigmas": True}),
    "unipc": ("UniPCMultistepScheduler", {}),
    "lcm": ("LCMScheduler", {}),
}


def names(family: Family) -> tuple[str, ...]:
    """Those for a family, its own way first."""
    return ("default",) if family.is_flow else ("default", *_KINDS)


def make(name: str, own: Any, forecast: str = "") -> Any:
    """A fresh scheduler: they remember their last picture. ``own`` is the model's.

    ``forecast`` is what the network foretells, where the model says it wrongly: epsilon or v_prediction.
    """
    import diffusers

    kind, more = _KINDS.get(name, (type(own).__name__, {}))
    more = more | ({"prediction_type": forecast} if forecast else {})
    return getattr(diffusers, kind).from_config(own.config, **more)
