"""What a person chose once for all projects."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.params import Params, setting


@dataclass(frozen=True, slots=True)
class Preferences(Params):
    """What a person chose once for all projects."""

    theme: str = setting("choice", "system", "Theme", choices=(
        ("system", "Like the system"), ("dark", "Dark"), ("light", "Light")))
    language: str = setting("choice", "system", "Language", choices=(
        ("system", "Like the system"), ("en", "English"), ("zh_CN", "简体中文")))
    device: str = setting("choice", "auto", "Compute on", choices=(
        ("auto", "Best available"), ("cpu", "CPU"), ("cuda", "NVIDIA GPU"), ("mps", "Apple GPU")))
    memory_share: float = setting("float", 0.5, "Memory for models", low=0.1, high=0.9, step=0.05,
                                  help="Share of the free memory that loaded models may keep.")
    reduce_motion: bool = setting("bool", False, "Reduce motion")
