"""The networks of the camera, as PyTorch trains them. `openmidas.documents.camera.network` runs them.

Each is a row of layers that numpy can run as well: convolutions with a bias, ReLU, and pooling. What is
normalised in training is folded into the weights when they are written.
"""

from __future__ import annotations

import torch
from torch import nn

CLASSES = 38
"""The 37 characters, and none."""


class Layer(nn.Module):
    """A convolution, normalised in training, and ReLU."""

    def __init__(self, inner: int, outer: int, size: tuple[int, int], stride: int = 1) -> None:
        super().__init__()
        pad = (size[0] // 2, size[1] // 2)
        self.conv = nn.Conv2d(inner, outer, size, stride, pad, bias=False)
        self.norm = nn.BatchNorm2d(outer)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.norm(self.conv(x)))


class Last(nn.Module):
    """A convolution alone."""

    def __init__(self, inner: int, outer: int, size: tuple[int, int]) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inner, outer, size, 1, (0, size[1] // 2))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv(x)


class Narrow(nn.Module):
    """A convolution over the whole height that is left, normalised, and ReLU."""

    def __init__(self, inner: int, outer: int, size: tuple[int, int]) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inner, outer, size, 1, (0, size[1] // 2), bias=False)
        self.norm = nn.BatchNorm2d(outer)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.norm(self.conv(x)))


def line_reader() -> nn.Sequential:
    """Reads a strip: for every fourth column, which character has its middle there."""
    return nn.Sequential(
        Layer(1, 24, (5, 5), 2),
        Layer(24, 48, (3, 3), 2),
        Layer(48, 64, (3, 3)),
        Narrow(64, 112, (7, 3)),
        Layer(112, 112, (1, 5)),
        Last(112, CLASSES, (1, 1)),
    )


def cell_reader() -> nn.Sequential:
    """Reads one character in the middle of a square of 28 × 28 pixels, whatever stands beside it."""
    return nn.Sequential(
        Layer(1, 20, (3, 3)),
        Layer(20, 40, (5, 5), 2),
        Layer(40, 80, (3, 3), 2),
        Narrow7(80, 96),
        Last(96, CLASSES, (1, 1)),
    )


class Narrow7(nn.Module):
    """A convolution over all that is left of a square of seven."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inner, outer, (7, 7), bias=False)
        self.norm = nn.BatchNorm2d(outer)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.norm(self.conv(x)))
