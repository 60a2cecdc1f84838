"""The ciphers that chips are talked to with (Doc 9303-11, 9.7 and 9.8): 3DES and AES.

3DES is what Doc 9303 has for BAC: nobody would choose it today, but older passports know nothing else.
"""

from __future__ import annotations

import hashlib
from typing import Literal, Protocol

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

CipherName = Literal["3DES", "AES-128", "AES-192", "AES-256"]
ENCRYPTION, AUTHENTICATION, PASSWORD = 1, 2, 3
"""What a derived key is for (Doc 9303-11, 9.7.1)."""
MAC_SIZE = 8
_KEY_SIZES: dict[CipherName, int] = {"3DES": 16, "AES-128": 16, "AES-192": 24, "AES-256": 32}


def derive(cipher: CipherName, secret: bytes, purpose: int) -> bytes:
    """A key from a secret (Doc 9303-11, 9.7.1)."""
    size = _KEY_SIZES[cipher]
    name = "sha1" if size == 16 else "sha256"
    key = hashlib.new(name, secret + purpose.to_bytes(4), usedforsecurity=False).digest()[:size]
    return _odd(key) if cipher == "3DES" else key


class Suite(Protocol):
    """One cipher with its two keys. ``block``: bytes of a block."""

    block: int

    def encrypt(self, plain: bytes, vector: bytes) -> bytes:
        """CBC over whole blocks."""

    def decrypt(self, secret: bytes, vector: bytes) -> bytes:
        """The inverse."""

    def vector(self, counter: bytes) -> bytes:
        """What a message begins from, by the counter of messages."""

    def mac(self, padded: bytes) -> bytes:
        """Eight bytes over whole blocks."""

    def token(self, data: bytes) -> bytes:
        """Eight bytes over data of any length, by which PACE ends (Doc 9303-11, 4.4.3.4)."""


class TripleDesSuite:
    """3DES with two keys; the MAC is number 3 of ISO/IEC 9797-1 (Doc 9303-11, 9.8.6.2)."""

    block = 8

    def __init__(self, encryption: bytes, authentication: bytes) -> None:
        self._encryption, self._authentication = encryption, authentication

    def encrypt(self, plain: bytes, vector: bytes) -> bytes:
        """CBC over whole blocks."""
        done = _triple_des(self._encryption, vector).encryptor()
        return done.update(plain) + done.finalize()

    def decrypt(self, secret: bytes, vector: bytes) -> bytes:
        """The inverse."""
        done = _triple_des(self._encryption, vector).decryptor()
        return done.update(secret) + done.finalize()

    def vector(self, counter: bytes) -> bytes:
        """Always zeros."""
        return bytes(len(counter))

    def mac(self, padded: bytes) -> bytes:
        """Single DES up to the last block, which is ciphered three times."""
        first = self._authentication[:8] * 2
        chain = bytes(8)
        if len(padded) > self.block:
            done = _triple_des(first, chain).encryptor()
            chain = (done.update(padded[:-8]) + done.finalize())[-8:]
        last = _triple_des(self._authentication, chain).encryptor()
        return last.update(padded[-8:]) + last.finalize()

    def token(self, data: bytes) -> bytes:
        """The MAC over the padded data."""
        return self.mac(pad(data, self.block))


class AesSuite:
    """AES of any size; the MAC is CMAC, cut to eight bytes (Doc 9303-11, 9.8.7)."""

    block = 16

    def __init__(self, encryption: bytes, authentication: bytes) -> None:
        self._encryption, self._authentication = encryption, authentication

    def encrypt(self, plain: bytes, vector: bytes) -> bytes:
        """CBC over whole blocks."""
        done = Cipher(algorithms.AES(self._encryption), modes.CBC(vector)).encryptor()
        return done.update(plain) + done.finalize()

    def decrypt(self, secret: bytes, vector: bytes) -> bytes:
        """The inverse."""
        done = Cipher(algorithms.AES(self._encryption), modes.CBC(vector)).decryptor()
        return done.update(secret) + done.finalize()

    def vector(self, counter: bytes) -> bytes:
        """The counter, enciphered by itself."""
        return self.encrypt(counter, bytes(self.block))

    def mac(self, padded: bytes) -> bytes:
        """CMAC."""
        done = CMAC(algorithms.AES(self._authentication))
        done.update(padded)
        return done.finalize()[:MAC_SIZE]

    def token(self, data: bytes) -> bytes:
        """CMAC pads by itself."""
        return self.mac(data)


def suite(cipher: CipherName, secret: bytes) -> Suite:
    """The cipher with both keys derived from a shared secret."""
    keys = derive(cipher, secret, ENCRYPTION), derive(cipher, secret, AUTHENTICATION)
    return TripleDesSuite(*keys) if cipher == "3DES" else AesSuite(*keys)


def decrypt_once(cipher: CipherName, key: bytes, secret: bytes) -> bytes:
    """CBC from zeros, as the nonce of PACE comes (Doc 9303-11, 4.4.3.3)."""
    made: Suite = TripleDesSuite(key, key) if cipher == "3DES" else AesSuite(key, key)
    return made.decrypt(secret, bytes(made.block))


def pad(data: bytes, block: int) -> bytes:
    """Up to whole blocks, by method 2 of ISO/IEC 9797-1."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(padded: bytes) -> bytes | None:
    """The inverse; None where there is no padding."""
    data = padded.rstrip(b"\0")
    return data[:-1] if data.endswith(b"\x80") else None


def _triple_des(key: bytes, vector: bytes) -> Cipher[modes.CBC]:
    return Cipher(TripleDES(key + key[:8]), modes.CBC(vector))


def _odd(key: bytes) -> bytes:
    """Each byte with an odd number of bits, as DES has its keys."""
    return bytes(byte & 0xFE | (byte >> 1).bit_count() & 1 ^ 1 for byte in key)
