"""What tests show to a camera: a passport read at once, one with a finger on it, and a film of either."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from tests.support.photographs.cameras import FRAME, Photograph, photograph

SEED = (5, 7)
"""A passport that no reading doubts."""


def passport() -> Photograph:
    """A photograph of a passport that is read, and certain."""
    return photograph(SEED, "clean")


def covered() -> Photograph:
    """The same with a finger on a few characters of the name: to be read, not to be believed."""
    shot = passport()
    with Image.open(io.BytesIO(shot.data)) as picture:
        pixels = np.asarray(picture).copy()
    left, right = shot.zone[:2] * 0.75 + shot.zone[[3, 2]] * 0.25
    x, y = (left * 0.7 + right * 0.3).astype(int)
    pixels[y - 10 : y + 10, x - 10 : x + 10] = 140
    return shot._replace(data=as_jpeg(Image.fromarray(pixels)))


def as_jpeg(picture: Image.Image) -> bytes:
    """The file that a camera makes of a picture."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=92)
    return written.getvalue()


def with_code(code: bytes) -> bytes:
    """A photograph of a sheet with a two-dimensional code (a PNG) on it, a little askew, on a dark desk."""
    with Image.open(io.BytesIO(code)) as drawn:
        sheet = Image.new("RGB", (820, 680), (244, 240, 228))
        sheet.paste(drawn.convert("RGB").resize((560, 560)), (220, 80))
    desk = Image.new("RGB", FRAME, (70, 62, 54))
    turned = sheet.convert("RGBA").rotate(7, Image.Resampling.BICUBIC, expand=True)
    desk.paste(turned, (180, 90), turned)
    return as_jpeg(desk)


def film(picture: bytes, path: Path) -> Path:
    """A film of one picture in which nothing moves, as Chromium's fake camera plays it (``.mjpeg``)."""
    with Image.open(io.BytesIO(picture)) as opened:
        path.write_bytes(as_jpeg(opened.convert("RGB")) * 30)
    return path
