"""Export of a music network to ONNX with a key/value cache and eight bits a weight.

The graph is written node by node with onnxruntime's own operators (GroupQueryAttention turns and keeps keys
and values, MatMulNBits multiplies by 8-bit weights), as its package for language models does: exporters make
twenty small nodes of each of these, and a token would cost several times as much. Matrices that take the same
states are one, for each node costs as much as a small matrix.

Inputs: ``tokens`` (N, T) int64; ``past`` of each layer, keys and values (N, heads, P, head), float32;
``last`` (N) int32, P + T - 1; ``total`` () int32, P + T. Outputs: ``logits`` (N, T, vocabulary) and the keys
and values of all P + T places. N or T is one where P is not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from studio.training.export import open_session
from studio.training.language import Language

OPSET, IR = 17, 9
BLOCK = 64
"""Weights of a row that share a scale."""
_MICROSOFT = "com.microsoft"
Array = NDArray[np.float32]


def export(network: Language, path: Path) -> None:
    """Write the file, under another name until it is whole."""
    import onnx

    graph = _Graph(network)
    graph.layers()
    part = path.with_suffix(".part")
    onnx.save_model(graph.model(), str(part))
    part.replace(path)


def quantised(weight: Array) -> tuple[NDArray[np.uint8], Array]:
    """(N, K) -> numbers (N, K / 64, 64), of which 128 is zero, and scales (N x K / 64); 64 divides K."""
    blocks = weight.reshape(len(weight), -1, BLOCK)
    scales = np.abs(blocks).max(2) / 127.0
    rounded = np.round(blocks / np.maximum(scales, 1e-12)[..., None]) + 128.0
    return rounded.astype(np.uint8), scales.astype(np.float32).ravel()


def restored(weight: Array) -> Array:
    """The weights that the file holds in place of these."""
    numbers, scales = quantised(weight)
    values: Array = (numbers.astype(np.float32) - 128.0) * scales.reshape(*numbers.shape[:2], 1)
    return values.reshape(weight.shape)


def shipped(network: Language) -> Language:
    """The same network with the numbers that the file holds, so that it is the file that is measured."""
    with torch.no_grad():
        for value in network.state_dict().values():
            if value.ndim == 2:
                value.copy_(torch.from_numpy(restored(value.float().numpy())))
    return network


@torch.no_grad()
def agreement(path: Path, network: Language, tokens: NDArray[np.int64]) -> dict[str, float]:
    """How far the file is from torch, in nats of the chance of each next token in some rows (N, T): read at
    once, and token by token with the cache. Raises ValueError where that is more than rounding (states go
    through the matrices with 8 bits) explains."""
    session = open_session(path)
    mine = network.logits(network(torch.from_numpy(tokens))).log_softmax(-1).numpy()
    whole, _ = run(session, network, tokens, empty(network, len(tokens)))
    row, cache, steps = tokens[:1], empty(network, 1), []
    for at in range(row.shape[1]):
        logits, cache = run(session, network, row[:, at : at + 1], cache)
        steps.append(logits[:, 0])
    wanted = np.take_along_axis(mine[:, :-1], tokens[:, 1:, None], -1)
    found = np.take_along_axis(_log_softmax(whole)[:, :-1], tokens[:, 1:, None], -1)
    mean = float(np.abs(found - wanted).mean())
    stepwise = float(np.abs(_log_softmax(np.stack(steps, 1))[0] - _log_softmax(whole)[0]).max())
    if mean > 0.1 or stepwise > 1.0:
        raise ValueError(f"the file differs from torch by {mean:.3f}, with the cache by {stepwise:.3f} nats")
    return {"mean_nats": round(mean, 5), "with_cache_most_nats": round(stepwise, 5)}


def empty(network: Language, count: int) -> list[Array]:
    """Keys and values of no place at all."""
    shape = (count, network.shape.heads, 0, network.shape.width // network.shape.heads)
    return [np.zeros(shape, np.float32) for _ in range(2 * network.shape.layers)]


def run(session: Any, network: Language, tokens: NDArray[np.int64],
        cache: Sequence[Array]) -> tuple[Array, list[Array]]:
    """Logits (N, T, vocabulary) and the cache with these tokens in it."""
    total = cache[0].shape[2] + tokens.shape[1]
    feeds = {"tokens": tokens, "last": np.full(len(tokens), total - 1, np.int32), "total": np.int32(total)}
    feeds |= dict(zip(_cache_names("past", network.shape.layers), cache, strict=True))
    logits, *after = session.run(None, {name: np.asarray(value) for name, value in feeds.items()})
    return logits, after


class _Graph:
    """Collects nodes and weights."""

    def __init__(self, network: Language) -> None:
        from onnx import helper, numpy_helper

        self.network, self.shape = network, network.shape
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self._node, self._tensor = helper.make_node, numpy_helper.from_array

    def layers(self) -> None:
        """The whole network."""
        turns = self.network.turns[:, 0]
        self._hold("cos", turns.real)
        self._hold("sin", turns.imag)
        table = restored(self.network.table.weight.detach().float().numpy())
        self._hold("table", torch.from_numpy(table).half())
        self._add("Gather", ["table", "tokens"], "read")
        self._add("Cast", ["read"], "stream_0", to=1)
        last = ""
        for number, layer in enumerate(self.network.layers):
            last = self._gated(number, layer, self._attention(number, layer, last))
        self._norm("states", self.network.norm.weight, f"stream_{2 * self.shape.layers - 1}", last)
        self._times("states", self.network.table.weight, name="logits")

    def _attention(self, number: int, layer: Any, last: str) -> str:
        at = f"attention_{number}"
        self._norm(f"{at}_in", layer.attention_norm.weight, f"stream_{max(0, 2 * number - 1)}", last,
                   f"stream_{2 * number}")
        parts = layer.attention
        self._times(f"{at}_in", parts.query.weight, parts.key.weight, parts.value.weight, name=f"{at}_all")
        inputs = [f"{at}_all", "", "", f"past_key_{number}", f"past_value_{number}", "last", "total", "cos",
                  "sin"]
        outputs = [f"{at}_seen", f"key_{number}", f"value_{number}"]
        heads = self.shape.heads
        self._add("GroupQueryAttention", inputs, *outputs, domain=_MICROSOFT, num_heads=heads, do_rotary=1,
                  kv_num_heads=heads, rotary_interleaved=1)
        self._times(f"{at}_seen", parts.out.weight, name=f"{at}_out")
        return f"{at}_out"

    def _gated(self, number: int, layer: Any, last: str) -> str:
        at, part = f"gated_{number}", layer.gated
        self._norm(f"{at}_in", layer.gated_norm.weight, f"stream_{2 * number}", last,
                   f"stream_{2 * number + 1}")
        self._times(f"{at}_in", part.gate.weight, part.up.weight, name=f"{at}_both")
        self._add("Split", [f"{at}_both"], f"{at}_gate", f"{at}_up", axis=-1)
        self._add("QuickGelu", [f"{at}_gate"], f"{at}_silu", domain=_MICROSOFT, alpha=1.0)
        self._add("Mul", [f"{at}_silu", f"{at}_up"], f"{at}_open")
        self._times(f"{at}_open", part.down.weight, name=f"{at}_out")
        return f"{at}_out"

    def _norm(self, name: str, weight: Tensor, stream: str, last: str, total: str = "") -> None:
        """The norm of what flows in ``stream`` and, if it is said, of what the ``last`` part adds to that;
        their ``total`` flows on."""
        self._hold(f"{name}_scale", weight)
        if last:
            self._add("SkipSimplifiedLayerNormalization", [stream, last, f"{name}_scale"], name,
                      *(["", "", total] if total else []), domain=_MICROSOFT, epsilon=self.shape.epsilon)
        else:
            self._add("SimplifiedLayerNormalization", [stream, f"{name}_scale"], name, axis=-1,
                      epsilon=self.shape.epsilon, stash_type=1)

    def _times(self, given: str, *weights: Tensor, name: str) -> None:
        """States times matrices of the network, side by side."""
        numbers, scales = quantised(torch.cat(weights).detach().float().numpy())
        self.weights += [self._tensor(numbers, f"{name}_bits"), self._tensor(scales, f"{name}_scales")]
        self._add("MatMulNBits", [given, f"{name}_bits", f"{name}_scales"], name, domain=_MICROSOFT,
                  K=weights[0].shape[1], N=sum(map(len, weights)), bits=8, block_size=BLOCK, accuracy_level=4)

    def _hold(self, name: str, value: Tensor) -> None:
        self.weights.append(self._tensor(value.detach().contiguous().numpy(), name))

    def _add(self, kind: str, inputs: Sequence[str], *outputs: str, domain: str = "", **facts: Any) -> None:
        self.nodes.append(self._node(kind, list(inputs), list(outputs), domain=domain, **facts))

    def model(self) -> Any:
        """The ONNX model."""
        from onnx import TensorProto, helper

        place, size = (helper.make_tensor_value_info, self.shape.width // self.shape.heads)
        kept: list[str | int | None] = ["N", self.shape.heads]
        inputs = [place("tokens", TensorProto.INT64, ["N", "T"]), place("last", TensorProto.INT32, ["N"]),
                  place("total", TensorProto.INT32, [])]
        inputs += [place(name, TensorProto.FLOAT, [*kept, "P", size])
                   for name in _cache_names("past", self.shape.layers)]
        outputs = [place("logits", TensorProto.FLOAT, ["N", "T", self.shape.vocabulary])]
        outputs += [place(name, TensorProto.FLOAT, [*kept, "all", size])
                    for name in _cache_names("", self.shape.layers)]
        graph = helper.make_graph(self.nodes, "music", inputs, outputs, self.weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR, producer_name="Atelier")


def _cache_names(prefix: str, layers: int) -> list[str]:
    names = [f"{kind}_{number}" for number in range(layers) for kind in ("key", "value")]
    return [f"{prefix}_{name}" if prefix else name for name in names]


def _log_softmax(values: Array) -> Array:
    shifted = values - values.max(-1, keepdims=True)
    found: Array = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found
