"""ONNX graphs that stand where a pipeline of diffusers has its networks: so all else is the same code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from diffusers.configuration_utils import FrozenDict
from diffusers.models.autoencoders.vae import DecoderOutput, DiagonalGaussianDistribution

from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.engines.onnx_graph import OnnxGraph

_TYPES = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(double)": np.float64,
          "tensor(int64)": np.int64, "tensor(int32)": np.int32}
_SURE = -30.0
"""Logarithm of a variance that is next to nothing."""


class OnnxPart(torch.nn.Module):
    """A network without weights of its own; numbers come and go as float32 on the processor."""

    is_graph = True

    def __init__(self, graph: OnnxGraph, config: Mapping[str, Any]) -> None:
        super().__init__()
        self.graph, self.config, self._cancel = graph, FrozenDict(config), CancelToken()

    @property
    def dtype(self) -> torch.dtype:
        """Of what goes in and comes out."""
        return torch.float32

    @property
    def device(self) -> torch.device:
        """Where its numbers are."""
        return torch.device("cpu")

    def listen(self, cancel: CancelToken) -> None:
        """From now on a run stops with ``cancel``."""
        self._cancel = cancel

    def run(self, told: Mapping[str, Any], graph: OnnxGraph | None = None) -> dict[str, torch.Tensor]:
        """Outputs by name; what a graph has no input for is left out. Raises Cancelled, OutOfMemory."""
        graph = graph or self.graph
        ports = [port for port in graph.inputs if told.get(port.name) is not None]
        feeds = {port.name: _array(told[port.name], _TYPES.get(port.type, np.float32), len(port.shape))
                 for port in ports}
        made = graph.run(feeds, self._cancel)
        floats = (torch.from_numpy(np.ascontiguousarray(part, np.float32)) for part in made)
        return dict(zip((port.name for port in graph.outputs), floats, strict=True))


class OnnxUnet(OnnxPart):
    """See diffusers.UNet2DConditionModel."""

    def __init__(self, graph: OnnxGraph, config: Mapping[str, Any]) -> None:
        super().__init__(graph, config)
        width = int(config.get("projection_class_embeddings_input_dim") or 0)
        self.add_embedding = torch.nn.Module()
        self.add_embedding.linear_1 = torch.nn.Identity()
        self.add_embedding.linear_1.in_features = width  # type: ignore[assignment]

    def forward(self, sample: Any, timestep: Any, encoder_hidden_states: Any, *,
                added_cond_kwargs: Mapping[str, Any] | None = None, **more: Any) -> tuple[torch.Tensor]:
        """The noise, or what the model foretells."""
        made = self.run({"sample": sample, "timestep": timestep,
                         "encoder_hidden_states": encoder_hidden_states, **(added_cond_kwargs or {})})
        return (next(iter(made.values())),)


class OnnxVae(OnnxPart):
    """See diffusers.AutoencoderKL; ``encoder`` may be missing."""

    def __init__(self, graph: OnnxGraph, encoder: OnnxGraph | None, config: Mapping[str, Any]) -> None:
        super().__init__(graph, config)
        self.encoder_graph, self.use_tiling = encoder, False

    @property
    def can_encode(self) -> bool:
        """Whether pictures can go in."""
        return self.encoder_graph is not None

    def encode(self, picture: torch.Tensor) -> Any:
        """Raises StudioError where there is no encoder."""
        from types import SimpleNamespace

        if self.encoder_graph is None:
            raise StudioError("This model paints from words alone: its vae_encoder is missing.",
                              "Copy the whole folder, or leave the picture out.")
        name = self.encoder_graph.inputs[0].name
        told = next(iter(self.run({name: picture}, self.encoder_graph).values()))
        if told.shape[1] == self.config["latent_channels"]:  # drawn already, or the mean alone
            told = torch.cat([told, torch.full_like(told, _SURE)], dim=1)
        return SimpleNamespace(latent_dist=DiagonalGaussianDistribution(told))

    def decode(self, latents: torch.Tensor, return_dict: bool = True, generator: Any = None) -> Any:
        """Pixels, -1 to 1."""
        made = next(iter(self.run({self.graph.inputs[0].name: latents}).values()))
        return DecoderOutput(sample=made) if return_dict else (made,)

    def enable_tiling(self) -> None:
        """There is no smaller piece of a graph: it is tried once more, with what memory came free."""

    def disable_tiling(self) -> None:
        """See `enable_tiling`."""


class Told(tuple[torch.Tensor, ...]):
    """What a text encoder says."""

    hidden_states: tuple[torch.Tensor, ...] = ()


class OnnxText(OnnxPart):
    """See transformers.CLIPTextModel."""

    def forward(self, input_ids: Any, attention_mask: Any = None, **more: Any) -> Told:
        """Its outputs in their order, and those of its layers."""
        made = self.run({"input_ids": input_ids, "attention_mask": attention_mask})
        told = Told(part for name, part in made.items() if not name.startswith("hidden_states"))
        told.hidden_states = tuple(part for name, part in made.items() if name.startswith("hidden_states"))
        return told


def _array(value: Any, dtype: Any, sides: int) -> Any:
    found = value.detach().cpu().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
    found = found.reshape(1) if sides == 1 and found.ndim == 0 else found
    return np.ascontiguousarray(found.reshape(()) if sides == 0 else found, dtype)
