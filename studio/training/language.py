"""The network of the Write starter models: a small Llama (Touvron et al. 2023), as llama.cpp computes it.

RMS norms before every part, rotary positions on neighbouring pairs (Su et al. 2021), gated linear units
(SwiGLU, Shazeer 2020), no biases, one table for reading and for writing tokens (Press and Wolf 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """Size of a network. Widths are multiples of 32, the block of Q8_0."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    inner: int
    context: int
    dropout: float = 0.0
    turn: float = 10_000.0
    epsilon: float = 1e-6


class Attention(nn.Module):
    """Every place looks at itself and at those before it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (_linear(shape.width, shape.width) for _ in range(4))

    def forward(self, x: Tensor, turns: Tensor) -> Tensor:
        """(N, T, width) -> the same; ``turns``: complex (T, 1, half a head)."""
        split = (*x.shape[:2], self.heads, -1)
        query, key = (_turned(part(x).view(split), turns) for part in (self.query, self.key))
        value = self.value(x).view(split)
        seen = functional.scaled_dot_product_attention(
            query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2), is_causal=True)
        answer: Tensor = self.out(seen.transpose(1, 2).flatten(2))
        return answer


class Gated(nn.Module):
    """down(silu(gate(x)) * up(x))."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.gate, self.up = (_linear(shape.width, shape.inner) for _ in range(2))
        self.down = _linear(shape.inner, shape.width)

    def forward(self, x: Tensor) -> Tensor:
        """(N, T, width) -> the same."""
        answer: Tensor = self.down(functional.silu(self.gate(x)) * self.up(x))
        return answer


class Layer(nn.Module):
    """Attention, then the gated part, each added to the stream."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm, self.gated_norm = (_norm(shape) for _ in range(2))
        self.attention, self.gated = Attention(shape), Gated(shape)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, turns: Tensor) -> Tensor:
        """(N, T, width) -> the same."""
        x = x + self.drop(self.attention(self.attention_norm(x), turns))
        answer: Tensor = x + self.drop(self.gated(self.gated_norm(x)))
        return answer


class Language(nn.Module):
    """Tokens (N, T) -> states (N, T, width); `logits` makes (N, T, vocabulary) of those."""

    turns: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.table = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = _norm(shape)
        self.register_buffer("turns", rotations(shape), persistent=False)
        self._begin()

    def forward(self, tokens: Tensor) -> Tensor:
        """See the class."""
        x = self.table(tokens)
        turns = self.turns[: tokens.shape[1]]
        for layer in self.layers:
            x = layer(x, turns)
        states: Tensor = self.norm(x)
        return states

    def logits(self, states: Tensor) -> Tensor:
        """Logarithms of odds of the next token, up to a constant."""
        return functional.linear(states, self.table.weight)

    def outlets(self) -> list[nn.Parameter]:
        """The matrices that write into the stream."""
        return [weight for name, weight in self.named_parameters() if ".out." in name or ".down." in name]

    def _begin(self) -> None:
        """Matrices that keep lengths; nothing is written into the stream yet.

        As the table both reads and writes, a token then foretells itself, with a logit of the width times
        the deviation of the table: small enough to drown among thousands of others.
        """
        nn.init.normal_(self.table.weight, std=4.0 / self.shape.width)
        for weight in self.layers.parameters():
            if weight.ndim == 2:
                nn.init.normal_(weight, std=weight.shape[1] ** -0.5)
        for weight in self.outlets():
            nn.init.zeros_(weight)


class HeadLoss(torch.autograd.Function):
    """Cross entropy of the next token, some places at a time.

    The whole table of logits would be a quarter of a gigabyte and leave the cache for every pass over it.
    So each part of it is made, differentiated at once, and forgotten.
    """

    @staticmethod
    def forward(ctx: torch.autograd.function.FunctionCtx, states: Tensor, table: Tensor, wanted: Tensor,
                part: int) -> Tensor:
        """states (P, width), table (vocabulary, width), wanted (P) -> mean loss in nats."""
        weights = table.to(states.dtype)
        by_states, by_table = torch.empty_like(states), torch.zeros_like(table)
        total = torch.zeros((), device=states.device)
        for at in range(0, len(states), part):
            some, want = states[at : at + part], wanted[at : at + part, None]
            odds = (some @ weights.T).float().log_softmax(1)
            total -= odds.gather(1, want).sum()
            slope = odds.exp_().scatter_add_(1, want, odds.new_full(want.shape, -1.0)).to(states.dtype)
            by_states[at : at + part] = slope @ weights
            by_table += slope.T @ some
        ctx.save_for_backward(by_states / len(states), by_table / len(states))
        return total / len(states)

    @staticmethod
    def backward(ctx: torch.autograd.function.FunctionCtx, *slopes: Tensor) -> tuple[Tensor | None, ...]:
        """The derivatives kept by `forward`, times that of the loss."""
        by_states, by_table = ctx.saved_tensors  # type: ignore[attr-defined]
        return by_states * slopes[0].to(by_states.dtype), by_table * slopes[0], None, None


def loss_of(network: Language, tokens: Tensor, part: int = 512) -> Tensor:
    """Mean nats of each token given those before it; tokens (N, T + 1)."""
    states = network(tokens[:, :-1]).flatten(0, 1)
    loss: Tensor = HeadLoss.apply(states, network.table.weight, tokens[:, 1:].flatten(), part)  # type: ignore[no-untyped-call]
    return loss


def rotations(shape: Shape) -> Tensor:
    """Complex (context, 1, half a head): how far each pair of a head is turned at each place."""
    half = shape.width // shape.heads // 2
    speeds = shape.turn ** (-torch.arange(half, dtype=torch.float64) / half)
    angles = torch.arange(shape.context, dtype=torch.float64)[:, None, None] * speeds
    return torch.polar(torch.ones_like(angles), angles).to(torch.complex64)


@torch.no_grad()
def continued(network: Language, prompts: Sequence[Sequence[int]], count: int, *, seed: int,
              temperature: float = 0.8, top: float = 0.95, barred: Sequence[int] = ()) -> list[list[int]]:
    """``count`` tokens drawn after each of some prompts of one length, from the likeliest that make up
    ``top`` (nucleus sampling, Holtzman et al. 2020); ``barred`` tokens never."""
    tokens = torch.tensor(prompts, device=network.table.weight.device)
    chance = torch.Generator().manual_seed(seed)
    for _ in range(count):
        states = network(tokens[:, -network.shape.context :])[:, -1]
        odds = network.logits(states).float() / temperature
        odds[:, list(barred)] = -torch.inf
        tokens = torch.cat((tokens, _drawn(odds, top, chance)), 1)
    return [row[len(prompt) :] for row, prompt in zip(tokens.tolist(), prompts, strict=True)]


def _drawn(odds: Tensor, top: float, chance: torch.Generator) -> Tensor:
    shares, numbers = odds.softmax(1).sort(1, descending=True)
    shares[shares.cumsum(1) - shares > top] = 0
    place = torch.multinomial(shares.cpu(), 1, generator=chance)
    return numbers.gather(1, place.to(numbers.device))


def _turned(x: Tensor, turns: Tensor) -> Tensor:
    pairs = torch.view_as_complex(x.float().view(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turns).flatten(-2).to(x.dtype)


def _linear(inputs: int, outputs: int) -> nn.Linear:
    return nn.Linear(inputs, outputs, bias=False)


def _norm(shape: Shape) -> nn.RMSNorm:
    return nn.RMSNorm(shape.width, eps=shape.epsilon)
