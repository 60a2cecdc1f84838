"""The page of a document, drawn: patterned paper, a face that is none, what people read, and the zone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from openmidas.documents import TravelDocument

FONT = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
DENSITY = 8
"""Pixels a millimetre."""
SIZES = {
    "TD1": (85.6, 54.0),
    "TD2": (105.0, 74.0),
    "TD3": (125.0, 88.0),
    "MRV-A": (120.0, 80.0),
    "MRV-B": (105.0, 74.0),
}
"""Millimetres (Doc 9303-4 to -7)."""
_PITCH = 2.54
_GAP = {"TD1": 5.4}
_READ = {"TD1": 0.53}
"""How far down a page the face and what people read go: no State prints over its zone."""
_WORDS = (
    "Nom",
    "Prenoms",
    "Nationalite",
    "Date de naissance",
    "Lieu",
    "Autorite",
    "Expiry",
    "Name",
)


def draw_page(
    chance: Generator, document: TravelDocument, lines: tuple[str, ...]
) -> tuple[Image.Image, tuple[float, float, float, float]]:
    """A page, and where its zone is: left, top, right, bottom."""
    width, height = (round(side * DENSITY) for side in SIZES[document.format])
    page = Image.fromarray(_paper(chance, height, width))
    draw = ImageDraw.Draw(page)
    ink = tuple(int(one) for one in chance.integers(0, 90, 3))
    _face(chance, draw, height, _READ.get(document.format, 0.64))
    _texts(chance, draw, document, width, height, ink)
    zone = _zone(chance, page, lines, document.format)
    if chance.random() < 0.1:
        _stamp(chance, page)
    return page, zone


def _paper(chance: Generator, height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    ground = np.empty((height, width, 3), np.float32)
    tint = chance.uniform(175, 252, 3)
    waves = np.zeros((height, width), np.float32)
    for _ in range(int(chance.integers(0, 4))):
        angle, period = chance.uniform(0, np.pi), chance.uniform(4, 40)
        bend = chance.uniform(0, 12) * np.sin(x / chance.uniform(20, 120))
        wave = np.sin((x * np.cos(angle) + (y + bend) * np.sin(angle)) * 2 * np.pi / period)
        waves += chance.uniform(2, 14) * wave
    for channel in range(3):
        ground[..., channel] = tint[channel] + waves * chance.uniform(0.4, 1.4)
    if chance.random() < 0.5:  # the zone on plain paper
        strip = slice(int(height * chance.uniform(0.66, 0.75)), height)
        ground[strip] = ground[strip] * 0.2 + chance.uniform(190, 250) * 0.8
    return np.clip(ground, 0, 255).astype(np.uint8)


def _face(chance: Generator, draw: ImageDraw.ImageDraw, height: int, down: float) -> None:
    left, top = int(height * 0.06), int(height * 0.18)
    right, bottom = int(height * 0.42), int(height * down)
    draw.rectangle((left, top, right, bottom), fill=_colour(chance, 120, 230))
    middle = (left + right) // 2
    wide, tall = (right - left) * 0.3, (bottom - top) * 0.32
    draw.ellipse((left, bottom - tall, right, bottom + 2), fill=_colour(chance, 20, 160))
    face = (middle - wide, top + tall * 0.5, middle + wide, top + tall * 2.4)
    draw.ellipse(face, fill=_colour(chance, 60, 220))


def _texts(
    chance: Generator,
    draw: ImageDraw.ImageDraw,
    document: TravelDocument,
    width: int,
    height: int,
    ink: tuple[int, ...],
) -> None:
    said = [document.surname, document.given_names, document.nationality, document.number]
    said += [day.text() for day in (document.birth, document.expiry) if day]
    said += [document.issuer, "SPECIMEN"]
    y = height * 0.05
    while y < height * _READ.get(document.format, 0.66):
        size = int(chance.integers(12, 30))
        font = ImageFont.load_default(size)
        words = [str(chance.choice(_WORDS)), str(chance.choice(said))[:26]]
        draw.text((height * 0.48, y), "  ".join(words), font=font, fill=ink)
        if chance.random() < 0.4:
            draw.text((width * 0.72, y), str(chance.choice(said))[:14], font=font, fill=ink)
        y += size * chance.uniform(1.1, 1.9)


def _zone(
    chance: Generator, page: Image.Image, lines: tuple[str, ...], form: str
) -> tuple[float, float, float, float]:
    pitch = _PITCH * DENSITY * chance.uniform(0.97, 1.01)
    gap = _GAP.get(form, 6.35) * DENSITY * chance.uniform(0.93, 1.03)
    font = ImageFont.truetype(str(FONT), round(27.6 * DENSITY / 8))
    left = (page.width - pitch * len(lines[0])) * chance.uniform(0.3, 0.7)
    last = page.height - chance.uniform(7.0, 9.0) * DENSITY
    first = last - gap * (len(lines) - 1)
    dark = int(chance.integers(0, 70))
    layer = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(layer)
    for row, line in enumerate(lines):
        for place, character in enumerate(line):
            at = (left + pitch * (place + 0.5), first + gap * row)
            draw.text(at, character, font=font, fill=255, anchor="mm")
    if chance.random() < 0.3:
        layer = layer.filter(ImageFilter.GaussianBlur(chance.uniform(0.5, 1.2)))
    page.paste((dark, dark, dark), mask=layer)
    cap = 2.4 * DENSITY / 2
    return left, first - cap, left + pitch * len(lines[0]), last + cap


def _stamp(chance: Generator, page: Image.Image) -> None:
    """A rubber stamp somewhere on the page, pale enough to read through."""
    layer = Image.new("L", page.size, 0)
    x, y = chance.uniform(0.2, 0.8) * page.width, chance.uniform(0.3, 0.9) * page.height
    size = chance.uniform(60, 130)
    draw = ImageDraw.Draw(layer)
    draw.ellipse((x - size, y - size, x + size, y + size), outline=110, width=5)
    draw.text((x, y), "POLICE", font=ImageFont.load_default(32), fill=110, anchor="mm")
    page.paste(_colour(chance, 20, 160), mask=layer)


def _colour(chance: Generator, low: int, high: int) -> tuple[int, int, int]:
    red, green, blue = (int(one) for one in chance.integers(low, high, 3))
    return red, green, blue
