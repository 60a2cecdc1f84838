"""Machine readable zones of passports that nobody has, to try the counter with.

Their numbers begin with SP, and the holders are invented, but for the one on the public UN list.
"""

from __future__ import annotations

from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from openmidas.documents.check_digits import check_digit

EXPIRY = date(2034, 5, 31)


class Specimen(msgspec.Struct, frozen=True, kw_only=True):
    """What the specimen passport says."""

    surname: str
    given_names: str
    state: str = "MLI"
    number: str
    birth: date
    sex: str
    expiry: date = EXPIRY

    def mrz(self) -> str:
        """The two lines of a TD3 (Doc 9303-4, 4.2.2). Names in capital letters A to Z."""
        name = f"{self.surname}<<{self.given_names}".replace(" ", "<")
        number = f"{self.number:<9}".replace(" ", "<")
        birth, expiry = f"{self.birth:%y%m%d}", f"{self.expiry:%y%m%d}"
        optional = "<" * 14
        number += check_digit(number)
        birth += check_digit(birth)
        expiry += check_digit(expiry)
        composite = check_digit(number + birth + expiry + optional + "0")
        first = f"P<{self.state:<3}{name}".replace(" ", "<")
        second = f"{number}{self.state:<3}{birth}{self.sex}{expiry}{optional}0{composite}"
        return f"{first:<44.44}\n{second}".replace(" ", "<")


CLEAR = Specimen(
    surname="KEITA", given_names="MARIAM", number="SP0000001", birth=date(1991, 3, 8), sex="F"
).mrz()
NEIGHBOUR = Specimen(
    surname="DIALLO",
    given_names="MAMADOU SALIOU",
    state="GIN",
    number="SP0000002",
    birth=date(1984, 11, 2),
    sex="M",
).mrz()
EXPIRED = Specimen(
    surname="TRAORE",
    given_names="AWA",
    number="SP0000003",
    birth=date(1979, 6, 14),
    sex="F",
    expiry=date(2021, 6, 13),
).mrz()
CHILD = Specimen(
    surname="COULIBALY",
    given_names="OUMAR",
    number="SP0000004",
    birth=date(2018, 1, 20),
    sex="M",
).mrz()
LISTED = Specimen(
    surname="AG GHALI", given_names="IYAD", number="SP0000005", birth=date(1958, 1, 1), sex="M"
).mrz()
NAMED_SPECIMENS = (
    (_("Mali"), CLEAR),
    (_("Guinea"), NEIGHBOUR),
    (_("expired"), EXPIRED),
    (_("a child"), CHILD),
    (_("on the list"), LISTED),
)
