"""Write: stories and poems with a language model inside."""

from __future__ import annotations

from studio.core.panel import PanelSpec
from studio.panels.write.params import ROLES, WriteParams

PANEL = PanelSpec(
    id="write", title="Write", icon="write", verb="Write on", params=WriteParams,
    task="studio.panels.write.task:WriteTask", view="studio.panels.write.view:WriteView",
    first="studio.panels.write.view_first:empty_state",
    makes="text", roles=ROLES,
)
