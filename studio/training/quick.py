"""Training of Quick: arbitrary style transfer in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from studio.engines.style.networks import StyleEncoder, Transfer, Trunk, log_moments
from studio.engines.style.tooth import PERIOD, toothed
from studio.training.data import Picture, random_crop, to_tensor
from studio.training.losses import LayerStyle, content_loss, layer_style, style_loss, total_variation


@dataclass(frozen=True)
class Stage:
    """Crop size and batch from a share of the training on."""

    start: float
    size: int
    batch: int


STAGES = (Stage(0.0, 128, 4), Stage(0.6, 192, 2), Stage(0.85, 256, 1))


WEIGHTS = {"style": 1.0, "moments": 1.0, "content": 0.4, "identity": 4.0, "outside": 40.0, "smooth": 0.5}


class Quick(nn.Module):
    """The style encoder and the transfer network, trained together."""

    def __init__(self, trunk: Trunk) -> None:
        super().__init__()
        self.encoder = StyleEncoder(trunk)
        self.transfer = Transfer(self.encoder.width)


@dataclass(frozen=True)
class Batch:
    """Contents and styles, (N, 3, S, S) each; the last content of a batch is its own style."""

    content: Tensor
    style: Tensor
    rough: Tensor
    """The contents with tooth, as the network gets them."""


class Batches:
    """Batches of pictures in memory. Each depends on its step alone, so a resumed run sees the same."""

    def __init__(self, photos: Sequence[Picture], paintings: Sequence[Picture], seed: int = 1) -> None:
        self.photos, self.paintings, self.seed = photos, paintings, seed
        self._pool = ThreadPoolExecutor(1)
        self._next: tuple[tuple[int, Stage], Future[Batch]] | None = None

    def at(self, step: int, progress: float) -> Batch:
        """The batch of a step; the following one is cut meanwhile."""
        stage = [s for s in STAGES if s.start <= progress][-1]
        if self._next is not None and self._next[0] == (step, stage):
            batch = self._next[1].result()
        else:
            batch = self.draw(step, stage)
        self._next = ((step + 1, stage), self._pool.submit(self.draw, step + 1, stage))
        return batch

    def draw(self, step: int, stage: Stage) -> Batch:
        """Contents are photos; styles are paintings, and now and then a photo."""
        rng = np.random.default_rng((self.seed, step))
        contents = [self._crop(self.photos, stage.size, rng, 0.1) for _ in range(stage.batch)]
        styles = [
            self._crop(self.paintings if rng.random() < 0.85 else self.photos, stage.size, rng, 0.25)
            for _ in range(stage.batch)
        ]
        if step % 2 == 0:
            styles[-1] = contents[-1]
        smooth = to_tensor(contents)
        return Batch(smooth, to_tensor(styles), _with_tooth(smooth, rng))

    @staticmethod
    def _crop(pictures: Sequence[Picture], size: int, rng: np.random.Generator, colour: float) -> Picture:
        return random_crop(pictures[int(rng.integers(len(pictures)))], size, rng, colour=colour)


class Objective:
    """Loss of a batch on the teacher trunk. `spread` (1664): deviation of each log moment over the styles."""

    def __init__(self, quick: Quick, teacher: Trunk, batches: Batches, spread: Tensor) -> None:
        self.quick, self.teacher, self.batches, self.spread = quick, teacher, batches, spread

    def __call__(self, step: int, progress: float) -> tuple[Tensor, dict[str, float]]:
        """The loss at a step, and its parts."""
        batch = self.batches.at(step, progress)
        with torch.no_grad():
            wanted = [layer_style(x) for x in self.teacher(batch.style)]
            known = self._known(batch.style, wanted)
            content_features = self.teacher(batch.content)
        picture, _ = self.quick.transfer(batch.rough, self.quick.encoder(batch.style, known))
        features = self.teacher(picture.clamp(0.0, 1.0))
        got = [layer_style(x) for x in features]
        parts = {
            "style": style_loss(got, wanted).mean(),
            "moments": self._moments(got, wanted),
            "content": sum(
                (content_loss(features[i], content_features[i]).mean() for i in (-2, -1)), torch.zeros(())
            ),
            "identity": _identity(picture, batch),
            "outside": (picture - picture.clamp(0.0, 1.0)).square().mean(),
            "smooth": total_variation(picture),
        }
        loss = sum((WEIGHTS[name] * part for name, part in parts.items()), torch.zeros(()))
        return loss, {
            "loss": loss.detach().item(),
            **{name: part.detach().item() for name, part in parts.items()},
        }

    def _moments(self, got: Sequence[LayerStyle], wanted: Sequence[LayerStyle]) -> Tensor:
        """Squared error of logarithms of moments, each in units of its spread: every channel counts alike."""
        error = (_logs(got) - _logs(wanted)) / self.spread
        return error.clamp(-3.0, 3.0).square().mean()

    def _known(self, style: Tensor, layers: Sequence[LayerStyle]) -> Tensor:
        encoder = self.quick.encoder
        return _logs(layers) if encoder.trunk is self.teacher else encoder.raw(style)


def _with_tooth(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """Tooth from anywhere of the grain for (N, 3, S, S)."""
    rough = [toothed(picture.permute(1, 2, 0).numpy(), 1.0, *(int(at) for at in rng.integers(0, PERIOD, 2)))
             for picture in pictures]
    return torch.from_numpy(np.stack(rough)).permute(0, 3, 1, 2).contiguous()


def _logs(layers: Sequence[LayerStyle]) -> Tensor:
    return log_moments([(layer.mean, layer.deviation) for layer in layers])


def _identity(picture: Tensor, batch: Batch) -> Tensor:
    """Mean absolute error of those samples whose style is their content."""
    same = (batch.style - batch.content).abs().amax((1, 2, 3)) == 0
    return ((picture - batch.content).abs().mean((1, 2, 3)) * same).mean()


@torch.no_grad()
def fit_normaliser(
    encoder: StyleEncoder, pictures: Sequence[Picture], size: int = 256, seed: int = 7
) -> None:
    """Set the encoder's centre and spread from crops of the training styles."""
    rng = np.random.default_rng(seed)
    raw = []
    for picture in pictures:
        crops = [random_crop(picture, size, rng), random_crop(picture, size // 2, rng)]
        raw += [encoder.raw(to_tensor([crop]))[0] for crop in crops]
    stack = torch.stack(raw)
    encoder.centre.copy_(stack.mean(0))
    encoder.spread.copy_(stack.std(0).clamp_min(0.05))
