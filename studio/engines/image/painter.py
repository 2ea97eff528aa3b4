"""Paints with a pipeline of diffusers: from words, over a picture, inside a mask."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from studio.core.diffusion import Family
from studio.core.engine import ModelSource
from studio.core.errors import OutOfMemory, StudioError
from studio.core.jobs import CancelToken
from studio.core.painting import OnStep, Painting, Pixels, Sizes, TokenCount
from studio.engines import offline
from studio.engines.image import calls, plan, schedulers, words
from studio.engines.image.add_ons import AddOns
from studio.engines.image.checks import check
from studio.engines.image.decoders import Decoders
from studio.engines.image.decoding import NoRoomToDecode, rescued
from studio.engines.image.noise import varied
from studio.engines.image.preview import Previews
from studio.engines.image.seamless import circular
from studio.engines.image.steps import Enough, Look, Steps
from studio.engines.image.stopping import stopping
from studio.engines.torch_run import memory_in_words, steady_threads

_INPAINTING = 9
"""Channels into a U-Net made for it: latents, mask, and the latents of what stays."""
_ELSEWHERE = "This model is too big for the graphics card; it was painted on the processor."
_SLICED = "There was little memory: this was painted in smaller pieces, which takes longer."


class Painter:
    """See `studio.core.engine.DiffusionModel`. One thread uses it."""

    def __init__(self, source: ModelSource, pipe: Any, family: Family, made: plan.Plan) -> None:
        """Takes ``pipe`` and moves it where the plan says. Raises OutOfMemory."""
        self._name, self._family, self._plan = Path(source.id).name, family, made
        self._own = pipe.scheduler
        self._forecast = str(source.facts.get("prediction", ""))
        self._network = getattr(pipe, family.network)
        self._is_graph = bool(getattr(self._network, "is_graph", False))
        self._fills_only = self._network.config.in_channels == _INPAINTING
        self._pipe, self._pipes = pipe, {}  # type: Any, dict[str, Any]
        self._previews: Previews | None = None
        self._decoders = Decoders()
        self.remark = ""
        self._move()
        self._add_ons = AddOns(pipe, family)

    @property
    def device(self) -> str:
        """cpu, cuda or mps."""
        return str(self._network.graph.device) if self._is_graph else self._plan.device

    @property
    def precision(self) -> str:
        """Of its weights."""
        return str(self._plan.dtype).removeprefix("torch.")

    @property
    def memory(self) -> int:
        """Bytes it holds, roughly."""
        return self._plan.memory

    @property
    def family(self) -> str:
        """See `DiffusionModel.family`."""
        return self._family.id

    @property
    def size(self) -> Sizes:
        """See `DiffusionModel.size`."""
        factor, config = int(self._pipe.vae_scale_factor), self._network.config
        side = getattr(config, "sample_size", None)
        side = int(side) if isinstance(side, int) else int(self._pipe.default_sample_size)
        multiple = factor * 2 if self._family.is_flow else factor
        return Sizes(side * factor, side * factor, multiple)

    @property
    def has_negative(self) -> bool:
        """See `DiffusionModel.has_negative`."""
        return self._family.has_negative

    @property
    def has_weights(self) -> bool:
        """See `DiffusionModel.has_weights`."""
        return self._family.has_weights

    @property
    def can_be_seamless(self) -> bool:
        """Only convolutions can go round the edge."""
        return self._family.network == "unet" and not self._is_graph

    @property
    def takes_pictures(self) -> bool:
        """See `DiffusionModel.takes_pictures`."""
        return self._family.takes_pictures

    @property
    def schedulers(self) -> tuple[str, ...]:
        """See `DiffusionModel.schedulers`."""
        return schedulers.names(self._family)

    def tokens(self, prompt: str) -> TokenCount:
        """See `DiffusionModel.tokens`."""
        return words.count(self._pipe, self._family, prompt)

    def close(self) -> None:
        """Give its memory back."""
        self._pipe.remove_all_hooks()
        self._pipes.clear()
        self._decoders.forget()
        del self._pipe, self._network, self._add_ons, self._previews, self._own
        plan.give_back()

    def paint(self, painting: Painting, cancel: CancelToken,
              on_step: OnStep = lambda step, total, preview: None) -> Pixels:
        """See `DiffusionModel.paint`."""
        check(painting, self)
        cancel.check()
        self.remark = _ELSEWHERE if self._plan.is_elsewhere else ""
        with torch.no_grad(), steady_threads(), offline.quiet():
            try:
                return self._painted(painting, cancel, on_step)
            except OutOfMemory as error:
                if isinstance(error, NoRoomToDecode) or self._family.network != "unet":  # nothing to slice
                    raise
            plan.give_back()
            self._say(_SLICED)
            self._pipe.enable_attention_slicing("max")
            try:
                return self._painted(painting, cancel, on_step)
            finally:
                self._pipe.disable_attention_slicing()

    def widen(self) -> bool:
        """See `DiffusionModel.widen`."""
        return self._go(self._plan.device, torch.float32)

    def to_cpu(self) -> bool:
        """See `DiffusionModel.to_cpu`."""
        return self._go("cpu", torch.float32)

    def _go(self, device: str, dtype: torch.dtype) -> bool:
        if (device, dtype) == (self._plan.device, self._plan.dtype) or (
                device == "cpu" == self._plan.device and dtype == self._plan.dtype):
            return False
        size = self._plan.memory // self._plan.dtype.itemsize * dtype.itemsize
        stays = device == self._plan.device
        self._plan = replace(self._plan, device=device, dtype=dtype, memory=size,
                             takes_turns=self._plan.takes_turns and stays)
        self._move()
        plan.give_back()
        return True

    def _move(self) -> None:
        self._previews = None
        self._pipes.clear()
        with memory_in_words():
            plan.put(self._pipe, self._plan)

    def _painted(self, painting: Painting, cancel: CancelToken, on_step: OnStep) -> Pixels:
        """Once more in float32 where half precision gives no picture."""
        made = self._made(painting, cancel, on_step)
        if not _is_picture(made) and self._plan.dtype != torch.float32 and self.widen():
            self._say("Half precision gave no picture; this was painted in float32.")
            made = self._made(painting, cancel, on_step)
        if not _is_picture(made):
            what = "one flat colour" if np.isfinite(made).all() else "numbers that are not numbers"
            raise StudioError("{name} gave no picture but {what}.", "Try another scheduler or other words.",
                              name=self._name, what=what)
        return _joined((made * 255).round().astype(np.uint8), painting)

    def _made(self, painting: Painting, cancel: CancelToken, on_step: OnStep) -> Any:
        """(height, width, 3), 0 to 1, as the pipeline gives it."""
        kind = calls.mode(painting, fills_only=self._fills_only)
        with memory_in_words():
            if self._plan.takes_turns:  # `_pipeline` lets them take turns again, the add-ons' weights too
                self._pipe.remove_all_hooks()
            self._add_ons.wear(painting.add_ons)
            pipe = self._pipeline(kind)
            pipe.scheduler = schedulers.make(painting.scheduler, self._own, self._forecast)
            shown = self._shown(pipe)
            shown.begin()
            try:
                with self._around(pipe, painting, cancel):
                    told = Steps(pipe.scheduler, self._look(pipe, shown, painting), cancel, on_step)
                    return self._called(pipe, painting, kind, told)
            finally:
                pipe.maybe_free_model_hooks()

    def _called(self, pipe: Any, painting: Painting, kind: calls.Mode, told: Steps) -> Any:
        try:
            result = pipe(**calls.arguments(pipe, painting, self._family, kind), callback_on_step_end=told)
        except Enough as enough:
            return calls.decoded(pipe, enough.latents)
        self._check_filter(result)
        return result.images[0]

    @contextlib.contextmanager
    def _around(self, pipe: Any, painting: Painting, cancel: CancelToken) -> Generator[None]:
        with self._decoders.worn(pipe, painting.decoder, self._plan.device, self._plan.dtype):
            networks = [part for part in pipe.components.values() if isinstance(part, torch.nn.Module)]
            bent = [self._network, pipe.vae] if painting.is_seamless else []
            with (circular(bent), stopping(networks, cancel, self._plan.device), varied(pipe, painting),
                  rescued(pipe.vae, self._say)):
                yield

    def _pipeline(self, kind: calls.Mode) -> Any:
        """The pipeline for ``kind``, which shares its parts with the others."""
        if kind not in self._pipes:
            self._pipes[kind] = calls.pipeline(self._pipe, self._family, kind)
        pipe = self._pipes[kind]
        if self._plan.takes_turns:
            pipe.enable_model_cpu_offload(device=self._plan.device)
        return pipe

    def _shown(self, pipe: Any) -> Previews:
        if self._previews is None:
            self._previews = Previews(pipe.vae)
            pipe.maybe_free_model_hooks()
        return self._previews

    def _look(self, pipe: Any, shown: Previews, painting: Painting) -> Look:
        """A tiny decoder paints the previews too."""
        is_tiny = painting.decoder is not None and painting.decoder.is_tiny
        return lambda latents: shown.picture(lambda: self._latents(pipe, latents(), painting),
                                             pipe if is_tiny else None)

    def _latents(self, pipe: Any, latents: torch.Tensor, painting: Painting) -> torch.Tensor:
        """(1, channels, h, w); Flux keeps them in rows of squares."""
        if latents.ndim == 4:
            return latents
        found: torch.Tensor = pipe._unpack_latents(latents, painting.height, painting.width,
                                                   pipe.vae_scale_factor)
        return found

    def _check_filter(self, result: Any) -> None:
        if any(getattr(result, "nsfw_content_detected", None) or ()):
            raise StudioError("The filter that came with {name} held this picture back.",
                              "Use other words or another seed.", name=self._name)

    def _say(self, remark: str) -> None:
        """What the person should know, each once."""
        if remark and remark not in self.remark:
            self.remark = f"{self.remark} {remark}".strip()


def _is_picture(made: Any) -> bool:
    return bool(np.isfinite(made).all()) and float(made.min()) < float(made.max())


def _joined(made: Pixels, painting: Painting) -> Pixels:
    """Outside the mask the picture stays as it was, to the bit."""
    if painting.mask is None or painting.image is None:
        return made
    return np.where((painting.mask >= 128)[..., None], made, painting.image).astype(np.uint8)
