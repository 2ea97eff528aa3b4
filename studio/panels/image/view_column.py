"""The column of the Image panel: words, a picture to start from, size, looks; and requests of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.core.jobs import Input, Request
from studio.core.params import Setting
from studio.panels.image import view_fits
from studio.panels.image.params import TASK, VERSION
from studio.panels.image.view_add_ons import AddOnsField
from studio.panels.image.view_fields import DecoderField, SchedulerField, ShortField
from studio.panels.image.view_fits import Abilities
from studio.panels.image.view_prompt import PromptField
from studio.panels.image.view_size import SizeField
from studio.panels.image.view_styles import StyleField
from studio.ui.widgets.form import ParamsForm
from studio.ui.widgets.picture_batch import PictureBatch
from studio.ui.widgets.picture_ref import PictureRef
from studio.ui.widgets.seed import SeedField

if TYPE_CHECKING:
    from collections.abc import Generator

    from studio.core.params import Params
    from studio.ui.panel_view import AssetLike, PanelServices
    from studio.ui.widgets.column import Column
    from studio.ui.widgets.fields import Field, ModelChoice

SEEDS = 2**32


class Tool(Protocol):
    """Something beside the plain settings that a request says: a mask, an extension, a sheet."""

    name: str
    """In drafts."""

    def settings(self) -> Mapping[str, Any]:
        """What it sets."""
        ...

    def inputs(self, picture: PictureRef | None) -> Sequence[Input]:
        """What it adds for ``picture``, the one to start from."""
        ...

    def use(self, request: Request, assets: Mapping[str, AssetLike]) -> None:
        """Take over what ``request`` says of it; ``assets`` by SHA-256."""
        ...

    def to_json(self) -> Any:
        """For a draft."""
        ...

    def set_json(self, data: object) -> None:
        """What `to_json` gave; None clears it."""
        ...


class ImageColumn(QObject):
    """Makes the fields, and requests of what they say."""

    changed = Signal()
    """A person changed something."""
    failed = Signal(object)
    """Problem"""

    def __init__(self, column: Column, services: PanelServices, params: type[Params], offer: str) -> None:
        super().__init__(column)
        self._services, self._params = services, params
        self.tools: list[Tool] = []
        self.is_restoring = False
        """Whether what changes now is none of a person's doing."""
        self._make(column, params.settings(), offer)
        self._lay_out(column)
        self._connect()
        self.refresh()

    @contextmanager
    def restoring(self) -> Generator[None]:
        """Changes in here are none of a person's."""
        before, self.is_restoring = self.is_restoring, True
        try:
            yield
        finally:
            self.is_restoring = before

    # ---- what it says

    def values(self) -> dict[str, Any]:
        """Every setting of one picture."""
        values = self.form.values() | self.entered()
        for tool in self.tools:
            values |= tool.settings()
        values |= {"negative": self.style.with_negative(values["negative"]), "count": 1}
        return values | self.abilities().left_out()

    def entered(self) -> dict[str, Any]:
        """What stands in the fields beside the form, as it was entered."""
        return {"prompt": self.prompt.prompt(), "negative": self.prompt.negative.text(),
                "style": self.style.template(), "size": self.size.value(), "add_ons": self.add_ons.value(),
                **{name: field.value() for name, field in self.more.items()}}

    def request(self, picture: PictureRef | None, seed: int, settings: Mapping[str, Any] | None = None,
                ) -> Request:
        """One picture; ``settings`` instead of those of the fields."""
        inputs = [picture.as_input("picture")] if picture is not None else []
        for tool in self.tools:
            inputs += tool.inputs(picture)
        return Request(TASK, VERSION, self.values() | dict(settings or {}), tuple(inputs), seed % SEEDS)

    def requests(self) -> list[Request]:
        """One for each picture that is wanted, each with a seed of its own; none where there are neither
        words nor a picture to start from."""
        can = self.abilities()
        pictures: list[PictureRef | None] = [*self.pictures.pictures()] if can.takes_pictures else []
        if not self.prompt.prompt().strip() and not pictures:
            return []
        first, count = self.seed.seed(), int(self.form.fields["count"].value())
        pictures = pictures or [None]
        return [self.request(picture, first + at) for picture in pictures for at in range(count)]

    def counting(self) -> Request:
        """How much of the prompt is read?"""
        names = ("prompt", "style", "model")
        values = {name: value for name, value in self.values().items() if name in names}
        return Request(TASK, VERSION, {**self._params().to_json(), **values, "do": "count"}, (), 0)

    def model(self) -> str:
        """Id of the chosen one."""
        return str(self.form.fields["model"].value())

    def abilities(self) -> Abilities:
        """What the chosen model can do."""
        return view_fits.abilities(self.model(), self._services.models())

    # ---- from outside

    def use(self, request: Request, assets: Mapping[str, AssetLike]) -> None:
        """The settings of ``request``."""
        with self.restoring():
            self.form.reset()
            self.form.set_values(request.params)
            self.refresh()
            known = self._params.settings()
            self.show_entered({name: request.params.get(name, setting.default)
                               for name, setting in known.items()})
            negative = str(request.params.get("negative", ""))
            self.prompt.negative.set_text(self.style.without_negative(negative))
            self.seed.set_seed(request.seed)
            for tool in self.tools:
                tool.use(request, assets)

    def show_entered(self, values: Mapping[str, Any]) -> None:
        """What `entered` gave; what is missing is left empty."""
        texts = {name: value if isinstance(value := values.get(name), str) else ""
                 for name in ("prompt", "negative", "style", "size", "add_ons")}
        self.prompt.set_texts(texts["prompt"], texts["negative"])
        self.style.set_template(texts["style"])
        self.size.set_value(texts["size"])
        self.add_ons.set_value(texts["add_ons"])
        for name, field in self.more.items():
            value = values.get(name)
            field.set_value(value if isinstance(value, str) else field.setting.default)

    def reset(self) -> None:
        """The settings of an empty panel; words, pictures and the model stay."""
        kept = {name: value for name, value in self.entered().items() if name in ("prompt", "negative")}
        with self.restoring():
            model = self.model()
            self.form.reset()
            self.form.set_values({"model": model})
            self.show_entered(kept)
        self._on_change()

    def reload_models(self) -> None:
        """Models came or went."""
        with self.restoring():
            self.form.reload_models()
            self.decoder.reload()
        self.refresh()

    def refresh(self) -> None:
        """Show the fields that the model and the picture have a use for."""
        can, fields = self.abilities(), self.form.fields
        self.size.set_sizes(can.sizes)
        self.prompt.set_abilities(has_negative=can.has_negative, in_words=can.is_sticker)
        self.add_ons.set_family(can.family)
        picture = self.pictures.current if can.takes_pictures else None
        self.pictures.setVisible(can.takes_pictures)
        self.size.set_picture((picture.width, picture.height) if picture and picture.width else None)
        fields["strength"].setVisible(picture is not None)
        fields["transparent"].setVisible(can.is_sticker)
        fields["seamless"].setVisible(can.can_be_seamless)
        self.scheduler.setVisible(can.has_schedulers)
        self.decoder.setVisible(can.takes_add_ons and self.decoder.has_choice())
        self.add_ons.setVisible(can.takes_add_ons and self.add_ons.has_any())

    # ---- making

    def _make(self, column: Column, settings: Mapping[str, Setting], offer: str) -> None:
        self.prompt, self.style = PromptField(settings, parent=column), StyleField(parent=column)
        self.pictures = PictureBatch("picture", self.tr("Or drop a picture to start from"), offer, column)
        self.below_picture = QWidget(column)
        self.form = ParamsForm(self._params, self._painters, {
            "count": lambda name, one: ShortField(name, one, 16),
            "guidance": lambda name, one: ShortField(name, one, 20, self.tr("auto")),
            "steps": lambda name, one: ShortField(name, one, 60, self.tr("auto"))},
            untitled="Picture", parent=column)
        self.size = SizeField("size", settings["size"], column)
        self.seed = SeedField(column)
        self.scheduler = SchedulerField("scheduler", settings["scheduler"], column)
        self.decoder = DecoderField("decoder", settings["decoder"], self._services.models, column)
        self.add_ons = AddOnsField(self._services.models, column)
        self.more: dict[str, Field] = {"scheduler": self.scheduler, "decoder": self.decoder}
        self.style.words = lambda: (self.prompt.prompt(), self.prompt.negative.text())

    def _lay_out(self, column: Column) -> None:
        self.form.add_below("Picture", self.size)
        self.form.add_below("Picture", self.seed)
        self.form.add_below("Look", self.scheduler)
        self.form.add_below("Look", self.add_ons)
        self.form.add_below("more", self.decoder)
        column.add(self.prompt)
        column.add(self.style)
        column.add(self.pictures)
        column.add(self.below_picture)
        column.add(self.form)

    def _connect(self) -> None:
        self.form.changed.connect(lambda _: self._on_change())
        for field in (self.size, self.scheduler, self.decoder):
            field.changed.connect(self._on_change)
        for part in (self.prompt, self.style, self.pictures, self.seed, self.add_ons):
            part.changed.connect(self._on_change)
        self.style.failed.connect(self.failed)

    def _painters(self) -> list[ModelChoice]:
        return view_fits.painters(self._services.models())

    def _on_change(self) -> None:
        if not self.is_restoring:
            self.refresh()
            self.changed.emit()
