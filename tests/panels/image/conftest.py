"""An Image panel, empty and with words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from studio.panels.image import PANEL
from studio.panels.image.view import ImageView
from tests.panels.image.viewing import MODELS, type_prompt
from tests.ui.fake_services import FakeProject


@pytest.fixture
def project() -> FakeProject:
    found = FakeProject()
    found.models = list(MODELS)  # type: ignore[arg-type]
    return found


@pytest.fixture
def view(qtbot: QtBot, project: FakeProject) -> ImageView:
    # those of earlier tests, closed but not deleted yet: a change of theme would paint them all
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    view = ImageView(PANEL, project.services())
    qtbot.addWidget(view)
    view.resize(1208, 680)
    view.show()
    return view


@pytest.fixture
def told(view: ImageView) -> ImageView:
    """With words."""
    type_prompt(view, "a red apple")
    return view
