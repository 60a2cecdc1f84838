"""What opens a chip: the printed zone, or the card access number beside it (Doc 9303-11, 9.7.3)."""

from __future__ import annotations

import hashlib
import re
from typing import Literal

import msgspec

from openmidas.documents.characters import capitals
from openmidas.documents.check_digits import check_digit
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.formats import format_of
from openmidas.documents.numbers import read_number
from openmidas.documents.reading import Reading

PasswordKind = Literal["MRZ", "CAN"]
_CAN = re.compile(r"[0-9]{6,16}")
_DAY = re.compile(r"[0-9<]{6}")
_NUMBER = re.compile(r"[0-9A-Z<]{1,22}")
_NUMBER_LEAST = 9
_PRINTED = re.compile(r"[0-9A-Z<]{9,22}[0-9](?:[0-9<]{6}[0-9]){2}")


class Password(msgspec.Struct, frozen=True):
    """One password. Nothing shows its text: it opens the document."""

    kind: PasswordKind
    text: str

    def __repr__(self) -> str:
        return f"Password({self.kind})"

    @property
    def secret(self) -> bytes:
        """What keys are derived from."""
        text = self.text.encode("ascii")
        if self.kind == "CAN":
            return text
        return hashlib.sha1(text, usedforsecurity=False).digest()

    @classmethod
    def of_zone(cls, reading: Reading) -> Password:
        """From a printed zone, as it stands there. Raises `Unreadable`: ``password_zone``."""
        lines = tuple(capitals(line) for line in reading.lines)
        layout = format_of(lines)
        if layout is None or reading.format is None:
            raise Unreadable("password_zone")
        zone = "".join(lines)
        number = read_number(zone, layout)
        return cls.of_fields(number.covered, zone[layout.birth], zone[layout.expiry])

    @classmethod
    def of_fields(cls, number: str, birth: str, expiry: str) -> Password:
        """From the number, and the dates as they stand in the zone: ``740812``. Raises `Unreadable`."""
        number = number.upper().ljust(_NUMBER_LEAST, "<")
        if not (_NUMBER.fullmatch(number) and _DAY.fullmatch(birth) and _DAY.fullmatch(expiry)):
            raise Unreadable("password_zone")
        return cls("MRZ", "".join(one + check_digit(one) for one in (number, birth, expiry)))

    @classmethod
    def of_printed(cls, text: str) -> Password:
        """From number, birth and expiry with their check digits, one behind the other, as ``text`` has them.

        Raises `Unreadable`: ``password_zone``.
        """
        if not _PRINTED.fullmatch(text):
            raise Unreadable("password_zone")
        return cls("MRZ", text)

    @classmethod
    def of_can(cls, text: str) -> Password:
        """From the card access number, six digits mostly. Raises `Unreadable`: ``password_can``."""
        text = text.strip()
        if not _CAN.fullmatch(text):
            raise Unreadable("password_can")
        return cls("CAN", text)
