"""Image: pictures from words, and from pictures and words."""

from __future__ import annotations

from studio.core.panel import PanelSpec

PANEL = PanelSpec(
    id="image", title="Image", icon="image", verb="Make picture",
    params="studio.panels.image.params:ImageParams",
    task="studio.panels.image.task:ImageTask", view="studio.panels.image.view:ImageView",
    first="studio.panels.image.view_first:empty_state", roles="studio.panels.image.params:ROLES",
    each="studio.panels.image.requests:each",
)
