"""Scores and sounds as files: the notes, or how they sound, with the recipe inside."""

from __future__ import annotations

from typing import BinaryIO, cast

from studio.core.jobs import Output
from studio.media.scores.publish import Form, publish, publish_recording


def write_music(output: Output, form: str, recipe: str, file: BinaryIO) -> None:
    """Write a score or a recording into ``file``, which must allow reading and seeking. Raises StudioError.

    ``form`` is one of `studio.media.scores.publish.Form`, ``recipe`` JSON text.
    """
    if output.kind == "audio":
        publish_recording(output.read(), output.name, cast(Form, form), file, recipe=recipe)
        return
    from studio.media.arrangement_midi import read_arrangement

    publish(read_arrangement(output.read(), output.name), cast(Form, form), file, recipe=recipe)
