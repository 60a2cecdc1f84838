"""Points of curves multiplied by secret numbers, for PACE.

`cryptography` gives the x of a shared point alone; mapping a generator needs all of it. Python has no
constant time: each number here is used for one chip only, and is blinded anew each time, so that how long
it took tells nothing of use.
"""

from __future__ import annotations

import secrets

from openmidas.documents.chip.curves import Curve, Point, add, is_on
from openmidas.documents.chip.findings import Unreadable

_BLINDING = 64
"""Bits of chance that a number is hidden behind."""


def times_secret(curve: Curve, factor: int, point: Point) -> Point:
    """A point multiplied: the same steps for each number, over another representative of it each time."""
    blind = factor % curve.n + curve.n * (secrets.randbits(_BLINDING) | 1 << _BLINDING)
    low: Point = None
    high = point
    for place in reversed(range(curve.n.bit_length() + _BLINDING + 1)):
        total = add(curve, low, high)
        if blind >> place & 1:
            low, high = total, add(curve, high, high)
        else:
            low, high = add(curve, low, low), total
    return low


def secret_number(curve: Curve) -> int:
    """A private key of chance."""
    return 1 + secrets.randbelow(curve.n - 1)


def write_point(curve: Curve, point: Point) -> bytes:
    """A point as it goes over the line: uncompressed. Raises `Unreadable` for the point at infinity."""
    if point is None:
        raise Unreadable("access_wrong")
    return b"\4" + b"".join(one.to_bytes(curve.size) for one in point)


def read_point(curve: Curve, raw: bytes) -> tuple[int, int]:
    """A point from the line. Raises `Unreadable`: a point off the curve would give our number away."""
    if len(raw) != 1 + 2 * curve.size or raw[0] != 4:
        raise Unreadable("access_wrong")
    x, y = (int.from_bytes(one) for one in (raw[1 : 1 + curve.size], raw[1 + curve.size :]))
    if not is_on(curve, x, y):
        raise Unreadable("access_wrong")
    return x, y
