"""Sound from words, by a model that a person brought."""

from __future__ import annotations

import io

from studio.core.engine import AUDIO_MODEL, Samples
from studio.core.errors import StudioError
from studio.core.jobs import JobContext, Output, Request
from studio.panels.music.params import STARTER, MusicParams

_LONGEST_NAME = 60
_SILENT = 1e-4


def sound(request: Request, params: MusicParams, ctx: JobContext) -> Output:
    """A WAV file. Raises StudioError: no words, a model that composes notes, silence."""
    if not params.prompt.strip():
        raise StudioError("There are no words to make a sound from.", "Say what it is to sound like.")
    if params.model in ("", STARTER):
        raise StudioError("The model in the box writes notes; sound needs one of the MusicGen kind.",
                          "Drop its folder on the window, and choose it.")
    model = ctx.engine(AUDIO_MODEL, params.model)
    tune = _melody(request, ctx)
    if tune and not model.has_melody:
        ctx.note("This model cannot follow a tune; it went by the words alone.")
        tune = None
    ctx.progress(0.0, "Making sound")
    samples = model.generate(params.prompt, seconds=params.seconds, guidance=params.guidance,
                             seed=request.seed, melody=tune, cancel=ctx.cancel,
                             on_progress=lambda done: ctx.progress(done, "Making sound"))
    if model.remark:
        ctx.note(model.remark)
    return _output(request, params, samples, model.rate)


def _output(request: Request, params: MusicParams, samples: Samples, rate: int) -> Output:
    import numpy as np

    from studio.media.sound.files import write_sound

    if not len(samples) or not np.isfinite(samples).all() or float(np.abs(samples).max()) < _SILENT:
        raise StudioError("The model gave silence.", "Try another seed or other words.")
    file = io.BytesIO()
    write_sound(file, samples, rate, "wav", None)
    facts = {"do": "sound", "seconds": round(len(samples) / rate, 3), "rate": rate,
             "channels": int(samples.shape[1])}
    name = " ".join(params.prompt.split())[:_LONGEST_NAME]
    return Output("audio", "audio/wav", name, file.getvalue(), request.seed, facts)


def _melody(request: Request, ctx: JobContext) -> tuple[Samples, int] | None:
    item = next((item for item in request.inputs if item.role == "melody"), None)
    if item is None:
        return None
    import soundfile

    try:
        samples, rate = soundfile.read(ctx.input(item), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise StudioError("{name} is no sound that can be read.", "Choose a WAV, FLAC, Ogg or MP3 file.",
                          name=item.name or "The tune", details=repr(error)) from error
    return samples, int(rate)
