"""Numbers that people write down and read out: ``K7QF-10C4T-9``.

The mark of the post, the place of the decision in the post's journal (its epoch, its sequence), and a
letter that tells one wrong letter, or two that changed places. Crockford's 32 letters: no I, L, O, U.
Nothing is written for it: the same entry gives the same number at every node, after every rebuild.
"""

from __future__ import annotations

import hashlib
import re
from uuid import UUID

import msgspec

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MARK_LETTERS = 4
_LEAST_LETTERS = 4
_LONGEST = 24
_MISREAD = str.maketrans("OIL", "011")
_FIELD = 0b100101


class Numbered(msgspec.Struct, frozen=True):
    """What a number says. ``epoch``: its remainder by 32, as far as a number tells it."""

    mark: str
    epoch: int
    sequence: int


def mark_of(node: UUID) -> str:
    """The four letters that stand for a node in its numbers."""
    digest = int.from_bytes(hashlib.sha256(b"openmidas mark 1\0" + node.bytes).digest()[:4])
    return _letters(digest % 32**MARK_LETTERS, MARK_LETTERS)


def receipt_number(node: UUID, epoch: int, sequence: int) -> str:
    """The number of what stands at this place of a node's journal."""
    serial = ALPHABET[epoch % 32] + _letters(sequence, _LEAST_LETTERS)
    return with_check(mark_of(node), serial)


def read_number(typed: str) -> Numbered | None:
    """What somebody typed, spaces and mistaken letters forgiven; None where it cannot be one."""
    letters = without_check(typed)
    if letters is None or len(letters) < MARK_LETTERS + 1 + _LEAST_LETTERS:
        return None
    mark, serial = letters[:MARK_LETTERS], letters[MARK_LETTERS:]
    sequence = 0
    for letter in serial[1:]:
        sequence = sequence * 32 + ALPHABET.index(letter)
    return Numbered(mark, ALPHABET.index(serial[0]), sequence)


def with_check(*groups: str) -> str:
    """Groups of letters with the one that checks them, joined by hyphens."""
    return "-".join([*groups, _check("".join(groups))])


def without_check(typed: str) -> str | None:
    """The letters before the one that checks them, without hyphens; None where they do not fit."""
    letters = normalise(typed)
    if not 2 <= len(letters) <= _LONGEST or any(one not in ALPHABET for one in letters):
        return None
    return letters[:-1] if _check(letters[:-1]) == letters[-1] else None


def normalise(typed: str) -> str:
    """A number as people type it, as it was made."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_MISREAD)


def _letters(value: int, least: int) -> str:
    letters = ""
    while value or len(letters) < least:
        value, last = divmod(value, 32)
        letters = ALPHABET[last] + letters
    return letters


def _check(letters: str) -> str:
    """A sum in the field of 32 elements, each letter with another power of 2 from the end."""
    total, power = 0, 2
    for letter in reversed(letters):
        total ^= _times(ALPHABET.index(letter), power)
        power = _times(power, 2)
    return ALPHABET[total]


def _times(one: int, other: int) -> int:
    product = 0
    for place in range(5):
        product ^= (one << place) * (other >> place & 1)
    for place in range(8, 4, -1):
        product ^= (_FIELD << (place - 5)) * (product >> place & 1)
    return product
