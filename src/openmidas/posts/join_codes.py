"""The code by which a post joins: 25 letters in five groups, ``K7QF3-MXA9T-RB2C8-0D4EV-51WNZ``.

The first four are the number of the invitation, which is no secret; then come twenty random ones,
100 bits; the last is a check letter, which tells any single letter misread and any two that were
swapped. Letters are Crockford's 32, as in `openmidas.posts.codes`: no I, L, O or U.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from openmidas.posts.codes import ALPHABET, normalise

NUMBER_LETTERS = 4
SECRET_LETTERS = 20
LENGTH = NUMBER_LETTERS + SECRET_LETTERS + 1
KEY_BYTES = 32

_PURPOSE = b"openmidas join 1"
_FIELD = 0b100101  # x^5 + x^2 + 1: arithmetic with 32 elements, one for each letter


class NotACodeError(ValueError):
    """What was typed is no code: letters are missing, or one is wrong."""


class JoinCode(msgspec.Struct, frozen=True):
    """A code, in its two parts."""

    number: str
    secret: str

    def text(self) -> str:
        """As it is shown and typed."""
        letters = self.number + self.secret
        return "-".join(re.findall(".{5}", letters + check_letter(letters)))

    def key(self) -> bytes:
        """What the HQ keeps and the post makes anew: the key that both sides prove to know."""
        derived = HKDF(SHA256(), KEY_BYTES, salt=self.number.encode(), info=_PURPOSE)
        return derived.derive(self.secret.encode())


def new_code() -> JoinCode:
    """A code of 100 random bits, with a random number."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return JoinCode(letters[:NUMBER_LETTERS], letters[NUMBER_LETTERS:])


def free_code(taken: Iterable[str]) -> JoinCode:
    """A code whose number is none of these."""
    numbers = set(taken)
    code = new_code()
    while code.number in numbers:
        code = new_code()
    return code


def read_code(typed: str) -> JoinCode:
    """A code as people type it. Raises `NotACodeError`."""
    letters = normalise(typed)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        raise NotACodeError(typed)
    if check_letter(letters[:-1]) != letters[-1]:
        raise NotACodeError(typed)
    return JoinCode(letters[:NUMBER_LETTERS], letters[NUMBER_LETTERS:-1])


def check_letter(letters: str) -> str:
    """The last letter of a code: a sum in which each place weighs differently."""
    total = 0
    for letter in letters:
        total = _doubled(total ^ ALPHABET.index(letter))
    return ALPHABET[total]


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 32 else value
