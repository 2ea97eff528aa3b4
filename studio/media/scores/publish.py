"""An arrangement as a file that leaves: MIDI, MusicXML, sound, or the sound of each track."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

from studio.core.arrangement import Arrangement
from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.media.arrangement_midi import write_arrangement
from studio.media.general_midi import instrument_name
from studio.media.scores.recipes import MEMBER, midi_text

if TYPE_CHECKING:
    from studio.media.sound.files import Format

Form = Literal["midi", "musicxml", "wav", "flac", "ogg", "stems"]
SOUNDS: tuple[Form, ...] = ("wav", "flac", "ogg", "stems")
"""Those that are rendered, which takes seconds to minutes."""
FORMS: dict[str, Form] = {".mid": "midi", ".midi": "midi", ".musicxml": "musicxml", ".wav": "wav",
                          ".flac": "flac", ".ogg": "ogg", ".zip": "stems"}
"""By the ending of a file."""
_SUBTYPES = {"PCM_24": 24, "PCM_32": 24, "FLOAT": 24, "DOUBLE": 24}
"""What a recording of more than 16 bits is written with."""
_PIECE = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)
"""The first a zip can say: the same stems are the same bytes."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """How it sounds: SoundFont (None is the piece's own, else the usual one), the room's share 0 to 1, bits
    16 or 24 (WAV, FLAC), quality 0 to 1 (Ogg)."""

    font: Path | None = None
    reverb: float = 0.2
    bits: int = 16
    quality: float = 0.6


def publish(arrangement: Arrangement, form: Form, file: BinaryIO, *, recipe: str = "",
            hearing: Hearing | None = None, cancel: CancelToken | None = None,
            progress: Callable[[float], None] | None = None) -> None:
    """Write ``arrangement`` into ``file``, which must allow reading and seeking, with ``recipe`` (JSON text)
    inside. The same arrangement gives the same bytes. Stems are numbered WAV files in a zip, muted tracks
    left out. Raises StudioError and Cancelled.
    """
    if form == "midi":
        file.write(write_arrangement(arrangement, (midi_text(recipe),) if recipe else ()))
    elif form == "musicxml":
        from studio.media.scores.xml_write import write_musicxml

        file.write(write_musicxml(arrangement, recipe))
    else:
        _Rendering(arrangement, recipe, hearing or Hearing(), cancel, progress).write(form, file)


def publish_recording(data: bytes, name: str, form: Form, file: BinaryIO, *, recipe: str = "",
                      bits: int | None = None, quality: float = 0.6) -> None:
    """Write a recording into ``file`` in another format, or in the same with ``recipe`` inside; samples of 16
    and 24 bits stay exactly as they are where the format can hold them.

    ``bits``: as deep as it is where not said. Raises StudioError for stems and what is no sound.
    """
    import soundfile

    from studio.media.sound.files import write_sound

    if form not in ("wav", "flac", "ogg"):
        raise StudioError("A recording has no notes and no stems.", "Export it as WAV, FLAC or Ogg.")
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as source:
            rate, own = source.samplerate, _SUBTYPES.get(source.subtype, 16)
            samples = source.read(dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError) as error:
        raise StudioError("{name} cannot be read as sound.", "Save it as WAV, FLAC, Ogg or MP3.",
                          name=name, details=str(error)) from error
    write_sound(file, samples, rate, form, recipe or None, bits=bits or own, quality=quality)


def encoded(arrangement: Arrangement, form: Form, recipe: str = "", hearing: Hearing | None = None) -> bytes:
    """As `publish`, in memory."""
    made = io.BytesIO()
    publish(arrangement, form, made, recipe=recipe, hearing=hearing)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class _Rendering:
    arrangement: Arrangement
    recipe: str
    hearing: Hearing
    cancel: CancelToken | None
    progress: Callable[[float], None] | None

    def write(self, form: Form, file: BinaryIO) -> None:
        """Sound, or all stems."""
        if form == "stems":
            self._stems(file)
            return
        from studio.media.sound.files import write_sound
        from studio.media.sound.render import RATE, render

        samples = render(self.arrangement, font=self._font, reverb=self.hearing.reverb,
                         cancel=self.cancel, progress=self.progress)
        write_sound(file, samples, RATE, cast("Format", form), self.recipe or None, bits=self.hearing.bits,
                    quality=self.hearing.quality, cancel=self.cancel)

    def _stems(self, file: BinaryIO) -> None:
        import tempfile

        from studio.media.sound.files import write_sound
        from studio.media.sound.render import RATE, stems

        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as box:
            if self.recipe:
                box.writestr(zipfile.ZipInfo(MEMBER, _DATE), self.recipe)
            for number, samples in stems(self.arrangement, font=self._font, reverb=self.hearing.reverb,
                                         cancel=self.cancel, progress=self.progress):
                with tempfile.TemporaryFile() as part:
                    write_sound(part, samples, RATE, "wav", self.recipe or None, bits=self.hearing.bits,
                                cancel=self.cancel)
                    part.seek(0)
                    with box.open(zipfile.ZipInfo(self._name(number), _DATE), "w", force_zip64=True) as stem:
                        for piece in iter(partial(part.read, _PIECE), b""):
                            stem.write(piece)

    @property
    def _font(self) -> Path:
        from studio.media.sound.fonts import of_piece

        return self.hearing.font or of_piece(self.arrangement.facts)

    def _name(self, number: int) -> str:
        track = self.arrangement.score.tracks[number]
        name = track.name or instrument_name(track.program, track.drums)
        clean = "".join("_" if sign in '/\\:*?"<>|' or not sign.isprintable() else sign for sign in name)
        return f"{number + 1:02} {clean.strip('. ')[:60]}".strip() + ".wav"

