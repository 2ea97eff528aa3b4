"""Hugging Face's libraries kept quiet and at home: no network, no bars, no log lines."""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from collections.abc import Generator
from pathlib import Path

from studio.core.engine import ModelSource
from studio.core.errors import StudioError

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
_LOUD = r"(diffusers|transformers|peft|accelerate|torch|huggingface_hub)(\.|$)"


def prepare() -> None:
    """Import diffusers and transformers so that they open no connection and print nothing; takes seconds
    once."""
    with quiet():
        prepare_transformers()
        import diffusers

        diffusers.utils.logging.set_verbosity(logging.CRITICAL)
        diffusers.utils.logging.disable_progress_bar()


def prepare_transformers() -> None:
    """The same of transformers alone."""
    os.environ.update(dict.fromkeys(_OFFLINE, "1"))  # read by huggingface_hub when it is imported
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()


@contextlib.contextmanager
def quiet() -> Generator[None]:
    """Inside the block those libraries' own warnings are dropped: we say ourselves what matters."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=_LOUD)
        yield


@contextlib.contextmanager
def damage_in_words(source: ModelSource) -> Generator[None]:
    """What the libraries raise for a damaged model (anything), as one sentence."""
    try:
        yield
    except (StudioError, MemoryError):
        raise
    except Exception as error:
        raise StudioError("{name} could not be loaded: it is damaged, or of a form that is not known here.",
                          "Get it again from where it came.", name=Path(source.id).name,
                          details=repr(error)[:2000]) from error
