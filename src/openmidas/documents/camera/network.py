"""Running the camera's small networks: convolutions in numpy, so that a node needs nothing more for them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Array = np.ndarray
WEIGHTS = Path(__file__).with_name("readers.npz")


class Layer(NamedTuple):
    """A convolution: weights (outer, inner, height, width), what is added, step and margin."""

    weights: Array
    bias: Array
    stride: int
    margin: tuple[int, int]


@cache
def load(name: str) -> tuple[Layer, ...]:
    """A network of the file that `tools.camera.train` writes. Raises `OSError` where it is missing."""
    with np.load(WEIGHTS, allow_pickle=False) as file:
        count = sum(
            1 for key in file.files if key.startswith(f"{name}.") and key.endswith(".weights")
        )
        layers = []
        for place in range(count):
            stride, down, across = (int(one) for one in file[f"{name}.{place}.shape"])
            weights = file[f"{name}.{place}.weights"].astype(np.float32)
            bias = file[f"{name}.{place}.bias"].astype(np.float32)
            layers.append(Layer(weights, bias, stride, (down, across)))
    return tuple(layers)


def run(layers: tuple[Layer, ...], x: Array) -> Array:
    """What comes out for pictures (number, 1, height, width): the last layer is not rectified."""
    for place, layer in enumerate(layers):
        x = _convolve(x, layer)
        if place + 1 < len(layers):
            np.maximum(x, 0, out=x)
    return x


def _convolve(x: Array, layer: Layer) -> Array:
    outer, inner, high, wide = layer.weights.shape
    down, across = layer.margin
    if down or across:
        x = np.pad(x, ((0, 0), (0, 0), (down, down), (across, across)))
    windows = sliding_window_view(x, (high, wide), axis=(2, 3))[
        :, :, :: layer.stride, :: layer.stride
    ]
    number, _, rows, columns = windows.shape[:4]
    flat = windows.transpose(1, 4, 5, 0, 2, 3).reshape(inner * high * wide, -1)
    out = layer.weights.reshape(outer, -1) @ flat
    out += layer.bias[:, None]
    return np.asarray(out.reshape(outer, number, rows, columns).transpose(1, 0, 2, 3))


def log_softmax(x: Array) -> Array:
    """Logarithms of the probabilities along the last axis."""
    x = x - x.max(axis=-1, keepdims=True)
    return np.asarray(x - np.log(np.exp(x).sum(axis=-1, keepdims=True)))
