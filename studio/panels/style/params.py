"""What can be set in the Style panel."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.params import Params, setting

TASK, VERSION = "style", 1
"""Name and version of the task, as requests and recipes carry them."""


@dataclass(frozen=True, slots=True)
class StyleParams(Params):
    """Settings of a restyling. Sizes are pixels of the longer side."""

    method: str = setting("choice", "quick", "Method", group="Style", choices=(
        ("quick", "Quick"), ("fine", "Fine")),
        help="Quick paints in one pass. Fine keeps improving the picture for about a minute.")
    strength: float = setting("float", 1.0, "Strength", group="Style", low=0.0, high=1.0, step=0.01,
                              help="0 gives the photograph back, 1 is all paint.")
    keep_colour: bool = setting("bool", False, "Keep the photo's colours", group="Style")
    brush: float = setting("float", 1.0, "Brush scale", group="Style", low=0.25, high=4.0, step=0.05,
                           unit="x", help="Above 1 gives broader strokes, below 1 finer ones.")
    variation: float = setting("float", 0.0, "Variation", group="Style", low=0.0, high=1.0, step=0.05,
                               help="Above 0, the seed chooses which part of each painting to learn from.")
    size: int = setting("int", 0, "Output size", group="Output", low=0, high=16384, step=64, unit="px",
                        help="Longer side of the result; 0 keeps the photograph's own size.")
    steps: int = setting("int", 150, "Fine steps", group="more", low=10, high=1000, step=10,
                         help="How long Fine works on the picture.")
    model: str = setting("model", "", "Model", group="more",
                         help="The model that paints; empty means the one in the box.")
