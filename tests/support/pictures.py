"""Pictures to attach: photos as telephones make them, scans, and files that are none."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

_ORIENTATION, _GPS = 0x112, 0x8825
_NORTH, _LATITUDE = 1, 2


def photo(width: int = 160, height: int = 90, *, turned: int = 1) -> bytes:
    """A photo with the place where it was taken, lying as EXIF says by ``turned``."""
    notes = Image.Exif()
    notes[_ORIENTATION] = turned
    notes.get_ifd(_GPS).update({_NORTH: "N", _LATITUDE: (13.0, 54.0, 0.0)})
    notes[0x110] = "PhoneMaker"
    return written(_seen(width, height), "JPEG", quality=90, exif=notes)


def png(width: int = 160, height: int = 90) -> bytes:
    """The same as PNG."""
    return written(_seen(width, height), "PNG")


def noise(width: int, height: int) -> bytes:
    """A picture of which a JPEG can leave nothing out."""
    seen = np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return written(Image.fromarray(seen), "JPEG", quality=60)


def written(picture: Image.Image, format: str, **how: object) -> bytes:
    """A file of a picture."""
    file = io.BytesIO()
    picture.save(file, format, **how)
    return file.getvalue()


def _seen(width: int, height: int) -> Image.Image:
    """Something to see: its upper left quarter is red, the rest shades of blue."""
    down, across = np.mgrid[0:height, 0:width]
    seen = np.stack((down * 0, across * 255 // width, 80 + down * 175 // height), axis=-1)
    seen[: height // 2, : width // 2] = (220, 20, 20)
    return Image.fromarray(seen.astype(np.uint8))
