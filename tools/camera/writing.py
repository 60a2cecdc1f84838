"""Writing what was trained as a file that numpy reads, in half precision."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from tools.camera.networks import cell_reader, line_reader


def folded(net: nn.Sequential) -> list[tuple[np.ndarray, np.ndarray, tuple[int, int, int]]]:
    """Weights, bias and (step, margins) of each layer, with the normalisation folded in."""
    layers = []
    for layer in net:
        conv, norm = layer.conv, getattr(layer, "norm", None)
        weights = conv.weight.detach().double()
        if norm is None:
            bias = conv.bias.detach().double()
        else:
            factor = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
            weights = weights * factor[:, None, None, None]
            bias = norm.bias.double() - norm.running_mean.double() * factor
        shape = (conv.stride[0], *conv.padding)
        layers.append((weights.detach().numpy(), bias.detach().numpy(), shape))
    return layers


def write(target: Path, states: dict[str, Path]) -> None:
    """One file of the networks whose states PyTorch saved."""
    arrays: dict[str, np.ndarray] = {}
    for name, state in states.items():
        net = {"line": line_reader, "cell": cell_reader}[name]()
        net.load_state_dict(torch.load(state, weights_only=True))
        for place, (weights, bias, shape) in enumerate(folded(net)):
            arrays[f"{name}.{place}.weights"] = weights.astype(np.float16)
            arrays[f"{name}.{place}.bias"] = bias.astype(np.float16)
            arrays[f"{name}.{place}.shape"] = np.array(shape, np.int8)
    np.savez_compressed(target, **arrays)
