"""Light that falls unevenly, taken out: locally, so that a shadow's edge does not matter."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

Array = np.ndarray
_WINDOW = 49
"""Columns: three characters of a strip. The readers were trained with the same."""
_FLOOR = 16.0


def even_strip(strip: Array) -> Array:
    """A strip (height × width, 0 to 255) against the mean and the spread of the columns around each."""
    half = _WINDOW // 2
    mean = _sliding(np.pad(strip.mean(0), half, "edge"))
    square = _sliding(np.pad((strip * strip).mean(0), half, "edge"))
    spread = np.sqrt(np.maximum(square - mean * mean, 0) + _FLOOR)
    return np.asarray((strip - mean) / spread, np.float32)


def even_cells(cells: Array) -> Array:
    """Each cell (number × height × width, 0 to 255) against its own mean and spread."""
    mean = cells.mean((1, 2), keepdims=True)
    spread = cells.std((1, 2), keepdims=True)
    return np.asarray((cells - mean) / np.sqrt(spread * spread + _FLOOR), np.float32)


def ink(grey: Image.Image) -> Array:
    """How much darker each place is than the paper around it, from 0 to 1, whatever the light."""
    paper = grey.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.BoxBlur(6))
    ground = np.asarray(paper, np.float32)
    return np.asarray(np.clip((ground - np.asarray(grey, np.float32)) / (ground + 12), 0, 1))


def _sliding(x: Array) -> Array:
    total = np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)])
    return np.asarray((total[_WINDOW:] - total[:-_WINDOW]) / _WINDOW, np.float32)
