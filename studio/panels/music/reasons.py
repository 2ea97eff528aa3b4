"""Why something cannot be done now, before a person has to press the button to find out."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.arrangement import Arrangement


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is to work with."""

    arrangement: Arrangement
    has_span: bool = False
    """Whether notes are chosen, or a part loops."""
    has_chords: bool = False
    """Whether chords are asked for in the settings."""
    style: str = ""
    engine: str = "music.onnx"
    """Of the chosen model; "" where it is not here."""
    prompt: str = ""


def why_not(do: str, now: Standing) -> str:
    """A sentence to be translated; empty where it can be done."""
    if do == "sound":
        return _why_no_sound(now)
    if now.engine == "music.gen":
        return "The chosen model makes sound, not notes. Choose a model that composes."
    if do == "compose" or (do == "melody" and now.has_chords):
        return ""
    if not any(track.notes for track in now.arrangement.score.tracks):
        if do == "melody":
            return "First, some chords: in the settings, or on the roll."
        return "First, some notes on the roll."
    return _why_not_with_notes(do, now)


def _why_no_sound(now: Standing) -> str:
    if now.engine != "music.gen":
        return "This needs an audio model of the MusicGen kind. Drop its folder on the window."
    return "" if now.prompt.strip() else "First, the words: what is it to sound like?"


def _why_not_with_notes(do: str, now: Standing) -> str:
    is_pitched = any(track.notes and not track.drums for track in now.arrangement.score.tracks)
    if do == "fill" and not now.has_span:
        return "First, the gap: drag over its bars on the ruler, or choose some notes."
    if do in ("harmonise", "bass") and not is_pitched:
        return "There are only drums on the roll. This needs a melody."
    if do == "restyle" and not now.style:
        return "First, choose the style it shall have."
    return ""
