"""Makes a result again and says how near it comes, and why it differs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from studio import __version__
from studio.core.errors import StudioError, fill
from studio.core.jobs import JobState, ModelRef, Outcome, Output, Request
from studio.core.provenance import Recipe
from studio.project.assets import Asset
from studio.project.store import Project

Kind = Literal["identical", "visually identical", "different"]
NEAR_MEAN = 1.0
"""Levels of 255. At most this much mean absolute difference looks the same: below what a screen shows."""
NEAR_PSNR = 40.0
"""Decibels. At least this much, so that no small region may differ visibly either; 40 dB is the usual
bound for lossy coding without visible loss."""
_ROWS = 256
"""Rows compared at a time, which bounds the memory."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One difference in how the two were made: an English template and its values."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return fill(self.template, dict(self.values))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found."""

    kind: Kind
    distance: float | None = None
    """Mean absolute difference in levels of 255; 0 for identical, None where there is no measure."""
    psnr: float | None = None
    """Peak signal-to-noise ratio in decibels; None where there is no measure or no difference."""
    reasons: tuple[Reason, ...] = ()

    @property
    def why(self) -> str:
        """The reasons in English; empty if there are none."""
        return " ".join(map(str, self.reasons))


def verify(project: Project, asset: Asset, remake: Callable[[Request], Outcome],
           versions: Mapping[str, str] | None = None) -> Verdict:
    """Make ``asset`` again by ``remake`` and compare it with what the project holds.

    ``versions`` are those of the libraries in use now. Raises StudioError if it was not made here, or if
    the project's copy is damaged.
    """
    recipe = project.recipe(asset.id)
    if recipe is None:
        raise StudioError("{name} was brought in, not made here: there is no recipe.", name=asset.name)
    if lost := [item for item in recipe.request.inputs if not project.has_blob(item.sha256)]:
        names = ", ".join(item.name or item.role for item in lost)
        return _different(Reason("{inputs} is not in this project any more.", {"inputs": names}))
    for _ in project.pieces(asset.sha256):  # is it still what was stored?
        pass
    outcome = remake(recipe.request)
    if outcome.state is not JobState.DONE:
        return _different(Reason("It could not be made again: {problem}", {
            "problem": outcome.problem.text if outcome.problem else str(outcome.state)}))
    if recipe.index >= len(outcome.outputs):
        return _different(Reason("The same request gave fewer results."))
    reasons = reasons_between(recipe, outcome, versions or {})
    return _compare(project, asset, outcome.outputs[recipe.index], reasons)


def reasons_between(recipe: Recipe, outcome: Outcome, versions: Mapping[str, str]) -> tuple[Reason, ...]:
    """What was not the same when it was made again: models, versions, device, precision."""
    found = _model_reasons(recipe.models, outcome.models)
    now = {"atelier": __version__, **versions}
    found += [Reason("{library} was {old} and is {new}.", {"library": name, "old": old, "new": now[name]})
              for name, old in sorted(recipe.versions.items()) if name in now and now[name] != old]
    for template, old, new in (("It was made on {old}, now on {new}.", recipe.device, outcome.device),
                               ("It was made in {old}, now in {new}.", recipe.precision, outcome.precision)):
        if old and new and old != new:
            found.append(Reason(template, {"old": old, "new": new}))
    return tuple(found)


def _model_reasons(old: tuple[ModelRef, ...], new: tuple[ModelRef, ...]) -> list[Reason]:
    now = {model.id: dict(model.files) for model in new}
    found = [Reason("The model {model} was not used this time.", {"model": model.id})
             for model in old if model.id not in now]
    return found + [
        Reason("The file {file} of the model {model} has changed.", {"file": name, "model": model.id})
        for model in old if model.id in now
        for name, sha256 in sorted(model.files.items()) if now[model.id].get(name) != sha256]


def _compare(project: Project, asset: Asset, output: Output, reasons: tuple[Reason, ...]) -> Verdict:
    if asset.sha256 == output.digest():
        return Verdict("identical", 0.0)
    if output.kind != "image":
        return _different(*reasons)
    return _compare_pictures(project.content(asset.id), output.data, reasons)


def _compare_pictures(old: bytes, new: bytes | Path, reasons: tuple[Reason, ...]) -> Verdict:
    from studio.media.picture import read

    before, after = read(old).pixels, read(new).pixels
    if before.shape != after.shape:
        old_size, new_size = (" x ".join(map(str, item.shape[1::-1])) for item in (before, after))
        return _different(Reason("It was {old} and is {new}.", {"old": old_size, "new": new_size}), *reasons)
    mean, psnr = distance(before, after)
    if mean == 0:
        return Verdict("identical", 0.0, None, (Reason("The pixels are the same, the file was written "
                                                       "differently."), *reasons))
    if mean <= NEAR_MEAN and psnr >= NEAR_PSNR:
        return Verdict("visually identical", mean, psnr, reasons)
    return _different(*reasons, mean=mean, psnr=psnr)


def distance(before: np.ndarray[Any, Any], after: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Mean absolute difference in levels of 255, and PSNR in dB (infinite if equal), of equal shapes.

    Of (height, width, channels) uint8 or uint16, each scaled by its own white.
    """
    total = squared = 0.0
    for start in range(0, before.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        gap = _levels(before[rows]) - _levels(after[rows])
        total += float(np.abs(gap).sum(dtype=np.float64))
        squared += float(np.square(gap, dtype=np.float64).sum())
    if not squared:
        return 0.0, math.inf
    return total / before.size, 10 * math.log10(255 ** 2 * before.size / squared)


def _levels(pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    white = np.iinfo(pixels.dtype).max
    return pixels.astype(np.float32) * np.float32(255 / white)


def _different(*reasons: Reason, mean: float | None = None, psnr: float | None = None) -> Verdict:
    known = reasons or (Reason("Nothing in the recipe explains it: the same settings gave another result."),)
    return Verdict("different", mean, psnr, known)
