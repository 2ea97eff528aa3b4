"""Scores and sounds as files: the notes, or how they sound, with the recipe inside."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from studio.core.jobs import Output
from studio.media.scores.publish import Form, publish, publish_recording


def write_music(
    output: Output, form: str, recipe: str, file: BinaryIO, progress: Callable[[float], None] | None = None
) -> None:
    """Write a score or a recording into ``file``, which must allow reading and seeking. Raises StudioError.

    ``form`` is one of `studio.media.scores.publish.Form`, ``recipe`` JSON text; ``progress`` hears how much
    of the sound is rendered, 0 to 1.
    """
    if output.kind == "audio":
        publish_recording(output.read(), output.name, cast(Form, form), file, recipe=recipe)
        return
    from studio.media.arrangement_midi import read_arrangement

    publish(
        read_arrangement(output.read(), output.name), cast(Form, form), file, recipe=recipe, progress=progress
    )
