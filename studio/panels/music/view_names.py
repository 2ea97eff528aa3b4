"""Names of instruments, drums and notes, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.core.score import Track

translate = QCoreApplication.translate
FIRST_DRUM = 35
"""The lowest pitch that has a drum in General MIDI."""
_LETTERS = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")


def instruments() -> tuple[str, ...]:
    """The programs of General MIDI, 0 to 127."""
    return (
        translate("Instruments", "Grand piano"), translate("Instruments", "Bright piano"),
        translate("Instruments", "Electric grand"), translate("Instruments", "Honky-tonk piano"),
        translate("Instruments", "Electric piano 1"), translate("Instruments", "Electric piano 2"),
        translate("Instruments", "Harpsichord"), translate("Instruments", "Clavinet"),
        translate("Instruments", "Celesta"), translate("Instruments", "Glockenspiel"),
        translate("Instruments", "Music box"), translate("Instruments", "Vibraphone"),
        translate("Instruments", "Marimba"), translate("Instruments", "Xylophone"),
        translate("Instruments", "Tubular bells"), translate("Instruments", "Dulcimer"),
        translate("Instruments", "Drawbar organ"), translate("Instruments", "Percussive organ"),
        translate("Instruments", "Rock organ"), translate("Instruments", "Church organ"),
        translate("Instruments", "Reed organ"), translate("Instruments", "Accordion"),
        translate("Instruments", "Harmonica"), translate("Instruments", "Bandoneon"),
        translate("Instruments", "Nylon guitar"), translate("Instruments", "Steel guitar"),
        translate("Instruments", "Jazz guitar"), translate("Instruments", "Clean guitar"),
        translate("Instruments", "Muted guitar"), translate("Instruments", "Overdriven guitar"),
        translate("Instruments", "Distorted guitar"), translate("Instruments", "Guitar harmonics"),
        translate("Instruments", "Acoustic bass"), translate("Instruments", "Fingered bass"),
        translate("Instruments", "Picked bass"), translate("Instruments", "Fretless bass"),
        translate("Instruments", "Slap bass 1"), translate("Instruments", "Slap bass 2"),
        translate("Instruments", "Synth bass 1"), translate("Instruments", "Synth bass 2"),
        translate("Instruments", "Violin"), translate("Instruments", "Viola"),
        translate("Instruments", "Cello"), translate("Instruments", "Double bass"),
        translate("Instruments", "Tremolo strings"), translate("Instruments", "Pizzicato strings"),
        translate("Instruments", "Harp"), translate("Instruments", "Timpani"),
        translate("Instruments", "Strings 1"), translate("Instruments", "Strings 2"),
        translate("Instruments", "Synth strings 1"), translate("Instruments", "Synth strings 2"),
        translate("Instruments", "Choir aahs"), translate("Instruments", "Voice oohs"),
        translate("Instruments", "Synth voice"), translate("Instruments", "Orchestra hit"),
        translate("Instruments", "Trumpet"), translate("Instruments", "Trombone"),
        translate("Instruments", "Tuba"), translate("Instruments", "Muted trumpet"),
        translate("Instruments", "French horn"), translate("Instruments", "Brass section"),
        translate("Instruments", "Synth brass 1"), translate("Instruments", "Synth brass 2"),
        translate("Instruments", "Soprano sax"), translate("Instruments", "Alto sax"),
        translate("Instruments", "Tenor sax"), translate("Instruments", "Baritone sax"),
        translate("Instruments", "Oboe"), translate("Instruments", "English horn"),
        translate("Instruments", "Bassoon"), translate("Instruments", "Clarinet"),
        translate("Instruments", "Piccolo"), translate("Instruments", "Flute"),
        translate("Instruments", "Recorder"), translate("Instruments", "Pan flute"),
        translate("Instruments", "Blown bottle"), translate("Instruments", "Shakuhachi"),
        translate("Instruments", "Whistle"), translate("Instruments", "Ocarina"),
        translate("Instruments", "Square lead"), translate("Instruments", "Saw lead"),
        translate("Instruments", "Calliope lead"), translate("Instruments", "Chiff lead"),
        translate("Instruments", "Charang lead"), translate("Instruments", "Voice lead"),
        translate("Instruments", "Fifths lead"), translate("Instruments", "Bass and lead"),
        translate("Instruments", "New age pad"), translate("Instruments", "Warm pad"),
        translate("Instruments", "Polysynth pad"), translate("Instruments", "Choir pad"),
        translate("Instruments", "Bowed pad"), translate("Instruments", "Metallic pad"),
        translate("Instruments", "Halo pad"), translate("Instruments", "Sweep pad"),
        translate("Instruments", "Rain"), translate("Instruments", "Soundtrack"),
        translate("Instruments", "Crystal"), translate("Instruments", "Atmosphere"),
        translate("Instruments", "Brightness"), translate("Instruments", "Goblins"),
        translate("Instruments", "Echoes"), translate("Instruments", "Sci-fi"),
        translate("Instruments", "Sitar"), translate("Instruments", "Banjo"),
        translate("Instruments", "Shamisen"), translate("Instruments", "Koto"),
        translate("Instruments", "Kalimba"), translate("Instruments", "Bagpipe"),
        translate("Instruments", "Fiddle"), translate("Instruments", "Shanai"),
        translate("Instruments", "Tinkle bell"), translate("Instruments", "Agogo"),
        translate("Instruments", "Steel drums"), translate("Instruments", "Woodblock"),
        translate("Instruments", "Taiko"), translate("Instruments", "Melodic tom"),
        translate("Instruments", "Synth drum"), translate("Instruments", "Reverse cymbal"),
        translate("Instruments", "Fret noise"), translate("Instruments", "Breath noise"),
        translate("Instruments", "Seashore"), translate("Instruments", "Bird"),
        translate("Instruments", "Telephone"), translate("Instruments", "Helicopter"),
        translate("Instruments", "Applause"), translate("Instruments", "Gunshot"),
    )


def drums() -> tuple[str, ...]:
    """The drums of General MIDI from pitch `FIRST_DRUM` on."""
    return (
        translate("Drums", "Acoustic bass drum"), translate("Drums", "Bass drum"),
        translate("Drums", "Side stick"), translate("Drums", "Snare"), translate("Drums", "Hand clap"),
        translate("Drums", "Electric snare"), translate("Drums", "Low floor tom"),
        translate("Drums", "Closed hi-hat"), translate("Drums", "High floor tom"),
        translate("Drums", "Pedal hi-hat"), translate("Drums", "Low tom"), translate("Drums", "Open hi-hat"),
        translate("Drums", "Low-mid tom"), translate("Drums", "High-mid tom"), translate("Drums", "Crash 1"),
        translate("Drums", "High tom"), translate("Drums", "Ride 1"), translate("Drums", "Chinese cymbal"),
        translate("Drums", "Ride bell"), translate("Drums", "Tambourine"), translate("Drums", "Splash"),
        translate("Drums", "Cowbell"), translate("Drums", "Crash 2"), translate("Drums", "Vibraslap"),
        translate("Drums", "Ride 2"), translate("Drums", "High bongo"), translate("Drums", "Low bongo"),
        translate("Drums", "Mute conga"), translate("Drums", "Open conga"), translate("Drums", "Low conga"),
        translate("Drums", "High timbale"), translate("Drums", "Low timbale"),
        translate("Drums", "High agogo"), translate("Drums", "Low agogo"), translate("Drums", "Cabasa"),
        translate("Drums", "Maracas"), translate("Drums", "Short whistle"),
        translate("Drums", "Long whistle"), translate("Drums", "Short guiro"),
        translate("Drums", "Long guiro"), translate("Drums", "Claves"), translate("Drums", "High woodblock"),
        translate("Drums", "Low woodblock"), translate("Drums", "Mute cuica"),
        translate("Drums", "Open cuica"), translate("Drums", "Mute triangle"),
        translate("Drums", "Open triangle"),
    )


def instrument_of(track: Track) -> str:
    """What plays ``track``."""
    return translate("Instruments", "Drums") if track.drums else instruments()[track.program]


def title_of(track: Track) -> str:
    """What ``track`` is called: its own name, or its instrument's."""
    return track.name.strip() or instrument_of(track)


def counted_notes(count: int) -> str:
    """How many notes: "12 notes"."""
    if count == 1:
        return translate("Roll", "1 note")
    return translate("Roll", "{count} notes").format(count=count)


def pitch_name(pitch: int) -> str:
    """As musicians write it; 60 is C4."""
    return f"{_LETTERS[pitch % 12]}{pitch // 12 - 1}"


def drum_name(pitch: int) -> str:
    """The drum on ``pitch``; empty where there is none."""
    names = drums()
    return names[pitch - FIRST_DRUM] if 0 <= pitch - FIRST_DRUM < len(names) else ""
