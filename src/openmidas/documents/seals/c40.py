"""C40: capital letters, figures and spaces, three in two bytes (ISO/IEC 16022, as Doc 9303-13 uses it).

Only what `encode_c40` writes is read: one text has one coding, so a seal that is written again from what was
read has the same bytes.
"""

from __future__ import annotations

_SET = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST = 3
"""The value of a space; those below it shift to other sets, which seals do not use."""
_PAD = 0
_UNLATCH = 0xFE
_MOST = 64_000


class NotC40(ValueError):  # noqa: N818  reads as a sentence where it is raised
    """Bytes that are no such text, or a text with other characters."""


def encode_c40(text: str) -> bytes:
    """A text in two thirds of its length. Raises `NotC40` for characters that there are none of."""
    values = [_SET.find(character) + _FIRST for character in text]
    if _FIRST - 1 in values:
        raise NotC40(text)
    rest = len(values) % 3
    if rest == 2:
        values.append(_PAD)
    triples = [values[at : at + 3] for at in range(0, len(values) - len(values) % 3, 3)]
    numbers = [1600 * one + 40 * two + three + 1 for one, two, three in triples]
    coded = b"".join(number.to_bytes(2) for number in numbers)
    # A last character by itself is written as ASCII.
    return coded + bytes([_UNLATCH, ord(text[-1]) + 1]) if rest == 1 else coded


def decode_c40(data: bytes) -> str:
    """The text. Raises `NotC40`."""
    if len(data) % 2:
        raise NotC40(data.hex())
    text = ""
    for at in range(0, len(data), 2):
        last = at + 2 == len(data)
        if data[at] == _UNLATCH:
            character = chr(data[at + 1] - 1) if data[at + 1] else ""
            if not last or not character or character not in _SET:
                raise NotC40(data.hex())
            text += character
            continue
        number = int.from_bytes(data[at : at + 2]) - 1
        if not 0 <= number < _MOST:
            raise NotC40(data.hex())
        values = [number // 1600, number // 40 % 40, number % 40]
        if last and values[-1] == _PAD:
            values.pop()
        if min(values) < _FIRST:
            raise NotC40(data.hex())
        text += "".join(_SET[value - _FIRST] for value in values)
    return text
