"""Networks of the Style starter models: the perceptual trunk, the style encoder and the transfer network.

The trunk has the shape of SqueezeNet 1.1 (Iandola et al. 2016) up to fire5, or fire9 for the teacher.
The transfer network repaints in one pass with normalisation steered by a style code, after Huang and
Belongie 2017 (AdaIN) and Ghiasi et al. 2017. Pictures are float32, NCHW, RGB, 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

TRUNK_LAYERS = ("conv1", "fire2", "fire3", "fire4", "fire5")
_FIRES = {  # name: (inputs, squeezed, each expansion)
    "fire2": (64, 16, 64), "fire3": (128, 16, 64), "fire4": (128, 32, 128), "fire5": (256, 32, 128),
    "fire6": (256, 48, 192), "fire7": (384, 48, 192), "fire8": (384, 64, 256), "fire9": (512, 64, 256),
}  # fmt: skip
_POOL_AFTER = ("conv1", "fire3", "fire5")
_MEAN = (123.68 / 255, 116.779 / 255, 103.939 / 255)
COLOUR_NUMBERS = 9  # mean of 3 opponent axes, and 6 entries of the triangular colour matrix
GRID = 8  # the transfer network's coarsest step in pixels: tile corners lie on multiples of it
_OPPONENT = ((0.5774, 0.5774, 0.5774), (0.7071, 0.0, -0.7071), (0.4082, -0.8165, 0.4082))
_DARKEST = 0.02  # smallest colour deviation used when content colours are normalised

_FLAT = 0.3  # deviation below which painted axes are not stretched to 1


class Fire(nn.Module):
    """relu(squeeze1x1), then relu(expand1x1) and relu(expand3x3) joined on channels."""

    def __init__(self, inputs: int, squeezed: int, expanded: int) -> None:
        super().__init__()
        self.squeeze1x1 = nn.Conv2d(inputs, squeezed, 1)
        self.expand1x1 = nn.Conv2d(squeezed, expanded, 1)
        self.expand3x3 = nn.Conv2d(squeezed, expanded, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) -> (N, 2 x expanded, H, W)."""
        x = functional.relu(self.squeeze1x1(x))
        return functional.relu(torch.cat((self.expand1x1(x), self.expand3x3(x)), 1))


class Trunk(nn.Module):
    """SqueezeNet 1.1's shape from conv1 to `last`; takes RGB 0..1 and normalises by itself."""

    mean: Tensor

    def __init__(self, last: str = "fire5") -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, stride=2)
        names = list(_FIRES)
        self.names = ("conv1", *names[: names.index(last) + 1])
        for name in self.names[1:]:
            self.add_module(name, Fire(*_FIRES[name]))
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1), persistent=False)

    def forward(self, rgb: Tensor, layers: Sequence[str] = TRUNK_LAYERS) -> list[Tensor]:
        """Relu outputs of `layers`, in the trunk's order. rgb: (N, 3, H, W), 0..1, both sides >= 32."""
        found: list[Tensor] = []
        x = rgb
        for name in self.names:
            x = self.stage(name, x)
            if name in layers:
                found.append(x)
            if len(found) == len(layers):
                break
        return found

    def stage(self, name: str, x: Tensor) -> Tensor:
        """One layer's relu output from the output before it (from the picture for conv1)."""
        if name == "conv1":
            return functional.relu(self.conv1((x - self.mean) * 255.0))
        if self.names[self.names.index(name) - 1] in _POOL_AFTER:
            x = functional.max_pool2d(x, 3, 2)
        out: Tensor = self.get_submodule(name)(x)
        return out


def moments(x: Tensor, least: float = 1e-5) -> tuple[Tensor, Tensor]:
    """Mean and deviation of every channel over the picture: two (N, C)."""
    flat = x.flatten(2)
    mean = flat.mean(2)
    spread = (flat - mean.unsqueeze(2)).square().mean(2)
    return mean, (spread + least).sqrt()


def _flat_opponent(rgb: Tensor) -> Tensor:
    basis = torch.tensor(_OPPONENT, dtype=rgb.dtype, device=rgb.device)
    return torch.matmul(basis, rgb.flatten(2))


def colour_statistics(rgb: Tensor) -> Tensor:
    """(N, 9): mean of the opponent axes and the lower-triangular root of their covariance.

    The axes are grey, red-blue and green-magenta. Grey comes first in the triangle, so colours follow
    lightness as they do in the picture itself.
    """
    flat = _flat_opponent(rgb)
    mean = flat.mean(2)
    g, r, m = (flat - mean.unsqueeze(2)).unbind(1)
    gg = (g.square().mean(1) + 1e-6).sqrt()
    gr, gm = (g * r).mean(1) / gg, (g * m).mean(1) / gg
    rr = (functional.relu(r.square().mean(1) - gr * gr) + 1e-6).sqrt()
    rm = ((r * m).mean(1) - gr * gm) / rr
    mm = (functional.relu(m.square().mean(1) - gm * gm - rm * rm) + 1e-6).sqrt()
    return torch.cat((mean, torch.stack((gg, gr, rr, gm, rm, mm), 1)), 1)


def _triangle(rows: Sequence[Tensor]) -> Tensor:
    """(N, 3, 3) from gg, gr, rr, gm, rm, mm."""
    gg, gr, rr, gm, rm, mm = rows
    none = torch.zeros_like(gg)
    return torch.stack((gg, none, none, gr, rr, none, gm, rm, mm), 1).view(-1, 3, 3)


def decolour(rgb: Tensor, colour: Tensor) -> Tensor:
    """The picture on opponent axes minus its mean, divided by its triangular colour matrix."""
    gg, gr, rr, gm, rm, mm = colour[:, 3:].unbind(1)
    gg, rr, mm = (d.clamp_min(_DARKEST) for d in (gg, rr, mm))
    a, b, c = 1.0 / gg, 1.0 / rr, 1.0 / mm
    ga = -gr * a * b
    inverse = _triangle((a, ga, b, -(gm * a + rm * ga) * c, -rm * b * c, c))
    centred = _flat_opponent(rgb) - colour[:, :3].unsqueeze(2)
    return torch.matmul(inverse, centred).view_as(rgb)


def recolour(neutral: Tensor, colour: Tensor) -> Tensor:
    """The way back from `decolour`, with the same or another picture's colour numbers."""
    basis = torch.tensor(_OPPONENT, dtype=neutral.dtype, device=neutral.device).t()
    mixed = torch.matmul(_triangle(colour[:, 3:].unbind(1)), neutral.flatten(2)) + colour[:, :3].unsqueeze(2)
    return torch.matmul(basis, mixed).view_as(neutral)


def log_moments(pairs: Sequence[tuple[Tensor, Tensor]]) -> Tensor:
    """Logarithms of means and deviations, layer after layer, in one row per picture."""
    return torch.cat([torch.log(part + 0.1) for pair in pairs for part in pair], 1)


class StyleEncoder(nn.Module):
    """A picture's style code: its colour numbers, and a linear digest of the trunk's means and deviations."""

    centre: Tensor
    spread: Tensor

    def __init__(self, trunk: Trunk, digest: int = 192) -> None:
        super().__init__()
        self.trunk = trunk.requires_grad_(False)
        self.register_buffer("centre", torch.zeros(1664))
        self.register_buffer("spread", torch.ones(1664))
        self.digest = nn.Linear(1664, digest)
        self.width = digest + COLOUR_NUMBERS

    def raw(self, rgb: Tensor) -> Tensor:
        """(N, 1664): logarithms of the trunk's means and deviations, layer after layer."""
        return log_moments([moments(x) for x in self.trunk(rgb)])

    def forward(self, rgb: Tensor, raw: Tensor | None = None) -> Tensor:
        """(N, 3, H, W), 0..1 -> (N, width). `raw`: the trunk's numbers, where they are known already."""
        found = self.raw(rgb) if raw is None else raw
        found = ((found - self.centre) / self.spread).clamp(-4.0, 4.0)
        return torch.cat((colour_statistics(rgb), self.digest(found)), 1)


class Steered(nn.Module):
    """Convolution with edge padding, then instance normalisation scaled and shifted by the style code."""

    def __init__(self, inputs: int, outputs: int, code: int, kernel: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, bias=False)
        self.steer = nn.Linear(code, 2 * outputs)
        self.outputs, self.pad = outputs, kernel // 2
        nn.init.normal_(self.steer.weight, std=0.02)
        nn.init.zeros_(self.steer.bias)

    def forward(self, x: Tensor, code: Tensor, bank: Bank) -> Tensor:
        """(N, inputs, H, W) -> (N, outputs, H / stride, W / stride)."""
        x = self.conv(functional.pad(x, (self.pad,) * 4, mode="replicate"))
        scale, shift = self.steer(code).chunk(2, 1)
        if self.training:  # the same in one fused step; nobody needs the statistics
            rows = x.reshape(1, -1, *x.shape[2:])
            weight, bias = (1.0 + scale).reshape(-1), shift.reshape(-1)
            return functional.batch_norm(rows, None, None, weight, bias, True, 0.0, 1e-5).view_as(x)
        mean, deviation = bank.next(x)
        scale = (1.0 + scale) / deviation
        steered: Tensor = x * scale[:, :, None, None] + (shift - mean * scale)[:, :, None, None]
        return steered


class Bank:
    """Normalisation statistics in order of use: measured on the way, or given by a whole picture."""

    def __init__(self, given: Tensor | None = None) -> None:
        self.given, self.measured, self.used = given, [], 0  # type: Tensor | None, list[Tensor], int

    def next(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and deviation for this map, each (N, C)."""
        channels = x.shape[1]
        if self.given is None:
            mean, deviation = moments(x)
            self.measured += [mean, deviation]
            return mean, deviation
        mean = self.given[:, self.used : self.used + channels]
        deviation = self.given[:, self.used + channels : self.used + 2 * channels]
        self.used += 2 * channels
        return mean, deviation

    def colour(self, rgb: Tensor) -> Tensor:
        """The content's nine colour numbers; they come first."""
        if self.given is None:
            self.measured.append(colour_statistics(rgb))
            return self.measured[-1]
        self.used = COLOUR_NUMBERS
        return self.given[:, :COLOUR_NUMBERS]


class Block(nn.Module):
    """Residual block of two steered convolutions (He et al. 2016)."""

    def __init__(self, width: int, code: int) -> None:
        super().__init__()
        self.first = Steered(width, width, code)
        self.second = Steered(width, width, code)

    def forward(self, x: Tensor, code: Tensor, bank: Bank) -> Tensor:
        """Same shape out as in."""
        change: Tensor = self.second(functional.relu(self.first(x, code, bank)), code, bank)
        return x + change


class Transfer(nn.Module):
    """Repaints content in the style of a code.

    The content's colours are normalised away; a small U-shaped residual network paints in that neutral
    space over a gated copy of the content; what it painted is brought to mean 0 and deviation 1, and the
    style's colours are put on. A style equal to the content therefore starts out as the identity, any other
    as a colour transfer, and the palette is right whatever the network paints.
    """

    def __init__(self, code: int, widths: tuple[int, int, int, int] = (8, 24, 64, 96)) -> None:
        super().__init__()
        full, half, quarter, eighth = widths
        self.down1 = Steered(3, half, code, 5, 2)
        self.down2 = Steered(half, quarter, code, 3, 2)
        self.down3 = Steered(quarter, eighth, code, 3, 2)
        self.deep = nn.ModuleList(Block(eighth, code) for _ in range(3))
        self.up3 = Steered(eighth, quarter, code)
        self.after = nn.ModuleList(Block(quarter, code) for _ in range(2))
        self.up2 = Steered(quarter, half, code)
        self.up1 = Steered(half, full, code)
        self.paint = nn.Conv2d(full + 3, 4, 3)
        nn.init.normal_(self.paint.weight, std=0.01)

    def forward(self, content: Tensor, code: Tensor, given: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Picture (N, 3, H, W), 0..1, and the statistics (N, M). H and W: multiples of GRID."""
        bank = Bank(given)
        neutral = decolour(content, bank.colour(content))
        paint = self._paint(neutral, code, bank)
        gate = torch.sigmoid(paint[:, 3:4] + 2.0)
        painted = _evened(gate * neutral + paint[:, :3], bank)
        picture = recolour(painted, code[:, :COLOUR_NUMBERS])
        measured = given if given is not None else torch.cat(bank.measured, 1)
        return picture, measured

    def _paint(self, neutral: Tensor, code: Tensor, bank: Bank) -> Tensor:
        half = functional.relu(self.down1(neutral.clamp(-4.0, 4.0), code, bank))
        quarter = functional.relu(self.down2(half, code, bank))
        x = functional.relu(self.down3(quarter, code, bank))
        for block in self.deep:
            x = block(x, code, bank)
        x = quarter + functional.relu(self.up3(_double(x), code, bank))
        for block in self.after:
            x = block(x, code, bank)
        x = half + functional.relu(self.up2(_double(x), code, bank))
        x = functional.relu(self.up1(_double(x), code, bank))
        x = torch.cat((x, neutral.clamp(-4.0, 4.0)), 1)
        painted: Tensor = self.paint(functional.pad(x, (1, 1, 1, 1), mode="replicate"))
        return painted


def _evened(painted: Tensor, bank: Bank) -> Tensor:
    """Mean 0 and deviation 1 for every axis; what is nearly flat stays so."""
    mean, deviation = bank.next(painted)
    return (painted - mean[:, :, None, None]) / deviation.clamp_min(_FLAT)[:, :, None, None]


def _double(x: Tensor) -> Tensor:
    """Linearly: repeated pixels would leave their squares in even areas."""
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
