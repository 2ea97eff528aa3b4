"""Distillation of our own trunk: a network of SqueezeNet's shape learns to give the teacher's outputs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from studio.engines.style.networks import Trunk
from studio.training.data import Picture, random_crop, to_tensor
from studio.training.losses import layer_style

TEACHERS_INPUT = 0.5  # share of the batch whose layers see the teacher's inputs


class Distillation:
    """Loss of the student: squared feature errors, and Gram errors, each relative to the teacher's spread.

    Every input is a whole picture batch: flips, permuted channels, mild noise and inverted colours, so
    that the three channels are treated alike and a picture that is being optimised is no surprise.
    """

    def __init__(
        self, student: Trunk, teacher: Trunk, pictures: Sequence[Picture], *, size: int = 128, batch: int = 4
    ) -> None:
        self.student, self.teacher, self.pictures = student, teacher, pictures
        self.size, self.batch = size, batch
        self.spread = self._channel_spread()

    def __call__(self, step: int, progress: float) -> tuple[Tensor, dict[str, float]]:
        """The loss at a step, and its parts per layer."""
        rgb = self.draw(step)
        with torch.no_grad():
            wanted = self.teacher(rgb)
        got = self._answers(rgb, wanted, TEACHERS_INPUT if progress < 0.9 else 0.0)
        errors = [((a - b) / s).square().mean() for a, b, s in zip(got, wanted, self.spread, strict=True)]
        grams = [_gram_error(a, b) for a, b in zip(got, wanted, strict=True)]
        loss = torch.stack(errors).sum() + 0.2 * torch.stack(grams).sum()
        numbers = {name: e.detach().item() for name, e in zip(self.student.names, errors, strict=True)}
        return loss, {
            "loss": loss.detach().item(),
            **numbers,
            "gram": torch.stack(grams).detach().mean().item(),
        }

    def _answers(self, rgb: Tensor, wanted: Sequence[Tensor], share: float) -> list[Tensor]:
        """The student's layers; the first `share` of the batch gets the teacher's outputs as their inputs.

        So every layer learns at once (block-wise distillation), and still learns to live with what comes
        out of the layers before it.
        """
        taught = round(share * len(rgb))
        got: list[Tensor] = []
        x = rgb
        for name, teachers in zip(self.student.names, wanted, strict=True):
            got.append(self.student.stage(name, x))
            x = torch.cat((teachers[:taught], got[-1][taught:]))
        return got

    def draw(self, step: int) -> Tensor:
        """Crops of a step: (batch, 3, size, size), 0..1."""
        rng = np.random.default_rng((2, step))
        chosen = rng.integers(len(self.pictures), size=self.batch)
        rgb = to_tensor([random_crop(self.pictures[i], self.size, rng, colour=0.5) for i in chosen])
        if rng.random() < 0.1:
            rgb = 1.0 - rgb
        noise = torch.from_numpy(rng.standard_normal(rgb.shape, dtype=np.float32))
        strength = torch.from_numpy(
            rng.choice([0.0, 0.0, 0.03, 0.1], size=(self.batch, 1, 1, 1)).astype(np.float32)
        )
        return (rgb + strength * noise).clamp(0.0, 1.0)

    @torch.no_grad()
    def _channel_spread(self) -> list[Tensor]:
        sums = [torch.zeros(1)] * len(self.student.names)
        for step in range(8):
            features = self.teacher(self.draw(1_000_000 + step))
            sums = [total + x.square().mean((0, 2, 3)) for total, x in zip(sums, features, strict=True)]
        roots = [(total / 8).sqrt() for total in sums]
        return [(0.5 * r + 0.5 * r.square().mean().sqrt() + 1e-3).view(1, -1, 1, 1) for r in roots]


def _gram_error(got: Tensor, wanted: Tensor) -> Tensor:
    a, b = layer_style(got).gram, layer_style(wanted).gram
    return ((a - b).square().sum((1, 2)) / (b.square().sum((1, 2)) + 1e-6)).mean()


def fresh_student(teacher: Trunk) -> Trunk:
    """A trunk with random weights, scaled so that its outputs start at the teacher's size."""
    student = Trunk("fire5")
    for module in student.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.zeros_(module.bias)  # type: ignore[arg-type]
    with torch.no_grad():
        student.conv1.weight.mul_(teacher.conv1.weight.std() / student.conv1.weight.std())
    return student


@torch.no_grad()
def feature_errors(student: Trunk, teacher: Trunk, pictures: Sequence[Tensor]) -> dict[str, float]:
    """Relative L2 error of each layer over whole pictures, each (1, 3, H, W)."""
    totals = dict.fromkeys(student.names, 0.0)
    for rgb in pictures:
        for name, a, b in zip(student.names, student(rgb), teacher(rgb), strict=True):
            totals[name] += float((a - b).norm() / b.norm()) / len(pictures)
    return totals
