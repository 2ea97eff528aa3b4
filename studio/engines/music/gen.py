"""Sound from words: MusicGen's folders (config.json, safetensors, a tokenizer), by transformers.

Copet et al. 2023, Simple and Controllable Music Generation. Seconds may be more than the model was made for:
it goes on from the end of what there is.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.engine import ModelSource
from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.engines import devices, offline

if TYPE_CHECKING:
    import torch

    from studio.core.engine import Samples

_WINDOW_SECONDS = 30
_CODES_SHARE = 0.9
"""Of the time, for the codes; the rest makes sound of them."""
_SILENCE = 1e-6
LONGEST = 600.0
"""Seconds."""


def load(source: ModelSource, device: devices.Device) -> MusicGen:
    """The model of ``source``. Raises StudioError: damaged, unknown, too big for the memory."""
    with warnings.catch_warnings(), offline.damage_in_words(source):
        warnings.simplefilter("ignore")
        offline.prepare_transformers()
        from studio.engines.torch_run import memory_in_words

        with memory_in_words():
            return MusicGen(source, device)


class MusicGen:
    """See `studio.core.engine.AudioModel`. One thread uses it."""

    def __init__(self, source: ModelSource, device: devices.Device) -> None:
        """Loads it. Raises StudioError, and what transformers raises."""
        import transformers

        from studio.engines.music import gen_codes, gen_network
        from studio.engines.music.gen_melody import settings

        self._name = Path(source.id).name
        where = {"local_files_only": True, "trust_remote_code": False}
        config = transformers.AutoConfig.from_pretrained(str(source.path), **where)
        self._tokens = transformers.AutoTokenizer.from_pretrained(str(source.path), **where)
        self._plan = gen_network.Plan(source, config, device)
        self._network: Any = gen_network.load(source.path, self._plan, self._name)
        codec = config.audio_encoder
        self.rate, self.channels = int(codec.sampling_rate), int(config.decoder.audio_channels)
        self._hop = int(codec.hop_length)
        self._window = max(8, min(_WINDOW_SECONDS * self.rate // self._hop,
                                  int(config.decoder.max_position_embeddings)) - config.decoder.num_codebooks)
        self._coder = gen_codes.Coder(self._network, self._window, _choices(self._network, gen_codes.TOP_K))
        self.has_melody = config.model_type == "musicgen_melody"
        self._chroma = settings(source.path, self.rate, int(getattr(config, "num_chroma", 12)))
        self.remark = ""

    @property
    def device(self) -> str:
        """cpu, cuda or mps."""
        return str(self._plan.device)

    @property
    def precision(self) -> str:
        """Of its largest part."""
        return str(self._plan.dtype).removeprefix("torch.")

    @property
    def memory(self) -> int:
        """Bytes it holds, roughly."""
        return int(self._plan.memory)

    @property
    def window(self) -> float:
        """Seconds it can look at once."""
        return float(self._window * self._hop / self.rate)

    def close(self) -> None:
        """Give its memory back."""
        del self._network, self._coder
        self._give_back()

    def generate(self, prompt: str, *, seconds: float, guidance: float = 3.0, seed: int,
                 melody: tuple[Samples, int] | None = None, cancel: CancelToken,
                 on_progress: Callable[[float], object] = lambda done: None) -> Samples:
        """See `AudioModel.generate`."""
        self.remark = ""
        if self._plan.is_elsewhere:
            self.remark = "This model is too big for the graphics card; it was made on the processor."
        wish = self._wish(prompt, seconds, guidance, seed, melody if self.has_melody else None)
        length = round(min(max(seconds, 0.0), LONGEST) * self.rate) or 1
        while True:
            try:
                return self._made(wish, cancel, on_progress)[:length]
            except (OutOfMemory, _NotASoundError) as error:
                cancel.check()
                self._easier(error)

    def _wish(self, prompt: str, seconds: float, guidance: float, seed: int,
              melody: tuple[Samples, int] | None) -> Any:
        from studio.engines.music.gen_codes import Wish
        from studio.engines.music.gen_melody import from_second, prepared

        frames = -(-round(min(max(seconds, 0.0), LONGEST) * self.rate) // self._hop)
        heard = prepared(*melody, self._chroma.rate) if melody else None

        def tune(frame: int) -> torch.Tensor | None:
            if heard is None:
                return None
            return self._chroma.heard(from_second(heard, frame * self._hop / self.rate, self._chroma))

        text = self._tokens(prompt.encode("utf-8", "replace").decode(), add_special_tokens=True).input_ids
        return Wish(text, max(self._coder.least, frames), max(1.0, guidance), seed, tune)

    def _made(self, wish: Any, cancel: CancelToken, on_progress: Callable[[float], object]) -> Samples:
        """(samples, channels). Raises Cancelled, OutOfMemory, _NotASoundError."""
        import numpy as np
        import torch

        from studio.engines.music.gen_codes import NotNumbersError
        from studio.engines.music.gen_network import stopping
        from studio.engines.music.gen_sound import decoded
        from studio.engines.torch_run import memory_in_words, steady_threads

        def step(done: float) -> None:
            cancel.check()
            on_progress(done)

        try:
            with torch.inference_mode(), steady_threads(), memory_in_words():
                codes = self._coder.write(wish, cancel, lambda done: step(done * _CODES_SHARE))
                codec = self._network.audio_encoder
                with stopping(codec, cancel):
                    sides = [decoded(codec, part.to(self.device), partial(_late, step, at, self.channels))
                             for at, part in enumerate(self._channels(codes))]
                sound = torch.stack(sides, dim=1).cpu().numpy()
        except NotNumbersError as error:
            raise _NotASoundError("numbers that are not numbers") from error
        peak = float(np.abs(sound).max())
        if not _SILENCE < peak < np.inf:
            raise _NotASoundError("silence" if peak <= _SILENCE else "numbers that are not numbers")
        step(1.0)
        return np.ascontiguousarray(sound / max(1.0, peak), np.float32)

    def _channels(self, codes: torch.Tensor) -> list[torch.Tensor]:
        """Left and right take turns in the codebooks of a stereo model."""
        return [codes[side::self.channels] for side in range(self.channels)]

    def _easier(self, error: Exception) -> None:
        """Go over to float32, or to the processor; raises where it is there already."""
        import torch

        from studio.engines.music.gen_network import narrow

        if isinstance(error, OutOfMemory):
            if self.device == "cpu":
                raise error
            self._plan.device = "cpu"
            self.remark = "The graphics card has too little memory; this was made on the processor."
        elif self._plan.dtype == torch.float32:
            raise StudioError("{name} gave no sound but {what}.", "Use another model.", name=self._name,
                              what=str(error)) from error
        self._plan.dtype = torch.float32
        self._network.to(self._plan.device)
        narrow(self._network, torch.float32)
        self._give_back()

    def _give_back(self) -> None:
        import torch

        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def _late(step: Callable[[float], object], side: int, sides: int, done: float) -> None:
    """Tell ``step`` how far it is in making sound of the codes."""
    step(_CODES_SHARE + (1 - _CODES_SHARE) * (side + done) / sides)


class _NotASoundError(Exception):
    """What came out cannot be heard."""


def _choices(network: Any, usual: int) -> int:
    """From how many codes it draws."""
    told = getattr(network.generation_config, "top_k", None)
    return told if isinstance(told, int) and told > 0 else usual
