"""Capabilities: what an engine can do, by protocol, so that tasks never name a library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:  # the window starts without numpy
    from numpy import float32
    from numpy.typing import NDArray

    from studio.core.composing import Composing, Guide
    from studio.core.jobs import CancelToken
    from studio.core.painting import OnStep, Painting, Pixels, Sizes, TokenCount
    from studio.core.stickers import Sketch
    from studio.core.text import Ending, Message, Sampling, Token
    from studio.core.word_list import WordList

E_co = TypeVar("E_co", covariant=True)
Floats: TypeAlias = "NDArray[float32]"
"""A picture for a network: (height, width, 3), sRGB, 0 to 1."""
Samples: TypeAlias = "NDArray[float32]"
"""A sound: (samples, channels), -1 to 1."""


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A model as the library knows it, and all an engine needs to load it."""

    id: str
    """Name in the library, or the path it was given by."""
    engine: str
    """Id of the `EngineSpec` that loads it, such as "style.quick"."""
    path: Path
    """Its folder, or its single file."""
    files: Mapping[str, str]
    """File name to SHA-256."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What its header or model.json says, such as {"multiple": 8, "margin": 96}."""


class Engine(Protocol):
    """A loaded model."""

    @property
    def device(self) -> str:
        """Where it runs: cpu, cuda or mps."""
        ...

    @property
    def precision(self) -> str:
        """float32 or float16."""
        ...

    @property
    def memory(self) -> int:
        """Bytes it holds, roughly."""
        ...

    def close(self) -> None:
        """Give its memory back."""
        ...


@dataclass(frozen=True, slots=True)
class EngineKey(Generic[E_co]):
    """Names a capability and, to the type checker, what an engine with it can do.

    Which engine serves it is decided by the model: `ModelSource.engine`.
    """

    id: str


class StylePainter(Engine, Protocol):
    """Repaints a picture in one pass."""

    @property
    def takes_style(self) -> bool:
        """Whether it follows a style picture; False where the style is in the weights."""
        ...

    @property
    def multiple(self) -> int:
        """Both sides of what it paints must be multiples of this."""
        ...

    @property
    def margin(self) -> int:
        """Pixels around a place that can change it, statistics apart."""
        ...

    @property
    def tooth(self) -> float:
        """How much grain it wants under the paint, 0 for none; see `studio.engines.style.tooth`."""
        ...

    @property
    def remark(self) -> str:
        """What the person should know when a picture is larger than the model likes; usually ""."""
        ...

    def code(self, key: str, load: Callable[[], Floats], cancel: CancelToken) -> Floats:
        """The style code (K,) of the picture that ``load`` gives; kept under ``key``, its content hash."""
        ...

    def paint(self, content: Floats, code: Floats, cancel: CancelToken,
              statistics: Floats | None = None) -> tuple[Floats, Floats]:
        """The picture repainted, and its normalisation statistics (M,).

        With ``statistics`` of a whole picture a tile of it is painted as in the whole.
        Raises OutOfMemory, Cancelled.
        """
        ...

    def widen(self) -> bool:
        """Go over to float32 for good; False if it runs in it already."""
        ...

    def to_cpu(self) -> bool:
        """Go over to the CPU for good; False if it runs there already."""
        ...


class StyleOptimiser(Engine, Protocol):
    """Improves a picture step by step until its statistics are those of the styles (Gatys et al. 2016)."""

    def optimise(self, content: Floats, styles: Sequence[tuple[Floats, float]], start: Floats, *,
                 steps: int, strength: float, seed: int, cancel: CancelToken,
                 on_step: Callable[[float, Callable[[], Floats]], bool]) -> Floats:
        """The improved picture, of the content's size, from ``start``, which has that size too.

        ``styles`` are (picture, share) pairs, each picture at the scale its strokes shall have.
        ``on_step`` gets how far it is (0 to 1) and a function that gives the picture so far, perhaps
        smaller; where it returns False, what is there becomes the result. Raises Cancelled, OutOfMemory.
        """
        ...


class Upscaler(Engine, Protocol):
    """Enlarges a picture by a whole factor; with factor 1 it cleans, sharpens or restores."""

    @property
    def scales(self) -> tuple[int, ...]:
        """The factors it was made for, ascending; never empty."""
        ...

    @property
    def can_clean(self) -> bool:
        """Whether ``clean`` changes anything."""
        ...

    @property
    def margin(self) -> int:
        """Pixels of the source around a place that can change it: how far tiles must overlap."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether nothing beyond ``margin`` counts, so that tiles give what the whole would."""
        ...

    @property
    def tile(self) -> tuple[int, int]:
        """(height, width) of the one size it takes, (0, 0) where it takes any."""
        ...

    def upscale(self, picture: Floats, *, scale: int, clean: float, cancel: CancelToken) -> Floats:
        """(H, W, 3) -> (scale x H, scale x W, 3), any H and W from 1 up; values may leave 0..1 a little.

        ``scale`` is one of ``scales``; ``clean`` goes from 0 (faithful) to 1 (strong). It pads by itself
        where the network wants other sizes. Raises OutOfMemory, Cancelled, and StudioError in words where
        the model gives something else than a picture of the right size, or numbers that are not numbers.
        """
        ...

    def widen(self) -> bool:
        """Go over to float32 for good; False if it runs in it already."""
        ...

    def to_cpu(self) -> bool:
        """Go over to the CPU for good; False if it runs there already."""
        ...


class TextModel(Engine, Protocol):
    """Continues text. It keeps what it has read: a prompt that grows is read from where it changed."""

    @property
    def context(self) -> int:
        """Tokens it can see at once, prompt and answer together."""
        ...

    @property
    def vocabulary(self) -> int:
        """How many tokens there are."""
        ...

    @property
    def has_template(self) -> bool:
        """Whether it follows instructions: only then does `templated` work."""
        ...

    def tokenise(self, text: str, *, begins: bool = False, marks: bool = False) -> list[int]:
        """The tokens of ``text``, with the one that begins a document if it ``begins``, where there is one.

        ``marks`` reads the names of special tokens in ``text``, such as those of a template, as such.
        """
        ...

    def detokenise(self, tokens: Sequence[int]) -> bytes:
        """UTF-8, perhaps with half a character at either end."""
        ...

    def count(self, text: str) -> int:
        """How many tokens ``text`` has."""
        ...

    def templated(self, messages: Sequence[Message]) -> str:
        """``messages`` as a prompt that asks for an answer. Raises StudioError where the template fails."""
        ...

    def generate(self, prompt: Sequence[int], sampling: Sampling, cancel: CancelToken,
                 on_token: Callable[[Token], object],
                 on_read: Callable[[int, int], object] = lambda done, total: None) -> Ending:
        """Write on after ``prompt``, telling every piece as soon as it is there.

        The same prompt and sampling give the same text, whatever was asked before. ``on_read`` hears how
        many tokens of a long prompt are read. Raises Cancelled, OutOfMemory, and StudioError where the
        prompt is empty or longer than the context, or the model fails.
        """
        ...


class Composer(Engine, Protocol):
    """Foretells notes, token by token; `studio.media.tokens` says what they mean."""

    @property
    def context(self) -> int:
        """Tokens it can see at once."""
        ...

    @property
    def vocabulary(self) -> int:
        """How many tokens there are, those that mean nothing among them."""
        ...

    def compose(self, guide: Guide, composing: Composing, cancel: CancelToken,
                on_tokens: Callable[[list[int]], object] = lambda tokens: None) -> list[int]:
        """All tokens of a piece, from its first to the one that ends it, or to ``composing.most``.

        The same guide and composing give the same tokens on one machine, whatever was asked before.
        ``on_tokens`` hears of each as soon as it is chosen. Raises Cancelled, OutOfMemory, and StudioError
        where the model fails.
        """
        ...


class AudioModel(Engine, Protocol):
    """Makes sound from words."""

    @property
    def rate(self) -> int:
        """Samples a second of what it makes."""
        ...

    @property
    def channels(self) -> int:
        """1 or 2."""
        ...

    @property
    def has_melody(self) -> bool:
        """Whether it can follow the tune of a recording; others ignore ``melody``."""
        ...

    @property
    def window(self) -> float:
        """Seconds it can look at once: what is longer is made in pieces, each hearing the end of the last."""
        ...

    @property
    def remark(self) -> str:
        """What the person should know of the last sound, such as where it ran out of memory; usually ""."""
        ...

    def generate(self, prompt: str, *, seconds: float, guidance: float = 3.0, seed: int,
                 melody: tuple[Samples, int] | None = None, cancel: CancelToken,
                 on_progress: Callable[[float], object] = lambda done: None) -> Samples:
        """A sound of so many ``seconds``: (samples, channels), -1 to 1.

        ``guidance`` says how closely it follows the words, from 1 (freely) up. ``melody`` is a recording of
        any length and rate, with its rate. ``on_progress`` gets how far it is (0 to 1) with every token.
        The same seed gives the same samples, whatever was asked before. Raises Cancelled, OutOfMemory, and
        StudioError where it fails.
        """
        ...


class StickerPainter(Engine, Protocol):
    """Paints small pictures of single things from words."""

    @property
    def side(self) -> int:
        """Pixels of a side."""
        ...

    @property
    def noise_shape(self) -> tuple[int, int, int]:
        """Of `Sketch.noise`: (16, 8, 8) for one that works in a short form."""
        ...

    @property
    def words(self) -> WordList:
        """The words it knows."""
        ...

    @property
    def styles(self) -> Sequence[str]:
        """Its manners of drawing; "<NAME>" is the word of one."""
        ...

    def paint(self, sketch: Sketch, cancel: CancelToken,
              on_step: Callable[[int, Floats], object] = lambda step, picture: None) -> Floats:
        """(side, side, 4), plain colours and alpha, 0 to 1. The same sketch gives the same picture.

        ``on_step`` hears how many steps are done and what the picture will be, as far as it can be told;
        where it answers False, that is given. Raises Cancelled, OutOfMemory, and StudioError where the model
        fails.
        """
        ...


class AddOn(Engine, Protocol):
    """A LoRA: small changes to a diffusion model. It holds nothing itself; see `Painting.add_ons`."""

    @property
    def path(self) -> Path:
        """Its file."""
        ...

    @property
    def family(self) -> str:
        """What it was made for, one of `studio.core.diffusion.FAMILIES`; "" where the file does not tell."""
        ...


class Decoder(Engine, Protocol):
    """A VAE for a diffusion model. It holds nothing itself; see `Painting.decoder`."""

    @property
    def path(self) -> Path:
        """Its file or folder."""
        ...

    @property
    def is_tiny(self) -> bool:
        """Whether it was made to be quick, for previews; it then paints those too."""
        ...


class DiffusionModel(Engine, Protocol):
    """Paints pictures from words, one at a time: a picture of a batch is what it is alone."""

    @property
    def family(self) -> str:
        """Id of one of `studio.core.diffusion.FAMILIES`."""
        ...

    @property
    def size(self) -> Sizes:
        """The size it paints best, and what sides must be multiples of."""
        ...

    @property
    def has_negative(self) -> bool:
        """Whether a negative prompt counts."""
        ...

    @property
    def has_weights(self) -> bool:
        """Whether the weights of words count; others read the words without them."""
        ...

    @property
    def can_be_seamless(self) -> bool:
        """Whether it paints pictures whose edges fit each other."""
        ...

    @property
    def takes_pictures(self) -> bool:
        """Whether it can start from a picture, and fill a mask."""
        ...

    @property
    def schedulers(self) -> tuple[str, ...]:
        """Names for `Painting.scheduler`, the model's own way ("default") first."""
        ...

    @property
    def remark(self) -> str:
        """What the person should know of the last picture, such as where memory ran out; usually ""."""
        ...

    def tokens(self, prompt: str) -> TokenCount:
        """How much of ``prompt`` it reads."""
        ...

    def paint(self, painting: Painting, cancel: CancelToken,
              on_step: OnStep = lambda step, total, preview: None) -> Pixels:
        """The picture, (height, width, 3).

        ``on_step`` gets the step (from 1), how many there are, and at most four times a second a small
        picture of what it will be. Where it answers False, what can be told of the picture by then is
        given. Raises Cancelled, OutOfMemory (the caller may try `to_cpu`), and
        StudioError where the painting does not fit the model, or what comes out is no picture.
        """
        ...

    def widen(self) -> bool:
        """Go over to float32 for good; False if it runs in it already."""
        ...

    def to_cpu(self) -> bool:
        """Go over to the CPU for good; False if it runs there already."""
        ...


STYLE_PAINTER: EngineKey[StylePainter] = EngineKey("style.painter")
STYLE_OPTIMISER: EngineKey[StyleOptimiser] = EngineKey("style.optimiser")
UPSCALER: EngineKey[Upscaler] = EngineKey("upscaler")
TEXT_MODEL: EngineKey[TextModel] = EngineKey("text.model")
COMPOSER: EngineKey[Composer] = EngineKey("composer")
STICKERS: EngineKey[StickerPainter] = EngineKey("stickers")
AUDIO_MODEL: EngineKey[AudioModel] = EngineKey("audio.model")
DIFFUSION: EngineKey[DiffusionModel] = EngineKey("diffusion")
ADD_ON: EngineKey[AddOn] = EngineKey("image.addon")
DECODER: EngineKey[Decoder] = EngineKey("image.decoder")
