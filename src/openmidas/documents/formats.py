"""Where each field stands in the five formats of Doc 9303, parts 4 to 7.

Positions count from zero in the *zone*: the lines written one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openmidas.documents.reading import FormatName


@dataclass(frozen=True)
class MrzFormat:
    """One format. A check digit stands right behind the dates that it covers."""

    name: FormatName
    part: str
    """The part of Doc 9303 that specifies it: "Doc 9303-5"."""
    rows: int
    width: int
    code: re.Pattern[str]
    """What the two characters of the document code may be."""
    name_field: slice
    number: slice
    nationality: slice
    birth: slice
    sex: int
    expiry: slice
    optional: tuple[slice, ...]
    optional_digit: int | None
    composite: tuple[slice, ...]
    composite_digit: int | None
    long_numbers: bool
    """Whether a number of more than nine characters goes on in the optional data."""

    issuer = slice(2, 5)

    @property
    def size(self) -> int:
        return self.rows * self.width

    def rows_of(self, zone: str) -> tuple[str, ...]:
        """The zone, cut into its lines."""
        return tuple(zone[start : start + self.width] for start in range(0, self.size, self.width))


# Doc 9303-5, note k: the second character is the State's choice, but neither V, nor AI; AC is the
# crew member certificate, which is a TD1. Doc 9303-6, note k: neither V, nor AC.
_TD1_CODE = re.compile(r"(?!.V|AI)[ACI][A-Z0-9<]")
_TD2_CODE = re.compile(r"(?!.V|AC)[ACI][A-Z0-9<]")
_TD3_CODE = re.compile(r"P[A-Z<]")
_VISA_CODE = re.compile(r"V[A-Z0-9<]")


def _two_lines(
    name: FormatName,
    part: str,
    width: int,
    code: re.Pattern[str],
    *,
    optional: slice,
    optional_digit: int | None = None,
    composite_digit: int | None = None,
    long_numbers: bool = False,
) -> MrzFormat:
    """A format of two lines: all four begin their second line alike."""
    covered = (
        slice(width, width + 10),
        slice(width + 13, width + 20),
        slice(width + 21, composite_digit),
    )
    return MrzFormat(
        name=name,
        part=part,
        rows=2,
        width=width,
        code=code,
        name_field=slice(5, width),
        number=slice(width, width + 9),
        nationality=slice(width + 10, width + 13),
        birth=slice(width + 13, width + 19),
        sex=width + 20,
        expiry=slice(width + 21, width + 27),
        optional=(optional,),
        optional_digit=optional_digit,
        composite=covered if composite_digit is not None else (),
        composite_digit=composite_digit,
        long_numbers=long_numbers,
    )


TD1 = MrzFormat(
    name="TD1",
    part="Doc 9303-5",
    rows=3,
    width=30,
    code=_TD1_CODE,
    name_field=slice(60, 90),
    number=slice(5, 14),
    nationality=slice(45, 48),
    birth=slice(30, 36),
    sex=37,
    expiry=slice(38, 44),
    optional=(slice(15, 30), slice(48, 59)),
    optional_digit=None,
    composite=(slice(5, 37), slice(38, 45), slice(48, 59)),
    composite_digit=59,
    long_numbers=True,
)
TD2 = _two_lines(
    "TD2",
    "Doc 9303-6",
    36,
    _TD2_CODE,
    optional=slice(64, 71),
    composite_digit=71,
    long_numbers=True,
)
TD3 = _two_lines(
    "TD3",
    "Doc 9303-4",
    44,
    _TD3_CODE,
    optional=slice(72, 86),
    optional_digit=86,
    composite_digit=87,
)
MRV_A = _two_lines("MRV-A", "Doc 9303-7", 44, _VISA_CODE, optional=slice(72, 88))
MRV_B = _two_lines("MRV-B", "Doc 9303-7", 36, _VISA_CODE, optional=slice(64, 72))

FORMATS = (TD1, TD3, MRV_A, TD2, MRV_B)
"""The longest first."""


def format_of(lines: Sequence[str]) -> MrzFormat | None:
    """The format that the number of lines, their width and a leading V tell.

    A zone without line breaks is told by its length.
    """
    zone = "".join(lines)
    visa = zone[:1] in ("V", "v")
    for candidate in FORMATS:
        if len(zone) != candidate.size:
            continue
        if len(lines) > 1 and any(len(line) != candidate.width for line in lines):
            continue
        if candidate is TD1 or visa == (candidate.code is _VISA_CODE):
            return candidate
    return None
