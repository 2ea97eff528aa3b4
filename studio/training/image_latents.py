"""A short form of drawings, eight by eight places of sixteen numbers, that the painter works in (latent
diffusion, Rombach et al. 2022), and the way back.

A convolutional autoencoder learned by plain absolute differences. The numbers of a place have mean 0 and
spread 1 over all drawings, and a little noise is added to them while the decoder learns, so that it forgives
what is nearly right.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from studio.training.image_pictures import Gallery
from studio.training.loop import Plan, Training

CHANNELS, SIDE = 16, 8
"""Of the short form: (16, 8, 8)."""
MINUTES, REFINING = 14.0, 14.0
_BATCH, _STEPS, _RATE = 32, 20_000, 2e-3
_NOISE = 0.15
_MOVED = 3


class Block(nn.Module):
    """Two convolutions beside the way past them (He et al. 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = (nn.Conv2d(width, width, 3, padding=1) for _ in range(2))
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, H, W) -> the same."""
        answer: Tensor = x + self.second(functional.silu(self.first(functional.silu(x))))
        return answer


class Level(nn.Module):
    """Numbers brought to mean 0 and spread 1 (batch norm, Ioffe and Szegedy 2015, without its count of
    batches, which has no running average)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.register_buffer("running_mean", torch.zeros(width))
        self.register_buffer("running_var", torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, H, W) -> the same."""
        return functional.batch_norm(x, cast(Tensor, self.running_mean), cast(Tensor, self.running_var),
                                     training=self.training, momentum=0.02)


class Drawings(nn.Module):
    """The autoencoder."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(
            nn.PixelUnshuffle(4), nn.Conv2d(64, 96, 3, padding=1), Block(96),
            nn.Conv2d(96, 128, 3, padding=1, stride=2), Block(128), nn.Conv2d(128, CHANNELS, 1))
        self.level = Level(CHANNELS)
        self.decoder = nn.Sequential(
            nn.Conv2d(CHANNELS, 160, 3, padding=1), Block(160), Block(160), *_larger(160, 96),
            Block(96), Block(96), *_larger(96, 48), Block(48), nn.Conv2d(48, 16, 3, padding=1),
            nn.PixelShuffle(2))

    def encode(self, pictures: Tensor) -> Tensor:
        """(N, 4, 64, 64), -1 to 1 -> (N, 16, 8, 8)."""
        return cast(Tensor, self.level(self.encoder(pictures)))

    def decode(self, latents: Tensor) -> Tensor:
        """(N, 16, 8, 8) -> (N, 4, 64, 64), about -1 to 1."""
        return cast(Tensor, self.decoder(latents))

    def forward(self, pictures: Tensor) -> Tensor:
        """There and back."""
        latents = self.encode(pictures)
        return self.decode(latents + _NOISE * torch.randn_like(latents) if self.training else latents)


class _Objective:
    def __init__(self, drawings: Drawings, shown: Gallery, device: str) -> None:
        self.drawings, self.shown, self.device = drawings, shown, device
        self.numbers, self.odds = np.array(shown.train), shown.odds()

    def __call__(self, step: int, progress: float) -> tuple[Tensor, dict[str, float]]:
        chance = np.random.default_rng([17, step])
        numbers = chance.choice(self.numbers, _BATCH, p=self.odds)
        pictures = np.stack([_moved(self.shown.pictures[int(number)], chance) for number in numbers])
        wanted = torch.from_numpy(clean(pictures)).to(self.device)
        loss = (self.drawings(wanted) - wanted).abs().mean()
        return loss, {"loss": loss.item()}


def trained_drawings(shown: Gallery, folder: Path, device: str = "cpu", minutes: float = MINUTES) -> Drawings:
    """The autoencoder of a gallery, trained if it is not yet; it goes on where it stopped."""
    drawings = Drawings().to(device)
    drawings.to(memory_format=torch.channels_last)  # type: ignore[call-overload] # stubs lack it
    training = Training(drawings, Plan(folder, _STEPS, minutes, rate=_RATE, hold=0.3, average=0.99))
    training.resume()
    training.run(_Objective(drawings, shown, device))
    drawings.load_state_dict(training.average)
    return drawings.cpu().eval()


def refined(drawings: Drawings, shown: Gallery, folder: Path, device: str = "cpu",
            minutes: float = REFINING) -> Drawings:
    """The autoencoder with a decoder that has learned for longer; the short forms stay what they are."""
    drawings.encoder.requires_grad_(False)
    drawings.to(device).train()
    drawings.level.eval()
    plan = Plan(folder / "refined", _STEPS, minutes, rate=_RATE / 2, hold=0.2, average=0.995)
    training = Training(drawings, plan)
    training.resume()
    training.run(_Objective(drawings, shown, device))
    drawings.load_state_dict(training.average)
    return drawings.cpu().eval()


@dataclass(frozen=True)
class Latents:
    """Short forms (N, 16, 8, 8) of all drawings of a gallery, and of their mirror images."""

    plain: NDArray[np.float16]
    mirrored: NDArray[np.float16]


def all_latents(drawings: Drawings, shown: Gallery, folder: Path) -> Latents:
    """Of a gallery; kept in ``folder`` beside the autoencoder."""
    kept = folder / "latents.npz"
    if not kept.exists():
        part = kept.with_suffix(".part.npz")
        np.savez(part, plain=shortened(drawings, shown.pictures),
                 mirrored=shortened(drawings, shown.pictures[:, :, ::-1]))
        part.replace(kept)
    with np.load(kept) as found:
        return Latents(found["plain"], found["mirrored"])


@torch.no_grad()
def shortened(drawings: Drawings, pictures: NDArray[np.uint8]) -> NDArray[np.float16]:
    """(N, 64, 64, 4) -> (N, 16, 8, 8)."""
    parts = [drawings.encode(torch.from_numpy(clean(pictures[at : at + 256]))).numpy()
             for at in range(0, len(pictures), 256)]
    return np.concatenate(parts).astype(np.float16)


@torch.no_grad()
def drawn(drawings: Drawings, latents: Tensor) -> Tensor:
    """(N, 16, 8, 8) -> (N, 4, 64, 64), -1 to 1."""
    return torch.cat([drawings.decode(part) for part in torch.split(latents, 128)]).clamp(-1, 1)


def clean(pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(N, H, W, 4) 0 to 255 -> (N, 4, H, W) -1 to 1."""
    scaled = pictures.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(127.5) - np.float32(1)
    return np.ascontiguousarray(scaled, np.float32)


def seen(pictures: Tensor) -> NDArray[np.uint8]:
    """(N, 4, H, W) -1 to 1, colours times alpha -> (N, H, W, 4), plain colours."""
    whole = ((pictures.permute(0, 2, 3, 1) + 1) / 2).clamp(0, 1)
    alpha = whole[..., 3:]
    colour = torch.where(alpha > 1 / 255, whole[..., :3] / alpha.clamp(min=1 / 255), 0.0).clamp(0, 1)
    return np.asarray((torch.cat((colour, alpha), -1) * 255).round().to(torch.uint8).numpy())


def _larger(inputs: int, outputs: int) -> tuple[nn.Module, nn.Module]:
    return nn.Conv2d(inputs, 4 * outputs, 1), nn.PixelShuffle(2)


def _moved(picture: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    """Moved by some pixels, so that edges fall on other places."""
    return np.roll(picture, chance.integers(-_MOVED, _MOVED + 1, 2).tolist(), (0, 1))
