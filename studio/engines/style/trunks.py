"""Trunks that Fine looks through: our own (SqueezeNet 1.1's shape) and torchvision's VGG-19."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.core.engine import ModelSource
from studio.core.errors import StudioError
from studio.engines.model_files import model_file
from studio.engines.style.networks import TRUNK_LAYERS, Trunk
from studio.engines.weights import read_weights

_OURS = (0.6, 1.0, 1.0, 1.0, 0.8)
VGG_CONVOLUTIONS = ((0, 3, 64), (2, 64, 64), (5, 64, 128), (7, 128, 128), (10, 128, 256), (12, 256, 256),
                     (14, 256, 256), (16, 256, 256), (19, 256, 512), (21, 512, 512))
"""(index in torchvision's ``features``, inputs, outputs), up to relu4_2 (Simonyan and Zisserman 2015)."""
_VGG_STYLE, _VGG_CONTENT, _VGG_POOLED = (0, 5, 10, 19), 21, (5, 10, 19)
_VGG_MEAN, _VGG_SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


class Features(nn.Module):
    """A trunk seen as one content map and several style maps."""

    weights: Sequence[float]
    """Share of each style map."""

    def forward(self, picture: Tensor) -> tuple[Tensor, list[Tensor]]:
        """picture: (1, 3, H, W), 0..1, both sides at least 32."""
        raise NotImplementedError


class TrunkFeatures(Features):
    """Style from conv1 to fire5, content from fire4."""

    weights = _OURS

    def __init__(self, trunk: Trunk) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, picture: Tensor) -> tuple[Tensor, list[Tensor]]:
        """See `Features.forward`."""
        maps = self.trunk(picture)
        return maps[TRUNK_LAYERS.index("fire4")], maps


class VggFeatures(Features):
    """Style from relu1_1, relu2_1, relu3_1, relu4_1; content from relu4_2. Means are pooled, not maxima."""

    weights = (1.0, 1.0, 1.0, 1.0)

    def __init__(self) -> None:
        super().__init__()
        for index, inputs, outputs in VGG_CONVOLUTIONS:
            self.add_module(f"features_{index}", nn.Conv2d(inputs, outputs, 3, padding=1))
        self.register_buffer("mean", torch.tensor(_VGG_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("spread", torch.tensor(_VGG_SPREAD).view(1, 3, 1, 1), persistent=False)

    def forward(self, picture: Tensor) -> tuple[Tensor, list[Tensor]]:
        """See `Features.forward`."""
        x = (picture - self.get_buffer("mean")) / self.get_buffer("spread")
        maps = []
        for index, _, _ in VGG_CONVOLUTIONS:
            if index in _VGG_POOLED:
                x = functional.avg_pool2d(x, 2)
            x = functional.relu(self.get_submodule(f"features_{index}")(x))
            if index in _VGG_STYLE:
                maps.append(x)
        return x, maps


def load_trunk_features(source: ModelSource) -> TrunkFeatures:
    """Our own trunk from ``trunk.safetensors``. Raises StudioError."""
    trunk = Trunk()
    _fill(trunk, read_weights(model_file(source)), source)
    return TrunkFeatures(trunk)


def load_vgg_features(source: ModelSource) -> VggFeatures:
    """torchvision's VGG-19 from .pth or safetensors; its classifier and last layers are left out."""
    weights = read_weights(model_file(source))
    found = {name.replace("features.", "features_", 1): value for name, value in weights.items()}
    features = VggFeatures()
    _fill(features, found, source)
    return features


def _fill(module: nn.Module, weights: dict[str, Tensor], source: ModelSource) -> None:
    wanted = module.state_dict()
    for name, tensor in wanted.items():
        if name not in weights or weights[name].shape != tensor.shape:
            raise StudioError("The model {model} lacks {part}, or it has another shape.",
                              "Choose another file.", model=source.id, part=name)
    module.load_state_dict({name: weights[name] for name in wanted})
