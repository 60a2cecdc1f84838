"""All check digits of a zone at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from openmidas.documents.check_digits import check_digit
from openmidas.documents.formats import MrzFormat
from openmidas.documents.numbers import DocumentNumber


class WrongDigit(NamedTuple):
    field: str
    read: str
    computed: str


def wrong_check_digits(
    zone: str, layout: MrzFormat, number: DocumentNumber
) -> Iterator[WrongDigit]:
    """Each check digit of the zone that is not what its field gives (Doc 9303-3, 4.9)."""
    digits = [
        ("number", number.covered, number.digit),
        ("birth", zone[layout.birth], zone[layout.birth.stop]),
        ("expiry", zone[layout.expiry], zone[layout.expiry.stop]),
    ]
    if layout.optional_digit is not None:
        optional, read = zone[layout.optional[0]], zone[layout.optional_digit]
        # Doc 9303-4, 4.2.2.2: over empty optional data it may be 0 or a filler.
        if read != "<" or optional.strip("<"):
            digits.append(("optional", optional, read))
    if layout.composite_digit is not None:
        covered = "".join([zone[part] for part in layout.composite])
        digits.append(("composite", covered, zone[layout.composite_digit]))
    for field, text, read in digits:
        computed = check_digit(text)
        if read != computed:
            yield WrongDigit(field, read, computed)
