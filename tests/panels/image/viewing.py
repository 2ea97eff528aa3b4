"""The Image panel's view with what stands around it in a test."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.core.jobs import JobState, Request
from studio.panels.image.view import ImageView
from tests.ui.fake_services import FakeAsset, FakeJob, FakeProject

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Known:
    """A model as the library knows it."""

    id: str
    title: str
    engine: str
    facts: dict[str, Any] = field(default_factory=dict)


MODELS = [Known("image-small", "Stickers", "image.sticker"),
          Known("dream", "Dream", "image.diffusers", {"family": "sdxl"}),
          Known("stream", "Stream", "image.diffusers", {"family": "flux"}),
          Known("gleam", "Gleam", "image.diffusers", {"family": "lumina2"}),
          Known("ink", "Ink", "image.lora", {"family": "sdxl"}),
          Known("fog", "Fog", "image.lora", {"family": "sd1"}),
          Known("sharp", "Sharp", "image.vae")]


def type_prompt(view: ImageView, text: str) -> None:
    view.settings.prompt.edit.setFocus()
    QTest.keyClicks(view.settings.prompt.edit, text)


def only(view: ImageView) -> Request:
    (request,) = view.request_list()
    return request


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def made(project: FakeProject, request: Request, size: int = 64, **facts: Any) -> FakeAsset:
    """The result of ``request``."""
    asset = project.picture(f"apple {request.seed}", size, size, f"#{request.seed % 4096:03x}")
    found = FakeAsset(asset.id, asset.name, asset.sha256, facts={**asset.facts, **facts})
    project.assets[asset.id] = found
    return found


def end(view: ImageView, project: FakeProject, request: Request, **facts: Any) -> FakeAsset:
    """As the window tells of a result."""
    asset = made(project, request, **facts)
    view.show_job(FakeJob(request, JobState.DONE, assets=(asset,)))
    view.show_asset(asset, project.images[asset.sha256])
    return asset


def has_preview(view: ImageView) -> bool:
    return view.canvas.preview is not None


def run(qtbot: QtBot, view: ImageView) -> list[Request]:
    with qtbot.waitSignal(view.run_requested) as heard:
        view.run()
    requests: list[Request] = heard.args[0]
    return requests
