"""A view of the panel; what it needs is imported only where a test asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from studio.panels.upscale.view import UpscaleView
    from tests.ui.fake_services import FakeProject


@pytest.fixture
def project() -> FakeProject:
    from tests.ui.fake_services import FakeProject

    return FakeProject()


@pytest.fixture
def view(qtbot: QtBot, project: FakeProject) -> UpscaleView:
    from studio.panels.upscale import PANEL
    from studio.panels.upscale.view import UpscaleView

    view = UpscaleView(PANEL, project.services())
    qtbot.addWidget(view)
    view.resize(1208, 680)
    view.show()
    return view


@pytest.fixture
def filled(view: UpscaleView, project: FakeProject) -> UpscaleView:
    """With a photo of 400 x 300."""
    view.give([project.picture("lake", 400, 300)])
    return view
