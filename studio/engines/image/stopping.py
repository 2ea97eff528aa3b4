"""A cancel is seen inside a step: with a large model one step takes seconds."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable

import torch

from studio.core.jobs import CancelToken


@contextlib.contextmanager
def stopping(networks: Iterable[torch.nn.Module], cancel: CancelToken, device: str) -> Generator[None]:
    """Inside the block ``cancel`` is asked before every piece of work, and Cancelled raised.

    On a processor a piece is one product or convolution. A graphics card only gets the work listed, which
    is quick, so that there one block of layers is enough.
    """
    networks = list(networks)
    for network in networks:
        if callable(listen := getattr(network, "listen", None)):  # see `onnx_parts`
            listen(cancel)
    pieces = [piece for network in networks for piece in (_products(network) if device == "cpu"
                                                          else _blocks(network))]
    hooks = [piece.register_forward_pre_hook(lambda piece, numbers: cancel.check()) for piece in pieces]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _products(network: torch.nn.Module) -> list[torch.nn.Module]:
    return [part for part in network.modules() if isinstance(part, torch.nn.Linear | torch.nn.Conv2d)]


def _blocks(network: torch.nn.Module) -> list[torch.nn.Module]:
    lists = [part for part in network.modules() if isinstance(part, torch.nn.ModuleList)]
    return [part for many in lists for part in many if not isinstance(part, torch.nn.ModuleList)]
