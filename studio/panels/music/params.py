"""What can be set in the Music panel."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.panel import Role
from studio.core.params import Params, setting

TASK, VERSION = "music", 1
"""Name and version of the task, as requests and recipes carry them."""
STARTER = "music-small"
"""The model in the box."""
MOST_BARS = 256
DOINGS = (("compose", "Compose"), ("continue", "Continue"), ("fill", "Fill the gap"),
          ("harmonise", "Harmonise"), ("melody", "Melody over chords"), ("drums", "Add drums"),
          ("bass", "Add bass"), ("vary", "Vary"), ("restyle", "Change style"), ("sound", "Sound from words"))
"""What can be done, in the order shown."""
ANY = ("", "As it comes")
STYLES = (ANY, ("irish", "Irish dance"), ("hymn", "Hymn or chorale"), ("song", "Art song"),
          ("quartet", "String quartet"), ("piano", "Piano"), ("guitar", "Guitar"),
          ("march", "Ragtime or march"), ("rock", "Rock or game"), ("drums", "Drum groove"))
METRES = (ANY, *((name, name) for name in (
    "2/4", "3/4", "4/4", "5/4", "6/4", "2/2", "3/2", "3/8", "6/8", "7/8", "9/8", "12/8")))
_TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
KEYS = (ANY, *((tonic, f"{tonic} major") for tonic in _TONICS),
        *((f"{tonic}m", f"{tonic} minor") for tonic in _TONICS))
VALENCES = (ANY, ("-2", "Very dark"), ("-1", "Dark"), ("0", "Neutral"), ("1", "Bright"), ("2", "Very bright"))
ENERGIES = (ANY, ("-2", "Very calm"), ("-1", "Calm"), ("0", "Moderate"), ("1", "Lively"), ("2", "Wild"))
ROLES = (
    Role("notes", "score", "Start from this", low=0, options=("--continue-from", "--notes")),
    Role("melody", "audio", "Follow this tune", low=0),
)
"""A score file, used where ``MusicParams.notes`` is empty; a recording that a sound shall follow."""


@dataclass(frozen=True, slots=True)
class MusicParams(Params):
    """Settings of a composition. Bars and tracks are counted from 1, as people do."""

    do: str = setting("choice", "compose", "Do", group="hidden", choices=DOINGS,
                      help="All but compose and sound start from notes; with notes to start from, compose "
                           "goes on from them.")
    model: str = setting("model", STARTER, "Model", group="Music",
                         help="The one in the box composes; sound needs a model of the MusicGen kind.")
    style: str = setting("choice", "", "Style", group="Music", choices=STYLES)
    bars: int = setting("int", 16, "Bars", group="Music", low=1, high=MOST_BARS, step=4,
                        help="How many to write; to fill, harmonise and vary, those that are there count.")
    tempo: float = setting("float", 0.0, "Tempo", group="Music", low=0.0, high=400.0, step=1.0, unit="bpm",
                           help="Quarter notes a minute; 0 leaves it to the model.")
    metre: str = setting("choice", "", "Metre", group="Music", choices=METRES)
    key: str = setting("choice", "", "Key", group="Music", choices=KEYS)
    chords: str = setting("text", "", "Chords", group="Music",
                          help="Such as C Am F G: one to a bar, or with | between bars. Empty: those of the "
                               "notes, or as it comes.")
    valence: str = setting("choice", "", "Mood", group="Mood", choices=VALENCES,
                           help="From dark to bright.")
    energy: str = setting("choice", "", "Energy", group="Mood", choices=ENERGIES,
                          help="From calm to wild.")
    density: int = setting("int", 0, "Density", group="Mood", low=0, high=8, step=1,
                           help="From 1, a note now and then, to 8, very many; 0 leaves it to the model.")
    amount: float = setting("float", 0.5, "Variation", group="Mood", low=0.0, high=1.0, step=0.05,
                            help="How much of it Vary makes anew.")
    temperature: float = setting("float", 1.0, "Temperature", group="more", low=0.0, high=2.0, step=0.05,
                                 help="Low is sure of itself, high is daring; 0 always takes the likeliest.")
    top_p: float = setting("float", 0.97, "Top-p", group="more", low=0.01, high=1.0, step=0.01,
                           help="Only the likeliest that make up this share; 1 is off.")
    prompt: str = setting("text", "", "Words", group="Sound", help="For sound: what it is to sound like.")
    seconds: float = setting("float", 10.0, "Length", group="Sound", low=1.0, high=300.0, step=1.0, unit="s",
                             help="For sound: how long.")
    guidance: float = setting("float", 3.0, "Guidance", group="Sound", low=1.0, high=10.0, step=0.5,
                              help="For sound: how closely it follows the words.")
    notes: str = setting("text", "", "Notes", group="hidden", option="-",
                         help="The arrangement to start from, as `notes.packed` packs it.")
    first_bar: int = setting("int", 0, "First bar", group="hidden", low=0, high=100_000,
                             help="The first bar to make anew; 0 is the first there is.")
    last_bar: int = setting("int", 0, "Last bar", group="hidden", low=0, high=100_000,
                            help="The last bar to make anew; 0 is the last there is.")
    tracks: str = setting("text", "", "Tracks", group="hidden",
                          help="Numbers of the tracks to make anew, such as 1,3; empty means all that fit.")
