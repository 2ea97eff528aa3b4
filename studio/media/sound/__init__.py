"""Notes to sound: SoundFonts, voices, mixing, room, loudness, and sound files with their recipe.

The SoundFonts are played by own code. symusic 0.5.9, which renders them too, was tried first: it plays every
velocity equally loud, holds a piano's note at one level for as long as it is written, ends notes within
three milliseconds whatever release the font asks for, keeps Python's lock all the while, and maps a
stranger's file into the process with C++ that trusts it.
"""
