"""How the new size is given: which fields show, what they start from, and what the card says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QSize

from studio.core.errors import StudioError
from studio.panels.upscale.forecast import Forecast, Measured, print_size
from studio.panels.upscale.params import UpscaleParams
from studio.panels.upscale.plan import target_size
from studio.panels.upscale.view_fields import SizeCard
from studio.ui.translation import sentence
from studio.ui.widgets import words

if TYPE_CHECKING:
    from studio.ui.widgets.form import ParamsForm

_SHOWN = {"factor": ("scale",), "pixels": ("width", "height"),
          "print": ("print_width", "print_height", "dpi")}
_NO_BREAK = "\N{NO-BREAK SPACE}"
_LOSSY = ("jpeg", "webp", "same")


class SizeFields(QObject):
    """Keeps the form to the fields that matter, and the card true."""

    def __init__(self, form: ParamsForm, card: SizeCard, measured: Measured) -> None:
        super().__init__(form)
        self._form, self._card, self._measured = form, card, measured
        self._source = QSize()
        self.forecast = Forecast()

    def show_picture(self, source: QSize) -> None:
        """A picture of size ``source`` is in front; an empty size means there is none."""
        self._source = source

    def start(self, name: str) -> None:
        """A person chose another way (setting ``name``) to give the size: begin with the size it has now."""
        params = self._params()
        if name != "by" or params.by == "factor" or self._source.isEmpty():
            return
        width = params.width or params.height or round(self._source.width() * params.scale)
        if params.by == "pixels" and not (params.width or params.height):
            self._form.set_values({"width": min(width, 65_000)})
        elif params.by == "print" and not (params.print_width or params.print_height):
            centimetres = print_size((1, round(self._source.width() * params.scale)), params.dpi)[1]
            self._form.set_values({"print_width": min(round(centimetres, 1), 1000.0)})

    def refresh(self) -> None:
        """Show what the settings come to."""
        params = self._params()
        for by, names in _SHOWN.items():
            for name in names:
                self._form.fields[name].setVisible(by == params.by)
        self._form.fields["quality"].setVisible(params.format in _LOSSY)
        self.forecast = Forecast()
        if self._source.isEmpty():
            self._card.show_words("", "", "")
            return
        try:
            height, width = target_size(params, self._source.height(), self._source.width())
        except StudioError as error:
            self._card.show_words(sentence(error.template, error.values),
                                  sentence(error.hint_template, error.values), "")
            return
        self.forecast = self._measured.forecast(params, self._source.height(), self._source.width())
        self._card.show_words(f"{words.pixels(self._source.width(), self._source.height())}  →  "
                              f"{words.pixels(width, height)} px", _paper(width, height, params.dpi),
                              _cost(self.forecast))

    def _params(self) -> UpscaleParams:
        return UpscaleParams.from_json(self._form.values())


def _paper(width: int, height: int, dpi: int) -> str:
    """Such as "12.6 MP  ·  34.7 × 26.0 cm at 300 dpi"."""
    down, across = (QLocale().toString(length, "f", 1) for length in print_size((height, width), dpi))
    megapixels = QLocale().toString(width * height / 1e6, "f", 1)
    text = QCoreApplication.translate("SizeFields", "{megapixels} MP  ·  {across} × {down} cm at {dpi} dpi")
    return text.format(megapixels=megapixels, across=across, down=down, dpi=dpi)


def _cost(forecast: Forecast) -> str:
    """Such as "about 12 s · 1.2 GB memory · 14 MB file"."""
    parts = [words.about(forecast.seconds)] if forecast.seconds is not None else []
    memory = QCoreApplication.translate("SizeFields", "{size} memory")
    file = QCoreApplication.translate("SizeFields", "{size} file")
    parts += [memory.format(size=words.data(forecast.memory))] if forecast.memory is not None else []
    parts += [file.format(size=words.data(forecast.size))] if forecast.size is not None else []
    if not parts:
        return QCoreApplication.translate(
            "SizeFields", "Time, memory and file size: not measured yet")
    return " · ".join(part.replace(" ", _NO_BREAK) for part in parts)
