"""Write: stories and poems with a language model inside."""

from __future__ import annotations

from studio.core.panel import PanelSpec

PANEL = PanelSpec(
    id="write", title="Write", icon="write", verb="Write on",
    params="studio.panels.write.params:WriteParams",
    task="studio.panels.write.task:WriteTask", view="studio.panels.write.view:WriteView",
    first="studio.panels.write.view_first:empty_state",
    makes="text", roles="studio.panels.write.params:ROLES",
)
