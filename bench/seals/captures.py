"""Codes as a camera sees them: a seal drawn, put on paper, and spoilt in one way, the same for each seed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from openmidas.documents.seals import draw
from openmidas.documents.seals.codes import Kind

MODULE = 3
"""Pixels of a module: about what a telephone sees of a code of 25 mm at an arm's length."""
_PAPER = 225
_MARGIN = 60

Spoil = Callable[[Image.Image, random.Random], Image.Image]


def captured(data: bytes, kind: Kind, condition: str, seed: int) -> bytes:
    """A picture (PNG) of the code of a seal, under a condition."""
    chance = random.Random(f"{kind} {condition} {seed}")  # noqa: S311  no secret
    code = Image.open(io.BytesIO(draw(data, kind, scale=MODULE))).convert("L")
    page = Image.new("L", (code.width + 2 * _MARGIN, code.height + 2 * _MARGIN), _PAPER)
    page.paste(code, (_MARGIN, _MARGIN))
    written = io.BytesIO()
    _noisy(CONDITIONS[condition](page, chance), chance, 4).save(written, "PNG")
    return written.getvalue()


def _clean(page: Image.Image, _chance: random.Random) -> Image.Image:
    return page


def _turned(page: Image.Image, chance: random.Random) -> Image.Image:
    return page.rotate(
        chance.uniform(0, 360), resample=Image.Resampling.BICUBIC, expand=True, fillcolor=_PAPER
    )


def _blurred(page: Image.Image, chance: random.Random) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(chance.uniform(0.8, 1.8)))


def _slanted(page: Image.Image, chance: random.Random) -> Image.Image:
    width, height = page.size
    corners = [
        (
            x * width + chance.uniform(-0.09, 0.09) * width,
            y * height + chance.uniform(-0.09, 0.09) * height,
        )
        for x, y in ((0, 0), (0, 1), (1, 1), (1, 0))
    ]
    return page.transform(
        page.size,
        Image.Transform.QUAD,
        [part for corner in corners for part in corner],
        Image.Resampling.BICUBIC,
        fillcolor=_PAPER,
    )


def _dim(page: Image.Image, chance: random.Random) -> Image.Image:
    share = chance.uniform(0.12, 0.3)
    return _noisy(page.point(lambda value: value * share), chance, 7)


def _glaring(page: Image.Image, chance: random.Random) -> Image.Image:
    """Two spots of light with soft edges."""
    light = Image.new("L", page.size, 0)
    pen = ImageDraw.Draw(light)
    for _spot in range(2):
        x, y = chance.uniform(0.1, 0.9) * page.width, chance.uniform(0.1, 0.9) * page.height
        radius = chance.uniform(0.04, 0.09) * page.width
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    light = light.filter(ImageFilter.GaussianBlur(page.width / 40))
    return Image.composite(Image.new("L", page.size, 255), page, light)


def _shaded(page: Image.Image, chance: random.Random) -> Image.Image:
    """The hard edge of a shadow across the code."""
    shade = Image.new("L", page.size, 255)
    slope, middle = chance.uniform(-0.5, 0.5), chance.uniform(0.35, 0.65) * page.width
    points = [(middle + slope * y, y) for y in (0, page.height)]
    ImageDraw.Draw(shade).polygon([(0, 0), *points, (0, page.height)], fill=75)
    shade = shade.filter(ImageFilter.GaussianBlur(1))
    return Image.composite(page, page.point(lambda value: value * 0.3), shade)


def _noisy(page: Image.Image, chance: random.Random, deviation: float) -> Image.Image:
    drawn = np.random.default_rng(chance.getrandbits(32))
    grain = drawn.normal(0, deviation, (page.height, page.width))
    return Image.fromarray(np.clip(np.asarray(page) + grain, 0, 255).astype(np.uint8))


CONDITIONS: dict[str, Spoil] = {
    "clean": _clean,
    "turned by any angle": _turned,
    "blurred": _blurred,
    "slanted": _slanted,
    "dim": _dim,
    "glare": _glaring,
    "hard shadow": _shaded,
}
