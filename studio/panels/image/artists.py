"""Who paints: the sticker painter in the box, or a diffusion model that a person brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from studio.core.engine import DIFFUSION, STICKERS, UPSCALER, DiffusionModel, StickerPainter
from studio.core.errors import UnfitModel
from studio.core.jobs import JobContext
from studio.panels.image import diffusion, sticker, words
from studio.panels.image.enlarge import MODEL
from studio.panels.image.ground import Ground
from studio.panels.image.made import Made
from studio.panels.image.params import STARTER
from studio.panels.image.wish import Wish


class Artist(Protocol):
    """A model, and how to ask it."""

    def paint(self, wish: Wish, ground: Ground | None) -> Made:
        """One picture. Raises StudioError, OutOfMemory, Cancelled."""
        ...

    def count(self, prompt: str) -> dict[str, Any]:
        """How much of ``prompt`` it reads: {"count", "limit", "cut", "read", "unknown"}.

        Words or tokens, how many it reads at most, the text it does not read; words that stand for others,
        [word, known word] each; words that mean nothing to it.
        """
        ...


def artist(name: str, ctx: JobContext) -> Artist:
    """The one with the model ``name``, "" for the one in the box. Raises StudioError where that paints not.

    All models that a picture takes but add-ons are asked for here, so that what a job keeps of it is found.
    """
    if name in ("", STARTER):
        return _stickers(STARTER, ctx)
    try:
        return _Diffusion(ctx.engine(DIFFUSION, name), ctx)
    except UnfitModel as error:
        try:
            return _stickers(name, ctx)
        except UnfitModel:
            raise error from None


def _stickers(name: str, ctx: JobContext) -> Artist:
    painter = ctx.engine(STICKERS, name)
    ctx.engine(UPSCALER, MODEL)
    return _Stickers(painter, ctx)


@dataclass(frozen=True, slots=True)
class _Stickers:
    painter: StickerPainter
    ctx: JobContext

    def paint(self, wish: Wish, ground: Ground | None) -> Made:
        return sticker.paint(wish, ground, self.painter, self.ctx)

    def count(self, prompt: str) -> dict[str, Any]:
        told = words.told(prompt, self.painter.words, self.painter.styles)
        return {"count": told.count, "limit": self.painter.words.room, "cut": " ".join(told.reading.left),
                "read": [list(pair) for pair in told.reading.taken], "unknown": list(told.reading.unknown)}


@dataclass(frozen=True, slots=True)
class _Diffusion:
    model: DiffusionModel
    ctx: JobContext

    def paint(self, wish: Wish, ground: Ground | None) -> Made:
        return diffusion.paint(wish, ground, self.model, self.ctx)

    def count(self, prompt: str) -> dict[str, Any]:
        tokens = self.model.tokens(prompt)
        return {"count": tokens.count, "limit": tokens.limit, "cut": tokens.cut, "read": [], "unknown": []}
