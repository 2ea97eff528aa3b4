"""Settings that another program left in a picture, fitted to the models that are here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from studio.core.jobs import Request

if TYPE_CHECKING:
    from studio.library.catalog import Model
    from studio.project.generation_read import Borrowed

_ADD_ON, _DECODER = "image.lora", "image.vae"
_KEPT = ("model", "count", "transparent")
"""Settings of the panel that stay where the other program says nothing of them."""
_MOST_TOLD = 4
_SHORTEST_HASH = 8


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the panel is to be filled with."""

    request: Request
    missing: tuple[str, ...]
    """The model and the add-ons that are not here, as they were called."""
    left_out: tuple[str, ...]
    """What is no setting here, as it was called."""


def fitted(borrowed: Borrowed, now: Mapping[str, Any], seed: int, models: Sequence[Model]) -> Fitted:
    """``borrowed`` with models of ours, over the settings and the seed that the panel has ``now``."""
    told = dict(borrowed.request.params)
    kept = {name: now[name] for name in _KEPT if name in now}
    missing: list[str] = []
    if wanted := str(told.pop("model", "")):
        painters = [model for model in models if model.engine not in (_ADD_ON, _DECODER)]
        if found := _find(wanted, borrowed.model_hash, painters):
            kept["model"] = found.id
        else:
            missing.append(wanted)
    add_ons, unknown = _add_ons(str(told.pop("add_ons", "")), models)
    params = {**kept, **told} | ({"add_ons": add_ons} if add_ons else {})
    seed = borrowed.request.seed if borrowed.has_seed else seed
    request = replace(borrowed.request, params=params, seed=seed)
    return Fitted(request, (*missing, *unknown), borrowed.left_out)


def in_words(made: Fitted) -> str:
    """What could not be taken over; "" where everything was."""
    said = []
    if made.missing:
        said.append(QCoreApplication.translate("Borrowing", "Not here: {names}.").format(
            names=_listed(made.missing)))
    if made.left_out:
        said.append(QCoreApplication.translate("Borrowing", "There is no such setting: {names}.").format(
            names=_listed(made.left_out)))
    return " ".join(said)


def _find(name: str, digest: str, models: Iterable[Model]) -> Model | None:
    """The model whose file has this hash, else one of this name."""
    known = list(models)
    if len(digest) >= _SHORTEST_HASH:
        for model in known:
            if any(sha.startswith(digest) for sha in model.files.values()):
                return model
    return next((model for model in known if _plain(name) in _names(model)), None)


def _names(model: Model) -> set[str]:
    return {_plain(name) for name in (model.id, model.title, *(PurePath(file).stem for file in model.files))}


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _add_ons(told: str, models: Sequence[Model]) -> tuple[str, list[str]]:
    """Those of ``told`` that are here, and the names of the others."""
    lying = [model for model in models if model.engine == _ADD_ON]
    pairs = [part.strip().rpartition(":") for part in told.split(",") if part.strip()]
    found = [(_find(name, "", lying), name, weight) for name, _, weight in pairs]
    here = ", ".join(f"{model.id}:{weight}" for model, _, weight in found if model)
    return here, [name for model, name, _ in found if model is None]


def _listed(names: Sequence[str]) -> str:
    more = "…" if len(names) > _MOST_TOLD else ""
    return ", ".join(name[:60] for name in names[:_MOST_TOLD]) + more
