"""Music: compose, go on, fill gaps, add voices, vary; or sound from words with a model of one's own."""

from __future__ import annotations

from studio.core.panel import PanelSpec

PANEL = PanelSpec(
    id="music", title="Music", icon="music", verb="Compose",
    params="studio.panels.music.params:MusicParams",
    task="studio.panels.music.task:MusicTask", view="studio.panels.music.view:MusicView",
    first="studio.panels.music.view_first:empty_state",
    makes="score", makes_by={"sound": "audio"}, roles="studio.panels.music.params:ROLES",
)
