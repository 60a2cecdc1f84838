"""Trains the two readers of the camera and writes `readers.npz`.

    pip install torch numpy pillow      # for this only: a node has no torch
    apt-get install fonts-ocr-b
    PYTHONPATH=src:. python -m tools.camera.train --strips 60000 --minutes 60

Draws strips, trains the line's reader and the reader of single characters one after the other, each for
so many minutes, and tells how many characters each gets wrong of strips that it has not seen. More minutes
make them surer. `--go-on` begins with what the last run left in `.cache/camera`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.random import Generator, default_rng
from torch import nn

from tools.camera.networks import cell_reader, line_reader
from tools.camera.strips import WIDTH, draw_strip, fonts
from tools.camera.writing import write

NONE = 37
TARGET = Path("src/openmidas/documents/camera/readers.npz")
CACHE = Path(".cache/camera")
_MOST = 26
_WINDOW = 49
_FLOOR = 16.0
_UNUSED = 255


class Strips(NamedTuple):
    """Strips, their characters (255 where there are fewer) and the middles of these, in pixels."""

    pixels: np.ndarray
    characters: np.ndarray
    middles: np.ndarray

    def some(self, chance: Generator, number: int) -> Strips:
        """So many of them."""
        which = chance.integers(0, len(self.pixels), number)
        return Strips(self.pixels[which], self.characters[which], self.middles[which])


def draw(seed: int, number: int) -> Strips:
    """So many strips, the same ones for the same seed."""
    chance, glyphs = default_rng(seed), fonts()
    characters = np.full((number, _MOST), _UNUSED, np.uint8)
    middles = np.full((number, _MOST), -99, np.float32)
    pixels = []
    for place in range(number):
        strip, text, x = draw_strip(chance, glyphs)
        pixels.append(strip)
        characters[place, : len(text)], middles[place, : len(text)] = text, x
    return Strips(np.stack(pixels), characters, middles)


def line_batch(strips: Strips, chance: Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole strips, in even light as `light.even_strip` makes it, and the class of every fourth column."""
    x = torch.from_numpy(strips.pixels.astype(np.float32))[:, None]
    x = torch.roll(x, int(chance.integers(-1, 2)), 2)
    x = x + torch.randn_like(x) * float(chance.uniform(0, 3))
    half = _WINDOW // 2

    def sliding(row: torch.Tensor) -> torch.Tensor:
        return functional.avg_pool2d(
            functional.pad(row, (half, half), "replicate"), (1, _WINDOW), 1
        )

    mean = sliding(x.mean(2))[:, :, None]
    square = sliding((x * x).mean(2))[:, :, None]
    x = (x - mean) / torch.sqrt(torch.clamp(square - mean * mean, min=0) + _FLOOR)
    classes = np.full((len(strips.pixels), WIDTH // 4), NONE)
    columns = np.arange(WIDTH // 4) * 4 + 1.5
    for row, (text, middles) in enumerate(zip(strips.characters, strips.middles, strict=True)):
        for character, middle in zip(text[text < _UNUSED], middles[text < _UNUSED], strict=True):
            classes[row, np.abs(columns - middle) < 3.2] = character
    return x, torch.from_numpy(classes)


def cell_batch(strips: Strips, chance: Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """A few characters of each strip, each in the middle of a square or nearly, and places between them."""
    cells, classes = [], []
    for pixels, text, middles in zip(*strips, strict=True):
        row = np.pad(pixels, ((2, 2), (16, 16)), "edge")
        inside = np.flatnonzero((text < _UNUSED) & (middles > 2) & (middles < WIDTH - 2))
        for one in chance.permutation(inside)[:6]:
            left = round(float(middles[one]) + chance.uniform(-2.2, 2.2)) + 2
            top = int(chance.integers(0, 5))
            cells.append(row[top : top + 28, left : left + 28])
            classes.append(int(text[one]))
        left = int(chance.integers(0, WIDTH - 28))
        if chance.random() < 0.15 and np.abs(middles - left - 13.5).min() > 9:
            cells.append(pixels[:, left : left + 28])
            classes.append(NONE)
    x = torch.from_numpy(np.stack(cells).astype(np.float32))[:, None]
    x = x + torch.randn_like(x) * float(chance.uniform(0, 3))
    mean, spread = x.mean((2, 3), keepdim=True), x.std((2, 3), keepdim=True)
    return (x - mean) / torch.sqrt(spread * spread + _FLOOR), torch.tensor(classes)


Batch = Callable[[Strips, Generator], tuple[torch.Tensor, torch.Tensor]]


def train(net: nn.Sequential, batch: Batch, strips: Strips, minutes: float, speed: float) -> None:
    """Train for so long; the steps become smaller towards the end."""
    chance = default_rng(7)
    net.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=speed, weight_decay=1e-4)
    began, steps = time.monotonic(), 0
    net.train()
    while (gone := (time.monotonic() - began) / (minutes * 60)) < 1:
        for group in optimizer.param_groups:
            warm = min(1.0, (steps + 1) / 50)
            group["lr"] = speed * warm * (0.5 * (1 + np.cos(np.pi * gone)) + 1e-3)
        x, classes = batch(strips.some(chance, 48), chance)
        out = net(x.contiguous(memory_format=torch.channels_last))[:, :, 0]
        wanted = classes if out.shape[2] > 1 else classes[:, None]
        loss = functional.cross_entropy(out, wanted.long(), label_smoothing=0.01)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        steps += 1
        if steps % 200 == 0:
            print(f"{steps} steps, {100 * gone:.0f} %, loss {loss.item():.3f}", flush=True)


def wrong(net: nn.Sequential, batch: Batch, strips: Strips) -> float:
    """Of the characters of strips, how many are taken for another; many of them nobody can read."""
    net.eval()
    with torch.no_grad():
        x, classes = batch(strips, default_rng(1))
        out = net(x)[:, :, 0]
        said = out.argmax(1) if out.shape[2] > 1 else out[:, :, 0].argmax(1)
    real = classes != NONE
    return float((said[real] != classes[real]).float().mean())


def main() -> None:
    """Draw, train both, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strips", type=int, default=60_000)
    parser.add_argument("--minutes", type=float, default=60.0, help="for each of the two")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--go-on", action="store_true")
    options = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    strips, unseen = draw(options.seed, options.strips), draw(options.seed + 1_000_000, 1000)
    readers = {"line": (line_reader(), line_batch), "cell": (cell_reader(), cell_batch)}
    for number, (name, (net, batch)) in enumerate(readers.items()):
        torch.manual_seed(options.seed + number)
        state = CACHE / f"{name}.pt"
        if options.go_on:
            net.load_state_dict(torch.load(state, weights_only=True))
        train(net, batch, strips, options.minutes, 2e-3 if options.go_on else 3e-3)
        torch.save(net.state_dict(), state)
        print(f"{name}: {100 * wrong(net, batch, unseen):.2f} % wrong", flush=True)
    write(TARGET, {name: CACHE / f"{name}.pt" for name in readers})


if __name__ == "__main__":
    main()
