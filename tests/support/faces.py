"""A face for chips: a drawing, of nobody."""

from __future__ import annotations

import io
from typing import Literal

from PIL import Image, ImageDraw

SKIN, HAIR, SHIRT, PAPER = (150, 104, 74), (38, 28, 24), (40, 92, 120), (222, 224, 226)


def face(
    kind: Literal["JPEG", "JPEG2000"] = "JPEG", *, size: tuple[int, int] = (420, 540)
) -> bytes:
    """The drawing as a file of this kind."""
    picture = Image.new("RGB", (420, 540), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 420, 360, 700), fill=SHIRT)
    draw.rectangle((175, 340, 245, 450), fill=SKIN)
    draw.ellipse((105, 60, 315, 300), fill=HAIR)
    draw.ellipse((120, 100, 300, 380), fill=SKIN)
    for left in (160, 232):
        draw.ellipse((left, 205, left + 28, 222), fill="white")
        draw.ellipse((left + 8, 205, left + 22, 221), fill=HAIR)
    draw.line((210, 225, 200, 285, 216, 288), fill=HAIR, width=4)
    draw.arc((172, 285, 248, 335), 20, 160, fill=HAIR, width=5)
    written = io.BytesIO()
    picture.resize(size).save(written, kind)
    return written.getvalue()
