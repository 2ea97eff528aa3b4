"""The picture an enlargement starts from, decoded and made ready."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from studio.core.jobs import Input, JobContext
from studio.media.opacity import bled
from studio.media.picture import read
from studio.media.values import Picture, Pixels
from studio.panels.upscale.plan import Size

_KEPT_BYTES = 160_000_000
"""Of decoded pictures, so that the part under the pointer comes at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Original:
    """A picture as the network gets it."""

    picture: Picture
    colours: Pixels
    """(height, width, 1 or 3): grey has one channel, and what is transparent has its neighbours' colours."""
    alpha: Pixels | None
    """(height, width)."""

    @property
    def size(self) -> Size:
        """(height, width)."""
        return self.picture.height, self.picture.width

    @property
    def channels(self) -> int:
        """Of the result: 1 grey, 2 grey and opacity, 3 colours, 4 colours and opacity."""
        return int(self.colours.shape[2]) + (self.alpha is not None)


def original(picture: Picture, check: Callable[[], None] = lambda: None) -> Original:
    """``picture``, ready; its profile is left alone, the network works on the values as they are.

    ``check`` is called now and then and may raise, to stop.
    """
    colours, alpha = picture.pixels[:, :, :1 if picture.is_grey else 3], picture.alpha
    return Original(picture, colours if alpha is None else bled(colours, alpha, check), alpha)


class Originals:
    """Keeps the pictures used last, within a budget of bytes. Safe from any thread."""

    def __init__(self, budget: int = _KEPT_BYTES) -> None:
        self._budget = budget
        self._kept: OrderedDict[tuple[str, bool], Original] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, item: Input, ctx: JobContext, *, keep_grey: bool) -> Original:
        """The picture ``item``, from memory if it is there. Raises StudioError, Cancelled.

        ``keep_grey`` as in `studio.media.picture.read`.
        """
        key = item.sha256, keep_grey
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        ctx.cancel.check()
        made = original(read(ctx.input(item), keep_grey=keep_grey), ctx.cancel.check)
        ctx.cancel.check()
        self._keep(key, made)
        return made

    def _keep(self, key: tuple[str, bool], made: Original) -> None:
        with self._lock:
            self._kept[key] = made
            while self._kept and sum(_bytes(kept) for kept in self._kept.values()) > self._budget:
                self._kept.popitem(last=False)


def _bytes(kept: Original) -> int:
    return int(kept.picture.pixels.nbytes + kept.colours.nbytes)
