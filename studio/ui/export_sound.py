"""What can be said about music that leaves: how deep, how much room, which SoundFont."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

_OF_BOTH = (("WAV", "wav"), ("FLAC", "flac"), ("Ogg Vorbis", "ogg"))
_SOUNDS = frozenset({"wav", "flac", "ogg", "stems"})
_DEEP = frozenset({"wav", "flac", "stems"})
_BITS = 16


class SoundFields(QObject):
    """The fields of the export dialog that only music has; ``kinds`` are those of what is exported."""

    def __init__(self, parent: QWidget, kinds: Collection[str]) -> None:
        super().__init__(parent)
        self._has_scores, self._are_scores = "score" in kinds, set(kinds) == {"score"}
        self._bits, self._font = QComboBox(parent), QComboBox(parent)
        self._bits.addItem(self.tr("As it is") if "audio" in kinds else self.tr("16 bits"), None)
        if "audio" in kinds:
            self._bits.addItem(self.tr("16 bits"), _BITS)
        self._bits.addItem(self.tr("24 bits"), 24)
        self._reverb = QSpinBox(parent)
        self._reverb.setRange(0, 100)
        self._reverb.setValue(20)
        self._reverb.setSuffix(" %")
        self._font.addItem(self.tr("As it is heard here"), "")
        if self._has_scores:
            self._add_fonts()
        for field in () if self._has_scores else (self._reverb, self._font):
            field.hide()

    def _add_fonts(self) -> None:
        from studio.media.sound.fonts import fonts

        for font in fonts():
            self._font.addItem(font.name, font.id)

    def formats(self) -> tuple[tuple[str, str], ...]:
        """Title, exporter id."""
        if not self._are_scores:
            return _OF_BOTH
        return (("MIDI", "midi"), (self.tr("Sheet music (MusicXML)"), "musicxml"), *_OF_BOTH,
                (self.tr("Stems: each track as WAV"), "stems"))

    def rows(self) -> Iterator[tuple[str, QWidget, str]]:
        """Label, field, and the name that goes with it."""
        yield self.tr("Depth"), self._bits, "export.bits"
        if self._has_scores:
            yield self.tr("Reverb"), self._reverb, "export.reverb"
            yield self.tr("SoundFont"), self._font, "export.font"

    def show_for(self, exporter: str) -> None:
        """Only what this format can have is enabled."""
        self._bits.setEnabled(exporter in _DEEP)
        self._reverb.setEnabled(exporter in _SOUNDS)
        self._font.setEnabled(exporter in _SOUNDS)

    def options(self, exporter: str) -> dict[str, Any]:
        """What an exporter wants to know."""
        said: dict[str, Any] = {}
        if exporter in _DEEP and self._bits.currentData() is not None:
            said["bits"] = self._bits.currentData()
        if exporter in _SOUNDS and self._has_scores:
            said["reverb"] = self._reverb.value()
            said |= {"font": self._font.currentData()} if self._font.currentData() else {}
        return said
