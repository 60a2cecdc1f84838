"""The document number, which may go on in the optional data (Doc 9303-5 and -6, note j)."""

from __future__ import annotations

from typing import NamedTuple

from openmidas.documents.formats import MrzFormat


class DocumentNumber(NamedTuple):
    text: str
    """The number without trailing fillers."""
    covered: str
    """What its check digit is computed over."""
    digit: str
    """The check digit as read."""
    optional: str
    """What the number leaves of the optional data that follow it."""
    malformed: bool = False
    """It goes on in the optional data, but not in the way that Doc 9303 says."""


def read_number(zone: str, layout: MrzFormat) -> DocumentNumber:
    """The number of a zone.

    A filler in place of the check digit of a number that fills its nine characters says that the
    rest stands in the optional data, followed by the check digit and a filler.
    """
    principal = zone[layout.number]
    digit = zone[layout.number.stop]
    optional = zone[layout.optional[0]]
    if digit != "<" or not layout.long_numbers or principal.endswith("<"):
        return DocumentNumber(principal.rstrip("<"), principal, digit, optional)
    rest, filler, left = optional.partition("<")
    if not rest:
        return DocumentNumber(principal, principal, digit, optional, malformed=True)
    whole = principal + rest[:-1]
    return DocumentNumber(whole, whole, rest[-1], left, malformed=len(rest) < 2 or not filler)
