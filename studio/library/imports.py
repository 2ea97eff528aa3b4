"""Brings model files into the library, checks them and takes them out again."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from studio.core import places
from studio.core.diffusion import FAMILIES, FORECASTS
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.library import catalog
from studio.library.digests import digest_now, digest_of
from studio.library.downloads import DOWNLOADS, Download, fetch
from studio.library.inspect import examine, title_of
from studio.library.model import (
    CARD,
    SHEET,
    Model,
    Progress,
    parts_of,
    read_folder,
    sheet,
)
from studio.library.networks import Network
from studio.media.files import write_atomic, writing_problem
from studio.media.sources import reading_problem

__all__ = ["DOWNLOADS", "download", "families_for", "import_file", "remove", "set_family", "verify"]
_SUFFIXES = {"safetensors": ".safetensors", "torch": ".pth", "onnx": ".onnx", "gguf": ".gguf",
             "sf2": ".sf2", "sf3": ".sf3"}
_PIECE = 1 << 20
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "image.diffusers": tuple(FAMILIES), "image.lora": tuple(FAMILIES), "image.checkpoint": ("sd1", "sdxl"),
    "image.onnx": ("sd1", "sd2", "sdxl")}


def import_file(path: Path, *, progress: Progress | None = None, cancel: CancelToken | None = None) -> Model:
    """A copy of the model in ``path``, a file, a model's folder or one of Hugging Face, in the library.

    The same content again gives the model that is there. ``progress`` gets bytes done and in all. Raises
    StudioError (nothing here can use it, disk full ...) and Cancelled; the library is then as before, and
    the file itself is never touched.
    """
    path = Path(path)
    if (path / SHEET).is_file():
        return _import_folder(path, progress, cancel)
    network = examine(path)
    files = parts_of(path)
    if known := _with_content({digest_of(file) for file in files.values()}):
        return known
    model = _described(network, title_of(path), _free_id(title_of(path)))
    if path.is_dir():  # its files know each other by name
        card = path / CARD
        return _store(model, files, progress, cancel, card=card if card.is_file() else None)
    return _store(model, {"weights" + _SUFFIXES[str(network.facts["container"])]: path}, progress, cancel)


def remove(model_id: str) -> None:
    """Delete a model somebody brought. Raises StudioError for one in the box or an unknown one."""
    model = catalog.default().find(model_id)
    folder = places.user_models()
    if model.is_starter:
        raise StudioError("{title} came with Atelier and stays.", title=model.title)
    if model.path.parent != folder:
        raise StudioError("{title} is not in the library.", "Delete the file itself.", title=model.title)
    away = folder / f".gone-{secrets.token_hex(4)}"
    try:
        model.path.rename(away)  # at once, so that no half of it is ever listed
    except OSError as error:
        raise writing_problem(model.path, error) from error
    shutil.rmtree(away, ignore_errors=True)


def set_family(model_id: str, family: str, prediction: str = "") -> Model:
    """Say by hand what an image generator or add-on is, where its header was read wrongly.

    ``family`` is one of `studio.core.diffusion.FAMILIES`, "" to leave it to the file; ``prediction`` what it
    foretells: epsilon, v_prediction or sample. Raises StudioError.
    """
    model = catalog.default().find(model_id)
    known = families_for(model)
    if not known or model.path.parent != places.user_models():
        raise StudioError("The family of {title} cannot be set.",
                          "Image generators and add-ons you brought in have one.", title=model.title)
    if family not in ("", *known):
        raise StudioError("There is no family {name} for this.", "There are: {known}.", name=family,
                          known=", ".join(known))
    if prediction not in ("", *FORECASTS):
        raise StudioError("A model foretells one of {known}.", known=", ".join(FORECASTS))
    told = {name: value for name, value in (("family", family), ("prediction", prediction)) if value}
    path = model.path / SHEET
    data = json.loads(path.read_text(encoding="utf-8"))
    data["facts"] = {**dict(data.get("facts") or {}), **told}
    write_atomic(path, json.dumps(data, ensure_ascii=False, indent=1).encode())
    return read_folder(model.path, is_starter=False)


def families_for(model: Model) -> tuple[str, ...]:
    """Ids of the families ``model`` could be of; () where it has none."""
    return _FAMILIES.get(model.engine, ())


def verify(model_id: str) -> list[tuple[str, bool]]:
    """(file name, whether it is as it was when it was made or brought in) for each file; reads them all."""
    model = catalog.default().find(model_id)
    return [(name, _is_whole(model, name, digest)) for name, digest in model.files.items()]


def download(name: str, *, progress: Progress | None = None, cancel: CancelToken | None = None) -> Model:
    """Fetch one of `DOWNLOADS` by id: only ever called because a person pressed Download.

    Goes on where it stopped before. Raises StudioError and Cancelled; what has come so far is kept.
    """
    known = DOWNLOADS.get(name)
    if known is None:
        raise StudioError("There is nothing to download by the name {name}.", "There are: {known}.",
                          name=name, known=", ".join(DOWNLOADS))
    if model := next((m for m in catalog.default().models() if m.id == name), None):
        return model
    part = fetch(known, _made(places.user_models() / ".downloads"), progress=progress, cancel=cancel)
    model = _stored_download(known, part)
    part.unlink(missing_ok=True)
    return model


def _stored_download(known: Download, part: Path) -> Model:
    """It moves, since a copy of half a gigabyte would need the room twice."""
    network = examine(part)
    model = replace(_described(network, known.title, known.id), licence=known.licence, source_url=known.url)
    name = "weights" + _SUFFIXES[str(network.facts["container"])]
    return _store(model, {name: part}, None, None, moves=True)


def _import_folder(folder: Path, progress: Progress | None, cancel: CancelToken | None) -> Model:
    """A model's folder as Atelier keeps it, such as one copied from another machine."""
    model = read_folder(folder, is_starter=False)
    for name, digest in model.files.items():
        if not _is_whole(model, name, digest):
            raise StudioError("The file {name} of this model is missing or changed.",
                              "Copy the folder again.", name=name)
    if known := _with_content(set(model.files.values())):
        return known
    made = replace(model, id=_free_id(model.id))
    return _store(made, {name: folder / name for name in model.files}, progress, cancel, card=model.card)


def _described(network: Network, title: str, name: str) -> Model:
    """Some files tell their licence and where they came from."""
    licence, url = (str(network.facts.get(fact, "")) for fact in ("licence", "source"))
    return Model(name, title, network.engine.partition(".")[0], network.engine, Path(), {}, 0, licence, url,
                 facts=network.facts)


def _store(model: Model, files: Mapping[str, Path], progress: Progress | None,
           cancel: CancelToken | None, *, moves: bool = False,
           card: Path | None = None) -> Model:
    """Everything goes into a folder nobody sees, which then gets its name."""
    library = _made(places.user_models())
    work = library / f".new-{secrets.token_hex(4)}"
    try:
        work.mkdir()
        total = sum(path.stat().st_size for path in files.values())
        done, digests, sizes = 0, {}, {}
        for name, path in files.items():
            (work / name).parent.mkdir(exist_ok=True)
            digests[name] = _move(path, work / name) if moves else _copy(
                path, work / name, done, total, progress, cancel)
            sizes[name] = (work / name).stat().st_size
            done += sizes[name]
        if card:
            shutil.copyfile(card, work / card.name)
        made = replace(model, files=digests)
        write_atomic(work / SHEET, json.dumps(sheet(made, sizes), ensure_ascii=False, indent=1).encode())
        work.rename(library / model.id)
    except OSError as error:
        raise writing_problem(library / model.id, error) from error
    finally:
        _give_back(work, files if moves else {})
        shutil.rmtree(work, ignore_errors=True)
    return read_folder(library / model.id, is_starter=False)


def _copy(path: Path, to: Path, done: int, total: int, progress: Progress | None,
          cancel: CancelToken | None) -> str:
    """The SHA-256 of what was copied, so that a disk that lies is found out by `verify`."""
    digest = hashlib.sha256()
    try:
        source = path.open("rb")
    except OSError as error:
        raise reading_problem(path, error) from error
    with source, to.open("xb") as target:
        while piece := source.read(_PIECE):
            if cancel:
                cancel.check()
            target.write(piece)
            digest.update(piece)
            done += len(piece)
            if progress:
                progress(done, total)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def _give_back(work: Path, files: Mapping[str, Path]) -> None:
    """After a failure, moved files go back to where they were: half a gigabyte shall not come twice."""
    for name, path in files.items():
        if (work / name).exists():
            (work / name).rename(path)


def _move(path: Path, to: Path) -> str:
    path.rename(to)
    return digest_now(to)


def _is_whole(model: Model, name: str, digest: str) -> bool:
    path = model.path / name if model.path.is_dir() else model.path
    try:
        return digest_now(path) == digest
    except OSError:
        return False


def _with_content(digests: set[str]) -> Model | None:
    return next((model for model in catalog.default().models() if digests <= set(model.files.values())), None)


def _free_id(title: str) -> str:
    """A short name without spaces that no model has, nor one that could be downloaded."""
    letters = "".join(letter if letter.isalnum() or letter in "._" else "-" for letter in title.lower())
    start = "-".join(part for part in letters.strip("._-").split("-") if part)[:48] or "model"
    taken = {model.id for model in catalog.default().models()} | set(DOWNLOADS)
    taken |= {entry.name for entry in places.user_models().glob("*")}
    number = 1
    while (name := start if number == 1 else f"{start}-{number}") in taken:
        number += 1
    return name


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writing_problem(folder, error) from error
    return folder
