"""An hour of measuring can be interrupted: pictures that were made are not made again."""

from __future__ import annotations

from pathlib import Path

import torch

from studio.training.measure_fine import made_once


def test_what_was_made_is_read_again(tmp_path: Path) -> None:
    contents, styles = [torch.rand(1, 3, 8, 8)], [torch.rand(1, 3, 8, 8), torch.rand(1, 3, 8, 8)]
    made: list[float] = []

    def slow(content: torch.Tensor, style: torch.Tensor) -> torch.Tensor:
        made.append(float(style.mean()))
        return (content + style) / 2

    pairs = [(0, 0), (0, 1)]
    first = made_once(slow, contents, styles, pairs, tmp_path)(contents[0], styles[0])
    again = made_once(slow, contents, styles, pairs, tmp_path)
    assert torch.equal(again(contents[0], styles[0]), first)
    assert torch.allclose(first, (contents[0] + styles[0]) / 2, atol=1 / 255)
    assert len(made) == 1
    again(contents[0], styles[1])
    assert len(made) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["00-00.png", "00-01.png"]
