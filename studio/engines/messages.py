"""What the window and the engine process say to each other. Small and picklable; big data goes by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.jobs import AssetKind, Outcome, Request
from studio.core.text import Token

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class HostSettings:
    """How an engine process is set up. Functions are named ``module:name``, as import arrows demand."""

    name: str
    """Names its log and its spool folder: "queue" or "preview"."""
    spool: Path
    """Folder for outputs and previews on their way to the window."""
    log: Path
    """Where a crash leaves its last words."""
    resolve: str = "studio.library.catalog:resolve"
    """``(name or path) -> ModelSource``."""
    cache: str = "studio.engines.registry:EngineCache"
    """``(resolve, budget) -> EngineCache``."""
    memory_share: float = 0.25
    """Share of the memory that is free at the start which loaded models may keep."""
    threads: int = 0
    """Threads for number crunching; 0 is one for each core."""
    idle_seconds: float = 300.0
    """Models not used for so long are dropped."""
    niceness: int = 10


# ---- to the engine process


@dataclass(frozen=True, slots=True)
class Run:
    """Do ``request`` with the task named ``task`` (``module:class``)."""

    number: int
    task: str
    request: Request
    inputs: Mapping[str, Path]
    """SHA-256 to a local file with those bytes."""
    device: str = "auto"
    parts: Path | None = None
    """Folder for finished pieces, kept when the job is interrupted."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop run ``number`` and drop what it did."""

    number: int
    grace: float = 2.0
    """Seconds until the process is killed if it has not stopped by itself."""


@dataclass(frozen=True, slots=True)
class Finish:
    """End run ``number`` early and keep what is there."""

    number: int


@dataclass(frozen=True, slots=True)
class Trim:
    """Drop models that were idle for ``idle`` seconds, if less than ``below`` bytes of memory are free."""

    idle: float = 0.0
    below: int = 1 << 62


@dataclass(frozen=True, slots=True)
class Warm:
    """Import the modules of ``task`` now, so that the first run starts sooner."""

    task: str


@dataclass(frozen=True, slots=True)
class Quit:
    """Stop what runs and end the process."""


ToHost = Run | Cancel | Finish | Trim | Warm | Quit


# ---- from a job, inside the engine process or the command line


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: 0 to 1, or None where unknown. ``text`` is a template with ``values``."""

    fraction: float | None
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """An unfinished picture, (height, width, 3 or 4)."""

    pixels: NDArray[uint8]


@dataclass(frozen=True, slots=True)
class Wrote:
    """More text, in order; together all of a run's are what it wrote, unless it fails."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """It as text."""
        return "".join(token.text for token in self.tokens)


@dataclass(frozen=True, slots=True)
class PartDone:
    """A piece of the job is finished and lies in ``path``."""

    key: str
    path: Path


@dataclass(frozen=True, slots=True)
class Loading:
    """A model is being loaded from now on, or is there. Loading cannot be stopped, only waited for."""

    begins: bool


Message = Progress | Preview | Wrote | PartDone | Loading


# ---- from the engine process


@dataclass(frozen=True, slots=True)
class Raw:
    """A preview as a file of bare pixels, rows from the top, without padding."""

    path: Path
    height: int
    width: int
    channels: int


@dataclass(frozen=True, slots=True)
class Said:
    """Something run ``number`` has to say."""

    number: int
    what: Progress | Raw | Wrote | PartDone | Loading


@dataclass(frozen=True, slots=True)
class Spooled:
    """An output whose bytes wait in a file."""

    kind: AssetKind
    media_type: str
    name: str
    path: Path
    seed: int
    facts: Mapping[str, Any]
    thumbnail: bytes = b""
    stays: bool = False
    """Whether it stays a file on the other side too, being too big to be read whole."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Run ``number`` is over: ``outcome`` without outputs, and those as files."""

    number: int
    outcome: Outcome
    outputs: tuple[Spooled, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What the status bar shows of the process."""

    name: str
    """As in `HostSettings`."""
    pid: int = 0
    memory: int = 0
    """Bytes the process holds."""
    models: tuple[str, ...] = ()
    """Models used by the last run."""
    device: str = ""
    """Where the last run ran: cpu, cuda or mps; empty before the first."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the libraries that make results, for recipes."""


FromHost = Said | Ended | Status
