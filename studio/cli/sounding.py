"""Scores and sounds as files: the notes, or how they sound, with the recipe inside."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from studio.core.errors import StudioError
from studio.core.jobs import Output
from studio.media.scores.publish import Form, publish


def write_music(output: Output, form: str, recipe: str, file: BinaryIO) -> None:
    """Write a score or a recording into ``file``, which must allow reading and seeking. Raises StudioError.

    ``form`` is one of `studio.media.scores.publish.Form`, ``recipe`` JSON text.
    """
    if output.kind == "audio":
        _write_sound(output, form, recipe, file)
        return
    from studio.media.arrangement_midi import read_arrangement

    publish(read_arrangement(output.read(), output.name), cast(Form, form), file, recipe=recipe)


def _write_sound(output: Output, form: str, recipe: str, file: BinaryIO) -> None:
    import numpy as np
    import soundfile

    from studio.media.sound.files import Format, write_sound

    try:
        samples, rate = soundfile.read(io.BytesIO(output.read()), dtype="float64", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise StudioError("{name} cannot be read as sound.", name=output.name, details=repr(error)) from error
    exact = (samples * (32768 / 32767)).astype(np.float32)  # written with one step less than it was read
    write_sound(file, exact, int(rate), cast(Format, form), recipe or None)
