"""Strips of drawn text that the camera's readers learn from: characters at random, spoilt as photographs are.

The characters are no words and no documents: what learns from them learns shapes and not names, so
that a name nobody has seen is read as well as any other.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/opentype/ocr-b")
CHARACTERS = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEIGHT = 28
PITCH = 16.0
WIDTH = 352
_CAP, _PITCH, _TALL = 20, 21.0, 80
"""In the drawing that all others are made from."""


class Glyphs:
    """The characters of a font, drawn once. Kept as darkness from 0 to 1."""

    def __init__(self, file: str, weight: float) -> None:
        font = ImageFont.truetype(str(FONTS / file), 27)
        self.drawn = []
        for character in CHARACTERS:
            box = font.getbbox("H", anchor="mm")
            image = Image.new("L", (30, 36), 0)
            # All stand on one line: they are drawn by the middle of the H, not by their own.
            middle = (box[1] + box[3]) / 2
            advance = font.getlength(character)
            draw = ImageDraw.Draw(image)
            draw.text((15 - advance / 2, 18 - middle), character, font=font, fill=255, anchor="lm")
            drawn = np.asarray(image, np.float32) / 255
            if weight:  # halfway to the next thicker or thinner stroke
                other = ImageFilter.MaxFilter(3) if weight > 0 else ImageFilter.MinFilter(3)
                drawn = (drawn + np.asarray(image.filter(other), np.float32) / 255) / 2
            self.drawn.append(drawn)


def fonts() -> list[Glyphs]:
    """The fonts that are drawn with: upright ones mostly, thin, plain and bold, and a slanted one."""
    plain = [Glyphs("OCRB.otf", weight) for weight in (0, 0, 0, 1, -1)]
    return [*plain, Glyphs("OCRBS.otf", 0), Glyphs("OCRBL.otf", 0)]


def random_text(chance: Generator, length: int) -> list[int]:
    """Characters at random: figures, letters, and runs of fillers as long as names leave them."""
    text: list[int] = []
    while len(text) < length:
        kind = chance.random()
        run = int(chance.integers(1, 9))
        if kind < 0.25:
            text += [0] * int(chance.integers(1, 14))
        elif kind < 0.55:
            text += list(chance.integers(1, 11, run))
        elif kind < 0.9:
            text += list(chance.integers(11, 37, run))
        else:
            text += list(chance.integers(0, 37, run))
    return text[:length]


def paper(chance: Generator, height: int, width: int) -> np.ndarray:
    """Printed paper, from dark to light: plain, in waves, or in blots."""
    ground = np.full((height, width), chance.uniform(0.45, 1.0), np.float32)
    kind = chance.random()
    if kind < 0.45:
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        for _ in range(int(chance.integers(1, 4))):
            angle, period = chance.uniform(0, np.pi), chance.uniform(5, 60)
            bend = chance.uniform(0, 6) * np.sin(x / chance.uniform(15, 90))
            wave = np.sin((x * np.cos(angle) + (y + bend) * np.sin(angle)) * 2 * np.pi / period)
            sharp = chance.random() < 0.4
            ground += chance.uniform(0.02, 0.15) * (np.sign(wave - 0.6) if sharp else wave)
    elif kind < 0.75:
        small = chance.normal(0, 1, (height // 8 + 2, width // 12 + 2)).astype(np.float32)
        blots = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
        ground += chance.uniform(0.02, 0.12) * np.asarray(blots)
    return ground


def draw_strip(
    chance: Generator, glyphs: list[Glyphs]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A strip (`HEIGHT` × `WIDTH`), its characters, and where their middles are, in pixels.

    Some begin before the strip or end behind it, as real lines do in a window that is cut from them.
    """
    count = 26
    text = random_text(chance, count)
    font = glyphs[int(chance.integers(len(glyphs)))]
    pitch = _PITCH * chance.uniform(0.9, 1.12)
    height, width = _TALL, int(pitch * count) + 40
    ink = np.zeros((height, width), np.float32)
    start = chance.uniform(10, 26)
    begins = 0 if chance.random() > 0.25 else int(chance.integers(1, 6))
    ends = count if chance.random() > 0.25 else int(chance.integers(count - 9, count))
    middles = start + pitch * (np.arange(count) + 0.5)
    uneven = abs(chance.normal(0, 0.5))
    for place in range(begins, ends):
        x, y = middles[place] + chance.normal(0, 0.35), _TALL / 2 + chance.normal(0, uneven)
        _stamp(ink, font.drawn[text[place]], x, y)
    if chance.random() < 0.6:  # the line above or below
        gap = pitch * chance.uniform(1.55, 2.6)
        for middle_y in (_TALL / 2 - gap, _TALL / 2 + gap):
            if chance.random() < 0.7:
                for place, other in enumerate(random_text(chance, count)):
                    _stamp(ink, font.drawn[other], middles[place] + pitch * 0.2, middle_y)
    ink = _worn(chance, ink)
    ground = paper(chance, height, width)
    dark = chance.uniform(0.0, 0.3)
    if chance.random() < 0.12:  # print that has faded, or an exposure that was too long
        ground, dark = np.minimum(ground + 0.25, 1.05), chance.uniform(0.35, 0.65)
    page = ground * (1 - ink) + np.minimum(ground, dark) * ink
    page = _lit(chance, page)
    strip, place_of = _photographed(chance, page, pitch)
    x = place_of(middles)
    keep = (np.arange(count) >= begins) & (np.arange(count) < ends) & (x > 0) & (x < WIDTH)
    return strip, np.asarray(text, np.uint8)[keep], x[keep].astype(np.float32)


def _stamp(ink: np.ndarray, glyph: np.ndarray, x: float, y: float) -> None:
    left, top = round(x - glyph.shape[1] / 2), round(y - glyph.shape[0] / 2)
    y0, y1 = max(0, top), min(ink.shape[0], top + glyph.shape[0])
    x0, x1 = max(0, left), min(ink.shape[1], left + glyph.shape[1])
    if y0 < y1 and x0 < x1:
        part = ink[y0:y1, x0:x1]
        np.maximum(part, glyph[y0 - top : y1 - top, x0 - left : x1 - left], out=part)


def _worn(chance: Generator, ink: np.ndarray) -> np.ndarray:
    """Ink that has run, is pale here and there, dotted, scratched; a line of a pen or a stamp over it."""
    if chance.random() < 0.2:
        run = Image.fromarray((ink * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.2))
        ink = np.clip(np.asarray(run, np.float32) / 255 * chance.uniform(1.0, 1.9), 0, 1)
    kind = chance.random()
    if kind < 0.15:
        ink = ink * (chance.random(ink.shape) > chance.uniform(0, 0.35)).astype(np.float32)
    if kind > 0.85:
        ink = ink * chance.uniform(0.4, 0.9)
    if chance.random() < 0.12:
        image = Image.fromarray((ink * 255).astype(np.uint8))
        draw = ImageDraw.Draw(image)
        for _ in range(int(chance.integers(1, 3))):
            ends = [(chance.uniform(0, ink.shape[1]), chance.uniform(12, 68)) for _ in range(2)]
            draw.line(
                ends, fill=int(chance.choice([0, 120, 200])), width=int(chance.integers(1, 4))
            )
        ink = np.asarray(image, np.float32) / 255
    return np.asarray(ink, np.float32)


def _lit(chance: Generator, page: np.ndarray) -> np.ndarray:
    """Light that falls unevenly: a slope, the edge of a shadow, a spot that is blown out."""
    height, width = page.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    page = page * (1 + chance.uniform(-0.35, 0.35) * (x / width - 0.5))
    if chance.random() < 0.2:
        at, slope = chance.uniform(0, width), chance.uniform(-1, 1)
        soft = chance.uniform(2, 40)
        shadow = 1 / (1 + np.exp(-np.clip((x - at + slope * (y - height / 2)) / soft, -20, 20)))
        page = page * (1 - chance.uniform(0.3, 0.75) * shadow)
    if chance.random() < 0.15:
        far = ((x - chance.uniform(0, width)) / chance.uniform(25, 110)) ** 2
        far += ((y - chance.uniform(12, 68)) / chance.uniform(20, 70)) ** 2
        page = page + chance.uniform(0.2, 0.8) * np.exp(-far)
    return np.asarray(page * chance.uniform(0.3, 1.1), np.float32)


def _as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return Image.open(written)


def _photographed(
    chance: Generator, page: np.ndarray, pitch: float
) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
    """The page as a camera has it, and the strip cut from that a little askew."""
    low = chance.random() < 0.3
    cap = float(np.exp(chance.uniform(np.log(4.6), np.log(8.0 if low else 22.0))))
    scale = cap / _CAP
    # A camera that looks from above or from the side makes characters lower or narrower.
    tall = float(np.exp(np.clip(chance.normal(0, 0.13), -0.33, 0.33)))
    size = (max(8, round(page.shape[1] * scale)), max(8, round(page.shape[0] * scale * tall)))
    image = Image.fromarray(np.clip(page * 255, 0, 255).astype(np.uint8))
    image = image.resize(size, Image.Resampling.BOX if scale < 0.5 else Image.Resampling.BILINEAR)
    blur = abs(chance.normal(0, 0.055)) * cap
    if blur > 0.25:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    pixels = np.asarray(image, np.float32)
    if chance.random() < 0.2:
        steps = max(2, round(cap * chance.uniform(0.05, 0.28)))
        axis = int(chance.random() < 0.7)
        total = np.cumsum(
            np.pad(pixels, [(steps, 0) if a == axis else (0, 0) for a in (0, 1)], "edge"), axis
        )
        pixels = np.take(total, range(steps, total.shape[axis]), axis) - np.take(
            total, range(total.shape[axis] - steps), axis
        )
        pixels = pixels / steps
    pixels = pixels + chance.normal(0, abs(chance.normal(0, 6)), pixels.shape)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if chance.random() < 0.2:  # cameras sharpen, and leave a bright seam
        radius = cap * chance.uniform(0.05, 0.2)
        image = image.filter(ImageFilter.UnsharpMask(radius, int(chance.integers(50, 250)), 0))
    if chance.random() < 0.7:
        image = _as_jpeg(image, int(chance.integers(18, 92)))
    if (
        chance.random() < 0.15
    ):  # made smaller or larger afterwards, as messengers do, and kept again
        ratio = chance.uniform(0.75, 1.6)
        size = (max(8, round(size[0] * ratio)), max(8, round(size[1] * ratio)))
        image = _as_jpeg(image.resize(size, Image.Resampling.BICUBIC), int(chance.integers(30, 92)))
    sx, sy = size[0] / page.shape[1], size[1] / page.shape[0]
    across = PITCH / pitch * chance.uniform(0.87, 1.14)
    down = 15.2 / _CAP * chance.uniform(0.84, 1.16)
    turn = np.tan(np.radians(chance.normal(0, 0.8)))
    lean = np.tan(np.radians(chance.normal(0, 3)))
    shift_x, shift_y = chance.uniform(-10, 30), chance.normal(0, 1.4)
    # Of a place in the strip: (u, v) -> the page (x, y) -> the small picture.
    middle = WIDTH / 2
    ax, bx = 1 / across, lean / down
    cx = shift_x / across - bx * HEIGHT / 2
    ay, by = turn / across, 1 / down
    cy = _TALL / 2 + (-HEIGHT / 2 + shift_y) / down - ay * middle
    coefficients = (ax * sx, bx * sx, cx * sx, ay * sy, by * sy, cy * sy)
    strip = image.transform(
        (WIDTH, HEIGHT), Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR
    )

    def place_of(x: np.ndarray) -> np.ndarray:
        return np.asarray((x - cx - bx * HEIGHT / 2) / ax)

    return np.asarray(strip), place_of
