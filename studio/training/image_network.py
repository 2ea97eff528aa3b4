"""The network of the Image starter models: noise and words in, a clean picture out, in its short form.

A plain transformer over patches of the short form (`image_latents`) that foretells the picture itself rather
than the noise (Li and He 2025, "Back to Basics"). Time and the gist of the
words scale and shift every part (adaptive norms, Peebles and Xie 2023, one table for all layers as in
Chen et al. 2023, PixArt); the words themselves are read as tokens beside the patches. Later layers see what
earlier ones had (Bao et al. 2023, U-ViT).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.training.image_latents import CHANNELS, SIDE


@dataclass(frozen=True)
class Shape:
    """Size of a network: pictures of ``side`` places in patches of ``patch``; ``words`` it knows, of which it
    reads ``room``."""

    words: int
    room: int = 12
    side: int = SIDE
    patch: int = 2
    width: int = 192
    layers: int = 6
    reading: int = 1
    heads: int = 4
    inner: int = 512

    @property
    def patches(self) -> int:
        """How many a picture has."""
        return (self.side // self.patch) ** 2


class Norm(nn.Module):
    """Vectors brought to the length of their number (RMS norm, Zhang and Sennrich 2019), in operators that
    any ONNX runtime has."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """(.., width) -> the same."""
        answer: Tensor = x * (x.square().mean(-1, keepdim=True) + 1e-6).rsqrt() * self.weight
        return answer


class Attention(nn.Module):
    """Every token looks at all others; queries and keys have unit length (Henry et al. 2020)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (_linear(shape.width, shape.width) for _ in range(4))
        self.query_norm, self.key_norm = (Norm(shape.width // shape.heads) for _ in range(2))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(N, T, width) -> the same; ``bias`` (N, 1, 1, T) hides tokens that say nothing."""
        query, key, value = (part(x).unflatten(2, (self.heads, -1)).transpose(1, 2)
                             for part in (self.query, self.key, self.value))
        query, key = self.query_norm(query), self.key_norm(key)
        seen = functional.scaled_dot_product_attention(query, key, value, bias)
        answer: Tensor = self.out(seen.transpose(1, 2).flatten(2))
        return answer


class Layer(nn.Module):
    """Attention, then a gated part (SwiGLU), each scaled, shifted and let in by six vectors."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention = Attention(shape)
        self.gate, self.up = (_linear(shape.width, shape.inner) for _ in range(2))
        self.down = _linear(shape.inner, shape.width)
        self.norms = nn.ModuleList(Norm(shape.width) for _ in range(2))
        self.own = nn.Parameter(torch.zeros(6, shape.width))

    def forward(self, x: Tensor, bias: Tensor, common: Tensor) -> Tensor:
        """(N, T, width) -> the same; ``common``: (N, 6, width)."""
        shift, scale, enter, late_shift, late_scale, late_enter = (common + self.own).unsqueeze(2).unbind(1)
        seen = self.attention(self.norms[0](x) * (1 + scale) + shift, bias)
        x = x + (1 + enter) * seen
        inner = self.norms[1](x) * (1 + late_scale) + late_shift
        answer: Tensor = x + (1 + late_enter) * self.down(functional.silu(self.gate(inner)) * self.up(inner))
        return answer


class Painter(nn.Module):
    """Short forms (N, 16, side, side), mixed with noise, at times (N,) from 0, noise, to 1, clean; words
    (N, room), 0 for none -> the clean ones it foretells."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape, width = shape, shape.width
        self.table = nn.Embedding(shape.words, width)
        self.readers = nn.ModuleList(Layer(shape) for _ in range(shape.reading))
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.skips = nn.ModuleList(_linear(width, width) for _ in range(shape.layers // 2))
        self.places = nn.Parameter(torch.randn(shape.patches, width) * 0.3)
        self.enter = nn.Linear(CHANNELS * shape.patch**2, width)
        self.clock = nn.Sequential(nn.Linear(2 * _WAVES, width), nn.SiLU(), nn.Linear(width, width))
        self.gist = _linear(width, width)
        self.common = nn.Linear(width, 6 * width)
        self.norm = Norm(width)
        self.leave = nn.Linear(width, CHANNELS * shape.patch**2)
        self._begin()

    def forward(self, picture: Tensor, time: Tensor, words: Tensor) -> Tensor:
        """See the class."""
        read, hidden = self.read(words)
        said = (words > 0).unsqueeze(2).to(read.dtype)
        gist = self.gist((read * said).sum(1) / said.sum(1).clamp(min=1.0))
        common = self.common(functional.silu(self.clock(waves(time)) + gist)).unflatten(1, (6, -1))
        bias = functional.pad(hidden, (0, self.shape.patches))
        x = torch.cat((read, self.enter(self._patches(picture)) + self.places), 1)
        kept: list[Tensor] = []
        half = len(self.skips)
        for number, layer in enumerate(self.layers):
            if number >= self.shape.layers - half:
                x = x + self.skips[number - self.shape.layers + half](kept.pop())
            x = layer(x, bias, common)
            if number < half:
                kept.append(x)
        return self._whole(self.leave(self.norm(x[:, words.shape[1] :])))

    def read(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Words in the light of each other (N, room, width), and what hides those that are none. The first
        place is always seen: no words at all are a word too."""
        hidden = torch.where(words > 0, 0.0, _HIDDEN)
        hidden = torch.cat((torch.zeros_like(hidden[:, :1]), hidden[:, 1:]), 1)[:, None, None]
        x = self.table(words)
        still = x.new_zeros(1, 6, self.shape.width)
        for reader in self.readers:
            x = reader(x, hidden, still)
        return x, hidden

    def outlets(self) -> list[nn.Parameter]:
        """The matrices that write into the stream."""
        return [weight for name, weight in self.named_parameters() if ".out." in name or ".down." in name]

    def _patches(self, picture: Tensor) -> Tensor:
        side, patch = self.shape.side // self.shape.patch, self.shape.patch
        parts = picture.reshape(-1, CHANNELS, side, patch, side, patch)
        return parts.permute(0, 2, 4, 1, 3, 5).reshape(-1, side * side, CHANNELS * patch * patch)

    def _whole(self, patches: Tensor) -> Tensor:
        side, patch = self.shape.side // self.shape.patch, self.shape.patch
        parts = patches.reshape(-1, side, side, CHANNELS, patch, patch)
        return parts.permute(0, 3, 1, 4, 2, 5).reshape(-1, CHANNELS, side * patch, side * patch)

    def _begin(self) -> None:
        """Matrices that keep lengths; nothing is written into the stream yet."""
        nn.init.normal_(self.table.weight)
        for part in (self.readers, self.layers, self.skips):
            for weight in part.parameters():
                if weight.ndim == 2 and weight.shape[0] != 6:
                    nn.init.normal_(weight, std=weight.shape[1] ** -0.5)
        for weight in (*self.outlets(), *self.skips.parameters(), *self.common.parameters(),
                       *self.leave.parameters()):
            nn.init.zeros_(weight)


def waves(time: Tensor) -> Tensor:
    """(N,) from 0 to 1 -> (N, 128): sines and cosines of many speeds (Vaswani et al. 2017)."""
    speeds = torch.exp(torch.linspace(0.0, math.log(1000.0), _WAVES, device=time.device))
    angles = time[:, None] * speeds
    return torch.cat((angles.sin(), angles.cos()), 1)


def _linear(inputs: int, outputs: int) -> nn.Linear:
    return nn.Linear(inputs, outputs, bias=False)


_WAVES = 64
_HIDDEN = -30_000.0
"""Added to what must not be seen; half precision can hold it."""
