"""Finding a zone in what a reader that acts as a keyboard has sent.

The counter's page has the same algorithm in JavaScript; the patterns below are valid in both.
"""

from __future__ import annotations

import re

from openmidas.documents.characters import capitals
from openmidas.documents.checks import wrong_check_digits
from openmidas.documents.formats import FORMATS, MrzFormat
from openmidas.documents.numbers import read_number

MAX_RAW = 4096
"""Characters. No reader sends as much; more is not searched."""

MAX_PREFIX = 6
"""Characters that a reader may put before a zone, such as its name or a symbology identifier.

Fewer than the 8 by which the lines of the two widths differ: otherwise the tail of a passport
with a wrong composite digit would pass for a card.
"""

_CHUNK = re.compile(r"[A-Z0-9<]+")
_DATE_AND_DIGIT = re.compile(r"[0-9<]{6}[0-9]")


def find_mrz(raw: str) -> tuple[str, ...] | None:
    """The lines of the zone in `raw`, in capitals, or None.

    Line breaks, tabs, control characters (STX, ETX) and other foreign characters only separate
    and are dropped; letters may be small. A zone begins where `raw` or a part after a separator
    begins, after at most `MAX_PREFIX` characters. It is accepted only if the document code, the
    types of dates and sex, and *all* check digits of its format fit. Longer formats come first.
    """
    if len(raw) > MAX_RAW:
        return None
    chunks = _CHUNK.findall(capitals(raw))
    stream = "".join(chunks)
    begins, begin = [], 0
    for chunk in chunks:
        begins.append(begin)
        begin += len(chunk)
    for layout in FORMATS:
        for begin in begins:
            for start in range(begin, begin + MAX_PREFIX + 1):
                zone = stream[start : start + layout.size]
                if len(zone) == layout.size and _fits(zone, layout):
                    return layout.rows_of(zone)
    return None


def _fits(zone: str, layout: MrzFormat) -> bool:
    if layout.code.match(zone) is None or zone[layout.sex] not in "FMX<":
        return False
    if _DATE_AND_DIGIT.match(zone, layout.birth.start) is None:
        return False
    if _DATE_AND_DIGIT.match(zone, layout.expiry.start) is None:
        return False
    number = read_number(zone, layout)
    return not number.malformed and not any(wrong_check_digits(zone, layout, number))
