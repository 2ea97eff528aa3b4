"""The last step, latents to pixels, kept from running out of memory: so no work already done is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import Any

import torch

from studio.core.errors import OutOfMemory
from studio.engines.torch_run import memory_in_words

IN_TILES = "There was little memory: the last step was done in tiles."
ON_PROCESSOR = "The graphics card has too little memory; the last step was done on the processor."


class NoRoomToDecode(OutOfMemory):
    """Neither tiles nor the processor helped: to paint it again would end here again."""


@contextlib.contextmanager
def rescued(vae: Any, told: Callable[[str], object]) -> Generator[None]:
    """Inside the block ``vae.decode`` tries tiles where memory runs out, then the processor.

    ``told`` hears in words what was done. Where nothing helps, OutOfMemory is raised.
    """
    plain = vae.decode

    def decode(latents: torch.Tensor, *more: Any, **options: Any) -> Any:
        for attempt, words in ((plain, ""), (_in_tiles(vae, plain), IN_TILES),
                               (_on_processor(vae, plain), ON_PROCESSOR)):
            try:
                with memory_in_words():
                    made = attempt(latents, *more, **options)
                told(words)
                return made
            except OutOfMemory as error:
                problem = error
        raise NoRoomToDecode(problem.template, problem.hint_template, details=problem.details) from problem

    vae.decode = decode
    try:
        yield
    finally:
        del vae.decode


def _in_tiles(vae: Any, plain: Callable[..., Any]) -> Callable[..., Any]:
    def decode(latents: torch.Tensor, *more: Any, **options: Any) -> Any:
        vae.enable_tiling()
        try:
            return plain(latents, *more, **options)
        finally:
            vae.disable_tiling()

    return decode


def _on_processor(vae: Any, plain: Callable[..., Any]) -> Callable[..., Any]:
    """In float32, and back where it was; on the processor itself there is nothing more to try."""
    def decode(latents: torch.Tensor, *more: Any, **options: Any) -> Any:
        if latents.device.type == "cpu":
            raise OutOfMemory("There was not enough memory for this.",
                              "Try a smaller size, or close other programs.")
        place, dtype = vae.device, vae.dtype
        vae.to("cpu", torch.float32)
        try:
            made = plain(latents.to("cpu", torch.float32), *more, **options)
            return (made[0].to(latents.device, dtype), *made[1:])
        finally:
            vae.to(place, dtype)

    return decode
