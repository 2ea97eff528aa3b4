"""Upscale: pictures enlarged and cleaned, their files intact."""

from __future__ import annotations

from studio.core.panel import PanelSpec, Role

PANEL = PanelSpec(
    id="upscale", title="Upscale", icon="upscale", verb="Enlarge",
    params="studio.panels.upscale.params:UpscaleParams",
    task="studio.panels.upscale.task:UpscaleTask", view="studio.panels.upscale.view:UpscaleView",
    first="studio.panels.upscale.view_first:empty_state",
    roles=(Role("picture", "image", "Enlarge this"),),
)
