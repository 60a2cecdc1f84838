"""A secret in shares of which so many open it, and one fewer says nothing (Shamir, 1979).

Over the field of 256 elements with the polynomial of AES (FIPS 197, 4.2), byte by byte. The secret
stands at 0; officer *n* has the share at *n*. With one of many, every share is the secret itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import reduce

MOST_SHARES = 255

Rows = tuple[bytes, ...]
"""The coefficients of one polynomial a byte, the secret first."""


def deal(secret: bytes, need: int) -> Rows:
    """Polynomials through this secret of which ``need`` shares are enough."""
    if not 1 <= need <= MOST_SHARES:
        raise ValueError(f"{need} of at most {MOST_SHARES} shares")
    return (secret, *(os.urandom(len(secret)) for _ in range(need - 1)))


def share_at(rows: Rows, place: int) -> bytes:
    """The share at a place from 1 to 255."""
    if not 1 <= place <= MOST_SHARES:
        raise ValueError(f"no share at {place}")
    return bytes(
        reduce(lambda sum_, row: _times(sum_, place) ^ row, column)
        for column in zip(*reversed(rows), strict=True)
    )


def combine(shares: Mapping[int, bytes]) -> bytes:
    """The secret of enough shares, by their places. Of too few, or false ones: something else."""
    weights = {place: _weight(place, shares) for place in shares}
    length = len(next(iter(shares.values())))
    secret = bytearray(length)
    for place, share in shares.items():
        for position, byte in enumerate(share):
            secret[position] ^= _times(byte, weights[place])
    return bytes(secret)


def _weight(place: int, shares: Mapping[int, bytes]) -> int:
    """Lagrange's weight of one share at 0. Subtraction is exclusive or, here."""
    weight = 1
    for other in shares:
        if other != place:
            weight = _times(weight, _divided(other, other ^ place))
    return weight


def _tables() -> tuple[list[int], list[int]]:
    """Powers of the generator 3, twice over, and the logarithms to it."""
    powers, logarithms = [0] * 510, [0] * 256
    value = 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logarithms[value] = exponent
        value ^= (value << 1) ^ (0x11B if value & 0x80 else 0)
    return powers, logarithms


_POWERS, _LOGARITHMS = _tables()


def _times(one: int, other: int) -> int:
    return _POWERS[_LOGARITHMS[one] + _LOGARITHMS[other]] if one and other else 0


def _divided(one: int, other: int) -> int:
    return _POWERS[_LOGARITHMS[one] + 255 - _LOGARITHMS[other]] if one else 0
