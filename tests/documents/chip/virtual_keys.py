"""What the virtual chip reckons with, written a second time.

Nothing here uses what it tests, but for the table of curves: the MAC is made the long way, and points are
multiplied in Jacobian coordinates.
"""

from __future__ import annotations

import hashlib

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from openmidas.documents.chip.curves import Curve

Jacobian = tuple[int, int, int]


def sha1(text: str) -> bytes:
    return hashlib.sha1(text.encode(), usedforsecurity=False).digest()


def double(curve: Curve, point: Jacobian) -> Jacobian:
    x, y, z = point
    if not y or not z:
        return 1, 1, 0
    s = 4 * x * y * y % curve.p
    m = (3 * x * x + curve.a * pow(z, 4, curve.p)) % curve.p
    left = (m * m - 2 * s) % curve.p
    return left, (m * (s - left) - 8 * pow(y, 4, curve.p)) % curve.p, 2 * y * z % curve.p


def plus(curve: Curve, one: Jacobian, other: Jacobian) -> Jacobian:
    (x1, y1, z1), (x2, y2, z2) = one, other
    if not z1:
        return other
    if not z2:
        return one
    u1, u2 = x1 * z2 * z2 % curve.p, x2 * z1 * z1 % curve.p
    s1, s2 = y1 * pow(z2, 3, curve.p) % curve.p, y2 * pow(z1, 3, curve.p) % curve.p
    if u1 == u2:
        return double(curve, one) if s1 == s2 else (1, 1, 0)
    h, r = u2 - u1, s2 - s1
    x = (r * r - h**3 - 2 * u1 * h * h) % curve.p
    return x, (r * (u1 * h * h - x) - s1 * h**3) % curve.p, h * z1 * z2 % curve.p


def many(curve: Curve, factor: int, point: Jacobian) -> Jacobian:
    total: Jacobian = (1, 1, 0)
    for bit in bin(factor)[2:]:
        total = double(curve, total)
        if bit == "1":
            total = plus(curve, total, point)
    return total


def plain(curve: Curve, point: Jacobian) -> bytes:
    x, y, z = point
    inverse = pow(z, -1, curve.p)
    affine = x * inverse**2 % curve.p, y * inverse**3 % curve.p
    return b"\4" + b"".join(one.to_bytes(curve.size) for one in affine)


def jacobian(curve: Curve, raw: bytes) -> Jacobian:
    return int.from_bytes(raw[1 : 1 + curve.size]), int.from_bytes(raw[1 + curve.size :]), 1


class Keys:
    """Both keys of a session, by the long way."""

    def __init__(self, cipher: str, secret: bytes, single: int | None = None) -> None:
        self.size = {"AES-192": 24, "AES-256": 32}.get(cipher, 16)
        self.block = 8 if cipher == "3DES" else 16
        self.encryption, self.seal = (self.key(secret, single or one) for one in (1, 2))

    def key(self, secret: bytes, purpose: int) -> bytes:
        wide = hashlib.sha1 if self.size == 16 else hashlib.sha256
        return wide(secret + bytes((0, 0, 0, purpose))).digest()[: self.size]

    def cbc(self, vector: bytes) -> Cipher[modes.CBC]:
        if self.block == 8:
            return Cipher(TripleDES(self.encryption + self.encryption[:8]), modes.CBC(vector))
        return Cipher(algorithms.AES(self.encryption), modes.CBC(vector))

    def start(self, counter: int) -> bytes:
        if self.block == 8:
            return bytes(8)
        ecb = Cipher(algorithms.AES(self.encryption), modes.ECB()).encryptor()  # noqa: S305  one block, as Doc 9303 has it
        return ecb.update(counter.to_bytes(16))

    def mac(self, data: bytes) -> bytes:
        """Over whole blocks; by ISO/IEC 9797-1 step by step, or CMAC."""
        if self.block == 16:
            made = CMAC(algorithms.AES(self.seal))
            made.update(data)
            return made.finalize()[:8]
        first, second = (self.des(half) for half in (self.seal[:8], self.seal[8:]))
        chain = bytes(8)
        for at in range(0, len(data), 8):
            mixed = bytes(a ^ b for a, b in zip(chain, data[at : at + 8], strict=True))
            chain = first.encryptor().update(mixed)
        return first.encryptor().update(second.decryptor().update(chain))

    @staticmethod
    def des(key: bytes) -> Cipher[modes.ECB]:
        return Cipher(TripleDES(key * 3), modes.ECB())  # noqa: S305  one block of a MAC

    def filled(self, data: bytes) -> bytes:
        data += b"\x80"
        while len(data) % self.block:
            data += b"\0"
        return data
