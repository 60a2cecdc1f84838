"""The code of a receipt as a drawing."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe

EDGE = 4
"""Squares that stay white around the code (ISO/IEC 18004, 6.3.8)."""


def squares_of(code: str) -> int:
    """How many squares a side the drawing has, its edge included."""
    return int(segno.make_qr(code, error="m", boost_error=False).symbol_size(border=EDGE)[0])


def draw_code(code: str) -> SafeString:
    """A QR code of medium correction as SVG, black on white, which scales with its element."""
    drawn = segno.make_qr(code, error="m", boost_error=False).svg_inline(
        omitsize=True,
        border=EDGE,
        dark="#000",
        light="#fff",
        svgclass="receipt__code",
        lineclass=None,
    )
    return mark_safe(drawn)  # noqa: S308  made of numbers alone
