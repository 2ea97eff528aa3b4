"""Fields of the Image panel: the scheduler, the decoder, and sliders for what is rarely large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from studio.core.params import Setting
from studio.panels.image import view_fits
from studio.ui.widgets.fields import ComboField, ModelField, NumberField
from studio.ui.widgets.number import step_of
from studio.ui.widgets.slider import Scale

SCHEDULERS = (("ddim", "DDIM"), ("euler", "Euler"), ("euler-ancestral", "Euler ancestral"),
              ("dpm++-2m", "DPM++ 2M"), ("dpm++-2m-karras", "DPM++ 2M Karras"), ("unipc", "UniPC"),
              ("lcm", "LCM"))
"""As the engines name them, beside "default"; a test holds both equal. Names are the same in any language."""
_STEPS = 1000


class ShortField(NumberField):
    """A number whose slider ends where hardly anybody goes on; larger ones are typed. At its lowest it may
    say ``lowest`` instead, such as "auto"."""

    def __init__(self, name: str, setting: Setting, end: float, lowest: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(name, setting, parent)
        low = float(setting.low or 0)
        self.slider.scale = Scale(low, end, step_of(setting))
        self.slider.setSingleStep(max(1, round(_STEPS * step_of(setting) / (end - low))))
        self.number.setSpecialValueText(lowest)
        self.set_value(setting.default)


class SchedulerField(ComboField):
    """The ways from noise to picture."""

    def _choices(self) -> Sequence[tuple[str, str]]:
        return [("default", self.tr("The model's own")), *SCHEDULERS]

    def set_value(self, value: Any) -> None:
        """Show ``value``; one that is not known here stays visible by its name."""
        if self.combo.findData(str(value)) < 0:
            self.combo.addItem(str(value), str(value))
        super().set_value(value)


class DecoderField(ModelField):
    """The model's own VAE, or one that a person brought."""

    def has_choice(self) -> bool:
        """Whether there is one beside the model's own."""
        return self.combo.count() > 1

    def _choices(self) -> Sequence[tuple[str, str]]:
        brought = view_fits.of_engine(self._models(), view_fits.DECODERS)
        return [("", self.tr("The model's own")), *((model.id, model.title) for model in brought)]
