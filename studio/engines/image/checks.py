"""What a painting must be for a model; the sentences for all else."""

from __future__ import annotations

import math

from studio.core.engine import DiffusionModel
from studio.core.errors import StudioError
from studio.core.painting import LARGEST, MOST_GUIDANCE, MOST_STEPS, Painting


def check(painting: Painting, model: DiffusionModel) -> None:
    """Raises StudioError for what ``model`` cannot paint."""
    _check_size(painting, model.size.multiple)
    if not 1 <= painting.steps <= MOST_STEPS:
        raise StudioError("{steps} steps cannot be done.", "Choose 1 to {most}.", steps=painting.steps,
                          most=MOST_STEPS)
    if not (math.isfinite(painting.guidance) and 0 <= painting.guidance <= MOST_GUIDANCE):
        raise StudioError("A guidance of {value} cannot be used.", "Choose 0 to {most}.",
                          value=painting.guidance, most=MOST_GUIDANCE)
    if not (math.isfinite(painting.strength) and 0 <= painting.strength <= 1):
        raise StudioError("A strength of {value} cannot be used.", "Choose 0 to 1.", value=painting.strength)
    if not (math.isfinite(painting.variation) and 0 <= painting.variation <= 1):
        raise StudioError("A variation of {value} cannot be used.", "Choose 0 to 1.",
                          value=painting.variation)
    if painting.scheduler not in model.schedulers:
        raise StudioError("This model has no scheduler called {name}.", "There are: {known}.",
                          name=painting.scheduler, known=", ".join(model.schedulers))
    if painting.is_seamless and not model.can_be_seamless:
        raise StudioError("This model cannot paint seamless pictures.",
                          "Models of the Stable Diffusion 1, 2 and XL families can.")
    if painting.image is not None and not model.takes_pictures:
        raise StudioError("This model paints from words alone.", "Leave the picture out, or choose another.")
    _check_pictures(painting)


def _check_size(painting: Painting, multiple: int) -> None:
    for side in (painting.width, painting.height):
        if not multiple <= side <= LARGEST:
            raise StudioError("{side} pixels cannot be painted.", "Choose {least} to {most} for a side.",
                              side=side, least=multiple, most=LARGEST)
        if side % multiple:
            raise StudioError("This model paints sides that are multiples of {multiple}; {side} is none.",
                              "Choose {low} or {high}.", multiple=multiple, side=side,
                              low=side // multiple * multiple, high=(side // multiple + 1) * multiple)


def _check_pictures(painting: Painting) -> None:
    wanted = (painting.height, painting.width)
    if painting.image is not None and painting.image.shape != (*wanted, 3):
        raise StudioError("The picture to start from has another size than the one to paint.",
                          "Scale it first.", details=f"{painting.image.shape} for {wanted}")
    if painting.mask is None:
        return
    if painting.image is None:
        raise StudioError("There is a mask but no picture to paint in.", "Choose a picture.")
    if painting.mask.shape != wanted:
        raise StudioError("The mask has another size than the picture.", "Draw it anew.",
                          details=f"{painting.mask.shape} for {wanted}")
