"""Style: a photograph painted in the manner of up to four paintings."""

from __future__ import annotations

from studio.core.panel import PanelSpec, Role

PANEL = PanelSpec(
    id="style", title="Style", icon="style", verb="Restyle", params="studio.panels.style.params:StyleParams",
    task="studio.panels.style.task:StyleTask", view="studio.panels.style.view:StyleView",
    first="studio.panels.style.view_first:empty_state",
    vary={"variation": 0.6}, is_front=True,
    roles=(Role("content", "image", "Restyle this"), Role("style", "image", "Paint like this", high=4),
           Role("mask", "image", "Style only here", low=0)),
)
