"""Machine readable zones of passports that nobody has, to try the counter with.

Their numbers begin with SP, and the holders are invented, but for the one on the public UN list.
"""

from __future__ import annotations

import re
import unicodedata
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

    def card_mrz(self, code: str) -> str:
        """The three lines of a card of the size TD1 (Doc 9303-5, 4.2.2)."""
        name = f"{self.surname}<<{self.given_names}".replace(" ", "<")
        number = f"{self.number:<9}".replace(" ", "<")
        birth, expiry = f"{self.birth:%y%m%d}", f"{self.expiry:%y%m%d}"
        first = f"{code:<2}{self.state:<3}{number}{check_digit(number)}".replace(" ", "<")
        birth += check_digit(birth)
        expiry += check_digit(expiry)
        first = f"{first:<30}".replace(" ", "<")
        composite = check_digit(first[5:] + birth + expiry + "<" * 11)
        second = f"{birth}{self.sex}{expiry}{self.state:<3}{'<' * 11}{composite}"
        return f"{first}\n{second}\n{name:<30.30}".replace(" ", "<")


def capitals_only(name: str) -> str:
    """A name in the capitals A to Z and spaces of a zone; accents are dropped (Doc 9303-3, 6)."""
    plain = unicodedata.normalize("NFKD", name.upper())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^A-Z]+", " ", letters.replace("'", "")).split())


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
